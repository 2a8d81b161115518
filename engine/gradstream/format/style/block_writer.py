"""Writes nodes as lines in block style, with the comments and blank lines between them.

MappingNode --pairs--> StyledPart(comments above, its lines) … --key_order--> lines
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct

from gradstream.document.nodes import AliasNode, MappingNode, Node, ScalarNode, SequenceNode
from gradstream.document.types import Route
from gradstream.errors import GradstreamError
from gradstream.format.schema.bundle import Subject
from gradstream.format.style.key_order import key_order

LONGEST_LINE = 100
"""Columns of a list of plain values that stays on one line."""

STEP = "  "

_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]*)+")
_BLOCK_TEXT = re.compile(r"[|>][-+0-9]*")


class UnusualError(GradstreamError):
    """Raised for what is rare in these files, and is left as it is."""


class StyledPart(Struct):
    """A key with its value, or a member of a list: the lines above that belong to it, and its own."""

    above: list[str]
    lines: list[str]


class BlockWriter:
    """Writes one file. `values` are what its nodes stand for."""

    def __init__(self, text: str, values: Any, *, subject: Subject) -> None:
        self._text = text
        self._lines = text.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._values = values
        self._subject: Subject = subject
        self._next = 0
        """The first line that has not been written."""

    def write(self, root: MappingNode) -> str:
        """Return the whole file."""
        first = self._line_of(root.stretch.start)
        head = self._lines[:first]
        self._next = first
        if any(line.startswith(("---", "%")) for line in head) or self._lines[first].startswith("---"):
            raise UnusualError("it begins with a document marker or a directive")
        if self._is_flow(root):
            body = self._flow_value(root, (), indent="")
            body[0] += self._end_line(root.stretch.end)
        else:
            body = self._mapping(root, (), indent="")
        rest = self._lines[self._next :]
        if any(line and not line.lstrip().startswith("#") for line in rest):
            raise UnusualError("something comes after its end")
        lines = [line.rstrip() if not line.strip() else line for line in [*head, *body, *rest]]
        return "\n".join(lines).rstrip("\n") + "\n"

    # Block collections

    def _mapping(
        self, node: MappingNode, route: Route, *, indent: str, above: Sequence[str] = ()
    ) -> list[str]:
        """Return the lines of a block mapping; those above its first key go with that key."""
        column = self._column_of(self._content_start(node))
        chunks: dict[Any, StyledPart] = {}
        for index, (key, value) in enumerate(node.pairs):
            if not isinstance(key, ScalarNode) or "\n" in self._source(key):
                raise UnusualError("a key of it is not a text on one line")
            if self._text[max(0, key.stretch.start - 2) : key.stretch.start] == "? ":
                raise UnusualError("it has keys with a question mark")
            before = self._above(self._line_of(key.stretch.start), indent=indent) if index else list(above)
            chunk = StyledPart(before, self._pair(key, value, (*route, key.text), indent=indent))
            chunk.lines += self._trailing(column, indent=indent)
            if key.text in chunks:
                raise UnusualError("a key of it is there twice")
            chunks[key.text] = chunk
        return _joined([chunks[name] for name in self._in_order(list(chunks), route)])

    def _in_order(self, names: list[Any], route: Route) -> list[Any]:
        order = key_order(self._subject, route, self._value_at(route))
        if order is None or self._has_anchors():
            return names
        places = {name: place for place, name in enumerate(order)}
        return sorted(names, key=lambda name: places.get(name, len(places)))

    def _has_anchors(self) -> bool:
        return bool(re.search(r"(?m)[:\-,\[{]\s+[&*]\w", self._text))

    def _value_at(self, route: Route) -> Any:
        value = self._values
        for step in route:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return {}
        return value if isinstance(value, dict) else {}

    def _pair(self, key: ScalarNode, value: Node, route: Route, *, indent: str) -> list[str]:
        name = self._source(key)
        if isinstance(value, MappingNode | SequenceNode) and not self._is_flow(value):
            return self._key_line(f"{indent}{name}:", key, value) + self._below(value, route, indent=indent)
        if isinstance(value, MappingNode | SequenceNode) and self._can_be_block(value):
            lines = [f"{indent}{name}:", *self._flow_value(value, route, indent=indent + STEP)]
            comment = self._end_line(value.stretch.end)
            return [lines[0] + comment, *lines[1:]]
        return self._as_written(key.stretch.start, key, value, indent=indent)

    def _key_line(self, start: str, key: Node, value: Node) -> list[str]:
        """Return the line of a key whose value is on the lines below, with its anchor, tag and comment."""
        line = self._line_of(key.stretch.start)
        after = self._text[key.stretch.end : self._starts[line + 1] - 1].lstrip()
        if not after.startswith(":"):
            raise UnusualError("a colon of it is on another line than its key")
        self._next = line + 1
        rest = after[1:].strip()
        return [f"{start} {rest}".rstrip() if not rest.startswith("#") else f"{start}  {rest}"]

    def _below(self, value: MappingNode | SequenceNode, route: Route, *, indent: str) -> list[str]:
        line = self._line_of(self._content_start(value))
        if line < self._next:
            raise UnusualError("a block of it begins on its key's line")
        if any(each.lstrip().startswith(("&", "!")) for each in self._lines[self._next : line]):
            raise UnusualError("an anchor or a tag of it is on a line of its own")
        above = self._above(line, indent=indent + STEP)
        if isinstance(value, MappingNode):
            return self._mapping(value, route, indent=indent + STEP, above=above)
        return above + self._sequence(value, route, indent=indent + STEP)

    def _sequence(self, node: SequenceNode, route: Route, *, indent: str) -> list[str]:
        column = self._column_of(self._content_start(node))
        lines: list[str] = []
        for index, member in enumerate(node.members):
            dash = self._dash_before(member)
            if index:
                lines += self._above(self._line_of(dash), indent=indent)
            lines += self._member(member, dash, (*route, index), indent=indent)
            lines += self._trailing(column, indent=indent)
        return lines

    def _member(self, member: Node, dash: int, route: Route, *, indent: str) -> list[str]:
        is_block = isinstance(member, MappingNode | SequenceNode) and not self._is_flow(member)
        if is_block and _PROPERTIES.match(self._text, member.stretch.start):
            return self._as_written(dash, member, member, indent=indent)
        if is_block and self._line_of(member.stretch.start) != self._line_of(dash):
            raise UnusualError("a dash of it is on a line of its own")
        if isinstance(member, MappingNode | SequenceNode) and (is_block or self._can_be_block(member)):
            inner = indent + STEP
            if not is_block:
                found = self._flow_value(member, route, indent=inner)
                comment = self._end_line(member.stretch.end)
                found[0] += comment
            elif isinstance(member, MappingNode):
                found = self._mapping(member, route, indent=inner)
            else:
                found = self._sequence(member, route, indent=inner)
            return _with_dash(found, indent)
        return self._as_written(dash, member, member, indent=indent)

    def _content_start(self, node: MappingNode | SequenceNode) -> int:
        """Return where the first key or dash of a block is, behind its anchor and tag."""
        if isinstance(node, MappingNode):
            return node.pairs[0][0].stretch.start
        return self._dash_before(node.members[0])

    def _dash_before(self, member: Node) -> int:
        """Return where the dash of a member is."""
        start = member.stretch.start
        found = self._text.rfind("-", 0, start + (self._text[start : start + 1] == "-" and _is_empty(member)))
        between = self._text[found + 1 : start].strip()
        if found < 0 or (between and between[0] not in "&!#"):
            raise UnusualError("a member of a list of it has no dash")
        return found

    # Flow collections, written as blocks

    def _can_be_block(self, node: Node) -> bool:
        """Return whether brackets become lines: not for empty ones, short lists, and what has comments."""
        if not _children(node):
            return False
        if not self._is_simple(node):
            return False
        return not self._stays_on_one_line(node)

    def _stays_on_one_line(self, node: Node) -> bool:
        source = self._source(node)
        line = self._line_of(node.stretch.start)
        is_short = "\n" not in source and len(self._lines[line]) <= LONGEST_LINE
        return isinstance(node, SequenceNode) and is_short and all(map(_is_scalar, node.members))

    def _is_simple(self, node: Node) -> bool:
        """Return whether brackets hold nothing but values: no comment, anchor, tag or alias."""
        if isinstance(node, AliasNode):
            return False
        if isinstance(node, ScalarNode):
            source = self._source(node)
            return "\n" not in source and not source.startswith(("&", "!", "?"))
        leaves = list(_leaves(node))
        edges = [node.stretch.start, *(edge for leaf in leaves for edge in leaf.stretch), node.stretch.end]
        gaps = [self._text[start:end] for start, end in list(pairwise(edges))[::2]]
        return all(map(self._is_simple, leaves)) and not any(set(gap) & set("#&*!?") for gap in gaps)

    def _flow_value(self, node: MappingNode | SequenceNode, route: Route, *, indent: str) -> list[str]:
        if isinstance(node, SequenceNode):
            lines = []
            for index, member in enumerate(node.members):
                lines += _with_dash(self._flow_part(member, (*route, index), indent=indent + STEP), indent)
            return lines
        chunks: dict[Any, list[str]] = {}
        for key, value in node.pairs:
            if not isinstance(key, ScalarNode) or key.text in chunks:
                raise UnusualError("a key of it is not a text, or is there twice")
            name = self._source(key)
            chunks[key.text] = self._flow_pair(name, value, (*route, key.text), indent=indent)
        return [line for name in self._in_order(list(chunks), route) for line in chunks[name]]

    def _flow_pair(self, name: str, value: Node, route: Route, *, indent: str) -> list[str]:
        if isinstance(value, MappingNode | SequenceNode) and self._can_be_block(value):
            return [f"{indent}{name}:", *self._flow_value(value, route, indent=indent + STEP)]
        return [f"{indent}{name}: {self._source(value)}".rstrip()]

    def _flow_part(self, value: Node, route: Route, *, indent: str) -> list[str]:
        if isinstance(value, MappingNode | SequenceNode) and self._can_be_block(value):
            return self._flow_value(value, route, indent=indent)
        return [f"{indent}{self._source(value)}"]

    # Lines

    def _as_written(self, start: int, first: Node, value: Node, *, indent: str) -> list[str]:
        """Return all lines of a key or member whose text stays, moved to its place."""
        line, last = self._line_of(start), self._line_of(max(first.stretch.end, value.stretch.end))
        column = start - self._starts[line]
        shift = len(indent) - column
        lines = [indent + self._lines[line][column:]]
        lines += [_moved(each, shift) for each in self._lines[line + 1 : last + 1]]
        if not self._is_block_text(value):
            lines = [each.rstrip() for each in lines]
        self._next = last + 1
        return lines

    def _is_block_text(self, value: Node) -> bool:
        return isinstance(value, ScalarNode) and bool(_BLOCK_TEXT.match(self._source(value)))

    def _end_line(self, end: int) -> str:
        """Return the comment behind brackets, and go on with the line below it."""
        line = self._line_of(end)
        rest = self._text[end : self._starts[line + 1] - 1].strip()
        if rest and not rest.startswith("#"):
            raise UnusualError("something comes behind a bracket of it")
        self._next = line + 1
        return f"  {rest}" if rest else ""

    def _above(self, line: int, *, indent: str) -> list[str]:
        """Return the comments and blank lines in front of a line."""
        lines = self._lines[self._next : line]
        self._next = line
        return [f"{indent}{each.strip()}" if each.strip() else "" for each in lines]

    def _trailing(self, column: int, *, indent: str) -> list[str]:
        """Return the comments behind a value that are as far to the right as its key, and not at the edge."""
        end = self._next
        for number in range(self._next, len(self._lines)):
            line = self._lines[number]
            if not line.strip():
                continue
            is_inside = line.lstrip().startswith("#") and len(line) - len(line.lstrip()) > column
            if not is_inside:
                break
            end = number + 1
        lines = self._lines[self._next : end]
        self._next = end
        return [f"{indent}{STEP}{each.strip()}" if each.strip() else "" for each in lines]

    def _is_flow(self, node: Node) -> bool:
        found = _PROPERTIES.match(self._text, node.stretch.start)
        at = found.end() if found else node.stretch.start
        return self._text[at : at + 1] in ("{", "[")

    def _source(self, node: Node) -> str:
        return self._text[node.stretch.start : node.stretch.end]

    def _line_of(self, offset: int) -> int:
        low, high = 0, len(self._lines)
        while low < high - 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._starts[middle] <= offset else (low, middle)
        return low

    def _column_of(self, offset: int) -> int:
        return offset - self._starts[self._line_of(offset)]


def _joined(chunks: Sequence[StyledPart]) -> list[str]:
    return [line for chunk in chunks for line in (*chunk.above, *chunk.lines)]


def _with_dash(lines: list[str], indent: str) -> list[str]:
    """Put the dash of a member before its first line that is not a comment."""
    first = next(
        (at for at, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")), 0
    )
    above = [indent + line.strip() if line.strip() else "" for line in lines[:first]]
    return [*above, f"{indent}- {lines[first][len(indent) + 2 :]}", *lines[first + 1 :]]


def _moved(line: str, shift: int) -> str:
    if not line.strip():
        return line
    if shift >= 0:
        return " " * shift + line
    room = len(line) - len(line.lstrip(" "))
    return line[min(-shift, room) :]


def _children(node: Node) -> Sequence[object]:
    if isinstance(node, MappingNode):
        return node.pairs
    return node.members if isinstance(node, SequenceNode) else ()


def _leaves(node: Node) -> list[Node]:
    if isinstance(node, MappingNode):
        return [leaf for pair in node.pairs for one in pair for leaf in _leaves(one)]
    if isinstance(node, SequenceNode):
        return [leaf for member in node.members for leaf in _leaves(member)]
    return [node]


def _is_scalar(node: Node) -> bool:
    return isinstance(node, ScalarNode)


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.text
