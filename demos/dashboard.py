"""A look at three machines, which are made up here: each look goes on from the rows of those before it."""

import random
from typing import Any

MACHINES = ("north", "east", "south")
KEPT_SECONDS = 60

Row = list[float]


def look(alarm: int, rows: list[Row]) -> dict[str, Any]:
    """Return what every part of the page shows now, and the rows for the next look."""
    second, *before = rows[-1] if rows else [-1, 40, 60, 50]
    loads = [round(min(100, max(0, load + random.uniform(-9, 9))), 1) for load in before]
    rows = [*rows, [second + 1, *loads]][-KEPT_SECONDS:]
    return {
        "busiest": (max(loads), max(loads) - max(before)),
        "load": rows,
        "machines": [[name, load, _state(load, alarm)] for name, load in zip(MACHINES, loads, strict=True)],
        "alarms": _alarms(rows, alarm),
        "rows": rows,
    }


def _state(load: float, alarm: int) -> str:
    return "alarm" if load > alarm else "fine"


def _alarms(rows: list[Row], alarm: int) -> list[str]:
    """Return a line for each second in which a machine had too much to do."""
    return [
        f"second {second:.0f}: {name} at {load:.0f} %"
        for second, *loads in rows
        for name, load in zip(MACHINES, loads, strict=True)
        if load > alarm
    ]
