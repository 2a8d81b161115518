"""Where a cursor is in a file that may be half-written: by indentation, without a parser.

    text, line, column --> TextCursor(route of the mapping or value, part of a word, key or value)

YAML that is being typed is broken most of the time. Its lines above the cursor still say where it is.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from gradstream.document.types import Route

_LINE = re.compile(
    r"""(?P<indent>\ *)
    (?P<dashes>(?:-\ +|-$)*)
    (?:(?P<key>[^\s#:'"{\[-][^:#]*?|"[^"]*"|'[^']*')\s*:(?=\s|$))?""",
    re.VERBOSE,
)
_WORD = re.compile(r"[^\s,\[\]{}'\"]*$")


class TextCursor(Struct, frozen=True, kw_only=True):
    """A place in a file. With `is_key`, a key of the mapping at `route` is typed; else the value at `route`.

    `word` is what has been typed of it, up to the cursor; `siblings` are the other keys of the mapping.
    """

    route: Route
    is_key: bool
    word: str
    siblings: tuple[str, ...] = ()


class _IndentedLine(Struct, frozen=True):
    """One line: the column of its key or text behind dashes, how many dashes, and its key if it has one."""

    column: int
    dash_columns: tuple[int, ...]
    key: str | None
    is_blank: bool


def find_cursor(text: str, line: int, column: int) -> TextCursor:
    """Return where a cursor is; line and column are counted from 0, columns in code points."""
    lines = text.split("\n")
    current = lines[line] if line < len(lines) else ""
    before = current[:column]
    here = _read(before if ":" not in current else current)
    found = _WORD.search(before)
    word = found.group() if found else ""
    head = _LINE.match(before)
    is_value = head is not None and head["key"] is not None
    route = _route(lines, line, here)
    if is_value:
        key = _read(before).key or ""
        inner = _inside_brackets(before, (*route, key))
        return TextCursor(route=inner, is_key=False, word=word)
    if here.dash_columns and here.key is None and not before.strip(" -"):
        return TextCursor(route=route, is_key=False, word="")
    return TextCursor(route=route, is_key=True, word=word, siblings=_siblings(lines, line, here))


def route_at(text: str, line: int) -> Route:
    """Return the route of the key on a line, or of the mapping that it is in."""
    lines = text.split("\n")
    here = _read(lines[line] if line < len(lines) else "")
    route = _route(lines, line, here)
    return route if here.key is None else (*route, here.key)


def _read(line: str) -> _IndentedLine:
    found = _LINE.match(line)
    if found is None:
        return _IndentedLine(0, (), None, is_blank=True)
    start = len(found["indent"])
    dashes = tuple(start + each.start() for each in re.finditer("-", found["dashes"]))
    key = found["key"]
    column = start + len(found["dashes"])
    is_blank = not line.strip() or line.lstrip().startswith("#")
    return _IndentedLine(column, dashes, None if key is None else key.strip("\"'"), is_blank)


def _route(lines: Sequence[str], line: int, here: _IndentedLine) -> Route:
    """Return the route of the mapping or list that a line's text is in."""
    route: list[str | int] = []
    column, is_list = here.column, False

    def enter(number: int, dashes: Sequence[int]) -> None:
        nonlocal column, is_list
        for dash in reversed(dashes):
            route.append(_index(lines, number, dash))
            column, is_list = dash, True

    enter(line, here.dash_columns)
    for number, above in _lines_above(lines, line):
        if above.is_blank:
            continue
        # A list may begin in the column of the key that it belongs to.
        is_parent = above.column < column or (is_list and above.column == column and not above.dash_columns)
        if is_parent and above.key is not None:
            route.append(above.key)
            column, is_list = above.column, False
            enter(number, above.dash_columns)
        elif not is_list and above.column == column:
            enter(number, above.dash_columns)
        else:
            enter(number, [dash for dash in above.dash_columns if dash < column])
        if column == 0 and not is_list:
            break
    return tuple(reversed(route))


def _lines_above(lines: Sequence[str], line: int) -> Iterator[tuple[int, _IndentedLine]]:
    for number in range(min(line, len(lines)) - 1, -1, -1):
        yield number, _read(lines[number])


def _index(lines: Sequence[str], line: int, dash: int) -> int:
    """Return how many members of a list are above its member that begins on a line."""
    count = 0
    for _, above in _lines_above(lines, line):
        if above.is_blank:
            continue
        if dash in above.dash_columns:
            count += 1
        elif min((above.column, *above.dash_columns)) <= dash:
            break
    return count


def _siblings(lines: Sequence[str], line: int, here: _IndentedLine) -> tuple[str, ...]:
    """Return the keys of the mapping that a line is in, but its own."""
    column = here.column
    names: list[str] = []
    if not here.dash_columns:
        for _, above in _lines_above(lines, line):
            if above.is_blank or above.column > column:
                continue
            if above.column < column:
                break
            names.append(above.key or "")
            if above.dash_columns:
                break
    for number in range(line + 1, len(lines)):
        below = _read(lines[number])
        if below.is_blank or (below.column > column and not below.dash_columns):
            continue
        if below.column < column or below.dash_columns:
            break
        names.append(below.key or "")
    return tuple(name for name in names if name)


def _inside_brackets(before: str, route: Route) -> Route:
    """Return the route within a list in brackets that is still open."""
    value = before.partition(":")[2]
    is_open = value.count("[") > value.count("]")
    return (*route, value.count(",")) if is_open else route
