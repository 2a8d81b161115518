"""Points in any form of rows, the columns that are drawn, and steps that add points."""

import datetime
from decimal import Decimal
from typing import Any

import msgspec
import numpy as np
import pytest
from jsonschema import Draft7Validator
from msgspec.structs import replace

from gradstream.components.outputs.chart import ChartOutput
from gradstream.components.outputs.delivery import AppendEdits, Replace
from gradstream.components.types import UnusableYieldError
from tests.unit.components.fields import MemoryStore, output

KIND = ChartOutput()
STEPS = {"x": "step", "y": ["loss"], "color": None, "rows": [[0, 0.9], [1, 0.5]]}


def encode(value: Any, **options: Any) -> Any:
    """Encode a value and hold it to the kind's schema."""
    of = output("chart", **options)
    shown = KIND.encode(value, of, MemoryStore())
    Draft7Validator(KIND.json_schema(of)).validate(shown)
    return shown


class Frame:
    """A data frame as pandas has them."""

    columns = ("step", "loss")

    def itertuples(self, *, index: bool, name: None) -> list[tuple[Any, ...]]:
        """Return the rows."""
        return [(0, np.float64(0.9)), (np.int64(1), 0.5)]


@pytest.mark.parametrize(
    "value",
    [
        [{"step": 0, "loss": 0.9}, {"step": 1, "loss": 0.5}],
        {"columns": ["step", "loss"], "rows": [(0, 0.9), (1, 0.5)]},
        {"step": [0, 1], "loss": [0.9, 0.5]},
        {"step": np.arange(2), "loss": np.array([0.9, 0.5])},
        Frame(),
    ],
    ids=["mappings", "columns and rows", "columns", "arrays", "data frame"],
)
def test_every_form_with_names(value: Any) -> None:
    """The first column is x, and the other columns of numbers are y."""
    assert encode(value) == STEPS
    assert encode(value, x="step", y="loss") == STEPS


@pytest.mark.parametrize(
    ("value", "options", "axes", "rows"),
    [
        ([(0, 0.9), [1, 0.5]], {"x": "step", "y": "loss"}, ("step", ["loss"], None), [[0, 0.9], [1, 0.5]]),
        (np.array([[0, 2], [1, 3]]), {}, ("x", ["y"], None), [[0, 2], [1, 3]]),
        ([0.9, 0.5], {}, (None, ["y"], None), [[0, 0.9], [1, 0.5]]),
        (np.array([0.9, 0.5]), {"y": "loss"}, (None, ["loss"], None), [[0, 0.9], [1, 0.5]]),
        ((3, 0.9), {}, ("x", ["y"], None), [[3, 0.9]]),
        (0.9, {}, (None, ["y"], None), [[0, 0.9]]),
        (
            {"step": 3, "loss": Decimal("0.5"), "model": "a"},
            {"color": "model"},
            ("step", ["loss"], "model"),
            [[3, 0.5, "a"]],
        ),
        ([(1, 2, 3, "a")], {"color": "c"}, ("x", ["y1", "y2"], "c"), [[1, 2, 3, "a"]]),
        ([(2, 3)], {"y": ["train", "test"]}, (None, ["train", "test"], None), [[0, 2, 3]]),
        ([], {"x": "step"}, (None, [], None), []),
    ],
)
def test_rows_without_names_are_named(
    value: Any, options: dict[str, Any], axes: tuple[Any, ...], rows: list[Any]
) -> None:
    """Cells are x, then y, then the colour; what has no x is counted."""
    x, y, color = axes
    assert encode(value, **options) == {"x": x, "y": y, "color": color, "rows": rows}


def test_none_clears() -> None:
    """None is no chart."""
    assert encode(None) is None


def test_only_what_is_drawn_is_sent() -> None:
    """Columns that y does not name stay in the worker, silently; those that hold no numbers are reported."""
    rows = [{"step": 0, "note": "a", "loss": 1, "more": 2}]
    assert encode(rows, y="loss")["rows"] == [[0, 1]]
    store = MemoryStore()
    shown = KIND.encode(rows, output("chart"), store)
    assert shown["y"] == ["loss", "more"]
    assert store.remarks == ["output `it`: not drawn are `note`; y is `loss`, `more`"]


