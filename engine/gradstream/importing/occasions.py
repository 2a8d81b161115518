"""What a visitor does to components that starts an action, and which of it the kinds here have.

AppEvent(submit of a text, select of a table) --moments_of--> {submit: [prompt], select: [table]}
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from gradstream.components.registry import KINDS
from gradstream.format.shapes.calls import kind_of
from gradstream.importing.types import AppComponent, AppEvent, Occasion, Page, Trigger

OF_COMPONENTS: Final[Sequence[Occasion]] = ("submit", "clear", "select", "play")
"""What `runs_on` has, as it is called there."""


def page_events(component: AppComponent, folder: str) -> Sequence[str]:
    """Return what a visitor can do to a component that is on this side."""
    kind = str(kind_of(component.word, folder)[0])
    found = KINDS.inputs.get(kind) if folder == "inputs" else KINDS.outputs.get(kind)
    return () if found is None else found.page_events


def is_result(component: AppComponent, page: Page) -> bool:
    """Return whether a visitor does to a component what can be done to results alone."""
    done = {each.moment for event in page.events for each in event.triggers if each.component is component}
    possible = set(page_events(component, "outputs")) - set(page_events(component, "inputs"))
    return bool(done & possible)


def moments_of(event: AppEvent, sides: Mapping[AppComponent, str]) -> Iterator[tuple[Trigger, bool]]:
    """Yield what a visitor does to components that starts an event, and whether `runs_on` has it."""
    for each in event.triggers:
        if each.moment in OF_COMPONENTS and each.component is not None:
            yield each, each.moment in page_events(each.component, sides.get(each.component, ""))
