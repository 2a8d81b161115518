"""Events of a page as actions have them: each once, each with something that starts it.

two listeners with one function, inputs and outputs -> one event with both triggers
two listeners of one button                         -> the second follows the first
"""

from collections.abc import Sequence

from gradstream.importing.functions import Functions
from gradstream.importing.types import AppComponent, AppEvent, Remarks

PRESSED = frozenset({"button", "submit"})
"""Moments of which one starts one action; a further function follows."""


def started(events: Sequence[AppEvent], functions: Functions, remarks: Remarks) -> list[AppEvent]:
    """Return the events without doubles and without those that nothing starts."""
    kept: list[AppEvent] = []
    same: dict[AppEvent, AppEvent] = {}
    for event in events:
        if event.after is not None:
            event.after = (same.get(event.after[0], event.after[0]), event.after[1])
        if event.outputs and not any(event.outputs) and not event.cancels:
            _leave_out(event, events, remarks)
            continue
        if not event.triggers and event.after is None:
            remarks.add(event.line, "nothing that is translated starts this function; it is left out")
            continue
        double = next((each for each in kept if _is_same(each, event, functions)), None)
        if double is None:
            kept.append(event)
            continue
        same[event] = double
        double.triggers += event.triggers
    for event in kept:
        event.cancels = [same.get(each, each) for each in event.cancels]
    _one_a_button(kept)
    return kept


def _leave_out(event: AppEvent, events: Sequence[AppEvent], remarks: Remarks) -> None:
    """Say that nothing of what an event fills is there, and let what follows it begin where it begins."""
    remarks.add(event.line, "nothing that this function fills is there; it is left out")
    for each in events:
        if each.after is not None and each.after[0] is event:
            each.after = event.after
            each.triggers += event.triggers


def _is_same(one: AppEvent, other: AppEvent, functions: Functions) -> bool:
    if (one.after or (None, ""))[0] is not (other.after or (None, ""))[0]:
        return False
    called = [functions.seen(each) for each in (one, other)]
    is_one = called[0].text == called[1].text != "" or one.function is other.function
    return is_one and list(one.inputs) == list(other.inputs) and list(one.outputs) == list(other.outputs)


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
