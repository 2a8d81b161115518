"""Which listeners run after the functions that fill what they listen to."""

import ast

from gradstream.importing.changes import followings
from gradstream.importing.types import AppComponent, AppEvent, Trigger

FUNCTION = ast.Constant(value=None)


def component(word: str = "Number") -> AppComponent:
    """Return a component."""
    return AppComponent(word=word, line=1, given={})


def event(*, fills: AppComponent, watches: AppComponent | None = None, is_all: bool = True) -> AppEvent:
    """Return an event that fills one component, and that the change of another one starts."""
    trigger = Trigger(moment="change", component=watches, is_of_functions=is_all)
    triggers = [] if watches is None else [trigger]
    return AppEvent(line=1, function=FUNCTION, inputs=[], outputs=[fills], triggers=triggers)


def test_a_listener_follows_all_that_fill_its_component() -> None:
    """What two functions fill starts a third one after each of them."""
    total, shown = component(), component()
    first, second = event(fills=total), event(fills=total)
    third = event(fills=shown, watches=total)
    assert followings([first, second, third], []) == [(first, third), (second, third)]


def test_what_visitors_write_starts_nothing_else() -> None:
    """A listener of `.input` of a field does not follow the functions that fill the field."""
    field, shown = component(), component()
    filling, typed = event(fills=field), event(fills=shown, watches=field, is_all=False)
    assert followings([filling, typed], [field]) == []


def test_nothing_comes_round_to_itself() -> None:
    """Of two functions that fill what the other listens to, and of a ring of three, none starts itself."""
    one, two, three = component(), component(), component()
    pair = [event(fills=two, watches=one), event(fills=one, watches=two)]
    assert followings(pair, [one, two]) == []
    ring = [*(event(fills=end, watches=start) for start, end in ((one, two), (two, three), (three, one)))]
    assert followings(ring, [one, two, three]) == [(ring[2], ring[0]), (ring[0], ring[1])]
