"""Listeners of the other tool as events: `button.click(fn, a, b).then(…)`, `gr.on(…)`, `demo.load(…)`."""

import ast
from collections.abc import Iterator, Mapping, Sequence

from gradstream.format.generator.infer import FunctionNode
from gradstream.importing.components import given, is_chat, is_component
from gradstream.importing.event_data import LOST
from gradstream.importing.source import AppSource
from gradstream.importing.types import (
    HIDING,
    AppComponent,
    AppEvent,
    Group,
    Occasion,
    Remarks,
    Trigger,
)
from gradstream.importing.untranslated import MOMENTS as UNTRANSLATED
from gradstream.importing.untranslated import OWN, not_filled, why

MOMENTS: Mapping[str, Occasion] = {
    "click": "button",
    "submit": "submit",
    "change": "change",
    "input": "change",
    "select": "select",
    "clear": "clear",
    "play": "play",
    "like": "like",
    "release": "change",
    "blur": "change",
    "upload": "change",
    "stop_recording": "change",
    "stream": "change",
    "load": "open",
    "tick": "clock",
}
FOLLOWING = {"then": "ended", "success": "succeeded"}
SENDERS = frozenset({"Button", "ClearButton", "Timer"})
"""Words that are no components here, and start something."""

ORDER = ("fn", "inputs", "outputs")
SILENT = frozenset(
    [
        "api_description",
        "api_name",
        "api_visibility",
        "concurrency_id",
        "concurrency_limit",
        "every",
        "like_user_message",
        "max_batch_size",
        "postprocess",
        "preprocess",
        "queue",
        "scroll_to_output",
        "show_api",
        "show_progress",
        "show_progress_on",
        "stream_every",
        "time_limit",
        "trigger_mode",
    ]
)
"""What concerns looks, the API or a queue; it is left out without a remark."""

WHOLE = "the function is given each whole recording or picture"
"""What becomes of a microphone or a camera whose parts a function was given."""

READ = ("cancels", "triggers", "validator")
"""What is read beside a function, its inputs and outputs."""

Named = Mapping[str, "AppComponent | Group | AppEvent | list[AppComponent]"]


def is_moment(attribute: str) -> bool:
    """Return whether a method of a component registers a listener."""
    return attribute in MOMENTS or attribute in FOLLOWING or attribute in UNTRANSLATED


