"""Blocks of the other tool as a page: components in the groups that they are written in, and their listeners.

with gr.Blocks() as demo:  --read_blocks--> Group(Row(AppComponent, AppComponent)), events
"""

import ast
from collections.abc import Sequence

from gradstream.format.generator.infer import FunctionNode
from gradstream.importing.components import given, is_component, note_own_code
from gradstream.importing.computed import computed_event, is_function, value_function
from gradstream.importing.constants import UNKNOWN
from gradstream.importing.listeners import Listeners, is_moment
from gradstream.importing.source import PAGES, AppSource
from gradstream.importing.types import (
    AppComponent,
    AppEvent,
    ExamplesPlace,
    Group,
    Page,
    Remarks,
)
from gradstream.importing.untranslated import why

GROUPS = frozenset(
    {"Row", "Column", "Tab", "TabItem", "Tabs", "Accordion", "Group", "Box", "Sidebar", "Blocks"}
)
BUTTONS = frozenset({"Button", "Timer", "State"})
"""Words that are no components here, and mean something."""

PAGES_OWN = frozenset({"LoginButton", "LogoutButton", "DuplicateButton", "DeepLinkButton"})
CLEAR = "ClearButton"
ROUTE = "route"
BROWSERS = "BrowserState"


class BlocksReader:
    """Reads one `with gr.Blocks()`; `named` fills with what the variables hold."""

    def __init__(self, source: AppSource, remarks: Remarks) -> None:
        self._source = source
        self._remarks = remarks
        self._named: dict[str, AppComponent | Group | AppEvent | list[AppComponent]] = {}
        self._listeners = Listeners(source, remarks, self._named)
        self._examples: list[tuple[int, Sequence[AppComponent], object]] = []
        self._is_cached = False
        self._clearing: dict[AppComponent, Sequence[AppComponent]] = {}
        for name, value in source.top.items():
            if isinstance(value, ast.Call) and is_component(source.word(value.func)):
                self._named[name] = self._component(value, name)

    def read(self, statement: ast.With) -> Page:
        """Return the page."""
        call = statement.items[0].context_expr
        if not isinstance(call, ast.Call):
            raise TypeError(f"expected `with gr.Blocks()`, found {ast.dump(call)}")
        is_route = isinstance(call.func, ast.Attribute) and call.func.attr == ROUTE
        arguments = {ROUTE: call.args[0]} if is_route and call.args else given(call, "Blocks")
        note_own_code(arguments, self._remarks)
        tree = Group(word="Blocks", line=statement.lineno, given=arguments)
        self._name(statement.items[0].optional_vars, tree)
        self._walk(statement.body, tree)
        title = self._source.constant(arguments.get("title") or arguments.get(ROUTE))
        page = Page(line=statement.lineno, tree=tree, has_layout=True)
        page.title = title if isinstance(title, str) else ""
        page.events = self._listeners.events
        page.examples = self._examples
        page.clearing = self._clearing
        page.is_cached = self._is_cached
        return page

    def _name(
        self, target: ast.expr | None, held: AppComponent | Group | AppEvent | list[AppComponent]
    ) -> None:
        if isinstance(target, ast.Name):
            self._named[target.id] = held
            if isinstance(held, Group):
                held.variable = target.id

    def _walk(self, statements: Sequence[ast.stmt], group: Group) -> None:
        for statement in statements:
            match statement:
                case ast.With(items=[item, *_], body=body):
                    self._with(item, body, group)
                case ast.Assign(targets=[target], value=value):
                    self._assign(target, value, group)
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    self._assign(target, value, group)
                case ast.Expr(value=ast.Call() as call):
                    self._call(call, group)
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    self._decorated(statement)
                case ast.For() | ast.While() if self._has_components(statement):
                    self._remarks.add(
                        statement, "components that a loop makes are not translated: write them out"
                    )
                case ast.For(body=inner) | ast.While(body=inner) if self._has_listeners(inner):
                    self._remarks.add(
                        statement, "listeners that a loop adds are not translated: write them out"
                    )
                case ast.If(body=inner):
                    self._walk(inner, group)

    def _has_components(self, statement: ast.stmt) -> bool:
        calls = (node for node in ast.walk(statement) if isinstance(node, ast.Call))
        return any(self._source.word(node.func) for node in calls)

    def _has_listeners(self, body: Sequence[ast.stmt]) -> bool:
        nodes = [node for statement in body for node in ast.walk(statement)]
        return any(
            (isinstance(node, ast.Name) and node.id in self._named)
            or (isinstance(node, ast.Attribute) and is_moment(node.attr))
            for node in nodes
        )

    def _with(self, item: ast.withitem, body: Sequence[ast.stmt], group: Group) -> None:
        call = item.context_expr
        word = self._source.word(call.func) if isinstance(call, ast.Call) else ""
        if word not in GROUPS or not isinstance(call, ast.Call):
            if word:
                self._remarks.add(call, f"`{word}` is not translated; what is in it is")
            self._walk(body, group)
            return
        inner = Group(word=word, line=call.lineno, given=given(call, word))
        group.items.append(inner)
        self._name(item.optional_vars, inner)
        self._walk(body, inner)

    def _assign(self, target: ast.expr, value: ast.expr, group: Group) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, other in zip(target.elts, value.elts, strict=False):
                self._assign(one, other, group)
            return
        if isinstance(value, ast.List) and isinstance(target, ast.Name):
            calls = [each for each in value.elts if isinstance(each, ast.Call)]
            if len(calls) == len(value.elts) and all(is_component(self._source.word(e.func)) for e in calls):
                made = [self._component(each, f"{target.id}_{n}") for n, each in enumerate(calls, 1)]
                self._named[target.id] = made
                group.items += made
            return
        if isinstance(value, ast.ListComp) and self._has_components(ast.Expr(value=value)):
            self._remarks.add(value, "components that a loop makes are not translated: write them out")
        if isinstance(value, ast.Call):
            held = self._call(value, group, target.id if isinstance(target, ast.Name) else "")
            if held is not None:
                self._name(target, held)

    def _call(
        self, call: ast.Call, group: Group, variable: str = ""
    ) -> AppComponent | Group | AppEvent | None:
        if self._listeners.is_listener(call):
            self._place_anonymous(call, group)
            return self._listeners.read(call)
        word = self._source.word(call.func)
        if word == "Examples":
            self._add_examples(call, group)
        elif word in PAGES_OWN:
            self._remarks.add(call, f"`{word}` is left out: there is nothing like it here")
            return AppComponent(word=CLEAR, line=call.lineno, given={})
        elif word == CLEAR:
            return self._clear_button(call, group, variable)
        elif is_component(word) or word in BUTTONS or word == BROWSERS:
            component = self._component(call, variable)
            if self._source.constant(component.given.get("render")) is not False:
                group.items.append(component)
            return component
        elif word in GROUPS:
            return Group(word=word, line=call.lineno, given=given(call, word))
        elif word[:1].isupper() and word not in PAGES:
            self._remarks.add(call, f"`{word}` is not translated")
        elif isinstance(call.func, ast.Attribute):
            self._method(call, call.func, group)
        return None

    def _clear_button(self, call: ast.Call, group: Group, variable: str) -> AppComponent:
        """Place a button that empties components, where these are more than what the page empties itself."""
        button = self._component(call, variable)
        group.items.append(button)
        found = list(self._listeners.components(button.given.get("components")))
        self._clearing[button] = [each for each in found if each is not None]
        return button

    def _place_anonymous(self, call: ast.Call, group: Group) -> None:
        """Place a component that has no variable: `gr.Button("Go").click(…)`."""
        node: ast.expr = call
        while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if self._source.word(node.func):
                component = self._component(node, "")
                self._listeners.anonymous[node] = component
                group.items.append(component)
                return
            node = node.func.value

    def _method(self, call: ast.Call, method: ast.Attribute, group: Group) -> None:
        """Place what is rendered, note what a button empties, and listeners of what cannot be seen."""
        held = self._named.get(method.value.id) if isinstance(method.value, ast.Name) else None
        if method.attr == "render" and isinstance(held, AppComponent):
            group.items.append(held)
        elif method.attr == "append" and isinstance(held, list):
            held += [each for each in self._listeners.components(call.args[0]) if each is not None]
        elif method.attr == "add" and isinstance(held, AppComponent) and held in self._clearing:
            found = self._listeners.components(call.args[0] if call.args else None)
            self._clearing[held] = [*self._clearing[held], *(each for each in found if each is not None)]
        elif is_moment(method.attr) and root_of(method) in self._named:
            what = self._source.text(method.value)
            self._remarks.add(call, f"`{what}` is not a component that can be seen; its function is left out")
        elif isinstance(held, AppComponent) and any(is_function(each, self._source) for each in call.args):
            self._remarks.add(call, why(method.attr, is_chat=False))

    def _component(self, call: ast.Call, variable: str) -> AppComponent:
        word = self._source.word(call.func)
        if word == BROWSERS:
            said = "`BrowserState` is kept by the server, as `state` is, and lost when that is started again"
            self._remarks.add(call, said)
            word = "State"
        component = AppComponent(word=word, line=call.lineno, given=given(call, word), variable=variable)
        self._computed(component)
        return component

    def _computed(self, component: AppComponent) -> None:
        """Add the event of a component whose value is a function."""
        function = value_function(component, self._source)
        if function is None:
            return
        inputs = [
            each for each in self._listeners.components(component.given.get("inputs")) if each is not None
        ]
        every_s = self._every(component.given.get("every"))
        self._listeners.events.append(computed_event(component, function, inputs, every_s))

    def _every(self, node: ast.expr | None) -> float | None:
        held = self._named.get(node.id) if isinstance(node, ast.Name) else None
        if isinstance(held, AppComponent):
            node = held.given.get("value")
        elif isinstance(node, ast.Call) and self._source.word(node.func) == "Timer":
            node = given(node, "Timer").get("value")
        value = self._source.constant(node)
        return float(value) if isinstance(value, int | float) else None

    def _add_examples(self, call: ast.Call, group: Group) -> None:
        arguments = given(call, "Examples")
        inputs = [each for each in self._listeners.components(arguments.get("inputs")) if each is not None]
        rows = self._source.constant(arguments.get("examples"))
        if rows is UNKNOWN:
            self._remarks.add(call, "these examples can only be known by running it")
            return
        self._is_cached |= self._source.constant(arguments.get("cache_examples")) in (True, "lazy")
        if not self._examples:
            group.items.append(ExamplesPlace())
        self._examples.append((call.lineno, inputs, rows))

    def _decorated(self, function: FunctionNode) -> None:
        for each in function.decorator_list:
            if isinstance(each, ast.Call) and self._listeners.is_listener(each):
                self._listeners.read(each, function)
            elif isinstance(each, ast.Call) and self._source.word(each.func) == "render":
                self._remarks.add(each, "what `render` makes while the page is open is not translated")


def root_of(node: ast.expr) -> str:
    """Return the variable that a chain of attributes begins with."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
