"""What components show at first and YAML cannot say: an action gives it when the page is opened.

gr.Textbox("_" * len(WORD), interactive=False)  --first_values--> {"word": {"value": '"_" * len(WORD)'}}
"""

import ast
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from gradstream.components.registry import KINDS
from gradstream.format.shapes.calls import kind_of
from gradstream.importing.casting import Cast
from gradstream.importing.components import holds_files, is_chat
from gradstream.importing.constants import UNKNOWN
from gradstream.importing.source import AppSource
from gradstream.importing.types import AppComponent, Page, Remarks

PythonChanges = Mapping[str, str]
"""What is changed of a component, with the Python of each value."""


class FirstValues:
    """Finds the first values of one page; `lifted` returns an expression as the module has it."""

    def __init__(
        self, source: AppSource, remarks: Remarks, cast: Cast, *, lifted: Callable[[ast.expr], str | None]
    ) -> None:
        self._source = source
        self._remarks = remarks
        self._cast = cast
        self._lifted = lifted

    def changes(self, page: Page) -> Iterator[tuple[str, PythonChanges]]:
        """Yield the names of components, each with what is changed; the app's own `load` fills others."""
        opened = _filled_on_opening(page)
        for name, component in (*self._cast.inputs.items(), *self._cast.outputs.items()):
            value = "" if component in opened else self._value(name, component)
            found = {"value": value} if value else {}
            if self._source.constant(component.given.get("visible")) is False:
                found["visible"] = "False"
            if found:
                yield name, found

    def _value(self, name: str, component: AppComponent) -> str:
        node = component.given.get("value")
        value = self._source.constant(node)
        if node is None or value is None:
            return ""
        if value is UNKNOWN:
            return self._computed(node, component)
        if name in self._cast.inputs:
            return ""
        if is_chat(component):
            return repr(_messages(value)) if value else ""
        if _is_file(component):
            said = f"what this `{component.word}` shows at first is left out: write a function with `on_open`"
            self._remarks.add(node, said)
            return ""
        return repr(value) if isinstance(value, str | int | float | list | dict) else ""

    def _computed(self, node: ast.expr, component: AppComponent) -> str:
        text = None if holds_files(component.word) else self._lifted(node)
        if text is None:
            self._remarks.add(node, f"`value` of `{component.word}` can only be known by running it")
        return text or ""


def _filled_on_opening(page: Page) -> Collection[AppComponent | None]:
    return {
        each
        for event in page.events
        if any(trigger.moment == "open" for trigger in event.triggers)
        for each in event.outputs
    }


def _is_file(component: AppComponent) -> bool:
    kind = kind_of(component.word, "outputs")[0]
    handed = KINDS.handed.get(str(kind), "")
    return handed != "" and KINDS.inputs[handed].takes_file


def _messages(value: Any) -> Any:
    """Return a conversation as messages, where it is one of pairs."""
    is_pairs = isinstance(value, list) and all(isinstance(each, list | tuple) for each in value)
    if not is_pairs:
        return value
    sides = [
        ("user", said) if at == 0 else ("assistant", said) for pair in value for at, said in enumerate(pair)
    ]
    return [{"role": role, "content": said} for role, said in sides if said is not None]
