"""Finds, in the worker's source, all that sends lines and progress of its own, or lets others send them.

source --ast--> calls and uses of `warn`, `log`, `progress` --> `worker/outputs/x.py: Class.method`

What kinds and decoders call is a `warn` that one of these functions has handed to them.
"""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import gradstream

ENGINE = Path(gradstream.__file__).parent
WORKER = ENGINE / "worker"

SENDS = frozenset({"warn", "_warn", "log", "progress"})
"""The names under which lines and progress are sent."""


def find_callers() -> set[str]:
    """Return each function that calls one of these names, or hands it over."""
    return {
        f"{file.relative_to(ENGINE).as_posix()}: {name}"
        for file in sorted(WORKER.rglob("*.py"))
        for name in _calling(ast.parse(file.read_text()), ())
    }


def present_callers() -> set[str]:
    """Return the engine's functions that are being executed in this thread, in the same words."""
    frames = [frame.frame for frame in inspect.stack()]
    inside = [frame.f_code for frame in frames if Path(frame.f_code.co_filename).is_relative_to(ENGINE)]
    return {f"{Path(code.co_filename).relative_to(ENGINE).as_posix()}: {code.co_qualname}" for code in inside}


def _calling(node: ast.AST, names: tuple[str, ...]) -> Iterator[str]:
    """Yield the qualified names of the functions below a node that use such a name."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.ClassDef():
                yield from _calling(child, (*names, child.name))
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from _calling(child, (*names, child.name, "<locals>"))
            case _:
                if isinstance(child, ast.Attribute) and child.attr in SENDS:
                    yield ".".join(names[:-1])
                yield from _calling(child, names)
