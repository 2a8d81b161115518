"""Which side each component of a page is on, and which name it has.

Page --cast--> Cast(side and name of each component, values of the state)
"""

import ast
import keyword
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gradstream.components.registry import KINDS
from gradstream.format.generator.infer import FunctionNode
from gradstream.format.schema.validators import load_schemas
from gradstream.format.shapes.calls import kind_of
from gradstream.importing.arrangement import WRITTEN
from gradstream.importing.components import is_chat, is_component, is_described_by_value
from gradstream.importing.constants import UNKNOWN
from gradstream.importing.occasions import is_result
from gradstream.importing.source import AppSource
from gradstream.importing.types import AppComponent, AppEvent, Page, Remarks

STATE = "State"
RESULTS_ONLY = frozenset({"Label"})
"""Words that would name another kind among inputs."""

Parameters = Callable[[AppEvent], Sequence[str] | None]


@dataclass(kw_only=True, eq=False)
class Cast:
    """The components of one page: `inputs`, `outputs` and `state` by name, in the order of the file."""

    names: dict[AppComponent, str] = field(default_factory=dict)
    inputs: dict[str, AppComponent] = field(default_factory=dict)
    outputs: dict[str, AppComponent] = field(default_factory=dict)
    state: dict[str, AppComponent] = field(default_factory=dict)

    def chat(self) -> AppComponent | None:
        """Return the conversation, if there is one."""
        return next((each for each in self.outputs.values() if is_chat(each)), None)

    def folder(self, component: AppComponent) -> str:
        """Return the side of a component that has a name."""
        return "inputs" if self.names[component] in self.inputs else "outputs"

    def is_state(self, component: AppComponent) -> bool:
        """Return whether a component is a value of the state."""
        return component.word == STATE


def holds_message(component: AppComponent) -> bool:
    """Return whether messages can be written into a component."""
    kind = None if component.word in RESULTS_ONLY else kind_of(component.word, "inputs")[0]
    return kind is not None and KINDS.inputs[kind].holds_message


def cast_page(
    page: Page,
    source: AppSource,
    remarks: Remarks,
    *,
    parameters: Parameters,
    knows: Callable[[ast.expr], bool],
    reserved: Collection[str],
) -> Cast:
    """Return the sides and names of all components that events use, and of results with a known value."""
    cast = Cast()
    taken = set(reserved)
    _open_tables(page, source)
    wishes = _wishes(page, parameters, reserved)
    for component in _used(page, source, knows):
        is_only = sum(not is_state_of(each) for event in page.events for each in event.outputs) == 1
        wish = wishes.get(component) or component.variable or _from_label(component, source)
        side = STATE if component.word == STATE else _side(component, page, source)
        wish = wish or ("state" if side == STATE else _by_kind(component, side, is_only=is_only))
        name = unique(wish, taken)
        taken.add(name)
        cast.names[component] = name
        {STATE: cast.state, "inputs": cast.inputs, "outputs": cast.outputs}[side][name] = component
    for further in list(filter(is_chat, cast.outputs.values()))[1:]:
        remarks.add(further.line, "a demo has one conversation: write another demo for this one")
    for each in page.tree.all_items():
        if isinstance(each, AppComponent) and each not in cast.names and kind_of(each.word, "inputs")[0]:
            remarks.add(each.line, f"this `{each.word}` is used by no function, and is left out")
    return cast


def is_state_of(component: AppComponent | None) -> bool:
    """Return whether what an event fills is no output of the page."""
    return component is None or component.word == STATE


def is_field(component: AppComponent) -> bool:
    """Return whether a component is more than a text of the page and there on some side."""
    return component.word not in WRITTEN and is_component(component.word)


def _used(page: Page, source: AppSource, knows: Callable[[ast.expr], bool]) -> Iterator[AppComponent]:
    """Yield the components that events use, and results that are there at first, in the order of the page."""
    used = {
        each: None
        for event in page.events
        for each in (
            *event.inputs,
            *event.outputs,
            *(trigger.component for trigger in event.triggers),
            *(each for group in event.groups.values() for each in group.components() if is_field(each)),
        )
        if each is not None and each.word not in ("Button", "Timer", "ClearButton")
    }
    components = [each for each in page.tree.all_items() if isinstance(each, AppComponent)]
    shown = [each for each in components if each in used or _is_shown(each, source, knows)]
    yield from dict.fromkeys([*shown, *used])


