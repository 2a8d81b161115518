"""Yields by name: each one says only what has changed."""

import time
from collections.abc import Iterator
from typing import Any

WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def count(limit: int, total: int) -> Iterator[dict[str, Any]]:
    """Count to the limit, adding each step to the visitor's total."""
    yield {"sentence": f"Starting from a total of {total}."}
    for step in range(1, limit + 1):
        time.sleep(0.25)
        yield {"number": step, "total": total + step}
    yield {"sentence": f"Counted {limit}. Your total is now {total + limit}."}


def words(limit: int) -> Iterator[str]:
    """Yield the numbers up to the limit as a sentence that grows."""
    for step in range(1, limit + 1):
        yield ", ".join(WORDS[:step])
        time.sleep(0.25)
