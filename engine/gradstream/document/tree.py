"""Events -> nodes: nests them, and links aliases to the nodes they refer to."""

from collections.abc import Iterator, Sequence

from yaml import events

from gradstream.document.line_index import Stretch
from gradstream.document.nodes import AliasNode, MappingNode, Node, ScalarNode, SequenceNode
from gradstream.document.parser import PlacedEvent


def build(placed: Sequence[PlacedEvent], text: str) -> Node | None:
    """Return the document's root; None without events. The events must be within the limits."""
    return _Builder(placed, text).root()


class _Builder:
    """Walks the events once; recursion is bounded by `limits.MAX_DEPTH`."""

    def __init__(self, placed: Sequence[PlacedEvent], text: str) -> None:
        self._events: Iterator[PlacedEvent] = iter(placed)
        self._text = text
        self._anchors: dict[str, Node] = {}
        self._end = 0

    def root(self) -> Node | None:
        """Return the node of the first event."""
        return self._next()

    def _next(self) -> Node | None:
        """Return the next node; None at the end of the enclosing collection or of the document."""
        placed = next(self._events, None)
        if placed is None:
            return None
        event, stretch = placed
        if isinstance(event, events.CollectionEndEvent):
            self._end = stretch.end
            return None
        node = self._node_of(event, stretch)
        if (
            isinstance(event, events.NodeEvent)
            and event.anchor is not None
            and not isinstance(node, AliasNode)
        ):
            self._anchors[event.anchor] = node
        return node

    def _node_of(self, event: events.Event, stretch: Stretch) -> Node:
        match event:
            case events.AliasEvent():
                return AliasNode(self._anchors[event.anchor or ""], stretch)
            case events.ScalarEvent():
                return ScalarNode(event.value, event.implicit[0], event.tag, self._trimmed(stretch))
            case events.MappingStartEvent():
                return self._mapping(event, stretch)
            case _:
                return self._sequence(event, stretch)

    def _mapping(self, event: events.MappingStartEvent, stretch: Stretch) -> MappingNode:
        made = MappingNode(event.tag, stretch)
        end = stretch.end
        while (key := self._next()) is not None:
            value = self._next()
            if value is not None:
                made.pairs.append((key, value))
                end = max(key.stretch.end, value.stretch.end)
        made.stretch = Stretch(stretch.start, self._end if event.flow_style else end)
        return made

    def _sequence(self, event: events.Event, stretch: Stretch) -> SequenceNode:
        made = SequenceNode(getattr(event, "tag", None), stretch)
        end = stretch.end
        while (member := self._next()) is not None:
            made.members.append(member)
            end = max(end, member.stretch.end)
        made.stretch = Stretch(stretch.start, self._end if getattr(event, "flow_style", None) else end)
        return made

    def _trimmed(self, stretch: Stretch) -> Stretch:
        """Cut off the blank lines at the end of a block scalar."""
        return Stretch(stretch.start, stretch.start + len(self._text[stretch.start : stretch.end].rstrip()))
