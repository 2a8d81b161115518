"""Imports the generators of a demo, and reports what is wrong with them before a visitor presses Run.

    Demo --locate--> module --import, attributes, signature--> LoadedDemo
     +--> Loaded: diagnostics, actions, files

The demo's folders come after the standard library and before installed packages on `sys.path`.
"""

import functools
import importlib
import inspect
import sys
import time
from collections.abc import Callable, Mapping
from contextvars import Context
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gradstream.diagnostics import Diagnostic
from gradstream.format.generator.binding import COLLECTING, Binding, bind
from gradstream.format.generator.resolve import Located, locate
from gradstream.format.types import Action, Demo
from gradstream.format.wording import kind_name
from gradstream.ipc.protocol import ActionReport, Loaded
from gradstream.redaction.mask import hide
from gradstream.worker.loading import import_errors
from gradstream.worker.loading.faults import format_traceback
from gradstream.worker.loading.module_files import file_of, imported_files, is_same_file, put_on_path
from gradstream.worker.loading.module_settings import ModuleSettings
from gradstream.worker.loading.shared_modules import SharedModules
from gradstream.worker.printing.source import PrintSource


class LoadedAction(Struct, frozen=True, kw_only=True):
    """An action that can be called. `is_async`: calling it returns a coroutine or an async generator.

    `arguments` is `sys.argv` as its module has left it.
    """

    action: Action
    call: Callable[..., Any]
    binding: Binding
    is_async: bool
    streams: bool
    arguments: tuple[str, ...]


class LoadedDemo(Struct, frozen=True, kw_only=True):
    """A demo all of whose actions can be called; `context` has the context variables that its modules set."""

    demo: Demo
    actions: Mapping[str, LoadedAction]
    context: Context


class _ImportResult(Struct, kw_only=True):
    """What is collected while a demo is imported."""

    actions: dict[str, LoadedAction] = {}
    diagnostics: list[Diagnostic] = []
    files: set[str] = set()
    detail: str | None = None


def load(
    demo: Demo,
    *,
    before_import: Callable[[Demo], None],
    settings: ModuleSettings,
    shared: SharedModules,
    prints: PrintSource,
) -> tuple[LoadedDemo | None, Loaded]:
    """Import a demo; None if it cannot run. Raises nothing, whatever the developer's code does.

    `before_import` is called before each import; what it raises is reported like an error of the import. What
    is printed meanwhile comes from `prints`.
    """
    started = time.perf_counter()
    roots = list(dict.fromkeys(root for action in demo.actions for root in action.generator.roots))
    result, context = _ImportResult(), settings.context(demo.address)
    for action in demo.actions if _claim(demo, shared, result) else ():
        try:
            before_import(demo)
            put_on_path(roots)
            context.run(_load_printing, prints, action, demo, result, settings)
        except BaseException as error:  # noqa: BLE001 (a module may even exit; the process must go on and report it)
            result.diagnostics.append(import_errors.import_failure(error, action, demo))
            result.files |= import_errors.files_of(error)
            result.detail = format_traceback(error, secrets=demo.secrets)
    context.run(shared.inherit, demo)
    result.files |= imported_files(roots)
    loaded = Loaded(
        demo=demo.address,
        diagnostics=tuple(_without_secrets(one, demo) for one in result.diagnostics),
        actions=tuple(_report(one) for one in result.actions.values()),
        files=tuple(sorted(result.files)),
        duration_s=time.perf_counter() - started,
        detail=result.detail,
    )
    if any(diagnostic.is_error for diagnostic in result.diagnostics):
        return None, loaded
    return LoadedDemo(demo=demo, actions=result.actions, context=context), loaded


def _claim(demo: Demo, shared: SharedModules, result: _ImportResult) -> bool:
    """Claim the names of the demo's modules; return False if it cannot be imported beside other demos."""
    try:
        clash = shared.claim(demo)
    except Exception as error:  # noqa: BLE001 (a folder cannot be read, or the like; reported as the import's failure)
        clash = import_errors.import_failure(error, demo.actions[0], demo)
    if clash is not None:
        result.diagnostics.append(clash)
    return clash is None