class Listeners:
    """Reads the listeners of one page; `named` has what the app's variables hold."""

    def __init__(self, source: AppSource, remarks: Remarks, named: Named) -> None:
        self._source = source
        self._remarks = remarks
        self._named = named
        self.events: list[AppEvent] = []
        self.anonymous: dict[ast.AST, AppComponent] = {}

    def is_listener(self, call: ast.Call) -> bool:
        """Return whether a call registers a listener, or a chain of them."""
        if self._source.word(call.func) == "on":
            return True
        match call.func:
            case ast.Attribute(value=ast.Call() as inner, attr=attribute) if attribute in FOLLOWING:
                return self.is_listener(inner)
            case ast.Attribute(value=ast.Name() | ast.Subscript() as held, attr=attribute):
                return is_moment(attribute) and self.held(held) is not None
            case ast.Attribute(value=ast.Call() as inner, attr=attribute):
                word = self._source.word(inner.func)
                return attribute in MOMENTS and (is_component(word) or word in SENDERS)
        return False

    def held(self, node: ast.expr) -> AppComponent | Group | AppEvent | list[AppComponent] | None:
        """Return what a variable of the app holds, or a list of its at a place."""
        match node:
            case ast.Name(id=name):
                return self._named.get(name)
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=int(number))):
                found = self._named.get(name)
                is_there = isinstance(found, list) and number < len(found)
                return found[number] if isinstance(found, list) and is_there else None
        return None

    def read(self, call: ast.Call, decorated: FunctionNode | None = None) -> AppEvent | None:
        """Add the events of a call, and return the last; None where it cannot be translated."""
        if self._source.word(call.func) == "on":
            return self._on(call, decorated)
        if not isinstance(call.func, ast.Attribute):
            raise TypeError(f"expected `component.event(…)`, found {ast.dump(call.func)}")
        around, attribute = call.func.value, call.func.attr
        arguments = _arguments(call, ORDER)
        if attribute in FOLLOWING:
            before = self.read(around) if isinstance(around, ast.Call) else self._event(around)
            event = self._made(call, arguments, decorated)
            if event is not None and before is not None:
                event.after = (before, FOLLOWING[attribute])
            return event or before
        trigger = self._trigger(call, around, attribute)
        event = None if trigger is None else self._made(call, arguments, decorated)
        if event is not None and trigger is not None:
            event.triggers.append(trigger)
        return event

    def _trigger(self, node: ast.AST, around: ast.expr, attribute: str) -> Trigger | None:
        found = self.held(around) or self.anonymous.get(around)
        is_of_chat = isinstance(found, AppComponent) and is_chat(found)
        if attribute not in MOMENTS or isinstance(found, list) or (is_of_chat and attribute in OWN):
            self._remarks.add(node, why(attribute, is_chat=is_of_chat))
            return None
        if attribute == "like" and not is_of_chat:
            self._remarks.add(node, "only answers of a conversation can be liked; its function is left out")
            return None
        if attribute == "stream":
            self._remarks.add(node, f"`.stream`: {WHOLE}")
        component = found if isinstance(found, AppComponent) else None
        if component is None and MOMENTS[attribute] == "select":
            self._remarks.add(node, "nothing runs when a tab is opened; its function is left out")
            return None
        seconds = None
        if MOMENTS[attribute] == "clock" and component is not None:
            value = self._source.constant(component.given.get("value"))
            seconds = float(value) if isinstance(value, int | float) else 1.0
            if self._source.constant(component.given.get("active")) is False:
                self._remarks.add(node, "a timer that is not active at first runs here from the beginning")
        is_of_functions = attribute == "change"
        return Trigger(
            moment=MOMENTS[attribute],
            component=component,
            every_s=seconds,
            is_of_functions=is_of_functions,
        )

    def _on(self, call: ast.Call, decorated: FunctionNode | None) -> AppEvent | None:
        arguments = _arguments(call, ("triggers", *ORDER))
        event = self._made(call, arguments, decorated)
        triggers = arguments.get("triggers")
        if event is None:
            return None
        if triggers is None or self._source.constant(triggers) is None:
            event.triggers = [
                Trigger(moment="change", component=each, is_of_functions=True) for each in event.inputs
            ]
            event.triggers.append(Trigger(moment="open"))
            return event
        for each in triggers.elts if isinstance(triggers, ast.List | ast.Tuple) else [triggers]:
            if isinstance(each, ast.Attribute):
                trigger = self._trigger(each, each.value, each.attr)
                event.triggers += [] if trigger is None else [trigger]
        return event

    def _event(self, node: ast.expr) -> AppEvent | None:
        found = self.held(node)
        return found if isinstance(found, AppEvent) else None

    def _made(
        self, call: ast.Call, arguments: Mapping[str, ast.expr], decorated: FunctionNode | None
    ) -> AppEvent | None:
        """Return the event of a listener, without what starts it."""
        function = decorated or arguments.get("fn")
        cancels = list(self._cancels(arguments.get("cancels")))
        if isinstance(function, ast.Constant) and function.value is None:
            function = None
        if function is None and ("js" in arguments or "_js" in arguments):
            self._remarks.add(call, "a script of the page is not translated")
            return None
        if function is None and not cancels:
            return None
        for name, node in arguments.items():
            if name not in SILENT and name not in (*ORDER, *READ):
                self._remarks.add(node, f"`{name}` of a listener is not translated")
        if (data := self._own_data(function)) is not None:
            self._remarks.add(call, f"there is no `{data}` here; this function is left out")
            return None
        inputs = arguments.get("inputs")
        outputs = list(self._parts(arguments.get("outputs")))
        event = AppEvent(
            line=call.lineno,
            function=function,
            inputs=[each or _unseen(call) for each in self.components(inputs)],
            outputs=[None if isinstance(each, Group) else each for each in outputs],
            groups={place: each for place, each in enumerate(outputs) if isinstance(each, Group)},
            by_name=isinstance(inputs, ast.Set),
            cancels=cancels,
            validator=arguments.get("validator"),
        )
        every = self._source.constant(arguments.get("every"))
        if isinstance(every, int | float):
            event.triggers.append(Trigger(moment="clock", every_s=float(every)))
        self.events.append(event)
        return event

    def _own_data(self, function: ast.expr | FunctionNode | None) -> str | None:
        node = None if function is None else self.definition(function)
        for argument in () if node is None else (*node.args.args, *node.args.kwonlyargs):
            word = self._source.word(argument.annotation) if argument.annotation is not None else ""
            if word in LOST:
                return word
        return None

    def definition(self, function: ast.expr | FunctionNode) -> FunctionNode | None:
        """Return the `def` of a function that the app has."""
        if isinstance(function, FunctionNode):
            return function
        if not isinstance(function, ast.Name):
            return None
        return next(
            (each for each in definitions(self._source.statements) if each.name == function.id),
            None,
        )

    def _cancels(self, node: ast.expr | None) -> Iterator[AppEvent]:
        nodes = node.elts if isinstance(node, ast.List | ast.Tuple) else [] if node is None else [node]
        for each in nodes:
            event = self._event(each)
            if event is not None:
                yield event

    def components(self, node: ast.expr | None) -> Iterator[AppComponent | None]:
        """Yield the components that an argument names; None for each that cannot be filled."""
        for each in self._parts(node):
            yield None if isinstance(each, Group) else each

    def _parts(self, node: ast.expr | None) -> Iterator[AppComponent | Group | None]:
        """Yield the components and groups that an argument names."""
        match node:
            case None | ast.Constant(value=None):
                return
            case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
                for each in elements:
                    yield from self._parts(each)
            case ast.Starred(value=value):
                yield from self._parts(value)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                yield from self._parts(left)
                yield from self._parts(right)
            case ast.Call() if is_component(word := self._source.word(node.func)):
                yield AppComponent(word=word, line=node.lineno, given=given(node, word))
            case ast.Name() | ast.Subscript() if (found := self.held(node)) is not None:
                yield from self._held(node, found)
            case ast.Name(id=name) if isinstance(self._source.assigned.get(name), ast.List | ast.Tuple):
                yield from self._parts(self._source.assigned[name])
            case _:
                self._remarks.add(node, f"`{self._source.text(node)}` is not a component that can be seen")
                yield None

    def _held(self, node: ast.expr, found: object) -> Iterator[AppComponent | Group | None]:
        if isinstance(found, list):
            yield from found
        elif (isinstance(found, Group) and found.word in HIDING) or (
            isinstance(found, AppComponent) and found.word not in SENDERS
        ):
            yield found
        else:
            what = found.word if isinstance(found, AppComponent | Group) else "an event"
            self._remarks.add(node, not_filled(what))
            yield None


def _unseen(call: ast.Call) -> AppComponent:
    """Return what takes the place of an input that is not there, so that the others keep theirs."""
    return AppComponent(word="State", line=call.lineno, given={}, variable="unseen")


def definitions(statements: Sequence[ast.stmt]) -> Iterator[FunctionNode]:
    """Yield the functions among statements and in the blocks below them, but not those within functions."""
    for each in statements:
        if isinstance(each, FunctionNode):
            yield each
        elif isinstance(each, ast.With | ast.If | ast.For | ast.Try):
            yield from definitions(each.body)


def _arguments(call: ast.Call, order: Sequence[str]) -> dict[str, ast.expr]:
    named = {each.arg: each.value for each in call.keywords if each.arg is not None}
    return dict(zip(order, call.args, strict=False)) | named
