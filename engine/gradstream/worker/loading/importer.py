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
from collections.abc import Callable, Iterable, Mapping
from contextvars import Context
from typing import Any, assert_never

from msgspec import Struct
from msgspec.structs import replace

from gradstream.diagnostics import Diagnostic
from gradstream.format.generator.binding import COLLECTING, Binding, bind, is_personal
from gradstream.format.generator.resolve import Located, locate
from gradstream.format.generator.validator_parameters import (
    is_needed,
    not_ordinary,
    parameters_of,
    takes_session,
)
from gradstream.format.types import Action, Demo, GeneratorPath, Validator
from gradstream.format.wording import kind_name
from gradstream.ipc.protocol import ActionReport, Loaded
from gradstream.limits import WORKER_LIMITS, WorkerLimits
from gradstream.redaction.mask import hide
from gradstream.worker.loading import import_errors
from gradstream.worker.loading.faults import format_traceback
from gradstream.worker.loading.module_files import SourceFiles, file_of, is_same_file, put_on_path
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


class LoadedValidator(Struct, frozen=True, kw_only=True):
    """A validator that can be called: `given` has inputs by parameter, of which `needed` must have values.

    `takes_session`: it is given the session as well.
    """

    validator: Validator
    call: Callable[..., Any]
    given: Mapping[str, str]
    needed: frozenset[str]
    takes_session: bool = False


class LoadedDemo(Struct, frozen=True, kw_only=True):
    """A demo all of whose actions can be called; `context` has the context variables that its modules set.

    `imported_ns`: when its import began.
    """

    demo: Demo
    imported_ns: int
    actions: Mapping[str, LoadedAction]
    limits: WorkerLimits = WORKER_LIMITS
    validators: tuple[LoadedValidator, ...] = ()
    context: Context


class _ImportResult(Struct, kw_only=True):
    """What is collected while a demo is imported."""

    actions: dict[str, LoadedAction] = {}
    validators: list[LoadedValidator] = []
    diagnostics: list[Diagnostic] = []
    files: set[str] = set()
    detail: str | None = None


def load(
    demo: Demo,
    *,
    before_import: Callable[[Demo], None],
    settings: ModuleSettings,
    shared: SharedModules,
    sources: SourceFiles,
    prints: PrintSource,
    limits: WorkerLimits = WORKER_LIMITS,
) -> tuple[LoadedDemo | None, Loaded]:
    """Import a demo; None if it cannot run. Raises nothing, whatever the developer's code does.

    `before_import` is called before each import; what it raises is reported like an error of the import. What
    is printed meanwhile comes from `prints`.
    """
    started, imported_ns = time.perf_counter(), time.time_ns()
    roots = list(dict.fromkeys(root for action in demo.actions for root in action.generator.roots))
    result, context = _ImportResult(), settings.context(demo.address)
    named: tuple[Action | Validator, ...] = (*demo.actions, *demo.validators)
    for each in named if _claim(demo, shared, result) else ():
        try:
            before_import(demo)
            put_on_path(roots)
            context.run(_load_printing, prints, each, demo, result, settings)
        except BaseException as error:  # noqa: BLE001 (a module may even exit; the process must go on and report it)
            result.diagnostics.append(
                import_errors.import_failure(error, _path_of(each), demo, limits=limits)
            )
            result.files |= import_errors.files_of(error)
            result.detail = format_traceback(error, secrets=demo.secrets, limits=limits)
    context.run(shared.inherit, demo)
    result.files |= sources.imported()
    loaded = Loaded(
        demo=demo.address,
        diagnostics=tuple(_without_secrets(one, demo) for one in result.diagnostics),
        actions=tuple(_report(one, result.validators) for one in result.actions.values()),
        files=tuple(sorted(result.files)),
        duration_s=time.perf_counter() - started,
        detail=result.detail,
    )
    if any(diagnostic.is_error for diagnostic in result.diagnostics):
        return None, loaded
    validators = tuple(result.validators)
    return (
        LoadedDemo(
            demo=demo,
            imported_ns=imported_ns,
            actions=result.actions,
            limits=limits,
            validators=validators,
            context=context,
        ),
        loaded,
    )


def _claim(demo: Demo, shared: SharedModules, result: _ImportResult) -> bool:
    """Claim the names of the demo's modules; return False if it cannot be imported beside other demos."""
    try:
        clash = shared.claim(demo)
    except Exception as error:  # noqa: BLE001 (a folder cannot be read, or the like; reported as the import's failure)
        clash = import_errors.import_failure(error, demo.actions[0].generator, demo)
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


def _path_of(named: Action | Validator) -> GeneratorPath:
    return named.generator if isinstance(named, Action) else named.path


