"""Loops of a page over what is written, as the statements that they stand for.

for event in [a.change, b.change]: event(f, a, b)   -> a.change(f, a, b); b.change(f, a, b)
boxes = [gr.Textbox(f"{i}") for i in range(2)]      -> boxes = [gr.Textbox(f"{0}"), gr.Textbox(f"{1}")]

A loop stays one whose functions use its variable: their text cannot be taken along as it is.
"""

import ast
import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import UnionType
from typing import Any

from gradstream.errors import GradstreamError
from gradstream.format.generator.infer import FunctionNode
from gradstream.importing.names import free

MOST = 100
"""Rounds of a loop; pages with more are generated."""

Values = Mapping[str, ast.expr]


class _NoRoundsError(GradstreamError):
    """Raised where only running a loop would show its rounds."""


def unrolled(statements: Sequence[ast.stmt], assigned: Values) -> list[ast.stmt]:
    """Return the statements of a page without loops; `assigned` has the values of its variables."""
    return [each for statement in statements for each in _statement(statement, assigned)]


def _statement(statement: ast.stmt, assigned: Values) -> Iterator[ast.stmt]:
    match statement:
        case ast.With() | ast.If():
            statement.body = unrolled(statement.body, assigned)
            yield statement
        case ast.For(target=target, iter=source, body=body, orelse=[]):
            try:
                rounds = [_bound(target, each) for each in _rounds(source, assigned)]
                made = [each for values in rounds for each in _round(body, values)]
            except _NoRoundsError:
                yield statement
                return
            yield from unrolled(made, assigned)
        case ast.Assign() | ast.AnnAssign() | ast.Expr():
            yield _Lists(assigned).visit(statement)
        case _:
            yield statement


class _Lists(ast.NodeTransformer):
    """Writes lists out that are made by a loop, but for those within functions."""

    def __init__(self, assigned: Values) -> None:
        self._assigned = assigned

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return node

    def visit_ListComp(self, node: ast.ListComp) -> ast.AST:
        match node.generators:
            case [ast.comprehension(target=target, iter=source, ifs=[])]:
                try:
                    rounds = [_bound(target, each) for each in _rounds(source, self._assigned)]
                    elements = [_replaced(node.elt, values) for values in rounds]
                except _NoRoundsError:
                    return node
                return ast.copy_location(ast.List(elts=elements, ctx=ast.Load()), node)
        return node


def _rounds(source: ast.expr, assigned: Values) -> list[ast.expr]:
    """Return what a loop goes over. Raises _NoRoundsError where that is not written."""
    found = list(_elements(source, assigned))
    if not 0 < len(found) <= MOST:
        raise _NoRoundsError
    return found


def _elements(source: ast.expr, assigned: Values) -> Iterator[ast.expr]:
    match source:
        case ast.List(elts=elements) | ast.Tuple(elts=elements) if not _has(source, ast.Starred):
            yield from elements
        case ast.Name(id=name) if name in assigned:
            yield from _members(source, assigned)
        case ast.Call(func=ast.Name(id=name), args=[_, *_], keywords=[]) if name in MADE:
            yield from MADE[name](source, assigned)
        case ast.Call(func=ast.Attribute(value=held, attr="items"), args=[]):
            yield from _items(source, held, assigned)
        case _:
            raise _NoRoundsError


def _members(name: ast.Name, assigned: Values) -> Iterator[ast.expr]:
    """Yield the members of a list that a variable holds: what is named there, else each by its place."""
    held = assigned[name.id]
    others = {key: each for key, each in assigned.items() if key != name.id}
    if isinstance(held, ast.ListComp):
        yield from (
            _member(name, number) for number, _ in enumerate(_rounds(held.generators[0].iter, others))
        )
        return
    for number, each in enumerate(_elements(held, others)):
        yield _member(name, number) if isinstance(each, ast.Call) else each