def _without_secrets(diagnostic: Diagnostic, demo: Demo) -> Diagnostic:
    """Return the finding with secrets masked: an exception's text may contain the values it was given.

    Its fixes have not been tried here; the check of the file says of which findings there are any.
    """
    return replace(
        diagnostic,
        fixes=(),
        message=hide(diagnostic.message, demo.secrets),
        expected=hide(diagnostic.expected, demo.secrets),
        found=hide(diagnostic.found, demo.secrets),
        repair=hide(diagnostic.repair, demo.secrets),
    )


def _load_printing(
    prints: PrintSource, action: Action, demo: Demo, result: _ImportResult, settings: ModuleSettings
) -> None:
    with prints.importing():
        _load_action(action, demo, result, settings)


def _load_action(action: Action, demo: Demo, result: _ImportResult, settings: ModuleSettings) -> None:
    located = locate(action.generator)
    if isinstance(located, Diagnostic):
        result.diagnostics.append(located)
        return
    if located.file is not None:
        result.files.add(located.file)
    loaded = settings.import_with_arguments(
        located.module, located.file or located.module, lambda: _import_action(located, action, demo)
    )
    if isinstance(loaded, Diagnostic):
        result.diagnostics.append(loaded)
        return
    result.diagnostics.extend(loaded.binding.warnings)
    result.actions[action.name] = loaded


def _import_action(located: Located, action: Action, demo: Demo) -> LoadedAction | Diagnostic:
    module = importlib.import_module(located.module)
    file = file_of(module)
    if located.file is not None and file and not is_same_file(file, located.file):
        return import_errors.module_clash(located, file, action)
    call = _callable_of(module, located, action)
    if isinstance(call, Diagnostic):
        return call
    binding = _bind(call, action, demo)
    if isinstance(binding, Diagnostic):
        return binding
    return LoadedAction(
        action=action,
        call=call,
        binding=binding,
        is_async=_is_async(call),
        streams=_streams(call),
        arguments=tuple(sys.argv),
    )


def _callable_of(module: Any, located: Located, action: Action) -> Callable[..., Any] | Diagnostic:
    owner, name = module, located.module
    for attribute in located.attributes:
        if not hasattr(owner, attribute):
            return import_errors.no_attribute(owner, name, attribute, action)
        owner, name = getattr(owner, attribute), attribute
    if inspect.isclass(owner):
        return import_errors.not_callable(
            action, found=f"the class {owner.__name__}", repair="name a function, or make an object"
        )
    if not callable(owner):
        found = f"a value of type {kind_name(owner)}"
        return import_errors.not_callable(action, found=found, repair="name a function")
    return owner  # type: ignore[no-any-return]


def _bind(call: Callable[..., Any], action: Action, demo: Demo) -> Binding | Diagnostic:
    try:
        signature, own = inspect.signature(call), inspect.signature(call, follow_wrapped=False)
    except (ValueError, TypeError):
        return import_errors.no_signature(call, action)
    # A wrapper that passes everything on is called as the function within it, and another one as itself.
    passes_on = all(each.kind in COLLECTING for each in own.parameters.values())
    return bind(signature if passes_on else own, action=action, demo=demo)


def _is_async(call: Callable[..., Any]) -> bool:
    return any(inspect.iscoroutinefunction(one) or inspect.isasyncgenfunction(one) for one in _forms(call))


def _streams(call: Callable[..., Any]) -> bool:
    return any(inspect.isgeneratorfunction(one) or inspect.isasyncgenfunction(one) for one in _forms(call))


def _forms(call: Callable[..., Any]) -> tuple[Any, ...]:
    """Return the function and, for an object, the method that calling it runs."""
    inner = call.func if isinstance(call, functools.partial) else call
    return inner, getattr(inner, "__call__", None)  # noqa: B004 (reads the method, does not ask whether it exists)


def _report(loaded: LoadedAction) -> ActionReport:
    return ActionReport(
        name=loaded.action.name,
        inputs=loaded.binding.inputs,
        outputs=loaded.binding.outputs,
        streams=loaded.streams,
    )
