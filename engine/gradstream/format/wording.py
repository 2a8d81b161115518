"""How messages name values, kinds and lists of names: in an author's words, never a schema's."""

from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from difflib import get_close_matches
from typing import Any

from gradstream.format.values import word
from gradstream.limits import Limits

LONGEST_GUESSED = 100
"""No name is longer, and comparing texts takes the square of their length."""

shown_chars: ContextVar[int] = ContextVar("gradstream_shown_chars", default=Limits().shown_chars)
"""A longer text is cut in a message; the line itself is shown below it, or the field beside it.

A server sets its own at its start."""

NEAR = 0.66
"""How alike a word and its guess are: `rum` and `run` are by 0.67, `share` and `state` by 0.6."""

TYPE_NAMES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}


def describe(value: Any) -> str:
    """Return what a value is: the text `abc`, the number `3`, a list."""
    match value:
        case None:
            return "nothing"
        case bool():
            return f"`{word(value)}`"
        case int() | float():
            return f"the number `{shorten(str(value))}`"
        case str():
            return f"the text `{shorten(value)}`"
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return f"a value of type {kind_name(value)}"


def kind_name(value: Any) -> str:
    """Return the name of a value's type as a developer would write it: `Tensor`, `numpy.ndarray`."""
    kind = type(value)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def shorten(text: str) -> str:
    """Return the text's first line, cut to what fits into a message."""
    line = text.partition("\n")[0]
    most = shown_chars.get()
    return line if len(line) <= most else line[: most - 1] + "…"


def one_of(names: Iterable[object]) -> str:
    """Return names as a list to choose from: `a`, `b` or `c`."""
    quoted = [f"`{word(name)}`" for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def all_of(names: Iterable[object]) -> str:
    """Return names as a list of all: `a`, `b`, `c`."""
    return ", ".join(f"`{word(name)}`" for name in names)


def enumerated(names: Sequence[object]) -> str:
    """Return names for a sentence about all of them: `a`, `b` and `c`."""
    *first, last = names
    return f"{all_of(first)} and {all_of([last])}" if first else all_of([last])


def guess(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that was most likely meant, if any is near."""
    if len(name) > LONGEST_GUESSED:
        return None
    # `css` has the letters of `access`: what is much longer is not a misspelling.
    longest = len(name) + 1 + len(name) // 3
    by_lower = {each.lower(): each for each in known if len(each) <= longest}
    close = get_close_matches(name.lower().replace("-", "_"), by_lower, n=1, cutoff=NEAR)
    return by_lower[close[0]] if close else None


def label_of(name: str) -> str:
    """Return a label made from a name: `max_length` becomes "Max length"."""
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
