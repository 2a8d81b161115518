"""The author's own lines, to be written in another place: a value's, or a key's with its value.

Comments between the lines stay; scalars are as they are written, variables included.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from gradstream.document.line_index import LINE_BREAK
from gradstream.document.types import Document, Route
from gradstream.format import edits
from gradstream.format.findings import At, Findings

CODE = "E-SHAPE"
COMMENT = re.compile(r"(?:^|\s)#(?:\s.*)?$")


class Shape(Struct, frozen=True, kw_only=True):
    """A shape that was recognised: at which route, in words, and the lines to write below the key there."""

    route: Route
    message: str
    expected: str
    found: str
    lines: Sequence[str]
    note: str = ""


def report(shape: Shape, findings: Findings, *, at: At = "key") -> None:
    """Note a shape, with the lines in the right one as the repair."""
    lines = with_comments(findings.document, shape.route, shape.lines)
    fixes = edits.replace_lines(findings.document, shape.route, lines, "write it so")
    findings.add(
        shape.route,
        CODE,
        shape.message,
        expected=shape.expected,
        found=shape.found,
        repair=f"write {quoted(shape.lines, below=str(shape.route[-1]))}{shape.note}",
        at=at,
        fixes=fixes,
    )


def with_comments(document: Document, route: Route, lines: Sequence[str]) -> list[str]:
    """Return lines that take the place of a value, below those of its comments that they do not have."""
    place = document.places.get(route)
    if place is None:
        return list(lines)
    whole = "\n".join(lines)
    start = place.value.start if place.key is None else place.key.end
    found = [COMMENT.search(line) for line in document.source[start : place.value.end].splitlines()]
    comments = [each.group().strip() for each in found if each is not None]
    return [*(each for each in comments if each not in whole), *lines]


def quoted(lines: Sequence[str], *, below: str = "", most: int = 3) -> str:
    """Return lines as they are quoted in a sentence: the first ones, each below the one before."""
    shown = [line for line in lines if line.strip() and not line.strip().startswith("#")]
    texts = [f"`{line.strip()}`" for line in shown[:most]]
    more = ", and so on" if len(shown) > most else ""
    place = f"below `{below}`: " if below else ""
    return f"{place}{', '.join(texts)}{more}"


def value_at(document: Document, route: Route) -> Any:
    """Return the value at a route."""
    value = document.values
    for step in route:
        value = value[step]
    return value


def written(document: Document, route: Route) -> str:
    """Return a value as it is written, on one line."""
    place = document.places.get(route)
    if place is None or place.value == place.key:
        return ""
    text = document.source[place.value.start : place.value.end]
    return re.sub(r"\s*[\r\n]\s*", " ", text)


def entry(document: Document, route: Route, *, name: str = "") -> list[str]:
    """Return the lines of a key with its value, with another name if one is given, beginning at the edge."""
    place = document.places[route]
    if place.key is None:
        return value_lines(document, route)
    source = document.source
    start, end = place.key.start, max(place.value.end, place.key.end)
    if place.value == place.key:
        end = edits.line_end(source, end) if not _is_flow(document, route[:-1]) else end
        return [f"{name or source[place.key.start : place.key.end]}:"]
    rest = source[end : edits.line_end(source, end)]
    if rest.lstrip().startswith("#") and not _is_flow(document, route[:-1]):
        end = edits.line_end(source, end)
    column = start - edits.line_start(source, start)
    lines = _dedented(source[start:end], column)
    key = source[place.key.start : place.key.end]
    return [*comments_above(document, start), f"{name or key}{lines[0][len(key) :]}", *lines[1:]]


def comments_above(document: Document, at: int) -> list[str]:
    """Return the comments on the lines right above the one of an offset."""
    comments: list[str] = []
    before = document.source[: edits.line_start(document.source, at)]
    for line in reversed(before.splitlines()):
        if not line.strip().startswith("#"):
            break
        comments.insert(0, line.strip())
    return comments


def entries(document: Document, route: Route, names: Iterable[str] | None = None) -> list[str]:
    """Return the lines of a mapping's keys, of all or of some."""
    mapping: Mapping[str, Any] = value_at(document, route)
    chosen = mapping if names is None else names
    return [line for name in chosen for line in entry(document, (*route, name))]


def value_lines(document: Document, route: Route) -> list[str]:
    """Return the lines of a value, beginning at the edge."""
    place = document.places[route]
    start = place.value.start
    column = start - edits.line_start(document.source, start)
    return _dedented(document.source[start : place.value.end], column)


def named(name: str, lines: Sequence[str]) -> list[str]:
    """Return lines below a name."""
    return [f"{name}:", *edits.indented(lines)]


def member(lines: Sequence[str]) -> list[str]:
    """Return lines as a member of a list."""
    first, *others = lines
    return [f"- {first}", *edits.indented(others)]


def identifier(text: str) -> str:
    """Return a name that a parameter can have, made of any text."""
    plain = re.sub(r"\W+", "_", text.strip().lower()).strip("_")
    return plain if plain.isidentifier() else f"_{plain}" if plain else "value"


def unique(names: Iterable[str]) -> Iterator[str]:
    """Yield the names, with a number where one comes again."""
    seen: set[str] = set()
    for name in names:
        one, count = name, 2
        while one in seen:
            one, count = f"{name}_{count}", count + 1
        seen.add(one)
        yield one


def _is_flow(document: Document, route: Route) -> bool:
    place = document.places.get(route)
    return place is not None and document.source[place.value.start : place.value.start + 1] in ("{", "[")


def _dedented(text: str, column: int) -> list[str]:
    first, *others = LINE_BREAK.split(text.rstrip())
    return [first, *(line[min(column, len(line) - len(line.lstrip())) :] for line in others)]