def test_cells_of_x() -> None:
    """Dates are text in ISO 8601, other texts are categories, and truth has its word."""
    day = datetime.date(2024, 2, 29)
    moments = np.array(["2024-02-29T12:30"], "datetime64[ns]")
    assert encode([(day, 1), ("tea", 2), (True, 3)])["rows"] == [["2024-02-29", 1], ["tea", 2], ["true", 3]]
    assert encode({"at": moments, "y": [1]})["rows"] == [["2024-02-29T12:30:00", 1]]


def test_gaps_are_told() -> None:
    """NaN, infinity and missing cells of y leave gaps; a row without x is not drawn."""
    store = MemoryStore()
    rows = [(0, float("nan")), (1, None), (2, np.inf), (None, 4)]
    shown = KIND.encode(rows, output("chart"), store)
    assert shown["rows"] == [[0, None], [1, None], [2, None], [None, 4]]
    assert set(store.remarks) == {
        "output `it`: NaN and infinity are not drawn and leave a gap",
        "output `it`: a row without x is not drawn",
    }


@pytest.mark.parametrize(
    ("value", "options", "text"),
    [
        (
            "loss",
            {},
            (
                "str has no points; accepted are a list of mappings, dataclasses or lists, {'columns', "
                "'rows'}, a mapping of columns, and data frames of pandas and polars"
            ),
        ),
        ([(0, "high")], {"y": "loss"}, "expected numbers in the column loss, got str 'high'"),
        ([("a", "b")], {}, "no column of numbers for y; the columns are x, y"),
        ([{"a": 1, "b": 2}], {"x": "step"}, "no column step; the columns are a, b"),
        ([([1], 2)], {}, "expected numbers, dates or texts in the column x, got list"),
        ({"a": [1, 2], "b": [1]}, {}, "columns of different lengths: a has 2 cells, b has 1"),
        ([(1, 2, 3, 4)], {"y": ["a", "b"]}, "a row of 4 cells; the columns are x, a, b"),
    ],
)
def test_what_is_no_chart(value: Any, options: dict[str, Any], text: str) -> None:
    """The message says what was found and what is accepted."""
    with pytest.raises(UnusableYieldError) as caught:
        encode(value, **options)
    assert str(caught.value) == text


def test_a_step_costs_its_points() -> None:
    """Points are added by one edit each; over `max_rows` the first ones go."""
    of = replace(output("chart", max_rows=2), updates="append")
    assert isinstance(KIND.delivery(of), AppendEdits)
    assert isinstance(KIND.delivery(output("chart")), Replace)
    shown = KIND.join(None, [0.9], of, MemoryStore()).value
    assert KIND.join(shown, [0.5], of, MemoryStore()).edits == [("insert", ["rows", 1], [1, 0.5])]
    joined = KIND.join(shown, added=0.4, output=of, store=MemoryStore())
    assert joined.edits == [("insert", ["rows", 2], [2, 0.4]), ("delete", ["rows", 0], None)]
    assert joined.value["rows"] == [[1, 0.5], [2, 0.4]]


def test_the_columns_are_those_of_the_first_points() -> None:
    """An empty step decides nothing; a column that comes later is reported, not drawn."""
    of = replace(output("chart"), updates="append")
    store = MemoryStore()
    shown = KIND.join(None, [], of, store).value
    first = KIND.join(shown, {"step": 0, "loss": 1}, of, store)
    assert [edit[1] for edit in first.edits] == [["x"], ["y"], ["color"], ["rows"]]
    added = KIND.join(first.value, {"loss": 2, "step": 1, "test": 3}, of, store)
    assert added.edits == [("insert", ["rows", 1], [1, 2])]
    assert store.remarks == ["output `it`: not drawn are `test`; y is `loss`"]
    with pytest.raises(UnusableYieldError, match="a row of 3 cells; the columns are step, loss"):
        KIND.join(added.value, (2, 3, 4), of, store)


def test_a_thousand_points_cost_what_they_are() -> None:
    """Each step sends its own point and nothing of the others: one edit, of the same few bytes to the end."""
    of = replace(output("chart"), updates="append")
    shown: Any = None
    sizes: list[int] = []
    for step in range(1000):
        joined = KIND.join(shown, [[1000 + step, 0.5]], of, MemoryStore())
        shown = joined.value
        if step > 0:
            assert joined.edits == [("insert", ["rows", step], [1000 + step, 0.5])]
            sizes.append(len(msgspec.json.encode(joined.edits)))
    assert len(shown["rows"]) == 1000
    assert max(sizes) - min(sizes) == len("999") - len("1")
