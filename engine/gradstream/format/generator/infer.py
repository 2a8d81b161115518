"""A first YAML for a function that exists: inputs from its parameters, outputs from what it says it gives.

    def shout(text: str, times: int = 3) -> Iterator[str]

    inputs:                    outputs:
      text: text                 result:
      times:                       type: text
        type: number               streaming: true
        default: 3

The function is read and never run; without names or annotations to go by, the result is a guess to be edited.
"""

import ast
import inspect
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from gradstream.diagnostics import Diagnostic
from gradstream.errors import GradstreamError
from gradstream.format.generator.binding import TOOL_FILLED
from gradstream.format.generator.modules import Module, read_module
from gradstream.format.generator.resolve import resolve
from gradstream.format.schema.hints import fallback, kind_for_annotation, kind_for_parameters
from gradstream.format.schema.validators import load_schemas
from gradstream.format.types import GeneratorPath
from gradstream.format.values import written

Keys = dict[str, Any]

ITERATING = re.compile(r"(?:.*\.)?(?:Async)?(?:Iterator|Iterable|Generator)\[(.*)\]", re.DOTALL)


class NoSketchError(GradstreamError):
    """The function cannot be seen without running it; the text says why."""


def sketch(path: GeneratorPath) -> str | Diagnostic:
    """Return `inputs:` and `outputs:` as YAML in block style. Raises NoSketchError."""
    target = resolve(path)
    if isinstance(target, Diagnostic):
        return target
    file = target.located.file
    module = None if file is None else read_module(Path(file).read_bytes())
    node = module.definitions.get(target.located.attributes[-1]) if isinstance(module, Module) else None
    if node is None or len(target.located.attributes) > 1:
        raise NoSketchError(
            f"`{path.text}` is not a function with its own `def` at the top level of its file"
        )
    return "\n".join([*_inputs(node.args), *_outputs(node)]) + "\n"


def _inputs(arguments: ast.arguments) -> Iterator[str]:
    fields = list(_fields(arguments))
    if fields:
        yield "inputs:"
    for name, keys in fields:
        yield from _block(name, keys)


def _fields(arguments: ast.arguments) -> Iterator[tuple[str, Keys]]:
    by_position = [*arguments.posonlyargs, *arguments.args]
    absent: list[ast.expr | None] = [None] * (len(by_position) - len(arguments.defaults))
    pairs = [
        *zip(by_position, [*absent, *arguments.defaults], strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    for argument, default in pairs:
        if argument.arg not in TOOL_FILLED:
            yield argument.arg, _field(argument.annotation, _constant(default))


def _field(annotation: ast.expr | None, default: Any) -> Keys:
    choices, shape = _choices(annotation)
    if choices:
        keys = {**_kind("inputs", shape), "choices": choices}
    else:
        keys = _kind("inputs", _said(annotation) or type(default).__name__)
    is_file = "accept" in load_schemas().kinds["inputs"][keys["type"]]["properties"]
    fits = isinstance(default, str | int | float) and not is_file
    return {**keys, "default": default} if fits else keys


def _kind(folder: str, said: str) -> Keys:
    return kind_for_annotation(folder, said) or {"type": fallback(folder)}


def _choices(annotation: ast.expr | None) -> tuple[list[Any], str]:
    """Return the members of a `Literal`, or of a list of one, and the annotation without them."""
    match annotation:
        case ast.Subscript(value=ast.Name(id="list" | "List"), slice=inner):
            choices, shape = _choices(inner)
            return choices, f"list[{shape}]"
        case ast.Subscript(value=ast.Name(id="Literal") | ast.Attribute(attr="Literal"), slice=inner):
            listed: Sequence[ast.expr] = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            choices = [value for value in map(_constant, listed) if value is not inspect.Parameter.empty]
            return choices, "Literal"
        case _:
            return [], ""


def _outputs(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    yield "outputs:"
    parameters = (argument.arg for argument in (*node.args.args, *node.args.kwonlyargs))
    stood_for = kind_for_parameters("outputs", parameters)
    if stood_for is not None:
        yield from _block(stood_for, {"type": stood_for, "streaming": True})
        return
    said = _said(node.returns)
    iterated = ITERATING.fullmatch(said)
    element = node.returns.slice if isinstance(node.returns, ast.Subscript) and iterated else node.returns
    if isinstance(element, ast.Tuple) and "Generator" in said:
        element = element.elts[0]
    several = _several(element)
    for number, each in enumerate(several, 1):
        name = "result" if len(several) == 1 else f"result_{number}"
        yield from _block(name, {**_kind("outputs", _said(each)), "streaming": True})


def _several(element: ast.expr | None) -> Sequence[ast.expr | None]:
    """Return the parts of a tuple's annotation, which fill an output each; sound is one value."""
    match element:
        case ast.Subscript(value=ast.Name(id="tuple" | "Tuple"), slice=ast.Tuple(elts=parts)):
            return [element] if kind_for_annotation("outputs", _said(element)) else parts
        case _:
            return [element]


def _said(annotation: ast.expr | None) -> str:
    """Return an annotation as text, without quotes around it and without `None`."""
    match annotation:
        case None:
            return ""
        case ast.Constant(value=str(text)):
            return text
        case ast.BinOp(left=left, op=ast.BitOr(), right=ast.Constant(value=None)):
            return _said(left)
        case ast.Subscript(value=ast.Name(id="Optional") | ast.Attribute(attr="Optional"), slice=inner):
            return _said(inner)
        case _:
            return ast.unparse(annotation)


def _constant(expression: ast.expr | None) -> Any:
    """Return what is written; `Parameter.empty` for nothing, and for what only running would show."""
    try:
        return ast.literal_eval(expression) if expression is not None else inspect.Parameter.empty
    except ValueError:
        return inspect.Parameter.empty


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
