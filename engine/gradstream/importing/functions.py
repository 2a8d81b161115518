"""The functions of an app's events, and the module that they make.

events --called--> Callee (its own def, a lambda with a name, an expression) --module--> text of the module
"""

import ast
from collections.abc import Collection, Sequence

from gradstream.format.generator.infer import FunctionNode
from gradstream.importing.callees import Callee
from gradstream.importing.casting import parameters_of, unique
from gradstream.importing.conversation import AS_PART
from gradstream.importing.lifting import GAP, Lifting
from gradstream.importing.listeners import definitions
from gradstream.importing.names import free
from gradstream.importing.rewriting import Rewriter
from gradstream.importing.source import AppSource
from gradstream.importing.types import AppEvent, Remarks

IMPORTS = ("import ", "from ")


class Functions:
    """Those of one app."""

    def __init__(self, source: AppSource, remarks: Remarks, lifting: Lifting) -> None:
        self._source = source
        self._remarks = remarks
        self._lifting = lifting
        self._defined = {each.name: each for each in definitions(source.statements)}
        self._callees: dict[ast.AST, Callee] = {}
        self._needed: set[str] = set()
        self._around: list[str] = []
        self._modules: set[str] = set()
        self._taken = set(lifting.names())
        self.rewriter = Rewriter(source, remarks, {})

    def taken(self) -> Collection[str]:
        """Return the names that the module has."""
        return frozenset(self._taken)

    def name(self, wish: str) -> str:
        """Return a name for a further function of the module."""
        name = unique(wish, self._taken)
        self._taken.add(name)
        return name

    def add(self, text: str) -> None:
        """Add a function to the end of the module."""
        self._around.append(text)

    def add_helper(self, text: str) -> None:
        """Add a function before all others that are added, once."""
        if text not in self._around:
            self._around.insert(0, text)

    def add_import(self, module: str) -> None:
        """Add the import of a module that added functions use."""
        self._modules.add(module)

    def seen(self, event: AppEvent) -> Callee:
        """Return an event's function as the app has it; a lambda has no name yet."""
        node = event.function
        if node is None:
            return Callee(text="", expression=None, node=None)
        if isinstance(node, FunctionNode):
            return Callee(text=node.name, expression=None, node=node)
        if isinstance(node, ast.Lambda):
            return Callee(text="", expression=node, node=node)
        definition = self._defined.get(node.id) if isinstance(node, ast.Name) else None
        if definition is not None:
            return Callee(text=definition.name, expression=None, node=definition)
        return Callee(text=self._source.text(node), expression=node, node=None)

    def called(self, event: AppEvent, wish: str) -> Callee:
        """Return an event's function as the module has it, and take it along; lambdas get a name."""
        if event.function is None:
            return self._stopping(wish)
        callee = self._callees.get(event.function)
        if callee is None:
            callee = self._take(self.seen(event), wish)
            self._callees[event.function] = callee
        return callee

    def _stopping(self, wish: str) -> Callee:
        """Add a function that does nothing, for an action that stops others."""
        text = f'def {self.name(wish)}():\n    """Do nothing: the action stops others."""\n'
        self.add(text)
        definition = ast.parse(text).body[0]
        if not isinstance(definition, FunctionNode):
            raise TypeError(f"expected a function, found {text!r}")
        return Callee(text=definition.name, expression=None, node=definition)

    def _take(self, seen: Callee, wish: str) -> Callee:
        if isinstance(seen.expression, ast.Lambda):
            name = self.name(wish)
            self._needed |= self._lifting.needs(seen.expression)
            arguments = ast.unparse(seen.expression.args)
            body = self.rewriter.text(seen.expression.body)
            self.add(f"def {name}({arguments}):\n    return {body}\n")
            return Callee(text=name, expression=None, node=seen.node)
        if seen.expression is not None:
            self._needed |= self._lifting.needs(seen.expression)
            text = self.rewriter.text(seen.expression)
            simple = isinstance(seen.expression, ast.Name | ast.Attribute | ast.Call)
            return Callee(text=text if simple else f"({text})", expression=seen.expression, node=None)
        self._needed.add(seen.text)
        return seen

    def knows(self, node: ast.expr) -> bool:
        """Return whether a module of the app's functions has all that an expression needs."""
        return free(node) <= self._lifting.names() - self._source.page

    def lifted(self, node: ast.expr) -> str | None:
        """Return a value as the module has it, and take along what it needs; a function is called.

        None where it needs what the module does not have: a part of the page, or a parameter.
        """
        if isinstance(node, ast.Lambda) and not parameters_of(node):
            node = node.body
        if not self.knows(node):
            return None
        self._needed |= free(node)
        text = self.rewriter.text(node)
        return f"{text}()" if isinstance(node, ast.Name) and node.id in self._defined else text

    def tracks_tqdm(self, events: Sequence[AppEvent]) -> bool:
        """Return whether a function shows the bars of tqdm."""
        nodes = (self.seen(event).node for event in events)
        calls = (each for node in nodes if node for each in ast.walk(node.args) if isinstance(each, ast.Call))
        return any(
            self._source.word(call.func) == "Progress"
            and any(each.arg == "track_tqdm" and self._source.constant(each.value) for each in call.keywords)
            for call in calls
        )

    def module(self, title: str, *, app: str) -> str:
        """Return the text of the module; `app` is the path of the app from its folder."""
        lifted = self._lifting.module(self._needed, self.rewriter)
        if any("as_part(" in each for each in (lifted, *self._around)):
            self.add_helper(AS_PART)
        body = GAP.join(each.strip("\n") for each in (lifted, *self._around) if each.strip())
        if self.rewriter.names_app:
            body = _with_app(body, self.rewriter.app, app)
        for each in sorted(self._modules):
            body = _with_import(body, each)
        if "gradstream." in body:
            body = _with_import(body, "gradstream")
        return f'"""{title}"""{_gap_before(body)}{body}\n'


def _with_import(body: str, module: str, after: str = "") -> str:
    """Return the text of a module with an import after its other imports, and a statement after that."""
    lines = body.split("\n")
    first = next((at for at, line in enumerate(lines) if line and not line.startswith(IMPORTS)), len(lines))
    imports = [each for each in lines[:first] if each]
    imports += [] if f"import {module}" in imports else [f"import {module}"]
    rest = "\n".join(lines[first:])
    head = "\n".join(imports)
    return f"{head}\n\n{after}{_gap_before(rest)}{rest}" if after else f"{head}{_gap_before(rest)}{rest}"


def _with_app(body: str, name: str, app: str) -> str:
    """Return the text of a module with the path of the app, beside which the files are that it reads."""
    path = f'os.path.abspath(os.path.join(os.path.dirname(__file__), "{app}"))'
    return _with_import(body, "os", f"{name} = {path}")


def _gap_before(text: str) -> str:
    return GAP if text.startswith(("def ", "async ", "class ", "@")) else "\n\n"
