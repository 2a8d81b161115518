"""Places in a picture: what is accepted, what the function gets, and what is said of others."""

from typing import Any

import pytest

from gradstream.components.form import check_form
from gradstream.components.registry import input_kind
from gradstream.format.types import Input
from tests.unit.components.fields import field

POINT = field("location")
BOX = field("location", shape="box")
SEVERAL = field("location", multiple=True)


def given(of: Input, value: Any) -> Any:
    """Return what the function gets for the JSON of a request, or the codes of what is wrong with it."""
    checked = check_form([of], {"it": value}, find_upload=lambda _: None)
    if checked.findings:
        return [finding.problem.code for finding in checked.findings]
    return input_kind("location").decode(checked.values["it"], of)


def test_places_are_whole_pixels() -> None:
    """A point has two numbers and a box four; whole floats become integers."""
    assert given(POINT, {"x": 3, "y": 4.0}) == {"x": 3, "y": 4}
    assert type(given(POINT, {"x": 3, "y": 4.0})["y"]) is int
    box = {"x": 0, "y": 0, "width": 1, "height": 1}
    assert given(BOX, box) == box
    assert given(SEVERAL, [{"x": 3, "y": 4}, {"x": 3, "y": 4}]) == [{"x": 3, "y": 4}] * 2


def test_no_place() -> None:
    """No place is None, or an empty list."""
    assert given(POINT, None) is None
    assert given(SEVERAL, None) == []
    assert given(field("location", required=True), None) == ["E-REQUIRED"]
    assert given(field("location", required=True, multiple=True), []) == ["E-REQUIRED"]


@pytest.mark.parametrize(
    ("of", "value", "code"),
    [
        (POINT, [3, 4], "E-TYPE"),
        (POINT, {"x": 3}, "E-TYPE"),
        (POINT, {"x": 3, "y": 4, "z": 5}, "E-TYPE"),
        (POINT, {"x": 3.5, "y": 4}, "E-TYPE"),
        (POINT, {"x": True, "y": 4}, "E-TYPE"),
        (POINT, {"x": "3", "y": 4}, "E-TYPE"),
        (POINT, {"x": float("inf"), "y": 4}, "E-TYPE"),
        (POINT, {"x": -1, "y": 4}, "E-RANGE"),
        (POINT, {"x": 10**9, "y": 4}, "E-RANGE"),
        (BOX, {"x": 0, "y": 0, "width": 0, "height": 1}, "E-RANGE"),
        (BOX, {"x": 0, "y": 0}, "E-TYPE"),
        (SEVERAL, {"x": 3, "y": 4}, "E-TYPE"),
        (SEVERAL, [{"x": 3, "y": 4}, None], "E-TYPE"),
    ],
)
def test_what_is_refused(of: Input, value: Any, code: str) -> None:
    """Each number is looked at."""
    assert given(of, value) == [code]


@pytest.mark.parametrize(
    ("of", "text", "value"),
    [
        (POINT, "12, 8", {"x": 12, "y": 8}),
        (POINT, '{"x": 1, "y": 2}', {"x": 1, "y": 2}),
        (BOX, "1,2,3,4", {"x": 1, "y": 2, "width": 3, "height": 4}),
        (SEVERAL, "1,2;3,4", [{"x": 1, "y": 2}, {"x": 3, "y": 4}]),
        (POINT, "1,2,3", "1,2,3"),
        (POINT, "1,2;3,4", "1,2;3,4"),
        (POINT, "left", "left"),
    ],
)
def test_places_as_text(of: Input, text: str, value: Any) -> None:
    """In a cell of a CSV file and on the command line, a place is numbers with commas."""
    assert input_kind("location").parse(text, of) == value
