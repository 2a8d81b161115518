"""Import what a demo's actions name, and say what is wrong with it before anyone presses Run.

    Demo --locate--> module --import, attributes, signature--> LoadedDemo + Loaded(diagnostics, actions,
    files)

The demo's folders come after the standard library and before installed packages on `sys.path`.
"""

import functools
import importlib
import inspect
import os
import sys
import sysconfig
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gradstream.components.wording import guess, kind_name
from gradstream.diagnostics import Diagnostic
from gradstream.format.generator.binding import Binding, bind
from gradstream.format.generator.resolve import Located, locate
from gradstream.format.types import Action, Demo
from gradstream.ipc.protocol import ActionReport, Loaded
from gradstream.redaction import hide
from gradstream.worker.loading.faults import (
    format_traceback,
    is_ours,
    last_place,
    name_class,
    name_error,
    traceback_of,
)
from gradstream.worker.progress.tqdm_bars import watch_bars

_SYNTAX_FILE: Any = SyntaxError.__dict__["filename"]
_SYNTAX_LINE: Any = SyntaxError.__dict__["lineno"]
_MISSING_NAME: Any = ImportError.__dict__["name"]
"""What exceptions hold, of any type, behind whatever a class of the developer's has in that place."""


class LoadedAction(Struct, frozen=True, kw_only=True):
    """An action that can be called. `is_async`: calling it gives a coroutine or an async generator."""

    action: Action
    call: Callable[..., Any]
    binding: Binding
    is_async: bool
    streams: bool


class LoadedDemo(Struct, frozen=True, kw_only=True):
    """A demo all of whose actions can be called."""

    demo: Demo
    actions: Mapping[str, LoadedAction]


class _Import(Struct, kw_only=True):
    """What importing one demo gathers."""

    actions: dict[str, LoadedAction] = {}
    diagnostics: list[Diagnostic] = []
    files: set[str] = set()
    detail: str | None = None


def load(demo: Demo) -> tuple[LoadedDemo | None, Loaded]:
    """Import a demo; None when it cannot run. Raises nothing, whatever the developer's code does."""
    started = time.perf_counter()
    roots = list(dict.fromkeys(root for action in demo.actions for root in action.generator.roots))
    found = _Import()
    for action in demo.actions:
        try:
            _prepare(demo, roots)
            _load_action(action, demo, found)
        except BaseException as error:  # noqa: BLE001 (a module may even exit; the process must go on and say so)
            found.diagnostics.append(_import_failure(error, action, demo))
            found.files |= _files_of(error)
            found.detail = format_traceback(error, secrets=demo.secrets)
    found.files |= imported_files(roots)
    loaded = Loaded(
        demo=demo.address,
        diagnostics=tuple(_without_secrets(one, demo) for one in found.diagnostics),
        actions=tuple(_report(one) for one in found.actions.values()),
        files=tuple(sorted(found.files)),
        duration_s=time.perf_counter() - started,
        detail=found.detail,
    )
    if any(diagnostic.is_error for diagnostic in found.diagnostics):
        return None, loaded
    return LoadedDemo(demo=demo, actions=found.actions), loaded


def _without_secrets(diagnostic: Diagnostic, demo: Demo) -> Diagnostic:
    """Return the finding as it may be shown: an exception's text can hold what it was given."""
    return replace(
        diagnostic,
        message=hide(diagnostic.message, demo.secrets),
        found=hide(diagnostic.found, demo.secrets),
        repair=hide(diagnostic.repair, demo.secrets),
    )


def imported_files(roots: Sequence[str]) -> set[str]:
    """Return the absolute paths of all modules imported from below the roots, installed packages left out."""
    inside = tuple(os.path.join(os.path.realpath(root), "") for root in roots)  # noqa: PTH118 (of strings)
    files = map(_file_of, tuple(sys.modules.values()))
    return {file for file in files if file and file.startswith(inside) and "site-packages" not in file}


def _file_of(module: Any) -> str | None:
    try:
        file = module.__file__
    except BaseException:  # noqa: BLE001 (anything can be in sys.modules, such as a lazy import that fails)
        return None
    return file if isinstance(file, str) else None


def _prepare(demo: Demo, roots: Sequence[str]) -> None:
    if demo.progress == "tqdm":
        watch_bars()
    _put_on_path(roots)


def _put_on_path(roots: Sequence[str]) -> None:
    """Put roots behind the standard library, of which none may be hidden, and before installed packages."""
    real = [os.path.realpath(root) for root in roots]
    others = [place for place in sys.path if os.path.realpath(place) not in real]
    first = max((index for index, place in enumerate(others) if _is_standard(place)), default=-1) + 1
    sys.path[:] = [*others[:first], *real, *others[first:]]
    importlib.invalidate_caches()