def _is_shown(component: AppComponent, source: AppSource, knows: Callable[[ast.expr], bool]) -> bool:
    """Return whether a component is a result without a function; what is written is a text of the layout."""
    node = component.given.get("value")
    value = source.constant(node)
    if node is None or value is None or kind_of(component.word, "outputs")[0] is None or not knows(node):
        return False
    is_field = kind_of(component.word, "inputs")[0] is not None and component.word not in RESULTS_ONLY
    is_written = component.word in WRITTEN and value is not UNKNOWN
    return not is_written and not is_chat(component) and not is_field


def _side(component: AppComponent, page: Page, source: AppSource) -> str:
    as_input = None if component.word in RESULTS_ONLY else kind_of(component.word, "inputs")[0]
    as_output = kind_of(component.word, "outputs")[0]
    if as_output is None:
        return "inputs"
    if as_input is None or is_chat(component) or is_described_by_value(component, source):
        return "outputs"
    is_open = source.constant(component.given.get("interactive")) is True
    is_locked = source.constant(component.given.get("interactive")) is False
    is_given = any(component in event.inputs for event in page.events)
    if is_result(component, page) and (not is_open or not is_given) and as_output in KINDS.handed:
        return "outputs"
    is_filled = any(component in event.outputs for event in page.events)
    if is_filled and is_open and _follows_from_values(as_input, as_output):
        return "outputs"
    if is_filled and not is_given:
        return "inputs" if is_open else "outputs"
    return "outputs" if is_locked and is_filled and as_output in KINDS.handed else "inputs"


def _open_tables(page: Page, source: AppSource) -> None:
    """Let visitors change the tables that functions are given, which are outputs for want of columns."""
    given = [each for event in page.events for each in event.inputs]
    for each in given:
        if is_described_by_value(each, source):
            each.given = {"interactive": ast.Constant(value=True), **each.given}


def _follows_from_values(as_input: str, as_output: str) -> bool:
    """Return whether a field is described by what a function writes into it, as a table is by its columns."""
    kinds = load_schemas().kinds
    is_described = len(kinds["inputs"][as_input]["required"]) > 1
    return is_described and "editable" in kinds["outputs"][as_output]["properties"]


def _wishes(page: Page, parameters: Parameters, reserved: Collection[str]) -> Mapping[AppComponent, str]:
    """Return the parameter that a component is given to, where all functions call it the same."""
    called: dict[AppComponent, set[str]] = {}
    for event in page.events:
        names = parameters(event)
        if names is None or event.by_name:
            continue
        for component, name in zip(event.inputs, names, strict=False):
            called.setdefault(component, set()).add(name)
    return {
        component: next(iter(names))
        for component, names in called.items()
        if len(names) == 1 and not names & set(reserved) and not is_chat(component)
    }


def _from_label(component: AppComponent, source: AppSource) -> str:
    label = source.constant(component.given.get("label"))
    words = re.sub(r"\W+", "_", label.lower(), flags=re.ASCII).strip("_") if isinstance(label, str) else ""
    return words if words.isidentifier() and len(words) <= 30 else ""


def _by_kind(component: AppComponent, side: str, *, is_only: bool) -> str:
    return "result" if is_only and side == "outputs" else str(kind_of(component.word, side)[0])


def unique(wish: str, taken: Collection[str]) -> str:
    """Return a name that is not taken, and that Python can have."""
    wish = f"{wish}_" if keyword.iskeyword(wish) else wish
    names = (wish, *(f"{wish}_{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in names if each not in taken)


def state_value(component: AppComponent, source: AppSource, remarks: Remarks) -> Any:
    """Return what a value of the state is at first."""
    node = component.given.get("value")
    value = None if node is None else source.constant(node)
    if value is UNKNOWN:
        match node:
            case ast.Call(func=ast.Name(id="dict" | "list" as made), args=[]):
                return {} if made == "dict" else []
        remarks.add(
            node or component.line, "this state can only be known by running it; it is empty at first"
        )
        return None
    return value


def parameters_of(node: FunctionNode | ast.Lambda | None) -> list[str]:
    """Return the parameters that a function takes by position."""
    return [] if node is None else [each.arg for each in (*node.args.posonlyargs, *node.args.args)]