def _load_printing(
    prints: PrintSource,
    named: Action | Validator,
    demo: Demo,
    result: _ImportResult,
    settings: ModuleSettings,
) -> None:
    with prints.importing():
        _load_named(named, demo, result, settings)


def _load_named(
    named: Action | Validator, demo: Demo, result: _ImportResult, settings: ModuleSettings
) -> None:
    located = locate(_path_of(named))
    if isinstance(located, Diagnostic):
        result.diagnostics.append(located)
        return
    if located.file is not None:
        result.files.add(located.file)
    loaded = settings.import_with_arguments(
        located.module, located.file or located.module, lambda: _import_named(located, named, demo)
    )
    match loaded:
        case Diagnostic():
            result.diagnostics.append(loaded)
        case LoadedValidator():
            result.validators.append(loaded)
        case LoadedAction():
            result.diagnostics.extend(loaded.binding.warnings)
            result.actions[loaded.action.name] = loaded
        case _:
            assert_never(loaded)


def _import_named(
    located: Located, named: Action | Validator, demo: Demo
) -> LoadedAction | LoadedValidator | Diagnostic:
    path = _path_of(named)
    module = importlib.import_module(located.module)
    file = file_of(module)
    if located.file is not None and file and not is_same_file(file, located.file):
        return import_errors.module_clash(located, file, path)
    call = _callable_of(module, located, path)
    if isinstance(call, Diagnostic):
        return call
    return _as_validator(call, named, demo) if isinstance(named, Validator) else _as_action(call, named, demo)


def _as_validator(call: Callable[..., Any], validator: Validator, demo: Demo) -> LoadedValidator | Diagnostic:
    signature = _signature_of(call, validator.path)
    if isinstance(signature, Diagnostic):
        return signature
    if _is_async(call) or _streams(call):
        return not_ordinary(validator.path)
    inputs = [field.name for field in demo.inputs]
    given = parameters_of(signature, validator, inputs)
    if isinstance(given, Diagnostic):
        return given
    needed = frozenset(name for parameter, name in given.items() if is_needed(signature, parameter))
    return LoadedValidator(
        validator=validator,
        call=call,
        given=given,
        needed=needed,
        takes_session=takes_session(signature, inputs),
    )


def _as_action(call: Callable[..., Any], action: Action, demo: Demo) -> LoadedAction | Diagnostic:
    signature = _signature_of(call, action.generator)
    if isinstance(signature, Diagnostic):
        return signature
    binding = bind(signature, action=action, demo=demo)
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


def _callable_of(module: Any, located: Located, path: GeneratorPath) -> Callable[..., Any] | Diagnostic:
    owner, name = module, located.module
    for attribute in located.attributes:
        if not hasattr(owner, attribute):
            return import_errors.no_attribute(owner, name, attribute, path)
        owner, name = getattr(owner, attribute), attribute
    if inspect.isclass(owner):
        return import_errors.not_callable(
            path, found=f"the class {owner.__name__}", repair="name a function, or make an object"
        )
    if not callable(owner):
        found = f"a value of type {kind_name(owner)}"
        return import_errors.not_callable(path, found=found, repair="name a function")
    return owner  # type: ignore[no-any-return]


def _signature_of(call: Callable[..., Any], path: GeneratorPath) -> inspect.Signature | Diagnostic:
    try:
        signature, own = inspect.signature(call), inspect.signature(call, follow_wrapped=False)
    except (ValueError, TypeError):
        return import_errors.no_signature(call, path)
    # A wrapper that passes everything on is called as the function within it, and another one as itself.
    passes_on = all(each.kind in COLLECTING for each in own.parameters.values())
    return signature if passes_on else own


def _is_async(call: Callable[..., Any]) -> bool:
    return any(inspect.iscoroutinefunction(one) or inspect.isasyncgenfunction(one) for one in _forms(call))


def _streams(call: Callable[..., Any]) -> bool:
    return any(inspect.isgeneratorfunction(one) or inspect.isasyncgenfunction(one) for one in _forms(call))


def _forms(call: Callable[..., Any]) -> tuple[Any, ...]:
    """Return the function and, for an object, the method that calling it runs."""
    inner = call.func if isinstance(call, functools.partial) else call
    return inner, getattr(inner, "__call__", None)  # noqa: B004 (reads the method, does not ask whether it exists)


def _report(loaded: LoadedAction, validators: Iterable[LoadedValidator]) -> ActionReport:
    return ActionReport(
        name=loaded.action.name,
        inputs=loaded.binding.inputs,
        outputs=loaded.binding.outputs,
        streams=loaded.streams,
        is_personal=is_personal(loaded.binding) or any(one.takes_session for one in validators),
    )
