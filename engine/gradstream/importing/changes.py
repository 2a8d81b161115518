"""Listeners of what functions fill: `total.change(show)` runs after each action that fills `total`.

add fills total (a state, a result, a field), total.change(show)  -->  add: {then: show}
"""

from collections.abc import Collection, Iterator, Sequence

from gradstream.importing.types import AppComponent, AppEvent

Following = tuple[AppEvent, AppEvent]
"""An event, and the one that follows it."""


def followings(events: Sequence[AppEvent], inputs: Collection[AppComponent]) -> Sequence[Following]:
    """Return which events follow which because of what is filled; none comes round to itself.

    `inputs` are the fields of the page: of these, a listener of `.input` is for visitors alone.
    """
    found: list[Following] = []
    for event in events:
        watched = set(_watched(event, inputs))
        for earlier in events:
            if earlier is event or not watched & set(earlier.outputs):
                continue
            is_mutual = set(_watched(earlier, inputs)) & set(event.outputs)
            if not is_mutual and not _leads(event, earlier, events, found):
                found.append((earlier, event))
    return found


def _watched(event: AppEvent, inputs: Collection[AppComponent]) -> Iterator[AppComponent]:
    for each in event.triggers:
        is_of_all = each.is_of_functions or each.component not in inputs
        if each.moment == "change" and each.component is not None and is_of_all:
            yield each.component


def _leads(start: AppEvent, end: AppEvent, events: Sequence[AppEvent], found: Sequence[Following]) -> bool:
    """Return whether one event is followed by another, in turn."""
    waiting, seen = [start], {start}
    while waiting:
        event = waiting.pop()
        if event is end:
            return True
        after = [one for one in events if one.after is not None and one.after[0] is event]
        after += [later for earlier, later in found if earlier is event]
        waiting += [each for each in after if each not in seen]
        seen |= set(after)
    return False