def _is_standard(place: str) -> bool:
    library = tuple(os.path.realpath(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib"))
    return os.path.realpath(place).startswith(library) and "-packages" not in place


def _load_action(action: Action, demo: Demo, found: _Import) -> None:
    located = locate(action.generator)
    if isinstance(located, Diagnostic):
        found.diagnostics.append(located)
        return
    if located.file is not None:
        found.files.add(located.file)
    module = importlib.import_module(located.module)
    if located.file is not None and (file := _file_of(module)) and not _is_same(file, located.file):
        found.diagnostics.append(_clash(located, file, action))
        return
    call = _attribute(module, located, action)
    if isinstance(call, Diagnostic):
        found.diagnostics.append(call)
        return
    binding = _bind(call, action, demo)
    if isinstance(binding, Diagnostic):
        found.diagnostics.append(binding)
        return
    found.diagnostics.extend(binding.warnings)
    found.actions[action.name] = LoadedAction(
        action=action, call=call, binding=binding, is_async=_is_async(call), streams=_streams(call)
    )


def _is_same(left: str, right: str) -> bool:
    return os.path.realpath(left) == os.path.realpath(right)


def _import_failure(error: BaseException, action: Action, demo: Demo) -> Diagnostic:
    place = _place(error)
    name = name_error(error, secrets=demo.secrets)
    where = f" ({_relative(place[0], demo.root)}, line {place[1]})" if place else ""
    return Diagnostic(
        span=action.generator.span,
        code="E-IMPORT",
        message=f"`{action.generator.text}` cannot be imported: {name}{where}",
        expected="a module that can be imported",
        found=name_class(error),
        repair=_import_repair(error),
    )


def _import_repair(error: BaseException) -> str:
    if issubclass(type(error), ModuleNotFoundError):
        name = _MISSING_NAME.__get__(error)
        if type(name) is str and name:
            return f"install what provides `{name}` with pip, or correct the name"
    return "correct the file; it is imported again as soon as it is saved"


def _place(error: BaseException) -> tuple[str, int] | None:
    file = _syntax_file(error)
    if file and isinstance(line := _SYNTAX_LINE.__get__(error), int) and line:
        return file, line
    return last_place(traceback_of(error))


def _syntax_file(error: BaseException) -> str | None:
    """Return the file of a syntax error, whose arguments may be of any type."""
    if not issubclass(type(error), SyntaxError):
        return None
    file = _SYNTAX_FILE.__get__(error)
    return file if type(file) is str else None


def _files_of(error: BaseException) -> set[str]:
    """Return the files to watch for a repair: where it happened, and all on the way there."""
    files = {frame.f_code.co_filename for frame, _ in traceback.walk_tb(traceback_of(error))}
    if file := _syntax_file(error):
        files.add(file)
    return {file for file in files if Path(file).is_absolute() and not is_ours(file)}


def _relative(file: str, root: str) -> str:
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def _clash(located: Located, file: str, action: Action) -> Diagnostic:
    return Diagnostic(
        span=action.generator.span,
        code="E-MODULE-CLASH",
        message=f"another module of the name `{located.module}` is in this worker already",
        expected=str(located.file),
        found=file,
        repair="rename one of the two files, or do not let these demos share a worker",
    )


def _attribute(module: Any, located: Located, action: Action) -> Callable[..., Any] | Diagnostic:
    owner, name = module, located.module
    for attribute in located.attributes:
        if not hasattr(owner, attribute):
            return _no_attribute(owner, name, attribute, action)
        owner, name = getattr(owner, attribute), attribute
    if inspect.isclass(owner):
        return _not_callable(
            action, found=f"the class {owner.__name__}", repair="name a function, or make an object"
        )
    if not callable(owner):
        return _not_callable(action, found=f"a value of type {kind_name(owner)}", repair="name a function")
    return owner  # type: ignore[no-any-return]


def _no_attribute(owner: Any, name: str, attribute: str, action: Action) -> Diagnostic:
    names = [one for one in dir(owner) if not one.startswith("_") and callable(getattr(owner, one, None))]
    close = guess(attribute, names)
    return Diagnostic(
        span=action.generator.span,
        code="E-NO-ATTRIBUTE",
        message=f"`{name}` has no `{attribute}`",
        expected=f"the name of a function in `{name}`",
        found=f"`{attribute}`",
        repair=f"did you mean `{close}`?" if close else "",
    )


def _not_callable(action: Action, *, found: str, repair: str) -> Diagnostic:
    return Diagnostic(
        span=action.generator.span,
        code="E-NOT-CALLABLE",
        message=f"`{action.generator.text}` is not a function",
        expected="a function, a generator function, or an object that can be called",
        found=found,
        repair=repair,
    )


def _bind(call: Callable[..., Any], action: Action, demo: Demo) -> Binding | Diagnostic:
    try:
        signature = inspect.signature(call)
    except (ValueError, TypeError):
        return Diagnostic(
            span=action.generator.span,
            code="E-SIGNATURE",
            message=f"`{action.generator.text}` does not say what it takes",
            expected="a function written in Python",
            found=f"a value of type {kind_name(call)}",
            repair="call it from a function of your own",
        )
    return bind(signature, action=action, demo=demo)


def _is_async(call: Callable[..., Any]) -> bool:
    return any(inspect.iscoroutinefunction(one) or inspect.isasyncgenfunction(one) for one in _forms(call))


def _streams(call: Callable[..., Any]) -> bool:
    return any(inspect.isgeneratorfunction(one) or inspect.isasyncgenfunction(one) for one in _forms(call))


def _forms(call: Callable[..., Any]) -> tuple[Any, ...]:
    """Return the function and, for an object, the method that calling it runs."""
    inner = call.func if isinstance(call, functools.partial) else call
    return inner, getattr(inner, "__call__", None)  # noqa: B004 (asks what it is, not whether it can be called)


def _report(loaded: LoadedAction) -> ActionReport:
    return ActionReport(
        name=loaded.action.name,
        inputs=loaded.binding.inputs,
        outputs=loaded.binding.outputs,
        streams=loaded.streams,
    )
