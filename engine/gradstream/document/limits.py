"""Limits of a file, checked on the parser's events before anything is built from them.

30,000 nested brackets would crash libyaml's own composer, and aliases of aliases grow exponentially: here an
alias counts as much as the value it refers to.
"""

from dataclasses import dataclass

from yaml import events

from gradstream.document.line_index import Stretch
from gradstream.document.mistakes import Mistake
from gradstream.limits import Limits

MAX_DEPTH = 64
"""A sensible demo has some 10 levels; values are walked recursively, and 64 cannot exhaust the stack."""

MAX_BYTES = Limits().yaml_bytes
MAX_NODES = Limits().yaml_values
"""Of a file that no catalog bounds, such as the catalog's own."""


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been read; `tallest` is how deep its members nest so far."""

    anchor: str | None
    nodes_before: int
    tallest: int = 0


class FileLimits:
    """Counts values and depth over a stream of events."""

    def __init__(self, *, most_values: int = MAX_NODES) -> None:
        self._most = most_values
        self._nodes = 0
        self._open: list[_Open] = []
        self._anchored: dict[str, tuple[int, int]] = {}

    def check(self, event: events.Event, stretch: Stretch) -> Mistake | None:
        """Count one event; return a mistake about the first limit that it exceeds."""
        match event:
            case events.AliasEvent():
                return self._alias(event.anchor or "", stretch)
            case events.ScalarEvent():
                if event.anchor is not None:
                    self._anchored[event.anchor] = (1, 0)
                return self._count(1, stretch)
            case events.CollectionStartEvent():
                self._open.append(_Open(event.anchor, self._nodes))
                return self._count(1, stretch) or self._reach(0, stretch)
            case events.CollectionEndEvent():
                self._close()
        return None

    def _alias(self, anchor: str, stretch: Stretch) -> Mistake | None:
        if any(anchor == around.anchor for around in self._open):
            return Mistake(
                stretch=stretch,
                code="E-ALIAS-LOOP",
                message=f"the alias `*{anchor}` is inside the value it refers to and would never end",
                expected=f"an alias outside of the value that is marked `&{anchor}`",
                found=f"`*{anchor}` within it",
                repair="write out what is meant here",
            )
        if anchor not in self._anchored:
            known = ", ".join(f"`*{name}`" for name in self._anchored) or "no value is marked with & above"
            return Mistake(
                stretch=stretch,
                code="E-ALIAS-UNKNOWN",
                message=f"nothing above is marked `&{anchor}`",
                expected=f"an alias of something above: {known}",
                found=f"`*{anchor}`",
                repair=f"mark what is meant with `&{anchor}`, or put quotes around text that begins with *",
            )
        nodes, height = self._anchored[anchor]
        return self._count(nodes, stretch) or self._reach(height, stretch)

    def _count(self, nodes: int, stretch: Stretch) -> Mistake | None:
        self._nodes += nodes
        if self._nodes <= self._most:
            return None
        return Mistake(
            stretch=stretch,
            code="E-TOO-MANY-VALUES",
            message=f"the file has more than {self._most:,} values",
            expected=f"at most {self._most:,} values, an alias counted as all that it refers to",
            found="more",
            repair="use fewer aliases, or keep data in a file of its own that the generator reads",
        )

    def _reach(self, height: int, stretch: Stretch) -> Mistake | None:
        """Record that members of the innermost open value nest this deep."""
        if self._open:
            self._open[-1].tallest = max(self._open[-1].tallest, height)
        if len(self._open) + height <= MAX_DEPTH:
            return None
        return Mistake(
            stretch=stretch,
            code="E-TOO-DEEP",
            message=f"lists and mappings are nested more than {MAX_DEPTH} deep",
            expected=f"at most {MAX_DEPTH} levels",
            found="more",
            repair="look for brackets that are opened here and never closed",
        )

    def _close(self) -> None:
        closed = self._open.pop()
        height = closed.tallest + 1
        if closed.anchor is not None:
            self._anchored[closed.anchor] = (self._nodes - closed.nodes_before, height)
        if self._open:
            self._open[-1].tallest = max(self._open[-1].tallest, height)
