"""A first YAML for a function that exists: inputs from its parameters, outputs from what it says it gives.

    def shout(text: str, times: int = 3) -> Iterator[str]

    inputs:                    outputs:
      text: text                 result:
      times:                       type: text
        type: number               streaming: true
        default: 3

The function is read and never run; without names or annotations to go by, the result is a guess to be edited.
A parameter whose default YAML cannot write is left out: the function then uses its own.
"""

import ast
import inspect
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from gradstream.diagnostics import Diagnostic
from gradstream.errors import GradstreamError
from gradstream.format.generator.annotations import Said, constant, read_annotation
from gradstream.format.generator.binding import SESSION, TOOL_FILLED, is_request
from gradstream.format.generator.docstrings import Docstring, read_docstring
from gradstream.format.generator.modules import Module, read_module
from gradstream.format.generator.resolve import resolve
from gradstream.format.schema.hints import fallback, kind_for_annotation, kind_for_parameters
from gradstream.format.schema.validators import load_schemas
from gradstream.format.types import GeneratorPath
from gradstream.format.values import is_same, written

Keys = dict[str, Any]
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef

ITERATING = re.compile(r"(?:.*\.)?(?:Async)?(?:Iterator|Iterable|Generator)\[(.*)\]", re.DOTALL)
PLAIN_TEXT = frozenset({"str", "Any", "object", "typing.Any"})
"""Annotations of values that may be text."""

BOUND = {"staticmethod": 0, "classmethod": 1}
"""Decorators of methods that can be called by their class, and how many parameters Python fills."""


class NoSketchError(GradstreamError):
    """The function cannot be seen without running it; the text says why."""


class Sketch(Struct, frozen=True, kw_only=True):
    """`inputs:` and `outputs:` as YAML in block style, and the first sentence of the docstring."""

    description: str
    body: str


def sketch(path: GeneratorPath) -> Sketch | Diagnostic:
    """Return a demo's YAML without its title and generator. Raises NoSketchError."""
    target = resolve(path)
    if isinstance(target, Diagnostic):
        return target
    file = target.located.file
    module = None if file is None else read_module(Path(file).read_bytes())
    node = _definition(module, target.located.attributes) if isinstance(module, Module) else None
    if node is None or not isinstance(module, Module):
        raise NoSketchError(
            f"`{path.text}` is not a function with its own `def` at the top level of its file"
        )
    docs = read_docstring(ast.get_docstring(node))
    lines = [*_inputs(node, module.tree, docs), *_outputs(node, module.tree)]
    return Sketch(description=docs.summary, body="\n".join(lines) + "\n")


def _definition(module: Module, attributes: Sequence[str]) -> FunctionNode | None:
    """Return a function of a module, or a method that its class can call, without what Python fills."""
    if len(attributes) == 1:
        return module.definitions.get(attributes[0])
    held = [
        each for each in module.tree.body if isinstance(each, ast.ClassDef) and each.name == attributes[0]
    ]
    body = held[0].body if held and len(attributes) == 2 else []
    for node in body:
        if isinstance(node, FunctionNode) and node.name == attributes[1]:
            names = [each.id for each in node.decorator_list if isinstance(each, ast.Name)]
            filled = next((BOUND[name] for name in names if name in BOUND), None)
            if filled is None:
                return None
            node.args.args = node.args.args[filled:]
            return node
    return None


def _inputs(node: FunctionNode, module: ast.Module, docs: Docstring) -> Iterator[str]:
    lines = [line for each in _parameters(node.args) for line in _input(*each, module, docs)]
    if any(not line.lstrip().startswith("#") for line in lines):
        yield "inputs:"
    yield from lines


