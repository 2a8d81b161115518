"""Events as actions: what starts them, what they are given and fill; functions around those that do not fit.

AppAppEvent(click, greet, [name], [greeting]) --> greet: {button: …, generator: app.greet, inputs, outputs}
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gradstream.components.registry import KINDS
from gradstream.format.generator.binding import LIKED
from gradstream.format.shapes.calls import kind_of
from gradstream.format.wording import label_of
from gradstream.importing.arrangement import without_tags
from gradstream.importing.callees import PROGRESS, Callee, arranged, fits
from gradstream.importing.casting import Cast, unique
from gradstream.importing.changes import Following, followings
from gradstream.importing.components import is_chat, is_editable
from gradstream.importing.conversation import (
    AS_MESSAGES,
    AS_PAIRS,
    HISTORY,
    AppChat,
    has_pairs,
    write_conversation,
)
from gradstream.importing.event_data import note_lost
from gradstream.importing.functions import Functions
from gradstream.importing.grouping import SHOWN, filled, note_staying, with_groups
from gradstream.importing.handing import TABLES, handed
from gradstream.importing.occasions import moments_of
from gradstream.importing.source import AppSource
from gradstream.importing.types import AppComponent, AppEvent, Page, Remarks, Trigger
from gradstream.importing.wrappers import wrapper

BUTTONS = frozenset({"Button", "ClearButton"})


@dataclass(kw_only=True, eq=False)
class ImportedAction:
    """An action to be written; `buttons` are the components of the app that start it."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    buttons: Sequence[AppComponent] = ()


