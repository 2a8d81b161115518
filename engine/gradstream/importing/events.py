"""Events of a page as actions have them: each once, each with something that starts it.

two listeners with one function, inputs, outputs, and the same after them -> one event with both triggers
two listeners of one button                                                -> the second follows the first
"""

import ast
from collections.abc import Sequence

from gradstream.importing.casting import is_field
from gradstream.importing.functions import Functions
from gradstream.importing.types import AppComponent, AppEvent, Remarks
from gradstream.importing.untranslated import not_filled

PRESSED = frozenset({"button", "submit"})
"""Moments of which one starts one action; a further function follows."""


def started(events: Sequence[AppEvent], functions: Functions, remarks: Remarks) -> list[AppEvent]:
    """Return the events without doubles and without those that nothing starts."""
    kept: list[AppEvent] = []
    same: dict[AppEvent, AppEvent] = {}
    alike = _Likeness(events, functions)
    for event in events:
        if event.after is not None:
            event.after = (same.get(event.after[0], event.after[0]), event.after[1])
        _drop_texts(event, remarks)
        if event.outputs and not any(event.outputs) and not event.groups and not event.cancels:
            _leave_out(event, events, remarks)
            continue
        if not event.triggers and event.after is None:
            remarks.add(event.line, "nothing that is translated starts this function; it is left out")
            continue
        double = next((each for each in kept if alike.is_same(each, event)), None)
        if double is None:
            kept.append(event)
            continue
        same[event] = double
        double.triggers += event.triggers
    for event in kept:
        event.cancels = [same.get(each, each) for each in event.cancels]
    _one_a_button(kept)
    return kept


def _drop_texts(event: AppEvent, remarks: Remarks) -> None:
    """Say which groups that an event shows and hides have only what is always shown, and drop them."""
    for place, group in list(event.groups.items()):
        if not any(map(is_field, group.components())):
            remarks.add(event.line, not_filled(group.word))
            event.groups = {at: each for at, each in event.groups.items() if at != place}


def _leave_out(event: AppEvent, events: Sequence[AppEvent], remarks: Remarks) -> None:
    """Say that nothing of what an event fills is there, and let what follows it begin where it begins."""
    remarks.add(event.line, "nothing that this function fills is there; it is left out")
    for each in events:
        if each.after is not None and each.after[0] is event:
            each.after = event.after
            each.triggers += event.triggers


class _Likeness:
    """Knows which events do the same, with what follows them in the app."""

    def __init__(self, events: Sequence[AppEvent], functions: Functions) -> None:
        self._functions = functions
        self._following: dict[AppEvent, list[tuple[str, AppEvent]]] = {each: [] for each in events}
        for event in events:
            if event.after is not None:
                self._following[event.after[0]].append((event.after[1], event))

    def is_same(self, one: AppEvent, other: AppEvent) -> bool:
        """Return whether one action can stand for both."""
        is_one = one.after == other.after and list(one.cancels) == list(other.cancels)
        return is_one and self._does_same(one, other)

    def _does_same(self, one: AppEvent, other: AppEvent) -> bool:
        called = [self._functions.seen(each) for each in (one, other)]
        is_one = called[0].text == called[1].text != "" or one.function is other.function
        if not is_one or list(one.inputs) != list(other.inputs) or one.groups != other.groups:
            return False
        if list(one.outputs) != list(other.outputs):
            return False
        validators = {None if each.validator is None else ast.dump(each.validator) for each in (one, other)}
        if len(validators) > 1:
            return False
        first, second = self._following[one], self._following[other]
        return len(first) == len(second) and all(
            mine[0] == theirs[0] and self._does_same(mine[1], theirs[1])
            for mine, theirs in zip(first, second, strict=True)
        )


def _one_a_button(events: Sequence[AppEvent]) -> None:
    """Let what a button starts beside something else follow that."""
    started_by: dict[AppComponent, AppEvent] = {}
    for event in events:
        for trigger in list(event.triggers):
            button = trigger.component
            if trigger.moment not in PRESSED or button is None:
                continue
            first = started_by.setdefault(button, event)
            if first is not event and event.after is None:
                event.triggers.remove(trigger)
                event.after = (first, "ended")
                started_by[button] = event