def _parameters(arguments: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr | None]]:
    by_position = [*arguments.posonlyargs, *arguments.args]
    absent: list[ast.expr | None] = [None] * (len(by_position) - len(arguments.defaults))
    pairs = [
        *zip(by_position, [*absent, *arguments.defaults], strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    for argument, default in pairs:
        if argument.arg not in TOOL_FILLED:
            yield argument, default


def _input(argument: ast.arg, default: ast.expr | None, module: ast.Module, docs: Docstring) -> Iterator[str]:
    """Yield the lines of one input, or the comment about a parameter that is left out."""
    said = read_annotation(argument.annotation, module)
    if any(is_request(each) for each in said.types):
        yield f"  # rename the parameter `{argument.arg}` to `{SESSION}`: it is given the visitor's id"
        return
    keys = _field(said, default)
    if keys is None:
        yield f"  # `{argument.arg}` keeps its own default, {_short(default)}"
        return
    if keys == {"type": fallback("inputs")} and said.types and said.types[0] not in PLAIN_TEXT:
        yield f"  # the function is given text for `{argument.arg}`, and not {said.types[0]}"
    words = said.words or docs.parameters.get(argument.arg, "")
    if words:
        keys = {"type": keys.pop("type"), "description": words, **keys}
    yield from _block(argument.arg, keys)


def _short(expression: ast.expr | None) -> str:
    text = " ".join(ast.unparse(expression).split()) if expression is not None else ""
    return text if len(text) <= 60 else f"{text[:59]}…"


def _field(said: Said, expression: ast.expr | None) -> Keys | None:
    """Return an input's keys; None where the parameter's own default is better than any field."""
    default = constant(expression)
    keys = _kind_of(said, default)
    if expression is None:
        return keys or {"type": fallback("inputs")}
    if default is None:
        return keys
    fits = keys is not None and _fits(default, keys)
    if keys is not None and fits:
        return {**keys, "default": default}
    own = _kind_of(Said(), default)
    return {**own, "default": default} if own is not None and _fits(default, own) else None


def _kind_of(said: Said, default: Any) -> Keys | None:
    """Return the keys of the kind that an annotation says, or else a default; None if neither does."""
    if said.choices:
        if said.is_enumeration and not said.is_text and default is not inspect.Parameter.empty:
            return None
        kind = kind_for_annotation("inputs", said.types[0])
        return None if kind is None else {**kind, "choices": list(dict.fromkeys(said.choices))}
    kinds = (kind_for_annotation("inputs", each) for each in said.types)
    found = next((each for each in kinds if each is not None), None)
    if found is None and isinstance(default, str | int | float):
        found = kind_for_annotation("inputs", type(default).__name__)
    return None if found is None else {**found, **_bounds(said, found)}


def _bounds(said: Said, keys: Keys) -> Keys:
    known = load_schemas().kinds["inputs"][keys["type"]]["properties"]
    return {key: value for key, value in said.bounds.items() if key in known}


def _fits(default: Any, keys: Keys) -> bool:
    """Return whether YAML can write a default so that the function gets it as it is."""
    if not isinstance(default, str | int | float) or (
        isinstance(default, float) and not math.isfinite(default)
    ):
        return False
    if "choices" in keys:
        return any(is_same(default, each) for each in keys["choices"]) and not keys.get("multiple")
    own = kind_for_annotation("inputs", type(default).__name__) or {}
    is_whole = isinstance(default, int) and own.get("type") == keys["type"]
    return own.get("type") == keys["type"] and (is_whole or not keys.get("integer"))


def _outputs(node: FunctionNode, module: ast.Module) -> Iterator[str]:
    yield "outputs:"
    parameters = (argument.arg for argument in (*node.args.args, *node.args.kwonlyargs))
    stood_for = kind_for_parameters("outputs", parameters)
    said = _text_of(node.returns, module)
    iterated = ITERATING.fullmatch(said)
    is_generator = any(isinstance(each, ast.Yield | ast.YieldFrom) for each in _own_nodes(node))
    streams: Keys = {"streaming": True} if is_generator or iterated else {}
    if stood_for is not None:
        yield from _block(stood_for, {"type": stood_for, **streams})
        return
    returns = _expression(node.returns)
    element = returns.slice if isinstance(returns, ast.Subscript) and iterated else returns
    if isinstance(element, ast.Tuple) and "Generator" in said:
        element = element.elts[0]
    several = _several(element, module)
    for number, each in enumerate(several, 1):
        name = "result" if len(several) == 1 else f"result_{number}"
        kind = kind_for_annotation("outputs", _text_of(each, module)) or {"type": fallback("outputs")}
        yield from _block(name, {**kind, **streams})


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            yield child
            yield from _own_nodes(child)


def _expression(annotation: ast.expr | None) -> ast.expr | None:
    """Return an annotation without quotes around it."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            return ast.parse(annotation.value, mode="eval").body
        except SyntaxError:
            return None
    return annotation


def _text_of(annotation: ast.expr | None, module: ast.Module) -> str:
    types = read_annotation(annotation, module).types
    return types[0] if types else ""


def _several(element: ast.expr | None, module: ast.Module) -> Sequence[ast.expr | None]:
    """Return the parts of a tuple's annotation, which fill an output each; sound is one value."""
    match element:
        case ast.Subscript(value=ast.Name(id="tuple" | "Tuple"), slice=ast.Tuple(elts=parts)):
            is_open = any(isinstance(each, ast.Constant) and each.value is ... for each in parts)
            whole = is_open or kind_for_annotation("outputs", _text_of(element, module))
            return [element] if whole else parts
        case _:
            return [element]


def _block(name: str, keys: Keys) -> Iterator[str]:
    if list(keys) == ["type"]:
        yield f"  {name}: {keys['type']}"
        return
    yield f"  {name}:"
    for key, value in keys.items():
        if isinstance(value, list):
            yield f"    {key}:"
            yield from (f"      - {written(each)}" for each in value)
        else:
            yield f"    {key}: {written(value)}"
