"""What a Python file defines, read without running it.

source --ast--> Module(names) --function(name)--> Function(signature, is_generator, returns_value)
"""

import ast
import inspect
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct

Definition = Literal["function", "class", "constant", "unknown"]

MAX_SOURCE_BYTES = 2**20
"""Larger modules are generated, or belong to large packages: the worker looks at them by importing."""

KEPT_MODULES = 8
MAX_KEPT_BYTES = 2**16
"""The last modules of at most this size are kept, with some 50 bytes for each byte of source: demos often
have their functions in one module, and repairs of a demo are tried one after the other."""

DYNAMIC_CALLS = frozenset({"exec", "eval", "globals", "locals", "setattr", "vars", "__import__"})
"""A module that calls one of these may define names that cannot be seen."""

ITERATED = ("Itera", "Generator", "Any", "object")
"""Parts of annotations under which an iterator may be returned."""


FLOAT = re.compile(r"(?:(?:Annotated|Optional)\[)?float\b(?!.*\bint\b).*")
"""An annotation of a number that is not always whole."""


PLAIN_TYPES = frozenset({"bool", "float", "int", "str"})
"""Annotations that leave no doubt about what a function takes."""


class Function(Struct, frozen=True, kw_only=True):
    """A function as its `def` says; `signature` is None when a decorator may change it.

    `returns_once`: it is not a generator, and nothing suggests that its result could be iterated. `fractions`
    are the parameters whose annotation is `float`, `plain_types` those of one built-in type, with its name.
    `tuples` are those that it is seen to yield or to return: the names of variables, None for anything else.
    """

    signature: inspect.Signature | None
    is_generator: bool
    returns_value: bool
    returns_once: bool = False
    fractions: tuple[str, ...] = ()
    plain_types: Mapping[str, str] = {}
    tuples: tuple[tuple[str | None, ...], ...] = ()


class Module(Struct, frozen=True, kw_only=True):
    """A parsed module with what each of its top-level names is; `definitions` has its functions."""

    tree: ast.Module
    names: Mapping[str, Definition]
    definitions: Mapping[str, ast.FunctionDef | ast.AsyncFunctionDef]

    def function(self, name: str) -> Function | None:
        """Return what a top-level `def` says; None where the name is something else."""
        node = self.definitions.get(name)
        return None if node is None else _function(node)

    def is_open(self) -> bool:
        """Return whether the module may have names that cannot be seen."""
        return any(_opens(node) for node in ast.walk(self.tree))


class SyntaxMistake(Struct, frozen=True, kw_only=True):
    """Why a file cannot be read as Python. Lines and columns count from 1; 0 is unknown."""

    message: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0


def read_module(source: bytes) -> Module | SyntaxMistake:
    """Read a module's source."""
    try:
        return _kept(source) if len(source) <= MAX_KEPT_BYTES else _parsed(source)
    except SyntaxError as error:
        return SyntaxMistake(
            message=error.msg,
            line=error.lineno or 0,
            column=error.offset or 0,
            end_line=error.end_lineno or 0,
            end_column=error.end_offset or 0,
        )
    except (ValueError, RecursionError, MemoryError) as error:
        return SyntaxMistake(message=str(error) or "the file is too deeply nested")


def _parsed(source: bytes) -> Module:
    """Return a module. Raises what `ast.parse` raises."""
    with warnings.catch_warnings(action="ignore"):
        tree = ast.parse(source)
    names: dict[str, Definition] = {}
    definitions: dict[str, ast.FunctionDef | ast.AsyncFunctionDef] = {}
    for statement in tree.body:
        for name, definition in _defined(statement):
            names[name] = definition
            definitions.pop(name, None)
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            definitions[statement.name] = statement
    return Module(tree=tree, names=names, definitions=definitions)


_kept = lru_cache(maxsize=KEPT_MODULES)(_parsed)


def _defined(statement: ast.stmt) -> Iterator[tuple[str, Definition]]:
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield statement.name, "function"
        case ast.ClassDef():
            yield statement.name, "unknown" if statement.decorator_list else "class"
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant()):
            yield name, "constant"
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.Constant()):
            yield name, "constant"
        case _:
            for name in _bound_anywhere(statement):
                yield name, "unknown"


