"""A part of the app's source without what is of the other tool's own.

gr.Error("…")                  -> gradstream.UserError("…")
gr.Info("…")                   -> gradstream.log("…")
gr.update(x=…), gr.Radio(x=…)  -> gradstream.update(x=…)
gr.skip()                      -> gradstream.skip
gr.validate(age > 3, "…")      -> (None if age > 3 else "…")
progress=gr.Progress()         -> progress=None
gr.cache(count)                -> count
{"content": gr.Image(path)}    -> {"content": as_part(path)}
{box: 1}, values[box]          -> {"box": 1}, values["box"]
__file__                       -> APP, where the app is and the module is not
"""

import ast
import textwrap
from collections.abc import Collection, Iterator, Mapping

from gradstream.components.changes import COMMON, SYNONYMS
from gradstream.components.registry import KINDS, input_kind
from gradstream.format.generator.infer import FunctionNode
from gradstream.format.shapes.calls import kind_of
from gradstream.importing.arguments import LOOKS, POSITIONS
from gradstream.importing.callees import FILLED
from gradstream.importing.components import is_component
from gradstream.importing.names import free
from gradstream.importing.source import AppSource
from gradstream.importing.types import HIDING, Remarks
from gradstream.importing.untranslated import absent

TextChange = tuple[int, int, str]

CHAT = "Chatbot"
FILES = frozenset({"Audio", "File", "Image", "Model3D", "Video"})
SEVERAL = "Gallery"
"""Components whose values are files, or may be."""

CHANGED = frozenset({"value", "interactive", "placeholder", *COMMON, *SYNONYMS})
"""What an update can change of components of every kind."""

ERRORS = frozenset({"Error"})
NOT_KEPT = "`cache` is left out: with `functools.cache` a function keeps its results by its arguments"
NOTICES: Mapping[str, str] = {"Info": "", "Success": "", "Warning": ', "warning"'}
"""Short messages of the other tool, and the level that a line of the log has for them."""