class ActionWriter:
    """Writes the actions of one page."""

    def __init__(
        self, source: AppSource, remarks: Remarks, functions: Functions, cast: Cast, *, module: str
    ) -> None:
        self._source = source
        self._remarks = remarks
        self._functions = functions
        self._cast = cast
        self._module = module
        self._taken = set(cast.names.values())
        self._names: dict[AppEvent, str] = {}
        self._followings: Sequence[Following] = ()
        self.likes: dict[str, str] = {}

    def actions(self, page: Page, conversation: AppChat | None) -> list[ImportedAction]:
        """Return the actions of all events, that of the conversation first."""
        chain = () if conversation is None else conversation.chain
        others = [each for each in page.events if each not in chain]
        drafts = []
        if conversation is not None:
            self._names |= dict.fromkeys(chain, self._name(chain[0]))
            drafts.append(self._answer(page, conversation))
        self._names |= {event: self._name(event) for event in others}
        self._followings = followings(page.events, list(self._cast.inputs.values()))
        drafts += [self._action(event, page) for event in others]
        self._follow(page, {each.name: each for each in drafts})
        return drafts + self._clearing(page, drafts)

    def start(self, first: Mapping[str, Mapping[str, str]]) -> ImportedAction:
        """Return the action that shows at the beginning what YAML cannot say; the values are Python."""
        name = unique("start", self._taken)
        function = self._functions.name("start")
        values = ", ".join(_as_python(each) for each in first.values())
        self._functions.add(f"def {function}():\n    return {values}\n")
        return ImportedAction(
            name=name,
            values={
                "button": "Start over",
                "generator": f"{self._module}.{function}",
                "inputs": [],
                "outputs": list(first),
                "on_open": True,
            },
        )

    def randomize(self, choices: Mapping[str, str]) -> ImportedAction:
        """Return the action that chooses at the beginning where sliders are."""
        name = unique("randomize", self._taken)
        self._taken.add(name)
        function = self._functions.name("randomize")
        self._functions.add_import("random")
        chosen = ", ".join(choices.values())
        rows = "(" + "".join(f"\n        {each}," for each in choices.values()) + "\n    )"
        self._functions.add(f"def {function}():\n    return {chosen if len(chosen) < 90 else rows}\n")
        values = {"button": False, "generator": f"{self._module}.{function}", "inputs": []}
        return ImportedAction(name=name, values=values | {"outputs": list(choices), "on_open": True})

    def _clearing(self, page: Page, drafts: Sequence[ImportedAction]) -> list[ImportedAction]:
        """Return the actions of buttons that empty results; the page empties fields and chats itself."""
        found = []
        for button, components in page.clearing.items():
            names = [self._cast.names[each] for each in components if each in self._cast.names]
            emptied = [each for each in names if each not in self._cast.state]
            results = [self._cast.outputs[each] for each in emptied if each in self._cast.outputs]
            if not all(map(is_chat, results)):
                found.append(self._clear(button, emptied, drafts))
            elif not any(button in each.buttons for each in drafts):
                said = "`ClearButton` is left out: the page empties its fields itself"
                self._remarks.add(button.line, said)
        return found

    def _clear(
        self, button: AppComponent, names: Sequence[str], drafts: Sequence[ImportedAction]
    ) -> ImportedAction:
        name = unique("clear", self._taken)
        self._taken.add(name)
        function = self._functions.name("clear")
        self._functions.add(f"def {function}():\n    return {', '.join(['None'] * len(names))}\n")
        values = {
            "button": self._said(button) or "Clear",
            "generator": f"{self._module}.{function}",
            "inputs": [],
            "outputs": list(names),
        }
        pressed = next((each for each in drafts if button in each.buttons), None)
        if pressed is None:
            return ImportedAction(name=name, values=values, buttons=[button])
        _add_then(pressed, name, "ended")
        return ImportedAction(name=name, values=values | {"button": False})

    def _said(self, button: AppComponent) -> str:
        said = self._source.constant(button.given.get("value"))
        return without_tags(said) if isinstance(said, str) else ""

    def _name(self, event: AppEvent) -> str:
        seen = self._functions.seen(event)
        wish = re.sub(r"\W+", "_", seen.text).strip("_") if seen.text.replace(".", "").isidentifier() else ""
        component = next((each.component for each in event.triggers if each.component is not None), None)
        if not wish and component is not None:
            wish = component.variable or self._cast.names.get(component, "") or self._words(component)
        if not wish and {each.moment for each in event.triggers} == {"open"}:
            wish = next((f"{self._cast.names[each]}_at_first" for each in event.outputs if each), "")
        name = unique(wish or "run", self._taken)
        self._taken.add(name)
        return name

    def _words(self, button: AppComponent) -> str:
        """Return what stands on a button as a name."""
        said = self._source.constant(button.given.get("value"))
        name = re.sub(r"\W+", "_", said.lower(), flags=re.ASCII).strip("_") if isinstance(said, str) else ""
        return name if name.isidentifier() else ""

    def _answer(self, page: Page, found: AppChat) -> ImportedAction:
        event = found.chain[0]
        name = self._names[event]
        inputs = [self._cast.names[each] for each in found.inputs()]
        outputs = [self._cast.names[each] for each in found.outputs()]
        if page.is_answer:
            generator = self._reply(event, found, inputs)
        else:
            generator = self._functions.name("converse")
            text = write_conversation(
                generator,
                found,
                self._cast,
                called=lambda each: self._functions.called(each, f"{name}_step"),
                source=self._source,
            )
            self._functions.add(text)
        values = {
            "generator": f"{self._module}.{generator}",
            "inputs": [each for each in inputs if each not in self._cast.state],
            "outputs": [each for each in outputs if each not in self._cast.state],
        }
        buttons = [each.component for each in event.triggers if each.component is not None]
        return ImportedAction(name=name, values=values, buttons=buttons)

    def _reply(self, event: AppEvent, found: AppChat, inputs: Sequence[str]) -> str:
        """Return the function of an answer, or one around it if it does not fit."""
        callee = self._functions.called(event, "reply")
        parameters = callee.parameters()
        second = parameters[1:2]
        given = [inputs[0], *second, *inputs[1:]]
        is_fitting = second == [HISTORY] and not found.has_pairs and self._is_direct(callee, given)
        if is_fitting:
            return callee.text
        name = self._functions.name(f"on_{_plain(callee.text)}")
        history = f"as_pairs({HISTORY})" if found.has_pairs else HISTORY
        self._functions.add(
            wrapper(
                name,
                callee,
                parameters=[*inputs, HISTORY, *callee.tool_parameters(self._source)],
                arguments=arranged(callee, [inputs[0], history, *inputs[1:]], self._source),
                results=None,
                is_by_name=False,
            )
        )
        return name

    def _is_direct(self, callee: Callee, given: Sequence[str]) -> bool:
        own = callee.given_by_page(self._source)
        if any((name, value) != (PROGRESS, PROGRESS) for name, value in own.items()):
            return False
        return fits(callee, given, list(self._cast.state), list(self._cast.state))

    def _action(self, event: AppEvent, page: Page) -> ImportedAction:
        name = self._names[event]
        watched = [
            each.component
            for each in event.triggers
            if each.moment == "change" and each.component is not None and self._is_changed(each.component)
        ]
        stopping, watched = (watched, []) if event.function is None else ([], watched)
        further = [each for each in watched if each not in event.inputs]
        given = [self._cast.names[each] for each in event.inputs if self._can_be_given(each)]
        values: dict[str, Any] = {}
        inputs = [
            *(each for each in given if each not in self._cast.state),
            *(self._cast.names[each] for each in further),
        ]
        pressed = [each for each in event.triggers if each.moment == "button"]
        label = self._label(pressed, page)
        values |= {"button": label} if label and label != label_of(name) else {}
        runs_on = self._runs_on(event)
        runs_on |= {"change": [self._cast.names[each] for each in stopping]} if stopping else {}
        self._like(event, name)
        starts = self._starts(event, watched, inputs) | ({"runs_on": runs_on} if runs_on else {})
        is_by_itself = "live" in starts or "every" in starts
        is_following = event.after is not None or any(later is event for _, later in self._followings)
        if not pressed and not is_by_itself and (starts or is_following):
            values["button"] = False
        values["generator"] = f"{self._module}.{self._function(event, name, further)}"
        values["inputs"] = inputs
        values["outputs"] = filled(event, self._cast)
        returns = self._returns(event)
        values |= {"returns": returns} if returns else {}
        values |= starts
        buttons = [each.component for each in pressed if each.component is not None]
        stops = [self._names[each] for each in event.cancels if each in self._names]
        values |= {"stops": stops} if stops else {}
        return ImportedAction(
            name=name, values=values, buttons=[each for each in buttons if each.word in BUTTONS]
        )

    def _is_input(self, component: AppComponent) -> bool:
        return self._cast.names.get(component) in self._cast.inputs

    def _is_changed(self, component: AppComponent) -> bool:
        """Return whether a visitor can change a component."""
        return self._is_input(component) or (
            component in self._cast.names
            and not self._cast.is_state(component)
            and is_editable(component, self._cast.folder(component), self._source)
        )

    def _can_be_given(self, component: AppComponent) -> bool:
        """Return whether a component can be handed to a function by its name."""
        if is_chat(component):
            return False
        name = self._cast.names[component]
        kind = kind_of(component.word, "outputs")[0]
        return name not in self._cast.outputs or kind in KINDS.handed

    def _label(self, pressed: Sequence[Trigger], page: Page) -> str:
        for each in pressed:
            if each.component is not None and each.component.word in BUTTONS:
                return self._said(each.component)
        return page.button

    def _runs_on(self, event: AppEvent) -> dict[str, list[str]]:
        """Return what a visitor does to components that starts an event; say what they do in vain."""
        sides = {each: self._cast.folder(each) for each in self._cast.names}
        runs_on: dict[str, list[str]] = {}
        for trigger, is_possible in moments_of(event, sides):
            component = trigger.component
            if component is None:
                continue
            if is_possible:
                names = runs_on.setdefault(trigger.moment, [])
                names += [] if self._cast.names[component] in names else [self._cast.names[component]]
            elif trigger.moment != "submit":
                said = f"`{trigger.moment}` of this `{component.word}` starts nothing here"
                self._remarks.add(event.line, f"{said}: its function has a button, or what else starts it")
        return runs_on

    def _like(self, event: AppEvent, name: str) -> None:
        """Note the action that runs when an answer of a conversation is liked."""
        for each in event.triggers:
            if each.moment == "like" and each.component is not None:
                self.likes[self._cast.names[each.component]] = name

    def _starts(
        self, event: AppEvent, watched: Sequence[AppComponent], inputs: Sequence[str]
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        changing = [self._cast.names[each] for each in watched]
        if any(each.moment == "change" and each.component is None for each in event.triggers):
            changing = list(inputs)
        if changing:
            is_all = set(changing) == set(inputs)
            values["live"] = True if is_all else {"inputs": list(dict.fromkeys(changing))}
        seconds = [each.every_s for each in event.triggers if each.every_s is not None]
        values |= {"every": _time(seconds[0])} if seconds else {}
        values |= {"on_open": True} if any(each.moment == "open" for each in event.triggers) else {}
        return values

    def _function(self, event: AppEvent, wish: str, further: Sequence[AppComponent]) -> str:
        """Return the function of an action: the app's own where all fits, or one around it."""
        callee = self._functions.called(event, wish)
        names = self._cast.names
        given = [names[each] if not is_chat(each) else HISTORY for each in event.inputs]
        lost = [each for each in event.inputs if not is_chat(each) and not self._can_be_given(each)]
        results = [None if each is None else names[each] for each in event.outputs]
        made = self._made(event, callee)
        is_reshaped = bool(made) or (None in results if results else callee.returns_value)
        tool = callee.tool_parameters(self._source)
        if any(each.moment == "like" for each in event.triggers):
            tool += [each for each in LIKED if each not in tool]
        is_given_otherwise = any(self._handed(each, "", callee) for each in event.inputs)
        is_changed = further or lost or event.by_name or is_reshaped or is_given_otherwise
        is_direct = self._is_direct(callee, given) and not is_changed and self._has_history(event, callee)
        self._note_data(event, callee)
        if is_direct and not {*LIKED} & {*tool}:
            return callee.text
        for each in lost:
            self._remarks.add(event.line, f"what `{names[each]}` shows cannot be handed over; None is given")
        values = [
            "None" if each in lost else self._handed(each, name, callee)
            for each, name in zip(event.inputs, given, strict=True)
        ]
        arguments = [_mapping(given, values)] if event.by_name else values
        taken = [name for each, name in zip(event.inputs, given, strict=True) if each not in lost]
        name = self._functions.name(f"on_{_plain(callee.text)}")
        variables, shown = with_groups(event, results, self._cast)
        self._note_groups(event)
        self._functions.add(
            wrapper(
                name,
                callee,
                parameters=[*dict.fromkeys([*taken, *(names[each] for each in further), *tool])],
                arguments=arranged(callee, arguments, self._source),
                results=variables if is_reshaped else None,
                is_by_name=len(shown) > 1 or bool(self._cast.state),
                values={**shown, **made},
            )
        )
        return name

    def _note_groups(self, event: AppEvent) -> None:
        """Take along what groups need, and say what of them is always shown."""
        if event.groups:
            self._functions.add_helper(SHOWN)
        for group in event.groups.values():
            note_staying(group, self._cast, self._remarks)

    def _handed(self, component: AppComponent, name: str, callee: Callee) -> str:
        """Return the argument by which a function is given a component; "" for what it is given as it is."""
        if is_chat(component) and has_pairs(component, self._source):
            self._functions.add_helper(AS_PAIRS)
            return f"as_pairs({name})"
        return handed(component, name, self._source, callee.node)

    def _made(self, event: AppEvent, callee: Callee) -> Mapping[str, str]:
        """Return what is made of the results of a function that gives a conversation as pairs."""
        chats = [each for each in event.outputs if each is not None and is_chat(each)]
        if not callee.returns_value and not callee.is_generator:
            return {}
        names = [self._cast.names[each] for each in chats if has_pairs(each, self._source)]
        if names:
            self._functions.add_helper(AS_MESSAGES)
        return {each: f"as_messages({each})" for each in names}

    def _has_history(self, event: AppEvent, callee: Callee) -> bool:
        """Return whether a function gets the conversation; one that does not fill it gets it by its name."""
        chats = [each for each in event.inputs if is_chat(each)]
        return not chats or HISTORY in callee.parameters() or chats[0] in event.outputs

    def _note_data(self, event: AppEvent, callee: Callee) -> None:
        """Say what a function reads of an event that is something else here."""
        selected = [each.component for each in event.triggers if each.moment == "select"]
        has_columns = any(each is not None and each.word in TABLES for each in selected)
        for name, data in callee.event_data(self._source).items():
            if callee.node is not None:
                note_lost(callee.node, name, data, self._remarks, has_columns=has_columns)

    def _returns(self, event: AppEvent) -> list[str]:
        """Return the order of the results; empty where the state is last, as it is without saying."""
        names = [self._cast.names[each] for each in event.outputs if each is not None]
        if len(names) < len(event.outputs):
            return []
        given = [self._cast.names[each] for each in event.inputs]
        kept = [each for each in self._cast.state if each in given]
        state = [each for each in names if each in self._cast.state]
        usual = [*(each for each in names if each not in state), *kept]
        return names if state and names != usual else []

    def _follow(self, page: Page, drafts: Mapping[str, ImportedAction]) -> None:
        for event in page.events:
            name = self._names[event]
            if event.after is not None and self._names[event.after[0]] != name:
                _add_then(drafts[self._names[event.after[0]]], name, event.after[1])
        for earlier, later in self._followings:
            _add_then(drafts[self._names[earlier]], self._names[later], "succeeded")


def _add_then(draft: ImportedAction, name: str, outcome: str) -> None:
    then = draft.values.setdefault("then", {})
    if name != draft.name and name not in then.setdefault(outcome, []):
        then[outcome].append(name)


def _plain(text: str) -> str:
    return re.sub(r"\W+", "_", text).strip("_")[:30] or "run"


def _mapping(names: Sequence[str], values: Sequence[str]) -> str:
    return "{" + ", ".join(f'"{name}": {value}' for name, value in zip(names, values, strict=True)) + "}"


def _time(seconds: float) -> str:
    return f"{seconds:g}s" if seconds >= 1 else f"{max(100, round(seconds * 1000))}ms"


def _as_python(changes: Mapping[str, str]) -> str:
    if list(changes) == ["value"]:
        return changes["value"]
    return f"gradstream.update({', '.join(f'{key}={value}' for key, value in changes.items())})"
