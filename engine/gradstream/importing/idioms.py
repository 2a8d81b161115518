"""Idioms of the other tool, each as the one form that the readers know.

demo = gr.Blocks(); with demo: …        -> with gr.Blocks() as demo: …
with gr.Row(), gr.Column(): …           -> with gr.Row(): with gr.Column(): …
gr.Textbox(…).style(container=False)    -> gr.Textbox(…)
gr.component("textarea")                -> gr.textarea()
gr.Variable(0), gr.Text(default=0)      -> gr.State(0), gr.Text(value=0)
"""

import ast
from collections.abc import Callable, Collection

from gradstream.format.generator.infer import FunctionNode

PAGE = "Blocks"
CLEARED = "clear"
STYLE = "style"
SHORTCUT = "component"
OLDER = {"Variable": "State"}
OLDER_ARGUMENTS = {"default": "value", "default_value": "value"}

Word = Callable[[ast.AST], str]


def in_known_form(tree: ast.Module, word: Word) -> ast.Module:
    """Return the tree of an app without these idioms; `word` returns what the other tool calls a node."""
    return _Idioms(tree, word).tree()


class _Idioms(ast.NodeTransformer):
    def __init__(self, tree: ast.Module, word: Word) -> None:
        self._tree = tree
        self._word = word
        self._pages = {name: call for each in ast.walk(tree) for name, call in self._made(each)}

    def tree(self) -> ast.Module:
        self.generic_visit(self._tree)
        return self._tree

    def _made(self, node: ast.AST) -> list[tuple[str, ast.Call]]:
        """Return the pages that an assignment makes, by their names."""
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            return []
        names, values = _elements(node.targets[0]), _elements(node.value)
        return [
            (name.id, value)
            for name, value in zip(names, values, strict=False)
            if isinstance(name, ast.Name) and isinstance(value, ast.Call) and self._word(value.func) == PAGE
        ]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._function(node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return node

    def _function(self, node: FunctionNode) -> ast.AST:
        """Leave a function as it is written, whose text is taken along, unless it makes a page."""
        makes_page = any(isinstance(each, ast.With) and self._opens_page(each) for each in ast.walk(node))
        return self.generic_visit(node) if makes_page else node

    def _opens_page(self, node: ast.With) -> bool:
        found = node.items[0].context_expr
        return self._page(found) is not None or (
            isinstance(found, ast.Call) and self._word(found.func) == PAGE
        )

    def _page(self, node: ast.expr) -> tuple[str, ast.Call] | None:
        """Return the page that was made before, and is opened here."""
        match node:
            case ast.Call(func=ast.Attribute(value=inner, attr=attribute)) if attribute == CLEARED:
                return self._page(inner)
            case ast.Name(id=name) if name in self._pages:
                return name, self._pages[name]
        return None

    def visit_With(self, node: ast.With) -> ast.With:
        self.generic_visit(node)
        first, *others = node.items
        found = self._page(first.context_expr)
        if found is not None:
            name, call = found
            held = first.optional_vars or ast.copy_location(ast.Name(id=name, ctx=ast.Store()), node)
            node.items[0] = ast.withitem(context_expr=call, optional_vars=held)
        elif not isinstance(first.context_expr, ast.Call) or not self._word(first.context_expr.func):
            return node
        if others:
            inner = ast.copy_location(ast.With(items=others, body=node.body), node)
            node.items, node.body = node.items[:1], [self.visit_With(inner)]
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        word = self._word(node.func)
        match node.func:
            case ast.Attribute(value=ast.Call() as inner, attr=attribute) if attribute == STYLE:
                return inner if self._word(inner.func)[:1].isupper() else node
            case ast.Attribute() if word in OLDER:
                node.func.attr = OLDER[word]
        match node:
            case ast.Call(func=ast.Attribute() as named, args=[ast.Constant(value=str(said))]):
                if word == SHORTCUT:
                    named.attr, node.args = said, []
        if word[:1].isupper():
            _rename(node.keywords)
        return node


def _rename(keywords: Collection[ast.keyword]) -> None:
    for each in keywords:
        each.arg = OLDER_ARGUMENTS.get(each.arg, each.arg) if each.arg else None


def _elements(node: ast.expr) -> list[ast.expr]:
    return list(node.elts) if isinstance(node, ast.Tuple) else [node]
