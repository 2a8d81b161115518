"""A part of the app's source without what is of the other tool's own.

gr.Error("…")                  -> gradstream.UserError("…")
gr.Info("…")                   -> gradstream.log("…")
gr.update(x=…), gr.Radio(x=…)  -> gradstream.update(x=…)
gr.skip()                      -> gradstream.skip
gr.validate(age > 3, "…")      -> (None if age > 3 else "…")
progress=gr.Progress()         -> progress=None
{box: 1}, values[box]          -> {"box": 1}, values["box"]
__file__                       -> APP, where the app is and the module is not
"""

import ast
import textwrap
from collections.abc import Iterator, Mapping

from gradstream.format.generator.infer import FunctionNode
from gradstream.importing.components import POSITIONS, is_component
from gradstream.importing.names import free
from gradstream.importing.source import AppSource
from gradstream.importing.types import HIDING, Remarks
from gradstream.importing.untranslated import absent

TextChange = tuple[int, int, str]

ERRORS = frozenset({"Error"})
NOTICES: Mapping[str, str] = {"Info": "", "Success": "", "Warning": ', "warning"'}
"""Short messages of the other tool, and the level that a line of the log has for them."""


class Rewriter:
    """Rewrites parts of one app; `components` are the names that its variables have here.

    `app` is the name of the variable for the path of the app, "" where the module is beside it.
    """

    def __init__(
        self, source: AppSource, remarks: Remarks, components: Mapping[str, str], *, app: str = ""
    ) -> None:
        self.names_app = False
        self.app = app
        self._source = source
        self._remarks = remarks
        self._components = components
        self._free: frozenset[str] = frozenset()
        self._within = ""

    def text(self, node: ast.AST) -> str:
        """Return the source of a node, rewritten, at the left margin."""
        self._free = free(node)
        start, end = self._source.stretch(node)
        decorators = node.decorator_list if isinstance(node, FunctionNode | ast.ClassDef) else []
        kept = [each for each in decorators if not self._is_own(each)]
        if kept:
            first = self._source.offset(kept[0].lineno, 0)
            start = first + len(self._source.data[first:]) - len(self._source.data[first:].lstrip())
        changes = [each for each in self._changes(node) if each[0] >= start]
        for own in (each for each in decorators if each not in kept):
            line = self._source.offset(own.lineno, 0)
            if line >= start:
                after = self._source.offset((own.end_lineno or own.lineno) + 1, 0)
                changes.append((line, after, ""))
        text = self._applied(start, end, changes)
        margin = start - self._source.offset(self._line_of(start), 0)
        return textwrap.dedent(" " * margin + text) if isinstance(node, ast.stmt) else text

    def _line_of(self, at: int) -> int:
        return self._source.data.count(b"\n", 0, at) + 1

    def _is_own(self, decorator: ast.expr) -> bool:
        """Return whether a decorator registers a listener."""
        node = decorator.func if isinstance(decorator, ast.Call) else decorator
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and (self._source.is_own(node.id) or node.id in self._source.page)

    def _applied(self, start: int, end: int, changes: list[TextChange]) -> str:
        parts, at = [], start
        for first, last, text in sorted(changes):
            if first < at:
                continue
            parts += [self._source.data[at:first].decode(), text]
            at = last
        return "".join([*parts, self._source.data[at:end].decode()])

    def _changes(self, node: ast.AST, within: str = "") -> Iterator[TextChange]:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                for child in (node.args, *node.body):
                    yield from self._changes(child)
                yield from self._annotation(node.returns)
                return
            case ast.arg():
                yield from self._annotation(node.annotation)
                return
            case ast.Dict(keys=keys, values=values):
                for key, value in zip(keys, values, strict=True):
                    yield from self._key(key)
                    is_content = isinstance(key, ast.Constant) and key.value == "content"
                    yield from self._changes(value, "content" if is_content else "")
                return
            case ast.Subscript(value=value, slice=inner):
                yield from self._changes(value)
                yield from self._key(inner)
                return
            case ast.Call() if self._source.word(node.func):
                yield from self._call(node, within)
                return
            case ast.JoinedStr():
                before, self._within = self._within, self._source.text(node)[-1:]
                yield from self._children(node)
                self._within = before
                return
            case ast.Name():
                yield from self._name(node)
        yield from self._children(node)

    def _name(self, node: ast.Name) -> Iterator[TextChange]:
        if self._source.is_own(node.id):
            self._remarks.add(node, f"`{node.id}` is not there without the other tool")
        elif node.id == "__file__" and self.app:
            self.names_app = True
            yield (*self._source.stretch(node), self.app)

    def _children(self, node: ast.AST) -> Iterator[TextChange]:
        for child in ast.iter_child_nodes(node):
            yield from self._changes(child)

    def _annotation(self, node: ast.expr | None) -> Iterator[TextChange]:
        if node is not None and any(self._source.word(each) for each in ast.walk(node)):
            yield (*self._source.stretch(node), "object")

    def _key(self, node: ast.expr | None) -> Iterator[TextChange]:
        if isinstance(node, ast.Name) and node.id in self._components and node.id in self._free:
            quote = "'" if self._within == '"' else '"'
            yield (*self._source.stretch(node), f"{quote}{self._components[node.id]}{quote}")
        elif node is not None:
            yield from self._changes(node)

    def _call(self, call: ast.Call, within: str) -> Iterator[TextChange]:
        word = self._source.word(call.func)
        whole = self._source.stretch(call)
        function = self._source.stretch(call.func)
        if word == "skip":
            yield (*whole, "gradstream.skip")
        elif word == "Progress":
            yield (*whole, "None")
        elif word == "validate":
            yield (*whole, self._validated(call))
        elif word in ERRORS or word in NOTICES:
            given = call.args or [each.value for each in call.keywords if each.arg == "message"]
            said = self._source.text(given[0]) if given else '""'
            called = "UserError" if word in ERRORS else "log"
            yield (*whole, f"gradstream.{called}({said}{NOTICES.get(word, '')})")
        elif word == "ChatMessage":
            yield (*function, "gradstream.Message")
            yield from self._arguments(call)
        elif is_component(word) and within == "content" and call.args:
            yield (*whole, self._source.text(call.args[0]))
        elif word == "update" or is_component(word) or word in HIDING:
            yield (*function, "gradstream.update")
            for name, each in zip(POSITIONS.get(word, ("value",)), call.args, strict=False):
                start, _ = self._source.stretch(each)
                yield (start, start, f"{name}=")
            yield from self._arguments(call)
            yield from self._shown(call)
        else:
            self._remarks.add(call, absent(word))

    def _validated(self, call: ast.Call) -> str:
        """Return what a validator says here: nothing, or the message."""
        named = {each.arg: each.value for each in call.keywords}
        given = [*call.args, *(named[each] for each in ("is_valid", "message") if each in named)]
        condition, message = (*map(self._source.text, given[:2]), '"This is not valid"')[:2]
        return f"(None if {condition} else {message})"

    def _shown(self, call: ast.Call) -> Iterator[TextChange]:
        """Hide what keeps its place in the other tool; say what a function does not open and close here."""
        for each in call.keywords:
            if each.arg == "open":
                self._remarks.add(call, "`open` is not changed: a visitor opens and closes a section")
            elif each.arg == "visible" and self._source.constant(each.value) == "hidden":
                yield (*self._source.stretch(each.value), "False")

    def _arguments(self, call: ast.Call) -> Iterator[TextChange]:
        for each in call.args:
            yield from self._changes(each)
        for keyword in call.keywords:
            yield from self._changes(keyword.value, "content" if keyword.arg == "content" else "")
