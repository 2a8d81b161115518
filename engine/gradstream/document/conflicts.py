"""Finds what git leaves in a file when a merge has a conflict that nobody has resolved.

<<<<<<< HEAD          one side's name
||||||| base          only with `merge.conflictStyle` diff3 or zdiff3
=======
>>>>>>> feature       the other side's name
"""

import re
from collections.abc import Iterator

from gradstream.document.line_index import LINE_BREAK, Stretch
from gradstream.document.mistakes import Mistake

MARKER = re.compile(r"(?P<margin>[ \t]*)(?P<sign><{7}|\|{7}|={7}|>{7})(?: (?P<name>.*))?")
OPENS_BLOCK = re.compile(r"[:-]\s+[|>][-+\d]*\s*(?:#.*)?$")
LONGEST_NAME = 60
"""Longer names of sides are shortened: git writes the subject of a commit after its hash."""


def find_conflict(text: str) -> Mistake | None:
    """Return the first whole conflict: markers that open, divide and close, in this order.

    Editors indent them with the lines around; within a text below `|` or `>` they are what it shows.
    """
    opened: tuple[Stretch, int, str] | None = None
    divided = 0
    for number, stretch, found in _markers(text):
        match found["sign"][0]:
            case "<":
                opened, divided = (stretch, number, _name(found)), 0
            case "=" if opened is not None and not found["name"]:
                divided = number
            case ">" if opened is not None and divided:
                place, first, name = opened
                return _conflict(
                    place,
                    found=f"`{name}` from line {first}, `{_name(found)}` from line {divided} to {number}",
                )
    return None


def find_marker(text: str) -> Mistake | None:
    """Return the first line that is a marker, of a conflict that was resolved in part too."""
    for number, stretch, found in _markers(text):
        name = f" {_name(found)}" if found["name"] else ""
        return _conflict(stretch, found=f"`{found['sign']}{name}` in line {number}")
    return None


def _markers(text: str) -> Iterator[tuple[int, Stretch, re.Match[str]]]:
    """Yield each line that is a marker: its number from 1, its place, its parts."""
    start = 0
    for number, line in enumerate(LINE_BREAK.split(text), start=1):
        end = start + len(line)
        if found := MARKER.fullmatch(line.rstrip()):
            begin = start + len(found["margin"])
            if not found["margin"] or not _is_in_block(text, start, len(found["margin"])):
                yield number, Stretch(begin, start + len(line.rstrip())), found
        start = end + (2 if text.startswith("\r\n", end) else 1)


def _is_in_block(text: str, start: int, indent: int) -> bool:
    """Return whether an indented line is part of a text below `|` or `>`."""
    for line in reversed(LINE_BREAK.split(text[:start])):
        if line.strip() and len(line) - len(line.lstrip()) < indent:
            return OPENS_BLOCK.search(line) is not None
    return False


def _name(found: re.Match[str]) -> str:
    name = (found["name"] or "").strip()
    return f"{name[:LONGEST_NAME]}…" if len(name) > LONGEST_NAME else name or found["sign"]


def _conflict(stretch: Stretch, *, found: str) -> Mistake:
    return Mistake(
        stretch=stretch,
        code="E-CONFLICT",
        message="git has left a conflict in this file",
        expected="one text, without the lines `<<<<<<<`, `=======` and `>>>>>>>`",
        found=found,
        repair="keep what is right of both sides, and remove the lines of git",
    )
