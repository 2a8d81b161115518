"""Diagnostics about generators that cannot be imported or called.

    exception of an import --import_failure--> E-IMPORT, with the developer's file and line
    what was found in its place -> E-MODULE-CLASH, E-NO-ATTRIBUTE, E-NOT-CALLABLE, E-SIGNATURE

An exception of the developer's code may have attributes of any type, or raise when they are read. The
descriptors of the built-in classes read them, because the developer's class cannot override those.
"""

import traceback
from pathlib import Path
from typing import Any

from gradstream.diagnostics import Diagnostic
from gradstream.format.generator.hidden import what_is_hidden
from gradstream.format.generator.python_place import is_own, python_span
from gradstream.format.generator.resolve import Located, own_file
from gradstream.format.types import Demo, GeneratorPath
from gradstream.format.wording import guess, kind_name
from gradstream.limits import WORKER_LIMITS, WorkerLimits
from gradstream.worker.loading.faults import is_ours, last_place, name_class, name_error, traceback_of

_SYNTAX_FILE: Any = SyntaxError.__dict__["filename"]
_SYNTAX_LINE: Any = SyntaxError.__dict__["lineno"]
_SYNTAX_COLUMN: Any = SyntaxError.__dict__["offset"]
_MISSING_NAME: Any = ImportError.__dict__["name"]


def import_failure(
    error: BaseException, path: GeneratorPath, demo: Demo, *, limits: WorkerLimits = WORKER_LIMITS
) -> Diagnostic:
    """Return what an exception raised by an import means."""
    place = _place(error, path)
    name = name_error(error, secrets=demo.secrets, limits=limits)
    where = f" ({_relative(place[0], demo.root)}, line {place[1]})" if place else ""
    span = python_span(place[0], path, line=place[1], column=place[2]) if place else None
    return Diagnostic(
        span=span or path.span,
        code="E-IMPORT",
        message=f"`{path.text}` cannot be imported: {name}{where}",
        expected="a module that can be imported",
        found=name_class(error),
        repair=_import_repair(error, path),
    )


def files_of(error: BaseException) -> set[str]:
    """Return the files to watch for a correction: the one that failed, and those that led to it."""
    files = {frame.f_code.co_filename for frame, _ in traceback.walk_tb(traceback_of(error))}
    if file := _syntax_file(error):
        files.add(file)
    return {file for file in files if Path(file).is_absolute() and not is_ours(file)}


def module_clash(located: Located, file: str, path: GeneratorPath) -> Diagnostic:
    """Return that another file has been imported under the module's name."""
    top = located.module.partition(".")[0]
    hidden = what_is_hidden(top)
    if hidden:
        return Diagnostic(
            span=path.span,
            code="E-MODULE-CLASH",
            message=f"`{located.module}` is the name of {hidden}, which is in this worker already",
            expected=_without_machine(str(located.file), path),
            found=_without_machine(file, path),
            repair=f"rename the demo's own file, such as {top}_demo.py",
        )
    return Diagnostic(
        span=path.span,
        code="E-MODULE-CLASH",
        message=f"another module of the name `{located.module}` is in this worker already",
        expected=_without_machine(str(located.file), path),
        found=_without_machine(file, path),
        repair="rename one of the two files, or do not let these demos share a worker",
    )


def no_attribute(owner: Any, name: str, attribute: str, path: GeneratorPath) -> Diagnostic:
    """Return that a module or object has no attribute of this name, with a similar name if there is one."""
    names = [one for one in dir(owner) if not one.startswith("_") and callable(getattr(owner, one, None))]
    close = guess(attribute, names)
    return Diagnostic(
        span=path.span,
        code="E-NO-ATTRIBUTE",
        message=f"`{name}` has no `{attribute}`",
        expected=f"the name of a function in `{name}`",
        found=f"`{attribute}`",
        repair=f"did you mean `{close}`?" if close else "",
    )


def not_callable(path: GeneratorPath, *, found: str, repair: str) -> Diagnostic:
    """Return that the path does not name a function."""
    return Diagnostic(
        span=path.span,
        code="E-NOT-CALLABLE",
        message=f"`{path.text}` is not a function",
        expected="a function, a generator function, or an object that can be called",
        found=found,
        repair=repair,
    )


def no_signature(call: Any, path: GeneratorPath) -> Diagnostic:
    """Return that a callable's parameters are unknown."""
    return Diagnostic(
        span=path.span,
        code="E-SIGNATURE",
        message=f"`{path.text}` does not say what it takes",
        expected="a function written in Python",
        found=f"a value of type {kind_name(call)}",
        repair="call it from a function of your own",
    )


def _import_repair(error: BaseException, path: GeneratorPath) -> str:
    name = _MISSING_NAME.__get__(error) if issubclass(type(error), ImportError) else None
    if type(name) is str and name:
        top = name.partition(".")[0]
        own = own_file(top, path.roots)
        if own is not None and own.stem == top and (name != top or what_is_hidden(top)):
            return f"rename {own.name}: Python finds it in place of the package `{top}`"
        if issubclass(type(error), ModuleNotFoundError):
            return f"install what provides `{name}` with pip, or correct the name"
    return "correct the file"


def _place(error: BaseException, path: GeneratorPath) -> tuple[str, int, int] | None:
    """Return file, line and column, 0 if unknown: of a syntax error, or of the author's last call."""
    file, line, column = (
        _syntax_file(error),
        *(_number(each, error) for each in (_SYNTAX_LINE, _SYNTAX_COLUMN)),
    )
    if file and line:
        return file, line, column
    place = last_place(traceback_of(error), among=lambda file: is_own(file, path))
    return None if place is None else (*place, 0)


def _number(attribute: Any, error: BaseException) -> int:
    value = attribute.__get__(error) if issubclass(type(error), SyntaxError) else 0
    return value if type(value) is int else 0


def _syntax_file(error: BaseException) -> str | None:
    if not issubclass(type(error), SyntaxError):
        return None
    file = _SYNTAX_FILE.__get__(error)
    return file if type(file) is str else None


def _without_machine(file: str, path: GeneratorPath) -> str:
    """Return a file's path in the catalog; of one elsewhere its name and its folder's."""
    place = Path(file)
    for root in reversed(path.roots):
        if place.is_relative_to(root):
            return place.relative_to(root).as_posix()
    return "/".join(place.parts[-2:])


def _relative(file: str, root: str) -> str:
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
