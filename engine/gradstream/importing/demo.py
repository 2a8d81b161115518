"""One page of the app as a demo: the values of its YAML, and what its module needs.

Page --cast, callees, conversation, arrangement--> DemoDraft(values, needed names, functions around)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gradstream.format.schema.hints import fallback
from gradstream.format.wording import label_of
from gradstream.importing.access import read_users
from gradstream.importing.actions import ActionWriter, ImportedAction
from gradstream.importing.arrangement import WRITTEN, Arranger, without_tags
from gradstream.importing.casting import Cast, state_value, unique
from gradstream.importing.components import Translator, holds_files, plain
from gradstream.importing.conversation import (
    AS_MESSAGES,
    AS_PAIRS,
    AppChat,
    find_conversation,
)
from gradstream.importing.first import FirstValues, PythonChanges
from gradstream.importing.functions import Functions
from gradstream.importing.grouping import note_staying, parts_of
from gradstream.importing.handing import helper
from gradstream.importing.memory import APP_CACHE, MEMORY
from gradstream.importing.placing import Placing
from gradstream.importing.randomized import chosen
from gradstream.importing.requests import APP_REQUEST, read_headers
from gradstream.importing.source import AppSource
from gradstream.importing.types import AppComponent, Group, Page, Remarks
from gradstream.importing.validating import write_validator


@dataclass(kw_only=True, eq=False)
class DemoDraft:
    """A demo to be written: its values, without the head."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)


class DemoWriter:
    """Writes the demos of one app."""

    def __init__(
        self,
        source: AppSource,
        remarks: Remarks,
        functions: Functions,
        *,
        module: str,
        place: Callable[[str], str | None],
    ) -> None:
        self._source = source
        self._remarks = remarks
        self._functions = functions
        self._module = module
        self._placing = Placing(remarks, place)
        self._translator = Translator(source, remarks, self._placing, place)
        self._users = read_users(source, remarks)

    def write(self, page: Page, cast: Cast, *, name: str) -> DemoDraft:
        """Return the demo of a page."""
        conversation = find_conversation(page, self._source)
        writer = ActionWriter(self._source, self._remarks, self._functions, cast, module=self._module)
        actions = writer.actions(page, conversation)
        first = self._first(page, cast)
        choices = dict(chosen(cast, self._source))
        actions += [writer.start(first)] if first else []
        actions += [writer.randomize(choices)] if choices else []
        if conversation is not None and conversation.has_pairs:
            self._functions.add_helper(AS_PAIRS)
            if not page.is_answer:
                self._functions.add_helper(AS_MESSAGES)
        self._add_helpers(page)
        headers = self._headers(page)
        values: dict[str, Any] = {"title": self._title(page, cast, name)}
        if page.description:
            values["description"] = without_tags(page.description)
        validator = write_validator(page, cast, self._functions, self._remarks)
        values |= {"validator": f"{self._module}.{validator}"} if validator else {}
        values |= self._components(cast, page, conversation)
        for output, action in writer.likes.items():
            values["outputs"][output]["like"] = action
        if cast.state:
            values["state"] = {
                each: plain(state_value(component, self._source, self._remarks))
                for each, component in cast.state.items()
            }
        examples = self._examples(page, cast)
        _with_fractions(values.get("inputs", {}), examples)
        is_alone = _is_alone(actions, cast, first)
        values |= _top(actions) if is_alone else _below(actions)
        if page.is_cached and is_alone and examples and conversation is None and _can_be_cached(values):
            values["cache"] = True
        layout = self._layout(
            page, cast, actions, conversation, title=values["title"], has_examples=bool(examples)
        )
        values |= {"layout": layout} if layout else {}
        values |= {"examples": examples} if examples else {}
        access: dict[str, Any] = {"users": dict(self._users)} if self._users else {}
        access |= {"headers": headers} if headers else {}
        values |= {"access": access} if access else {}
        values |= {"progress": "tqdm"} if self._functions.tracks_tqdm(page.events) else {}
        for folder in ("inputs", "outputs"):
            for each, keys in values.get(folder, {}).items():
                values[folder][each] = keys["type"] if list(keys) == ["type"] else keys
        return DemoDraft(name=name, values=values)

    def _first(self, page: Page, cast: Cast) -> dict[str, PythonChanges]:
        """Return what components show at first and YAML cannot say; those of a hidden group are hidden."""
        values = FirstValues(self._source, self._remarks, cast, lifted=self._functions.lifted)
        first = dict(values.changes(page))
        for group in page.tree.all_items():
            if not isinstance(group, Group) or self._source.constant(group.given.get("visible")) is not False:
                continue
            hidden = parts_of(group, cast)
            if not hidden:
                self._remarks.add(group.line, f"this `{group.word}` is hidden at first, and shown here")
                continue
            note_staying(group, cast, self._remarks)
            for name in hidden:
                first[name] = {**first.get(name, {}), "visible": "False"}
        return first

    def _add_helpers(self, page: Page) -> None:
        """Take along what functions need for the data of events, for what is painted and for what is kept."""
        callees = dict.fromkeys(self._functions.seen(event) for event in page.events)
        if any(MEMORY in each.given_by_page(self._source).values() for each in callees):
            self._functions.add_helper(APP_CACHE)
        for text in dict.fromkeys(
            data.text for each in callees for data in each.event_data(self._source).values()
        ):
            self._functions.add_helper(text)
        handing = [(each, self._functions.seen(event).node) for event in page.events for each in event.inputs]
        for text in (helper(each, self._source, node) for each, node in handing):
            if text:
                self._functions.add_helper(text)

    def _headers(self, page: Page) -> list[str]:
        """Return the headers that functions read of a visitor's request."""
        found: dict[str, None] = {}
        for callee in dict.fromkeys(self._functions.seen(event) for event in page.events):
            names = callee.requests(self._source)
            if names and callee.node is not None:
                self._functions.add_helper(APP_REQUEST)
                found |= dict.fromkeys(read_headers(callee.node, names, self._remarks))
        return list(found)

    def _title(self, page: Page, cast: Cast, name: str) -> str:
        if page.title:
            return without_tags(page.title)
        for each in page.tree.all_items():
            is_text = isinstance(each, AppComponent) and each.word in WRITTEN and each not in cast.names
            if is_text and isinstance(each, AppComponent):
                said = self._source.constant(each.given.get("value"))
                first = without_tags(said).partition("\n")[0] if isinstance(said, str) else ""
                if first.startswith("#"):
                    return first.strip("# *")
        return label_of(name)

    def _components(self, cast: Cast, page: Page, conversation: AppChat | None) -> dict[str, dict[str, Any]]:
        inputs = {name: self._translator.keys(each, "inputs", name) for name, each in cast.inputs.items()}
        for name, each in cast.inputs.items():
            if each in page.settings:
                inputs[name]["section"] = "More"
        given = {each for event in page.events for each in event.inputs}
        outputs = {
            name: self._translator.keys(each, "outputs", name, is_handed=each in given)
            for name, each in cast.outputs.items()
        }
        if conversation is not None:
            inputs = _message_first(inputs, cast.names[conversation.message])
        chat = cast.chat()
        if chat is not None and not page.is_answer:
            outputs[cast.names[chat]]["yields"] = "conversation"
        if not outputs:
            # A demo has results, whatever its functions fill.
            outputs = {unique("result", cast.names.values()): {"type": fallback("outputs")}}
        return ({"inputs": inputs} if inputs else {}) | {"outputs": outputs}

    def _examples(self, page: Page, cast: Cast) -> list[dict[str, Any]]:
        return [
            row
            for line, components, rows in page.examples
            for each in (rows if isinstance(rows, list | tuple) else [])
            if (row := self._example(line, components, each, cast))
        ]

    def _example(self, line: int, components: Sequence[AppComponent], row: Any, cast: Cast) -> dict[str, Any]:
        cells = row if isinstance(row, list | tuple) else [row]
        example: dict[str, Any] = {}
        for component, cell in zip(components, cells, strict=False):
            name = cast.names.get(component, "")
            if name not in cast.inputs or cell is None:
                continue
            keys = self._translator.keys(component, "inputs", name)
            if self._translator.takes_file(keys) and isinstance(cell, str | list | tuple):
                placed = self._placing.placed(line, cell, what="an example")
                example |= {} if placed is None else {name: placed}
                continue
            if self._translator.takes_file(keys) and isinstance(cell, dict):
                self._remarks.add(line, f"an example of `{component.word}` is made of parts, and is left out")
                continue
            value = self._text_of(line, cell) if holds_files(component.word) else cell
            example[name] = plain(self._translator.by_index(component, value))
        return example

    def _text_of(self, line: int, message: Any) -> Any:
        """Return the text of a message, and say that its files are left out."""
        if not isinstance(message, dict):
            return message
        if message.get("files"):
            self._remarks.add(line, "an example of a message has its text alone: attach its files by hand")
        return message.get("text", "")

    def _layout(
        self,
        page: Page,
        cast: Cast,
        actions: Sequence[ImportedAction],
        conversation: AppChat | None,
        *,
        title: str,
        has_examples: bool,
    ) -> list[Any]:
        if not page.has_layout:
            return []
        names: dict[AppComponent, Sequence[str]] = {each: [name] for each, name in cast.names.items()}
        for state in cast.state.values():
            names[state] = []
        if conversation is not None:
            names[conversation.message] = []
        name = "run" if _is_alone(actions, cast, {}) else None
        for action in actions:
            for button in action.buttons:
                is_answering = conversation is not None and action is actions[0]
                names[button] = [] if is_answering else [*names.get(button, []), name or action.name]
        arranger = Arranger(self._source, self._remarks, names, title=title, has_examples=has_examples)
        return arranger.arrange(page.tree)


