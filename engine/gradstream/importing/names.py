"""The names that statements bind, and those that they take from around them."""

import ast
import builtins
from collections.abc import Collection, Iterator

from gradstream.format.generator.infer import FunctionNode

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def bound(statement: ast.AST) -> frozenset[str]:
    """Return the names that a statement binds where it is."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return frozenset({name})
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return frozenset(each.asname or each.name.partition(".")[0] for each in names)
        case ast.Name(id=name, ctx=ast.Store()):
            return frozenset({name})
        case ast.ExceptHandler(name=str(name)):
            return frozenset({name}).union(*map(bound, statement.body))
        case ast.Lambda():
            return frozenset()
    return frozenset().union(*map(bound, ast.iter_child_nodes(statement)))


def free(node: ast.AST, keys: Collection[str] = ()) -> frozenset[str]:
    """Return the names that a node takes from around it, but those in `keys` where they are keys."""
    return frozenset(_free(node, frozenset(keys))) - set(dir(builtins))


def _free(node: ast.AST, keys: frozenset[str]) -> Iterator[str]:
    match node:
        case ast.Name(id=name):
            yield name
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
            yield from _free_of_function(node, keys)
        case ast.Dict(keys=names, values=values):
            for each in (*names, *values):
                if each is not None and not (each in names and _is_key(each, keys)):
                    yield from _free(each, keys)
        case ast.Subscript(value=value, slice=inner):
            yield from _free(value, keys)
            if not _is_key(inner, keys):
                yield from _free(inner, keys)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _free(child, keys)


def _is_key(node: ast.AST, keys: frozenset[str]) -> bool:
    return isinstance(node, ast.Name) and node.id in keys


def _free_of_function(node: FunctionNode | ast.Lambda, keys: frozenset[str]) -> Iterator[str]:
    body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)
    own = {each.arg for each in ast.walk(node.args) if isinstance(each, ast.arg)}
    own |= frozenset().union(*map(bound, body))
    own -= {name for each in body for name in _declared(each)}
    yield from (name for each in body for name in _free(each, keys) if name not in own)
    for each in (*node.args.defaults, *node.args.kw_defaults):
        if each is not None:
            yield from _free(each, keys)
    for argument in ast.walk(node.args):
        if isinstance(argument, ast.arg) and argument.annotation is not None:
            yield from _free(argument.annotation, keys)
    if not isinstance(node, ast.Lambda):
        for each in (*node.decorator_list, *([node.returns] if node.returns else [])):
            if not _is_listener(each, keys):
                yield from _free(each, keys)


def _is_listener(decorator: ast.expr, keys: frozenset[str]) -> bool:
    """Return whether a decorator is one of the page's own."""
    node = decorator.func if isinstance(decorator, ast.Call) else decorator
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in keys


def _declared(node: ast.AST) -> Iterator[str]:
    """Yield the names that are declared as global, but not in functions within."""
    if isinstance(node, ast.Global):
        yield from node.names
    if not isinstance(node, SCOPES):
        for child in ast.iter_child_nodes(node):
            yield from _declared(child)
