"""Components whose value is a function: the event that fills one when the page is opened.

gr.Number(lambda: random.random())                --> on_open
gr.Number(total, inputs=[price], every=5)         --> on_open, a change of `price`, a clock
"""

import ast
from collections.abc import Sequence

from gradstream.importing.listeners import definitions
from gradstream.importing.source import AppSource
from gradstream.importing.types import AppComponent, AppEvent, Trigger


def value_function(component: AppComponent, source: AppSource) -> ast.expr | None:
    """Return the function that gives a component its value, if one does."""
    value = component.given.get("value")
    return value if value is not None and is_function(value, source) else None


def is_function(node: ast.expr, source: AppSource) -> bool:
    """Return whether an expression is a function of the app."""
    names = {each.name for each in definitions(source.statements)}
    return isinstance(node, ast.Lambda) or (isinstance(node, ast.Name) and node.id in names)


def computed_event(
    component: AppComponent, function: ast.expr, inputs: Sequence[AppComponent], every_s: float | None
) -> AppEvent:
    """Return the event, and take the function from the component's own arguments."""
    component.given = {name: node for name, node in component.given.items() if name != "value"}
    triggers = [Trigger(moment="open")]
    triggers += [Trigger(moment="change", component=each, is_of_functions=True) for each in inputs]
    triggers += [] if every_s is None else [Trigger(moment="clock", every_s=every_s)]
    return AppEvent(
        line=component.line, function=function, inputs=inputs, outputs=[component], triggers=triggers
    )
