"""Where a cursor is in a file that is being written."""

import pytest

from gradstream.document.types import Route
from gradstream.lsp.cursor import find_cursor, route_at

KEYS: dict[str, tuple[str, Route, str, tuple[str, ...]]] = {
    "at the edge": ("title: One\nge|", (), "ge", ("title",)),
    "an empty file": ("|", (), "", ()),
    "below a key": ("inputs:\n  size:\n    mi|", ("inputs", "size"), "mi", ()),
    "beside others": (
        "inputs:\n  size:\n    type: slider\n    |\n    step: 2\noutputs:\n",
        ("inputs", "size"),
        "",
        ("type", "step"),
    ),
    "the first of a member": ("examples:\n  - pl|", ("examples", 0), "pl", ()),
    "a member's second": ("examples:\n  - place: Rome\n    mo|", ("examples", 0), "mo", ("place",)),
    "the second member": ("examples:\n  - place: Rome\n  - pl|", ("examples", 1), "pl", ()),
    "dashes in the key's column": ("examples:\n- place: Rome\n- pl|", ("examples", 1), "pl", ()),
    "a nested list": ("a:\n  - b:\n      - c: 1\n      - d|", ("a", 0, "b", 1), "d", ()),
    "after a comment": ("limits:\n  # how long\n  ti|", ("limits",), "ti", ()),
    "after a text of several lines": (
        "description: >-\n  two: lines\n  of text\nti|",
        (),
        "ti",
        ("description",),
    ),
    "quoted keys": ('"inputs":\n  "size":\n    mi|', ("inputs", "size"), "mi", ()),
}


@pytest.mark.parametrize(("text", "route", "word", "siblings"), KEYS.values(), ids=list(KEYS))
def test_keys(text: str, route: Route, word: str, siblings: tuple[str, ...]) -> None:
    """The mapping is found by indentation, whatever the line itself has become."""
    before, _, after = text.partition("|")
    cursor = find_cursor(before + after, before.count("\n"), len(before.rpartition("\n")[2]))
    assert cursor.is_key
    assert (cursor.route, cursor.word, set(cursor.siblings)) == (route, word, set(siblings))


VALUES: dict[str, tuple[str, Route, str]] = {
    "behind a colon": ("generator: f.|", ("generator",), "f."),
    "below": ("inputs:\n  size:\n    type: sl|\n", ("inputs", "size", "type"), "sl"),
    "a short form": ("inputs:\n  size: |", ("inputs", "size"), ""),
    "in brackets": ("actions:\n  go:\n    outputs: [a, b|", ("actions", "go", "outputs", 1), "b"),
    "a member": ("tags:\n  - |", ("tags", 0), ""),
    "of an example": ("examples:\n  - place: R|", ("examples", 0, "place"), "R"),
}


@pytest.mark.parametrize(("text", "route", "word"), VALUES.values(), ids=list(VALUES))
def test_values(text: str, route: Route, word: str) -> None:
    """The value's own route is found."""
    before, _, after = text.partition("|")
    cursor = find_cursor(before + after, before.count("\n"), len(before.rpartition("\n")[2]))
    assert not cursor.is_key
    assert (cursor.route, cursor.word) == (route, word)


def test_the_key_on_a_line() -> None:
    """What a pointer is at is the key of the line."""
    text = "inputs:\n  size:\n    type: slider\n"
    assert [route_at(text, line) for line in range(4)] == [
        ("inputs",),
        ("inputs", "size"),
        ("inputs", "size", "type"),
        (),
    ]
