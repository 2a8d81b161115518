"""Repairs of a document as edits: a value, a key, a line of its own, by the route of what they are about.

Whether an edit works is for `repairs.trial` to find out; here nothing but places is looked at.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from gradstream.diagnostics import Fix, TextEdit
from gradstream.document.line_index import LINE_BREAK, Stretch
from gradstream.document.scalars import NumberTooLargeError, resolve
from gradstream.document.types import Document, NodePlace, Route

INDENT = "  "
PLAIN = re.compile(r"""[^\s\-?:,\[\]{}#&*!|>'"%@`](?:[^\r\n:#]|:(?!\s|$)|(?<!\s)#)*""")
"""Texts that need no quotes on a line of their own."""

IN_BRACES = re.compile(r"[,\[\]{}]|\$\{")
"""What needs quotes between braces and brackets only."""


def scalar(value: Any, *, in_braces: bool = False) -> str:
    """Return a scalar as an author would write it: a text without quotes where that is the same text."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)
    return text(str(value), in_braces=in_braces)


def text(value: str, *, in_braces: bool = False) -> str:
    """Return a text as YAML, without quotes where it is the same without them."""
    is_plain = PLAIN.fullmatch(value) is not None and value == value.strip() and _is_text(value)
    return value if is_plain and not (in_braces and IN_BRACES.search(value)) else quoted(value)


def quoted(value: str) -> str:
    """Return a text between quotes: double ones, single ones where it has double ones or a backslash."""
    if ('"' in value or "\\" in value) and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def block(value: Any) -> list[str]:
    """Return a value as lines in block style; an empty list or mapping is `[]` or `{}`."""
    if isinstance(value, dict) and value:
        return [line for key, below in value.items() for line in entry(str(key), below)]
    if isinstance(value, list) and value:
        lines = []
        for member in value:
            if (
                isinstance(member, list)
                and member
                and not any(isinstance(each, dict | list) for each in member)
            ):
                lines.append(f"- [{', '.join(scalar(each, in_braces=True) for each in member)}]")
                continue
            first, *others = block(member)
            lines += [f"- {first}", *indented(others)]
        return lines
    if isinstance(value, dict | list):
        return ["{}" if isinstance(value, dict) else "[]"]
    return [scalar(value)]


def entry(key: str, value: Any) -> list[str]:
    """Return the lines of a key and its value; a list of scalars stays on the key's line."""
    name = text(key)
    if _is_row(value):
        return [f"{name}: {_row(value)}"]
    if isinstance(value, dict | list) and value:
        return [f"{name}:", *indented(block(value))]
    return [f"{name}: {block(value)[0]}" if value is not None else f"{name}:"]


def _is_row(value: Any) -> bool:
    """Return whether a value is a list of scalars, which is written on one line."""
    return (
        isinstance(value, list) and bool(value) and not any(isinstance(each, dict | list) for each in value)
    )


def _row(value: list[Any]) -> str:
    return f"[{', '.join(scalar(each, in_braces=True) for each in value)}]"


def indented(lines: Iterable[str], by: str = INDENT) -> list[str]:
    """Return the lines one level deeper."""
    return [f"{by}{line}" if line.strip() else line for line in lines]


def replace_value(document: Document, route: Route, written: str, title: str = "") -> tuple[Fix, ...]:
    """Write another value, given as YAML on one line."""
    place = place_of(document, route)
    if place is None:
        return ()
    title = title or f"write {_on_one_line(written)}"
    if place.key is not None and place.value == place.key:
        end = _after_colon(document, place.key)
        return _fix(
            title or f"write {_on_one_line(written)}", edit(document, Stretch(end, end), f" {written}")
        )
    return _fix(title or f"write {_on_one_line(written)}", edit(document, place.value, written))


def _on_one_line(written: str) -> str:
    """Return lines as a button can show them."""
    first, *others = [line.strip() for line in written.splitlines()] or [""]
    return (
        f"{first}, and below it {', '.join(others)}"
        if first.endswith(":") and others
        else ", ".join([first, *others])
    )


def replace_with_note(document: Document, route: Route, written: str, note: str) -> tuple[Fix, ...]:
    """Write another value, and what it leaves out as a comment at the end of its line."""
    place = place_of(document, route)
    if place is None:
        return ()
    end = line_end(document.source, place.value.end)
    has_comment = "#" in document.source[place.value.end : end]
    comment = f" ({note})" if has_comment else f"  # {note}"
    return _fix(
        f"write {written}, and {note} as a comment",
        edit(document, place.value, written),
        edit(document, Stretch(end, end), comment),
    )


def replace_key(document: Document, route: Route, name: str) -> tuple[Fix, ...]:
    """Write another key before the same value."""
    place = place_of(document, route)
    if place is None or place.key is None:
        return ()
    return _fix(f"write {name}", edit(document, place.key, name))


def replace_entry(document: Document, route: Route, line: str) -> tuple[Fix, ...]:
    """Write another key and value, on one line."""
    place = place_of(document, route)
    if place is None or place.key is None:
        return ()
    stretch = Stretch(place.key.start, place.value.end)
    return _fix(f"write {_on_one_line(line)}", edit(document, stretch, line))


def replace_split(document: Document, route: Route, before: str, written: str) -> tuple[Fix, ...]:
    """Write one value in place of that of the key `before`, a comma, and the key at the route."""
    start, end = place_of(document, (*route[:-1], before)), place_of(document, route)
    if start is None or end is None:
        return ()
    return _fix(f"write {written}", edit(document, Stretch(start.value.start, end.value.end), written))


def remove(document: Document, route: Route, title: str = "remove the line") -> tuple[Fix, ...]:
    """Take away a key or a member and its value, where they have lines of their own."""
    lines = own_lines(document, route)
    return () if lines is None else _fix(title, edit(document, lines, ""))


def remove_whole(document: Document, route: Route, title: str = "remove the line") -> tuple[Fix, ...]:
    """Take away a key and its value, together with the key above it where it is the only one below."""
    holder = _value_at(document, route[:-1])
    is_only = len(route) == 2 and isinstance(holder, dict) and len(holder) == 1
    return remove(document, route[:-1] if is_only else route, title)


def remove_all(document: Document, routes: Sequence[Route], title: str) -> tuple[Fix, ...]:
    """Take away several keys or members, where each has lines of its own."""
    lines = [own_lines(document, route) for route in routes]
    changes = [edit(document, each, "") for each in lines if each is not None]
    return _fix(title, *changes) if len(changes) == len(lines) else ()


def add_entry(document: Document, route: Route, lines: Sequence[str], title: str) -> tuple[Fix, ...]:
    """Add lines at the end of a mapping in block style, or between its braces where it is one line."""
    place = place_of(document, route)
    if place is None:
        return ()
    source = document.source
    if route and place.key is not None and place.value == place.key:
        end = line_end(source, place.key.end)
        new = "".join(f"\n{line}" for line in indented(lines, by=INDENT + margin(source, place.key.start)))
        return _fix(title, edit(document, Stretch(end, end), new))
    if source[place.value.start : place.value.start + 1] in ("{", "["):
        at = place.value.end - 1
        before = "" if source[:at].rstrip().endswith(("{", ",")) else ", "
        return _fix(title, edit(document, Stretch(at, at), before + lines[0])) if len(lines) == 1 else ()
    end = line_end(source, max(place.value.end, place.value.start))
    column = margin_of(document, route)
    new = "".join(f"\n{column}{line}" for line in lines)
    return _fix(title, edit(document, Stretch(end, end), new))


def shift_lines(
    document: Document, routes: Sequence[Route], *, by: int = 0, to: int | None = None
) -> tuple[Fix, ...]:
    """Indent keys with all that is below them: by some spaces more, or to a column."""
    changes = []
    for route in routes:
        stretch = own_lines(document, route)
        key = document.places[route].key if stretch is not None else None
        if stretch is None or key is None:
            return ()
        more = by if to is None else to - (key.start - line_start(document.source, key.start))
        changes.append(edit(document, stretch, _shifted(document.source[stretch.start : stretch.end], more)))
    return _fix("change the indentation", *changes)


def _shifted(lines: str, by: int) -> str:
    if by >= 0:
        return re.sub(r"(?m)^(?=[^\r\n])", " " * by, lines)
    return re.sub(rf"(?m)^ {{1,{-by}}}", "", lines)


def rename(document: Document, name: str, new: str) -> tuple[Fix, ...]:
    """Write another name wherever the document has it as a key or refers to it."""
    changes = []
    for route, place in document.places.items():
        if route[-1:] == (name,) and place.key is not None and not _is_label(route):
            changes.append(edit(document, place.key, new))
        elif len(route) > 1 and _refers(route) and _value_at(document, route) == name:
            changes.append(edit(document, place.value, new))
    return _fix(f"write {new}", *changes) if changes else ()


def _refers(route: Route) -> bool:
    """Return whether what is at the route is the name of an input or an output."""
    if route[0] == "layout":
        return "show_if" not in route and route[-1] not in ("text", "title")
    return isinstance(route[-1], int) and route[-2] in ("inputs", "outputs")


def _is_label(route: Route) -> bool:
    """Return whether a key is the label of a tab or a width, and not a name."""
    return route[0] == "layout" and "show_if" not in route


def _value_at(document: Document, route: Route) -> Any:
    value = document.values
    for step in route:
        value = value[step]
    return value


def add_first(document: Document, route: Route, line: str) -> tuple[Fix, ...]:
    """Add a line as the first one of a mapping, in block style or between braces."""
    place = place_of(document, route)
    if place is None or (place.key is not None and place.value == place.key):
        return add_entry(document, route, [line], f"add {line}")
    start = place.value.start
    if document.source[start : start + 1] == "{":
        is_empty = document.source[start + 1 : place.value.end - 1].strip() == ""
        at, new = start + 1, line if is_empty else f"{line}, "
    else:
        at, new = start, f"{line}\n{margin_of(document, route)}"
    return _fix(f"add {line}", edit(document, Stretch(at, at), new))


def replace_lines(document: Document, route: Route, lines: Sequence[str], title: str) -> tuple[Fix, ...]:
    """Write other lines below a key, in block style, one level deeper than the key."""
    place = place_of(document, route)
    if place is None or place.key is None:
        return ()
    source = document.source
    start = _after_colon(document, place.key)
    end = max(place.value.end, start)
    by = INDENT + margin(source, place.key.start)
    new = "".join(f"\n{line}" for line in indented(lines, by=by))
    return _fix(title, edit(document, Stretch(start, end), new))


def place_of(document: Document, route: Route) -> NodePlace | None:
    """Return where a node is written; None if it is not in the file, or behind an alias."""
    place = document.places.get(route)
    if place is None:
        return None
    around = document.places.get(route[:-1])
    is_behind_alias = bool(route) and around is not None and around.value == place.value
    return None if is_behind_alias and document.source.startswith("*", place.value.start) else place


def edit(document: Document, stretch: Stretch, new: str) -> TextEdit:
    """Return an edit of a part of the document's text."""
    return TextEdit(span=document.lines.span(stretch, file=document.file), text=new)


def own_lines(document: Document, route: Route) -> Stretch | None:
    """Return the whole lines of a key or a member with its value; None where they share a line."""
    place = place_of(document, route)
    if place is None:
        return None
    source = document.source
    first = place.key.start if place.key is not None else place.value.start
    start = line_start(source, first)
    before = source[start:first]
    if before.strip() not in ("", "-") or (place.key is not None and before.strip() == "-"):
        return None
    end = line_end(source, place.value.end)
    rest = source[place.value.end : end].strip()
    if rest and not rest.startswith((":", "#")):
        return None
    following = LINE_BREAK.match(source, end)
    return Stretch(start, following.end() if following else end)


def line_start(source: str, at: int) -> int:
    """Return the offset at which the line of an offset begins."""
    return max(source.rfind("\n", 0, at), source.rfind("\r", 0, at)) + 1


def line_end(source: str, at: int) -> int:
    """Return the offset of the line break after an offset, or of the text's end."""
    found = LINE_BREAK.search(source, at)
    return found.start() if found else len(source)


def margin(source: str, at: int) -> str:
    """Return the spaces before what begins at the offset; a dash before it counts as two."""
    return " " * (at - line_start(source, at))


def margin_of(document: Document, route: Route) -> str:
    """Return the spaces before the keys of a mapping in block style."""
    return margin(document.source, document.places[route].value.start)


def _after_colon(document: Document, key: Stretch) -> int:
    """Return the offset after a key's colon."""
    at = document.source.find(":", key.end)
    return key.end if at < 0 else at + 1


def _is_text(value: str) -> bool:
    try:
        return isinstance(resolve(value), str)
    except NumberTooLargeError:
        return False


def _fix(title: str, *edits: TextEdit) -> tuple[Fix, ...]:
    return (Fix(title=title, edits=edits),)
