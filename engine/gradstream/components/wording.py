"""How messages name a value: short, and never longer than a line."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

LONGEST_TEXT = 40
"""Characters of a visitor's own text that a message repeats."""


def describe(value: Any) -> str:
    """Name a plain value for a message: `the text "abc"`, `the number 3`, `a list of 2`."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {value}"
        case str():
            return f'the text "{shorten(value)}"'
        case list():
            return f"a list of {len(value)}"
        case dict():
            return "a mapping"
        case _:
            return f"a value of type {kind_name(value)}"


def kind_name(value: Any) -> str:
    """Return the name of a value's type as a developer would write it: `Tensor`, `numpy.ndarray`."""
    kind = type(value)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def shorten(text: str) -> str:
    """Cut a text so that it fits into a message."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 1] + "…"


def enumerate_words(words: Iterable[str], *, last: str = "or") -> str:
    """Join words for a sentence: `a, b or c`."""
    *head, tail = words
    return f"{', '.join(head)} {last} {tail}" if head else tail


def guess(found: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` that was probably meant."""
    close = get_close_matches(found, list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def format_size(size: int) -> str:
    """Write a number of bytes as the YAML does: 20MB, 2.5MB, 512kB, 100B."""
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if size >= unit:
            return f"{round(size / unit, 1):g}{name}"
    return f"{size}B"
