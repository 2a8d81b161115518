"""The bench's table says who is better, by how much, and whether a goal was reached."""

import math
from typing import Literal

import pytest

from bench.percentile import percentile
from bench.table import line, table
from bench.types import Row


@pytest.mark.parametrize(
    ("better", "goal", "ours", "theirs", "expected"),
    [
        ("less", {"ratio": 3}, 2, 8, ("2", "8", "4", "3 times", "yes")),
        ("less", {"ratio": 5}, 2, 8, ("2", "8", "4", "5 times", "NO")),
        ("more", {"limit": 95}, 96.5, 20, ("96.5", "20", "4.83", "at least 95", "yes")),
        ("less", {"limit": 100}, 101, 325, ("101", "325", "3.22", "at most 100", "NO")),
        ("less", {"ratio": 4, "limit": 120}, 90, 400, ("90", "400", "4.44", "4 times, at most 120", "yes")),
        ("less", {"ratio": 4, "limit": 80}, 90, 400, ("90", "400", "4.44", "4 times, at most 80", "NO")),
        ("less", {"ratio": 5, "limit": 120}, 90, 400, ("90", "400", "4.44", "5 times, at most 120", "NO")),
        ("less", {}, 1, math.inf, ("1", "-", "-", "", "")),
    ],
)
def test_a_line_compares_medians(
    better: Literal["less", "more"],
    goal: dict[str, float],
    ours: float,
    theirs: float,
    expected: tuple[str, ...],
) -> None:
    """More or less is better as the row says; a goal is a ratio, a bound of our own, or both."""
    row = Row(key="k", title="t", unit="ms", better=better, **goal)
    assert line(row, {"k": [ours, ours, 999]}, {"k": [theirs, theirs, 999]}) == ("t", "ms", *expected)


def test_the_table_is_markdown_in_columns() -> None:
    """Text stands left, figures right, and every line is as wide as the others."""
    written = table([("start", "s", "0.3", "3.3", "11", "5 times", "yes")]).splitlines()
    assert written[0].startswith("|       | unit | gradstream | Gradio |")
    assert written[2] == "| start | s    |        0.3 |    3.3 |           11 | 5 times |     yes |"
    assert len({len(row) for row in written}) == 1


def test_a_percentile_is_a_value_that_was_measured() -> None:
    """Nothing is interpolated; of nothing, every percentile is infinite."""
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile([float(n) for n in range(100)], 0.99) == 99
    assert percentile([], 0.5) == math.inf
