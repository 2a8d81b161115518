"""The tree between the parser's events and plain values: text with its place, aliases not resolved yet."""

from dataclasses import dataclass, field

from gradstream.document.line_index import Stretch


@dataclass(slots=True)
class ScalarNode:
    """A text; `plain` if it is without quotes and may be a number."""

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
    """A reference to an earlier node, never to an ancestor."""

    target: "Node"
    stretch: Stretch


Node = ScalarNode | MappingNode | SequenceNode | AliasNode
