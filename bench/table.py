"""The table: a row a figure, both tools' medians, their ratio, and whether the goal was reached."""

import math
import statistics
from collections.abc import Mapping, Sequence

from bench.types import Row

HEAD = ("", "unit", "gradstream", "Gradio", "times better", "goal", "reached")

Samples = Mapping[str, Sequence[float]]  # by the row's key, one figure a repetition


def line(row: Row, ours: Samples, theirs: Samples) -> tuple[str, ...]:
    """Write one row."""
    mine = statistics.median(ours[row.key])
    peer = statistics.median(theirs[row.key])
    ratio = _ratio(row, mine, peer)
    return (
        row.title,
        row.unit,
        _figure(mine),
        _figure(peer),
        _figure(ratio),
        _goal(row),
        _reached(row, mine, ratio),
    )


def table(lines: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> str:
    """Lay lines out as a Markdown table whose columns also align in a terminal."""
    rows = [head, *lines]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    rule = ["-" * width for width in widths]
    written = []
    for row in (head, rule, *lines):
        cells = [
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        written.append(f"| {' | '.join(cells)} |")
    return "\n".join(written)


def _ratio(row: Row, mine: float, peer: float) -> float:
    better, worse = (mine, peer) if row.better == "more" else (peer, mine)
    return better / worse if worse else math.inf


def _goal(row: Row) -> str:
    goals = []
    if row.ratio is not None:
        goals.append(f"{_figure(row.ratio)} times")
    if row.limit is not None:
        goals.append(f"{'at least' if row.better == 'more' else 'at most'} {_figure(row.limit)}")
    return ", ".join(goals)


def _reached(row: Row, mine: float, ratio: float) -> str:
    goals = []
    if row.ratio is not None:
        goals.append(ratio >= row.ratio)
    if row.limit is not None:
        goals.append(mine >= row.limit if row.better == "more" else mine <= row.limit)
    return ("yes" if all(goals) else "NO") if goals else ""


def _figure(value: float) -> str:
    if not math.isfinite(value):
        return "-"
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"
