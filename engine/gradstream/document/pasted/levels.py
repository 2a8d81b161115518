"""Keys that are indented by a few spaces too many or too few: moved to where a neighbour stands.

gradstream: 1              inputs:              type: text
  generator: a.b               place: text        label: Where
                             mood: text
"""

import re
from collections.abc import Iterator, Sequence

from gradstream.document.line_index import Stretch
from gradstream.document.mistakes import Mistake, Rewrite
from gradstream.document.pasted.guess import Line, shown

CODE = "E-YAML"
KEY = re.compile(r"^\s*(?:-\s+)?(?P<key>[A-Za-z_][\w-]*):(?:\s|$)")
WITH_VALUE = re.compile(r"^\s*(?:-\s+)?[A-Za-z_][\w-]*:\s+[^\s|>&#].*$")


def look_at_levels(lines: Sequence[Line], near: Sequence[int]) -> Iterator[Mistake]:
    """Yield the lines whose indentation does not fit those above, and where they may belong."""
    for number in near:
        line = lines[number]
        found = KEY.match(line.text)
        above = next((each for each in reversed(lines[:number]) if _counts(each)), None)
        if found is None or above is None:
            continue
        columns = _columns(lines[:number])
        is_too_deep = _column(line) > _column(above) and bool(WITH_VALUE.match(above.text))
        is_between = bool(columns) and _column(line) not in columns and _column(line) < _column(above)
        if is_too_deep or is_between:
            yield _moved(lines, number, columns if is_between else [_column(above)], found["key"])


def _moved(lines: Sequence[Line], number: int, columns: Sequence[int], key: str) -> Mistake:
    line = lines[number]
    own = _column(line)
    ways = sorted(columns, key=lambda column: (abs(column - own), -column))[:2]
    best = ways[0]
    return Mistake(
        stretch=line.content,
        code=CODE,
        message=f"`{key}` is not in the column of its neighbours",
        expected=f"{_spaces(best)} before `{key}`",
        found=f"{_spaces(own)} before {shown(line.text)}",
        repair=f"write `{key}` with {_spaces(best)} before it, and move what is below it as well",
        changes=tuple(
            Rewrite(
                title=f"put {_spaces(column)} before `{key}`",
                parts=tuple(_shift(lines, number, column - own)),
            )
            for column in ways
        ),
    )


def _shift(lines: Sequence[Line], number: int, by: int) -> Iterator[tuple[Stretch, str]]:
    """Yield the changes that move a line, its neighbours right below, and what is below them."""
    own, text = lines[number].indent, lines[number].text
    # The line as a whole: what a check says about it afterwards is about this change.
    yield Stretch(lines[number].start, lines[number].content.end), " " * (own + by) + text.strip()
    for line in lines[number + 1 :]:
        if not line.is_blank and line.indent < own:
            return
        if not line.is_blank:
            yield Stretch(line.start, line.start + line.indent), " " * (line.indent + by)


def _columns(above: Sequence[Line]) -> list[int]:
    """Return the columns of the mappings that are open after these lines."""
    open_columns: list[int] = []
    for line in above:
        if _counts(line) and KEY.match(line.text):
            column = _column(line)
            open_columns = [each for each in open_columns if each < column]
            open_columns.append(column)
    return open_columns


def _column(line: Line) -> int:
    """Return the column of a line's key, behind its dash if it has one."""
    found = re.match(r"\s*(?:-\s+)*", line.text)
    return found.end() if found else 0


def _counts(line: Line) -> bool:
    return not line.is_blank and not line.text.lstrip().startswith("#")


def _spaces(count: int) -> str:
    return "no space" if count == 0 else "one space" if count == 1 else f"{count} spaces"
