"""Integers, one after the other."""

import time
from collections.abc import Iterator


def up_to(limit: int) -> Iterator[int]:
    """Yield 1, 2, … limit, a fifth of a second apart."""
    for number in range(1, limit + 1):
        yield number
        time.sleep(0.2)