class Rewriter:
    """Rewrites parts of one app; `components` are the names that its variables have here.

    `app` is the name of the variable for the path of the app, "" where the module is beside it. `speakers`
    are functions that fill a conversation alone: components in them are contents of messages.
    """

    def __init__(
        self,
        source: AppSource,
        remarks: Remarks,
        components: Mapping[str, str],
        *,
        app: str = "",
        speakers: Collection[str] = (),
    ) -> None:
        self.names_app = False
        self.app = app
        self._source = source
        self._remarks = remarks
        self._components = components
        self._free: frozenset[str] = frozenset()
        self._within = ""
        self._speakers = speakers
        self._speaks = False

    def text(self, node: ast.AST) -> str:
        """Return the source of a node, rewritten, at the left margin."""
        self._free = free(node)
        self._speaks = isinstance(node, FunctionNode) and node.name in self._speakers
        start, end = self._source.stretch(node)
        decorators = node.decorator_list if isinstance(node, FunctionNode | ast.ClassDef) else []
        kept = [each for each in decorators if not self._is_own(each)]
        for each in decorators:
            if self._source.word(each.func if isinstance(each, ast.Call) else each) == "cache":
                self._remarks.add(each, NOT_KEPT)
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
        if node is not None and is_component(self._source.word(node)):
            text = self._source.text(node)
            self._remarks.add(node, f"`{text}`: a function is given the value alone, not the component")
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
        elif word in FILLED:
            yield (*whole, "None")
        elif word == "validate":
            yield (*whole, self._validated(call))
        elif word == "cache" and call.args:
            yield (*whole, self._rewritten(call.args[0]))
            self._remarks.add(call, NOT_KEPT)
        elif word in ERRORS or word in NOTICES:
            given = call.args or [each.value for each in call.keywords if each.arg == "message"]
            said = self._source.text(given[0]) if given else '""'
            called = "UserError" if word in ERRORS else "log"
            yield (*whole, f"gradstream.{called}({said}{NOTICES.get(word, '')})")
        elif word == "ChatMessage":
            yield (*function, "gradstream.Message")
            yield from self._arguments(call)
        elif is_component(word) and word != CHAT and (within == "content" or self._speaks):
            yield (*whole, self._content(call, word))
        elif word == "update" or is_component(word) or word in HIDING:
            yield from self._update(call, word)
        else:
            self._remarks.add(call, absent(word))

    def _validated(self, call: ast.Call) -> str:
        """Return what a validator says here: nothing, or the message."""
        named = {each.arg: each.value for each in call.keywords}
        given = [*call.args, *(named[each] for each in ("is_valid", "message") if each in named)]
        condition, message = (*map(self._source.text, given[:2]), '"This is not valid"')[:2]
        return f"(None if {condition} else {message})"

    def _content(self, call: ast.Call, word: str) -> str:
        """Return what a component shows as the content of a message."""
        named = {each.arg: each.value for each in call.keywords}
        value = call.args[0] if call.args else named.get("value")
        text = "None" if value is None else self._rewritten(value)
        if word == SEVERAL:
            return f"[as_part(each) for each in {text}]"
        return f"as_part({text})" if word in FILES else text

    def _update(self, call: ast.Call, word: str) -> Iterator[TextChange]:
        """Change a component that is made anew to what is changed of it, without what is of looks alone."""
        lost = [each for each in call.keywords if each.arg and not self._is_changed(each.arg, word)]
        for each in lost:
            if each.arg not in (*LOOKS, "open"):
                self._remarks.add(each, f"`{each.arg}` of an update is not translated")
        if lost:
            kept = [each for each in call.keywords if each not in lost]
            values = [*zip(POSITIONS.get(word, ("value",)), call.args, strict=False)]
            values += [(each.arg, each.value) for each in kept if each.arg is not None]
            texts = [f"{name}={self._given(name, value)}" for name, value in values]
            texts += [f"**{self._rewritten(each.value)}" for each in kept if each.arg is None]
            yield (*self._source.stretch(call), f"gradstream.update({', '.join(texts)})")
            self._note_open(call)
            return
        yield (*self._source.stretch(call.func), "gradstream.update")
        for name, value in zip(POSITIONS.get(word, ("value",)), call.args, strict=False):
            start, _ = self._source.stretch(value)
            yield (start, start, f"{name}=")
        yield from self._arguments(call)
        for each in call.keywords:
            if each.arg == "visible" and self._is_hidden(each.value):
                yield (*self._source.stretch(each.value), "False")

    def _given(self, name: str, value: ast.expr) -> str:
        return "False" if name == "visible" and self._is_hidden(value) else self._rewritten(value)

    def _is_hidden(self, value: ast.expr) -> bool:
        """Return whether something keeps its place while it is hidden in the other tool."""
        return bool(self._source.constant(value) == "hidden")

    def _note_open(self, call: ast.Call) -> None:
        """Say what a function does not open and close here."""
        if any(each.arg == "open" for each in call.keywords):
            self._remarks.add(call, "`open` is not changed: a visitor opens and closes a section")

    def _is_changed(self, argument: str, word: str) -> bool:
        """Return whether an update can have an argument; of `gr.update` all that some kind has."""
        kinds = KINDS.inputs if word == "update" else [str(kind_of(word, "inputs")[0])]
        own = {key for kind in kinds if kind in KINDS.inputs for key in input_kind(kind).properties}
        return argument in own or argument in CHANGED

    def _rewritten(self, node: ast.expr) -> str:
        return self._applied(*self._source.stretch(node), list(self._changes(node)))

    def _arguments(self, call: ast.Call) -> Iterator[TextChange]:
        for each in call.args:
            yield from self._changes(each)
        for keyword in call.keywords:
            yield from self._changes(keyword.value, "content" if keyword.arg == "content" else "")