def _range(call: ast.Call, _assigned: Values) -> Iterator[ast.expr]:
    numbers = [each.value for each in call.args if isinstance(each, ast.Constant)]
    whole = [each for each in numbers if isinstance(each, int)]
    if len(whole) < len(call.args):
        raise _NoRoundsError
    yield from (_constant(each, call) for each in range(*whole)[: MOST + 1])


def _enumerated(call: ast.Call, assigned: Values) -> Iterator[ast.expr]:
    if len(call.args) > 1:
        raise _NoRoundsError
    for number, each in enumerate(_elements(call.args[0], assigned)):
        yield _pair([_constant(number, call), each], call)


def _zipped(call: ast.Call, assigned: Values) -> Iterator[ast.expr]:
    rows = zip(*(_rounds(each, assigned) for each in call.args), strict=False)
    yield from (_pair(list(each), call) for each in rows)


MADE: Mapping[str, Callable[[ast.Call, Values], Iterator[ast.expr]]] = {
    "enumerate": _enumerated,
    "range": _range,
    "zip": _zipped,
}


def _items(call: ast.Call, held: ast.expr, assigned: Values) -> Iterator[ast.expr]:
    found = assigned.get(held.id) if isinstance(held, ast.Name) else held
    if not isinstance(found, ast.Dict):
        raise _NoRoundsError
    for key, value in zip(found.keys, found.values, strict=True):
        if key is None:
            raise _NoRoundsError
        yield _pair([key, value], call)


def _has(node: ast.AST, kind: type[ast.AST] | UnionType) -> bool:
    return any(isinstance(each, kind) for each in ast.walk(node))


def _constant(value: int, at: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Constant(value=value), at)


def _pair(values: list[ast.expr], at: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Tuple(elts=values, ctx=ast.Load()), at)


def _member(held: ast.Name, number: int) -> ast.expr:
    """Return a component of a list that is made in a row."""
    return ast.copy_location(ast.Subscript(value=held, slice=_constant(number, held), ctx=ast.Load()), held)


def _bound(target: ast.expr, value: ast.expr) -> dict[str, ast.expr]:
    """Return what the variables of a loop are in a round."""
    match target, value:
        case ast.Name(id=name), _:
            return {name: value}
        case ast.Tuple(elts=names), ast.Tuple(elts=values) | ast.List(elts=values):
            found: dict[str, ast.expr] = {}
            for one, other in zip(names, values, strict=False):
                found |= _bound(one, other)
            return found
    raise _NoRoundsError


def _round(body: Sequence[ast.stmt], values: dict[str, ast.expr]) -> Iterator[ast.stmt]:
    """Yield the statements of one round; what it only calculates is written where it is used."""
    known = dict(values)
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if not _has(value, ast.Call | ast.List):
                known[name] = _replaced(value, known)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Break() | ast.Continue():
                raise _NoRoundsError
            case ast.With() | ast.For() | ast.If() if _has_own_names(statement, known):
                changed = _replaced(statement, known, kept=("body",))
                changed.body = list(_round(statement.body, known))
                yield changed
            case _:
                yield _replaced(statement, known)


def _has_own_names(statement: ast.stmt, known: Values) -> bool:
    return any(isinstance(each, ast.Name) and each.id in known for each in ast.walk(statement))


def _replaced(node: Any, values: Values, kept: Sequence[str] = ()) -> Any:
    """Return a node with values in place of names; what has none of them is not copied."""
    if isinstance(node, list):
        return [_replaced(each, values) for each in node]
    if not isinstance(node, ast.AST) or not _has_name(node, values):
        return node
    if isinstance(node, ast.Name):
        return values[node.id] if isinstance(node.ctx, ast.Load) else node
    if isinstance(node, ast.Lambda | FunctionNode):
        if free(node) & set(values):
            raise _NoRoundsError
        return node
    changed = copy.copy(node)
    for name, value in ast.iter_fields(node):
        if name not in kept:
            setattr(changed, name, _replaced(value, values))
    return changed


def _has_name(node: ast.AST, values: Values) -> bool:
    return any(isinstance(each, ast.Name) and each.id in values for each in ast.walk(node))
