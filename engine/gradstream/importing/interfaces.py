"""Interfaces and chats of the other tool as pages with one event.

gr.Interface(fn, inputs, outputs) --read_interface--> Page(one event, in the order of the file)
"""

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from gradstream.importing.components import given, is_component, note_own_code
from gradstream.importing.computed import computed_event, value_function
from gradstream.importing.constants import UNKNOWN
from gradstream.importing.listeners import WHOLE
from gradstream.importing.source import AppSource
from gradstream.importing.types import AppComponent, AppEvent, ExamplesPlace, Group, Page, Remarks, Trigger

CHAT = "Chatbot"
WRITTEN = "Textbox"
WITH_FILES = "MultimodalTextbox"
LEFT_OUT = frozenset(
    [
        "additional_inputs_accordion",
        "additional_outputs",
        "allow_duplication",
        "analytics_enabled",
        "api_name",
        "api_visibility",
        "autofocus",
        "autoscroll",
        "cache_examples",
        "cache_mode",
        "clear_btn",
        "concurrency_limit",
        "css",
        "delete_cache",
        "example_labels",
        "examples_per_page",
        "fill_height",
        "fill_width",
        "head",
        "js",
        "retry_btn",
        "run_examples_on_click",
        "show_api",
        "show_progress",
        "stop_btn",
        "submit_btn",
        "theme",
        "thumbnail",
        "time_limit",
        "title",
        "undo_btn",
        "description",
        "article",
        "examples",
        "inputs",
        "interpretation",
        "outputs",
        "fn",
        "live",
        "additional_inputs",
        "textbox",
        "chatbot",
        "multimodal",
        "type",
        "fn_name",
        "editable",
    ]
)
"""Arguments that are read here, or that concern looks, the API and caches."""

SEEN_ELSEWHERE = "Audio Chatbot Dataframe DateTime File Gallery ImageEditor ImageMask Label Sketchpad State"
"""Components that are more than their kind here; as a word they are written in small letters."""

IN_A_WORD: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    **{each.lower(): (each, {}) for each in SEEN_ELSEWHERE.split()},
    "files": ("File", {"file_count": "multiple"}),
    "highlight": ("HighlightedText", {}),
    "list": ("Dataframe", {"type": "array"}),
    "matrix": ("Dataframe", {"type": "array"}),
    "mic": ("Audio", {"sources": ["microphone"]}),
    "microphone": ("Audio", {"sources": ["microphone"]}),
    "numpy": ("Dataframe", {"type": "numpy"}),
    "pil": ("Image", {"type": "pil"}),
    "playable_video": ("Video", {}),
    "webcam": ("Image", {"sources": ["webcam"]}),
}
"""Words for components: which, and with which arguments."""