def _message_first(inputs: Mapping[str, Any], message: str) -> dict[str, Any]:
    return {message: inputs[message]} | {name: each for name, each in inputs.items() if name != message}


def _with_fractions(inputs: Mapping[str, dict[str, Any]], examples: Sequence[Mapping[str, Any]]) -> None:
    """Let an input have fractions where an example has one; its default alone would make it whole."""
    for example in examples:
        for name, value in example.items():
            is_whole = isinstance(inputs[name].get("default"), int) and "step" not in inputs[name]
            if is_whole and isinstance(value, float) and not value.is_integer():
                inputs[name]["integer"] = False


def _can_be_cached(values: Mapping[str, Any]) -> bool:
    """Return whether the result of an example depends on its values alone, and a press is what shows it."""
    return not {"state", "live", "every", "on_open", "runs_on"} & {*values}


def _is_alone(actions: Sequence[ImportedAction], cast: Cast, first: Mapping[str, Any]) -> bool:
    """Return whether the one action of a page can be written at the top."""
    if len(actions) != 1 or first or not cast.outputs:
        return False
    values = actions[0].values
    return list(values["inputs"]) == list(cast.inputs) and list(values["outputs"]) == list(cast.outputs)


def _top(actions: Sequence[ImportedAction]) -> dict[str, Any]:
    return {name: each for name, each in actions[0].values.items() if name not in ("inputs", "outputs")}


def _below(actions: Sequence[ImportedAction]) -> dict[str, Any]:
    return {"actions": {each.name: each.values for each in actions}}
