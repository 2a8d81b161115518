"""The tree between the parser's events and plain values: what is written where, aliases not yet followed."""

from dataclasses import dataclass, field

from gradstream.document.line_index import Stretch


@dataclass(slots=True)
class ScalarNode:
    """A piece of text; `plain` without quotes, so that it may mean a number."""

    text: str
    plain: bool
    tag: str | None
    stretch: Stretch


@dataclass(slots=True)
class MappingNode:
    """Keys and values in file order."""

    tag: str | None
    stretch: Stretch
    pairs: list[tuple["Node", "Node"]] = field(default_factory=list)


@dataclass(slots=True)
class SequenceNode:
    """Members in order."""

    tag: str | None
    stretch: Stretch
    members: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class AliasNode:
    """A reference to a node that was written before, never to one around it."""

    target: "Node"
    stretch: Stretch


Node = ScalarNode | MappingNode | SequenceNode | AliasNode
