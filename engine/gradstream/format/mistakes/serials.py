"""Days and times as spreadsheets keep them: the days since December 30, 1899, and parts of a day."""

import re
from datetime import UTC, datetime, timedelta

FIRST = datetime(1899, 12, 30, tzinfo=UTC)
DAYS = range(14_000, 80_000)
"""From 1938 to 2119: other numbers are hardly days."""

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CLOCK = re.compile(r"\d{1,2}:\d{2}")


def moment_in(number: float, example: str) -> str | None:
    """Return what a number stands for where values are written as in the example; None if it is none."""
    if DAY.match(example) and int(number) in DAYS:
        moment = FIRST + timedelta(days=number)
        return moment.strftime("%Y-%m-%d" if DAY.fullmatch(example) else "%Y-%m-%dT%H:%M")
    if CLOCK.match(example) and 0 < number < 1:
        return (FIRST + timedelta(days=number)).strftime("%H:%M")
    return None
