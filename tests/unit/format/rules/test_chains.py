"""Actions that follow and stop each other."""

from pathlib import Path

import pytest

from gradstream.format.types import Then
from tests.unit.format.demos import demo_of, read_demo

HEAD = "gradstream: 1\noutputs:\n  answer: text\nactions:\n"


def yaml_of(**ways: str) -> str:
    """Return a demo with these actions, each with what is written of its kin."""
    return HEAD + "".join(
        f"  {name}:\n    generator: studio.nothing\n    inputs: []\n{written}"
        for name, written in ways.items()
    )


@pytest.mark.parametrize(
    ("written", "then"),
    [
        ("then: b", Then(succeeded=("b",))),
        ("then: [b, c]", Then(succeeded=("b", "c"))),
        ("then: {failed: b, ended: [c]}", Then(failed=("b",), ended=("c",))),
        ("stops: [b]", Then()),
    ],
)
def test_each_form_is_read(tmp_path: Path, written: str, then: Then) -> None:
    """A name, a list, and a mapping by how the action ended."""
    demo = demo_of(tmp_path, yaml_of(a=f"    {written}\n", b="", c=""))
    assert demo.actions[0].then == then


@pytest.mark.parametrize(
    ("ways", "found"),
    [
        ({"a": "    then: x\n"}, ["E-UNKNOWN-NAME: there is no action `x`"]),
        ({"a": "    stops: [a]\n"}, ["E-CIRCLE: `a` stops itself when it is started"]),
        ({"a": "    then: a\n"}, ["E-CIRCLE: `a` starts itself again when it has ended"]),
        (
            {"a": "    then: b\n", "b": "    then:\n      failed: [c]\n", "c": "    then: a\n"},
            ["E-CIRCLE: `a` starts itself again when it has ended, by way of `b` and `c`"],
        ),
        ({"a": "    then: [b, c]\n", "b": "    then: c\n", "c": ""}, []),
    ],
    ids=["unknown", "stops itself", "itself", "circle", "no circle"],
)
def test_what_would_never_end_is_told(tmp_path: Path, ways: dict[str, str], found: list[str]) -> None:
    """The message has the way from action to action."""
    diagnostics = read_demo(tmp_path, yaml_of(**ways)).diagnostics
    assert [f"{one.code}: {one.message}" for one in diagnostics] == found


def test_what_follows_depends_on_the_end() -> None:
    """An end of any kind is followed by `ended`, also a stop."""
    then = Then(succeeded=("a",), failed=("b",), ended=("c",))
    after = [then.after(status) for status in ("succeeded", "failed", "canceled")]
    assert after == [("a", "c"), ("b", "c"), ("c",)]
