"""How values, kinds and lists of names are called in messages: an author's words, never a schema's."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

LONGEST_SHOWN = 40
"""A longer text is cut in a message; the line itself stands right below."""

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
    """Return what a value is, as an author would say it."""
    match value:
        case None:
            return "nothing"
        case bool():
            return f"`{str(value).lower()}`"
        case int() | float():
            return f"the number `{value}`"
        case str():
            return f"the text `{shorten(value)}`"
        case list():
            return "a list"
        case _:
            return "a mapping"


def shorten(text: str) -> str:
    """Return the text's first line, cut to what fits into a message."""
    line = text.partition("\n")[0]
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"


def one_of(names: Iterable[object]) -> str:
    """Return names as a list to choose from."""
    quoted = [f"`{_plain(name)}`" for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def all_of(names: Iterable[object]) -> str:
    """Return names as a list of all."""
    return ", ".join(f"`{_plain(name)}`" for name in names)


def enumerated(names: Sequence[object]) -> str:
    """Return names for a sentence about all of them."""
    *first, last = names
    return f"{all_of(first)} and {all_of([last])}" if first else all_of([last])


def guess(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that was most likely meant, if any is near."""
    by_lower = {each.lower(): each for each in known}
    close = get_close_matches(name.lower().replace("-", "_"), by_lower, n=1)
    return by_lower[close[0]] if close else None


def label_of(name: str) -> str:
    """Return a label made from a name: `max_length` becomes "Max length"."""
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
