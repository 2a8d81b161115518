"""Outputs that functions are handed, and inputs that they fill."""

from pathlib import Path

import pytest

from gradstream.format.types import Input
from tests.unit.format.demos import demo_of, read_demo

YAML = """gradstream: 1
outputs:
  shown:
    type: {kind}
inputs:
  photo: image
actions:
  a:
    generator: studio.echo
    inputs: [shown]
    outputs: [photo]
"""


def handed(folder: Path, kind: str) -> Input | None:
    """Return what takes the value of an output."""
    return demo_of(folder, YAML.format(kind=kind)).outputs[0].as_input


@pytest.mark.parametrize(
    ("kind", "taken"),
    [
        ("markdown", "text"),
        ("code", "code"),
        ("json", "json"),
        ("number", "number"),
        ("image\n    as: path", "image"),
        ("audio\n    updates: replace", "audio"),
        ("file", "file"),
    ],
)
def test_what_an_output_shows_is_an_input_of_a_function(tmp_path: Path, kind: str, taken: str) -> None:
    """The kind of input decides what the function gets, and the output's `as` is its own."""
    field = handed(tmp_path, kind)
    assert field is not None
    assert (field.kind, field.name) == (taken, "shown")
    assert field.options.get("as") == {"image": "path", "audio": "path", "file": "path"}.get(taken)


@pytest.mark.parametrize(
    ("kind", "found", "repair"),
    [
        (
            "scores",
            "`shown`, of the kind scores",
            "remove `shown`, or let the function keep the value in `state`",
        ),
        (
            "video",
            "`shown`, a stream of video",
            "write `updates: replace` below `shown`: it is one clip then",
        ),
    ],
)
def test_what_cannot_be_handed_over_is_told(tmp_path: Path, kind: str, found: str, repair: str) -> None:
    """Pictures of a result and streams are nothing that a function could get."""
    (diagnostic,) = read_demo(tmp_path, YAML.format(kind=kind)).diagnostics
    assert (diagnostic.code, diagnostic.found, diagnostic.repair) == (
        "E-NOT-HANDED",
        found,
        repair,
    )
