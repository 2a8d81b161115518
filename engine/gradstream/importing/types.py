"""What an import reads and what it makes.

source of an app --read_app--> Page(components, events, tree) --write--> AppFiles(files, remarks)
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from msgspec import Struct

from gradstream.errors import GradstreamError
from gradstream.format.generator.infer import FunctionNode

Occasion = Literal["button", "change", "open", "clock", "submit", "clear", "select", "play", "like"]
"""What starts an action; each moment of the other tool is one of these, or is not translated."""


HIDING = frozenset({"Accordion", "Box", "Column", "Group", "Row", "Sidebar"})
"""Groups that functions show and hide with what is in them."""


class NoAppError(GradstreamError):
    """Raised where there is nothing to import; the message says why."""


class Remark(Struct, frozen=True, kw_only=True, order=True):
    """Something that was not translated, with the line of the app."""

    line: int
    text: str


class AppFiles(Struct, frozen=True, kw_only=True):
    """The texts to write, by the names of their files, and what is missing from them."""

    files: Mapping[str, str]
    remarks: Sequence[Remark]


class Remarks:
    """Collects remarks, each once."""

    def __init__(self) -> None:
        self._found: dict[Remark, None] = {}

    def add(self, node: ast.AST | int, text: str) -> None:
        """Note what is not translated, at a node or a line."""
        line = node if isinstance(node, int) else getattr(node, "lineno", 1)
        self._found[Remark(line=line, text=text)] = None

    def texts(self) -> Sequence[str]:
        """Return all remarks as lines."""
        return [f"line {each.line}: {each.text}" for each in self.all()]

    def all(self) -> Sequence[Remark]:
        """Return all remarks in the order of their lines."""
        return sorted(self._found)


@dataclass(kw_only=True, eq=False)
class AppComponent:
    """One component of the app: what it is called there, and its arguments by name."""

    word: str
    line: int
    given: Mapping[str, ast.expr]
    variable: str = ""


@dataclass(kw_only=True, eq=False)
class Group:
    """A container of the app, such as a row or a tab, or the whole page."""

    word: str
    line: int
    given: Mapping[str, ast.expr] = field(default_factory=dict)
    items: list["AppItem"] = field(default_factory=list)
    variable: str = ""

    def all_items(self) -> Iterator["AppItem"]:
        """Yield all that is in the group, in groups within it too."""
        for each in self.items:
            yield each
            if isinstance(each, Group):
                yield from each.all_items()

    def components(self) -> Iterator[AppComponent]:
        """Yield the components in the group, in groups within it too."""
        yield from (each for each in self.all_items() if isinstance(each, AppComponent))


@dataclass(kw_only=True, eq=False)
class ExamplesPlace:
    """Where the examples are."""


AppItem = AppComponent | Group | ExamplesPlace


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """What starts an event: a moment, and the component that it is about, if any.

    `is_of_functions`: the change may be a function's as well as a visitor's.
    """

    moment: Occasion
    component: AppComponent | None = None
    every_s: float | None = None
    is_of_functions: bool = False


@dataclass(kw_only=True, eq=False)
class AppEvent:
    """One listener: what runs when, what it is given and what it fills.

    `outputs` has None for what cannot be filled; a group that is shown and hidden is in `groups`, by its
    place among the outputs. `by_name`: the function is given one mapping of all inputs. `after` is the event
    that it follows, with the outcome that it waits for. `validator` is asked about the inputs before. Without
    a `function` it only stops the events that it `cancels`.
    """

    line: int
    function: ast.expr | FunctionNode | None
    inputs: Sequence[AppComponent]
    outputs: Sequence[AppComponent | None]
    triggers: list[Trigger] = field(default_factory=list)
    groups: Mapping[int, Group] = field(default_factory=dict)
    by_name: bool = False
    after: "tuple[AppEvent, str] | None" = None
    cancels: Sequence["AppEvent"] = ()
    variable: str = ""
    validator: ast.expr | None = None


@dataclass(kw_only=True)
class Page:
    """One demo to be: from an Interface, a ChatInterface, or Blocks.

    `is_answer`: its function gives the answer in a conversation, not the whole of it.
    """

    line: int
    tree: Group
    events: list[AppEvent] = field(default_factory=list)
    title: str = ""
    description: str = ""
    name: str = ""
    is_answer: bool = False
    button: str = ""
    has_layout: bool = False
    is_cached: bool = False
    settings: list[AppComponent] = field(default_factory=list)
    clearing: dict[AppComponent, Sequence[AppComponent]] = field(default_factory=dict)
    """Buttons that empty other components, with these."""

    examples: list[tuple[int, Sequence[AppComponent], Any]] = field(default_factory=list)