class InterfaceReader:
    """Reads the Interfaces and ChatInterfaces of one app."""

    def __init__(self, source: AppSource, remarks: Remarks) -> None:
        self._source = source
        self._remarks = remarks
        self._computed: list[AppEvent] = []

    def read(self, call: ast.Call) -> Page | None:
        """Return the page of a call; None where it has no function."""
        word = self._source.word(call.func)
        arguments = given(call, word)
        function = arguments.get("fn")
        if function is None or isinstance(function, ast.List):
            self._remarks.add(call, f"this `{word}` has not one function, and is left out")
            return None
        note_own_code(arguments, self._remarks)
        for name, node in arguments.items():
            is_read = name in LEFT_OUT or (name == "validator" and word == "Interface")
            if not is_read and self._source.constant(node) != "never":
                self._remarks.add(node, f"`{name}` of `{word}` is not translated")
        page = Page(line=call.lineno, tree=Group(word=word, line=call.lineno))
        self._computed = []
        page.title = self._text(arguments, "title")
        said = [self._text(arguments, "description"), self._text(arguments, "article")]
        page.description = "\n\n".join(each for each in said if each)
        if word == "ChatInterface":
            self._chat(call, arguments, page)
        else:
            self._interface(call, arguments, page)
        page.events += self._computed
        return page

    def _text(self, arguments: dict[str, ast.expr], name: str) -> str:
        value = self._source.constant(arguments.get(name))
        if name in arguments and not isinstance(value, str) and value is not None:
            self._remarks.add(arguments[name], f"`{name}` can only be known by running it")
        return value.strip() if isinstance(value, str) else ""

    def _interface(self, call: ast.Call, arguments: dict[str, ast.expr], page: Page) -> None:
        inputs = list(self._components(arguments.get("inputs")))
        settings = list(self._components(arguments.get("additional_inputs")))
        outputs = list(self._components(arguments.get("outputs")))
        is_live = self._source.constant(arguments.get("live")) is True
        triggers = [Trigger(moment="change" if is_live else "button")]
        for each in inputs if is_live else ():
            if self._source.constant(each.given.get("streaming")) is True:
                self._remarks.add(each.line, f"`streaming` of `{each.word}`: {WHOLE}")
        page.settings = settings
        page.button = self._text(arguments, "submit_btn") if "submit_btn" in arguments else ""
        page.tree.items = [*inputs, *settings, *outputs]
        page.events = [
            AppEvent(
                line=call.lineno,
                function=arguments["fn"],
                inputs=[*inputs, *settings],
                outputs=outputs,
                triggers=triggers,
                validator=arguments.get("validator"),
            )
        ]
        self._examples(arguments, page, [*inputs, *settings])

    def _chat(self, call: ast.Call, arguments: dict[str, ast.expr], page: Page) -> None:
        written = WITH_FILES if self._source.constant(arguments.get("multimodal")) is True else WRITTEN
        settings = list(self._components(arguments.get("additional_inputs")))
        further = list(self._components(arguments.get("additional_outputs")))
        message = next(self._components(arguments.get("textbox")), None)
        if message is None or message.word not in (WRITTEN, WITH_FILES):
            message = AppComponent(word=written, line=call.lineno, given={}, variable="message")
        chat = next(self._components(arguments.get("chatbot")), None)
        if chat is None:
            chat = AppComponent(word=CHAT, line=call.lineno, given={}, variable="chat")
        if "type" in arguments:
            chat.given = {**chat.given, "type": arguments["type"]}
        page.is_answer = True
        page.tree.items = [message, *settings, chat, *further]
        page.events = [
            AppEvent(
                line=call.lineno,
                function=arguments["fn"],
                inputs=[message, chat, *settings],
                outputs=[chat, *further],
                triggers=[Trigger(moment="button")],
            )
        ]
        self._examples(arguments, page, [message, *settings])

    def _examples(self, arguments: dict[str, ast.expr], page: Page, inputs: list[AppComponent]) -> None:
        if "examples" not in arguments:
            return
        rows: Any = self._source.constant(arguments["examples"])
        if rows is UNKNOWN or isinstance(rows, str):
            self._remarks.add(arguments["examples"], "these examples can only be known by running it")
        elif rows is not None:
            page.examples = [(arguments["examples"].lineno, inputs, rows)]
            page.is_cached = self._source.constant(arguments.get("cache_examples")) in (True, "lazy")
            page.tree.items.append(ExamplesPlace())

    def _components(self, node: ast.expr | None, variable: str = "") -> Iterator[AppComponent]:
        match node:
            case None | ast.Constant(value=None):
                return
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                for each in elements:
                    yield from self._components(each)
            case ast.Constant(value=str(word)):
                yield from self._in_a_word(node, word)
            case ast.Call() if is_component(word := self._source.word(node.func)) or word == "State":
                made = AppComponent(word=word, line=node.lineno, given=given(node, word), variable=variable)
                self._compute(made)
                yield made
            case ast.Name(id=name) if name in self._source.assigned:
                yield from self._components(self._source.assigned[name], name)
            case _:
                self._remarks.add(node, f"`{self._source.text(node)}` is not a component that can be seen")

    def _compute(self, component: AppComponent) -> None:
        """Note the event of a component whose value is a function."""
        function = None if component.word == "State" else value_function(component, self._source)
        if function is not None:
            every = self._source.constant(component.given.get("every"))
            every_s = float(every) if isinstance(every, int | float) else None
            self._computed.append(computed_event(component, function, (), every_s))

    def _in_a_word(self, node: ast.expr, word: str) -> Iterator[AppComponent]:
        if word in IN_A_WORD:
            known, arguments = IN_A_WORD[word]
            written = {each: _written(value, node) for each, value in arguments.items()}
            yield AppComponent(word=known, line=node.lineno, given=written)
        elif is_component(word):
            yield AppComponent(word=word, line=node.lineno, given={})
        else:
            self._remarks.add(node, f"there is no component `{word}`")


def _written(value: Any, at: ast.expr) -> ast.expr:
    """Return a value as an argument at the place of a node."""
    return ast.copy_location(ast.parse(repr(value), mode="eval").body, at)


def tabs_of(call: ast.Call, source: AppSource) -> Iterator[tuple[ast.expr, str]]:
    """Yield the interfaces of a TabbedInterface, each with the name of its tab."""
    arguments = given(call, "TabbedInterface")
    listed = arguments.get("interface_list")
    names = source.constant(arguments.get("tab_names"))
    for number, each in enumerate(listed.elts if isinstance(listed, ast.List | ast.Tuple) else []):
        named = names[number] if isinstance(names, list | tuple) and number < len(names) else ""
        yield each, str(named)