def _bound_anywhere(statement: ast.stmt) -> Iterator[str]:
    """Yield every name that the statement may bind, in nested blocks too; too many do no harm."""
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.alias(name=name, asname=asname):
                yield asname or name.partition(".")[0]
            case (
                ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
                | ast.ExceptHandler(name=str(name))
            ):
                yield name


def _opens(node: ast.AST) -> bool:
    match node:
        case ast.ImportFrom(names=[ast.alias(name="*")]) | ast.Global():
            return True
        case ast.FunctionDef(name="__getattr__"):
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in DYNAMIC_CALLS
    return False


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Function:
    own = list(_own_nodes(node))
    is_generator = any(isinstance(each, ast.Yield | ast.YieldFrom) for each in own)
    returns = any(isinstance(each, ast.Return) and not _is_nothing(each.value) for each in own)
    return Function(
        signature=None if node.decorator_list else _signature(node.args),
        is_generator=is_generator,
        returns_value=returns and is_generator,
        returns_once=not (is_generator or node.decorator_list or _may_return_iterator(node, own)),
        fractions=tuple(_fractions(node.args)),
        plain_types=dict(_plain_types(node.args)),
        tuples=tuple(_tuples(own, ast.Yield if is_generator else ast.Return)),
    )


def _tuples(
    own: Sequence[ast.AST], statement: type[ast.Yield | ast.Return]
) -> Iterator[tuple[str | None, ...]]:
    for each in own:
        if isinstance(each, statement) and isinstance(each.value, ast.Tuple):
            yield tuple(one.id if isinstance(one, ast.Name) else None for one in each.value.elts)


def _fractions(arguments: ast.arguments) -> Iterator[str]:
    for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if each.annotation is not None and FLOAT.match(ast.unparse(each.annotation).strip("'\"")):
            yield each.arg


def _plain_types(arguments: ast.arguments) -> Iterator[tuple[str, str]]:
    for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        written = ast.unparse(each.annotation).strip("'\"") if each.annotation is not None else ""
        if written in PLAIN_TYPES:
            yield each.arg, written


def _is_nothing(value: ast.expr | None) -> bool:
    """Return whether a `return` gives nothing: alone, or with `None`."""
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _may_return_iterator(node: ast.FunctionDef | ast.AsyncFunctionDef, own: Sequence[ast.AST]) -> bool:
    """Return whether a result may be an iterator: by its annotation, or as a call or a name is returned."""
    if node.returns is not None:
        return any(word in ast.unparse(node.returns) for word in ITERATED)
    plain = (ast.Constant, ast.JoinedStr, ast.BinOp, ast.Compare, ast.Dict, ast.List, ast.Tuple)
    returned = [each.value for each in own if isinstance(each, ast.Return) and each.value is not None]
    return not all(isinstance(value, plain) for value in returned)


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a function's body without those of functions and classes within it."""
    inner = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
    body = (
        node.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else ast.iter_child_nodes(node)
    )
    for child in body:
        yield child
        if not isinstance(child, inner):
            yield from _own_nodes(child)


def _signature(arguments: ast.arguments) -> inspect.Signature:
    kinds = inspect.Parameter
    by_position = [*arguments.posonlyargs, *arguments.args]
    first_default = len(by_position) - len(arguments.defaults)
    made = []
    for index, argument in enumerate(by_position):
        kind = kinds.POSITIONAL_ONLY if index < len(arguments.posonlyargs) else kinds.POSITIONAL_OR_KEYWORD
        default = arguments.defaults[index - first_default] if index >= first_default else None
        made.append(_parameter(argument, kind, default=default))
    if arguments.vararg is not None:
        made.append(_parameter(arguments.vararg, kinds.VAR_POSITIONAL))
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        made.append(_parameter(argument, kinds.KEYWORD_ONLY, default=default))
    if arguments.kwarg is not None:
        made.append(_parameter(arguments.kwarg, kinds.VAR_KEYWORD))
    return inspect.Signature(made)


def _parameter(
    argument: ast.arg, kind: "inspect._ParameterKind", *, default: ast.expr | None = None
) -> inspect.Parameter:
    said = inspect.Parameter.empty if argument.annotation is None else ast.unparse(argument.annotation)
    match default:
        case None:
            value: Any = inspect.Parameter.empty
        case ast.Constant(value=None):
            value = None
        case _:
            value = ...
    return inspect.Parameter(argument.arg, kind, default=value, annotation=said)
