"""Defaults and options of inputs are judged by the kinds themselves, in an author's words."""

from pathlib import Path

import pytest

from tests.unit.format.demos import codes_of, read_demo

BEGINNING = "gradstream: 1\ngenerator: studio.anything\noutputs:\n  answer: text\ninputs:\n"


@pytest.mark.parametrize(
    ("keys", "default", "told"),
    [
        ("type: text", "x", None),
        (
            "type: text, max_length: 2",
            "abc",
            ("at most 2 characters", "shorten it by 1, or raise `max_length`"),
        ),
        ("type: number", "2.5", None),
        ("type: number, minimum: 0", "2.0", None),
        (
            "type: number, minimum: 0, integer: true",
            "2.5",
            ("a whole number", "write `2` or `3`, or set `integer: false`"),
        ),
        ("type: number, minimum: 0, maximum: 9", "10", ("from 0 to 9", "write `9`, or raise `maximum`")),
        ("type: slider", "101", ("from 0 to 100", "write `100`, or raise `maximum`")),
        ("type: slider", "-1", ("from 0 to 100", "write `0`, or lower `minimum`")),
        ("type: slider, minimum: -5, maximum: 5", "-5", None),
        (
            "type: slider, maximum: 10, step: 4",
            "3",
            ("a multiple of 4, counted from 0", "write `0` or `4`, or change `step`"),
        ),
        (
            "type: slider, maximum: 10, step: 4",
            "12",
            ("from 0 to 10", "write `8`, or raise `maximum`"),
        ),
        ("type: radio, choices: [a, 1]", "1", None),
        ("type: radio, choices: [a, 1]", "true", ("`a` or `1`", "write `a` or `1`, or add it to `choices`")),
        (
            "type: radio, choices: [small, large]",
            "smal",
            ("`small` or `large`", "write `small`, or add it to `choices`"),
        ),
        ("type: radio, choices: [{value: b}]", "b", None),
        ("type: dropdown, choices: [a], multiple: true", "[a]", None),
        ("type: dropdown, choices: [a], multiple: true", "a", ("a list", "write `[a]`")),
        (
            "type: dropdown, choices: [a], multiple: true",
            "[a, b]",
            ("`a`", "write `a`, or add it to `choices`"),
        ),
        (
            "type: dropdown, choices: [a], multiple: true",
            "[a, a]",
            ("each value once", "remove the second one"),
        ),
        ("type: dropdown, choices: [a], allow_custom: true", "b", None),
    ],
)
def test_a_default_that_the_form_would_refuse(
    tmp_path: Path, keys: str, default: str, told: tuple[str, str] | None
) -> None:
    """What is expected and what to write are what the input's own check knows."""
    found = read_demo(tmp_path, f"{BEGINNING}  x: {{{keys}, default: {default}}}\n").diagnostics
    assert [(each.expected, each.repair) for each in found] == ([told] if told else [])


def test_no_value_is_judged_by_a_range_that_is_wrong(tmp_path: Path) -> None:
    """A default and an example within the range that was meant are no mistakes of their own."""
    yaml = (
        "gradstream: 1\ngenerator: studio.anything\ninputs:\n  n:\n    type: slider\n    minimum: 500\n"
        "    maximum: 10\n    default: 5\noutputs:\n  said: text\nexamples:\n  - n: 3\n"
    )
    assert codes_of(tmp_path, yaml) == [("E-RANGE", 7)]
