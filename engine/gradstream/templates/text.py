"""Writes a text, one word after the other; put a model in its place."""

import time
from collections.abc import Iterator
from itertools import cycle, islice

LINE = "it was as if somebody had left a door open for the wind and the long light of evening"


def write(topic: str, words: int) -> Iterator[str]:
    """Yield one word at a time, which the page adds to those before."""
    yield f"About {topic}:"
    for word in islice(cycle(LINE.split()), words):
        time.sleep(0.1)
        yield f" {word}"
