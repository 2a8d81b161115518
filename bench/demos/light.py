"""A function without weight: what it costs to take over is the tool's own."""

from collections.abc import Iterator

WORD = "amber"


def word(wish: str) -> Iterator[str]:
    """Yield what is wished for and the word."""
    yield wish + WORD
