"""What an exception of a generator means: who is responsible, and what visitor and developer read.

UserError, an unusable file, what a validator refuses
                              -> visitor    the message as given, without folders of this machine
anything else                 -> developer  `ValueError: text` without paths; the traceback, shortened

An exception is the developer's object: its text, its notes and even its class's name can raise when they are
read. Nothing here raises, because an exception while a failure is reported would leave a run without an end.
"""

import importlib
import os
import stat
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

from msgspec import Struct

from gradstream.authoring import UserError
from gradstream.components.types import RefusedInputsError, UnusableInputError, UnusableYieldError
from gradstream.errors import Fault, RunFolderError
from gradstream.limits import WORKER_LIMITS, WorkerLimits
from gradstream.redaction.mask import hide
from gradstream.redaction.paths import without_folders, without_own_folders
from gradstream.worker.loading.exit_reason import exit_reason

PACKAGE = str(Path(__file__).parents[2])
"""Frames of this package are of no use to a developer."""

IMPORTING = str(Path(importlib.__file__).parent)
"""Nor are those of Python's import system."""

MAX_NAMED_LENGTH = 2**12
"""Only the beginning of a longer text is searched for paths: far more than is shown."""

UNREADABLE = "<exception str() failed>"
"""As in Python's own tracebacks."""

NO_REASON = "The demo cannot go on with these inputs, and gives no reason."
"""For a visitor, where an exception that is meant for them has no text."""

MAX_FRAMES = 40
"""An infinite recursion has a thousand equal ones."""

MAX_NOTES = 40
"""Notes of an exception, which may be an object of the developer's own that goes on for ever."""

MAX_SOURCE_BYTES = 2**24
"""No larger file is read for a line of it."""

_CLASS_NAME: Any = type.__dict__["__name__"]
_TRACEBACK: Any = BaseException.__dict__["__traceback__"]
_FILES: tuple[Any, ...] = (OSError.__dict__["filename"], OSError.__dict__["filename2"])
"""The descriptors of the built-in classes: a developer's class or metaclass may override the attributes."""


class Failure(Struct, frozen=True, kw_only=True):
    """What `Ending` reports about a run that failed."""

    fault: Fault
    message: str
    detail: str | None
    inputs: Mapping[str, str] = {}


def explain(error: BaseException, *, secrets: Iterable[str], limits: WorkerLimits = WORKER_LIMITS) -> Failure:
    """Return who is responsible for an exception, and its messages with secrets masked.

    Its notes are for the developer. Raises nothing: if a message for the visitor cannot be read, that is the
    developer's fault.
    """
    try:
        failure = _explain(error, secrets, limits)
    except BaseException:  # noqa: BLE001 (the exception's own code may raise anything; see above)
        failure = _explain_as_developers(error, secrets, limits)
    most = limits.traceback_chars
    detail = _shorten(hide(failure.detail, secrets), most) if failure.detail else None
    return Failure(
        fault=failure.fault,
        message=_shorten(hide(failure.message, secrets), most),
        detail=detail,
        inputs={name: _shorten(hide(text, secrets), most) for name, text in failure.inputs.items()},
    )


def _explain(error: BaseException, secrets: Iterable[str], limits: WorkerLimits) -> Failure:
    if isinstance(error, UserError):
        message = without_own_folders(hide(_text_of(error), secrets))
        return Failure(fault="visitor", message=message if message.strip() else NO_REASON, detail=None)
    if isinstance(error, RunFolderError):
        return Failure(fault="server", message=str(error), detail=None)
    if isinstance(error, UnusableInputError):
        problem = error.problem
        message = f"{problem.message}: {problem.repair}"
        inputs = {} if error.input is None else {error.input: message}
        return Failure(fault="visitor", message=message, detail=None, inputs=inputs)
    if isinstance(error, RefusedInputsError):
        return Failure(fault="visitor", message=str(error), detail=None, inputs=error.inputs)
    if isinstance(error, UnusableYieldError):
        notes = getattr(error, "__notes__", [])
        whole, message = str(error), without_folders(hide(str(error), secrets))
        notes = notes if message == whole else [whole, *notes]
        return Failure(fault="developer", message=message, detail="\n".join(notes) or None)
    return _explain_as_developers(error, secrets, limits)


def _explain_as_developers(error: BaseException, secrets: Iterable[str], limits: WorkerLimits) -> Failure:
    message = name_error(error, secrets=secrets, limits=limits)
    detail = format_traceback(error, secrets=secrets, limits=limits)
    return Failure(fault="developer", message=message, detail=detail)


def name_error(error: BaseException, *, secrets: Iterable[str], limits: WorkerLimits = WORKER_LIMITS) -> str:
    """Return an exception as a visitor may see it: type and text on one line, files without their folders.

    Secrets are masked first: they cannot be found in a shortened text.
    """
    name = name_class(error)
    try:
        text = _text_of(error, system=True)
        if reason := exit_reason(error):
            text = f"{text}: {reason}"
    except BaseException:  # noqa: BLE001 (as in `explain`)
        return f"{name}: {UNREADABLE}"
    line = without_folders(" ".join(hide(text, secrets)[: MAX_NAMED_LENGTH + limits.message_chars].split()))
    line = _shorten(line, limits.message_chars)
    return f"{name}: {line}" if line else name


def name_class(error: BaseException) -> str:
    """Return the name of an exception's class as defined, even if its metaclass overrides `__name__`."""
    return str(_CLASS_NAME.__get__(type(error)))


def traceback_of(error: BaseException) -> TracebackType | None:
    """Return an exception's traceback, even if its class overrides `__traceback__`."""
    found: TracebackType | None = _TRACEBACK.__get__(error)
    return found


def _text_of(error: BaseException, *, system: bool = False) -> str:
    """Return the text of an exception or, with `system`, the operating system's message if there is one.

    Raises whatever the exception's own code raises. A subclass of str, which `str` may return, is converted.
    """
    words = error.strerror if system and isinstance(error, OSError) else None
    if not (isinstance(error, OSError) and isinstance(words, str) and words):
        return str.__str__(str(error))
    files = " -> ".join(_files_of(error))
    return f"{words}: {files}" if files else str.__str__(words)


def _files_of(error: OSError) -> Iterator[str]:
    """Yield the files that a system's error is about: a relative name as given, otherwise without folders."""
    for name in (attribute.__get__(error) for attribute in _FILES):
        if isinstance(name, str | bytes | os.PathLike):
            file = str.__str__(os.fsdecode(name))
            yield Path(file).name if Path(file).is_absolute() else file


def _shorten(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def format_traceback(
    error: BaseException, *, secrets: Iterable[str], limits: WorkerLimits = WORKER_LIMITS
) -> str:
    """Return the traceback as Python prints it, without secrets, our frames and the import system's.

    If Python cannot print it, it has only files, lines and the exception's name.
    """
    try:
        text = _as_python_prints(error, limits.traceback_chars)
    except BaseException:  # noqa: BLE001 (as in `explain`)
        text = _bare_traceback(error, secrets, limits)
    return _shorten(hide(text, secrets), limits.traceback_chars)


def _bare_traceback(error: BaseException, secrets: Iterable[str], limits: WorkerLimits) -> str:
    codes = [(frame.f_code, line) for frame, line in traceback.walk_tb(traceback_of(error))]
    frames = [
        f'  File "{code.co_filename}", line {line}, in {code.co_name}'
        for code, line in codes
        if not is_ours(code.co_filename)
    ]
    name = name_error(error, secrets=secrets, limits=limits)
    return "\n".join(["Traceback (most recent call last):", *frames[-MAX_FRAMES:], name])


def _as_python_prints(error: BaseException, most: int) -> str:
    report = traceback.TracebackException.from_exception(error, lookup_lines=False, compact=True)
    for one in _chain(report):
        kept = [frame for frame in one.stack if not is_ours(frame.filename)]
        one.stack = _readable(kept[-MAX_FRAMES:])
        one.__notes__ = _notes(one)
    return "".join(_until_long(report.format(), most)).rstrip("\n")


def _readable(frames: Iterable[traceback.FrameSummary]) -> traceback.StackSummary:
    """Return frames that show no line of a file whose reading might not end, such as a pipe."""
    return traceback.StackSummary.from_list(
        [frame if _has_an_end(frame.filename) else _without_line(frame) for frame in frames]
    )


def _without_line(frame: traceback.FrameSummary) -> traceback.FrameSummary:
    return traceback.FrameSummary(frame.filename, frame.lineno, frame.name, lookup_line=False, line="")


def _has_an_end(filename: str) -> bool:
    try:
        found = os.stat(filename)  # noqa: PTH116 (a name that was compiled need not be a path)
    except (OSError, ValueError):
        # Not a file: a name such as `<string>`, of which Python finds no lines.
        return True
    return stat.S_ISREG(found.st_mode) and found.st_size <= MAX_SOURCE_BYTES


def _notes(report: traceback.TracebackException) -> list[Any]:
    """Return the first notes of an exception, none if they cannot be listed."""
    notes: Any = getattr(report, "__notes__", None)
    if notes is None or isinstance(notes, str) or not hasattr(notes, "__iter__"):
        return [] if notes is None else [notes]
    try:
        return list(islice(iter(notes), MAX_NOTES))
    except BaseException:  # noqa: BLE001 (as in `explain`)
        return []


def _until_long(lines: Iterable[str], most: int) -> Iterator[str]:
    """Yield lines up to the length that is shown; a chain of exceptions may have any number of them."""
    length = 0
    for line in lines:
        yield line
        length += len(line)
        if length > most:
            return


def note_place(error: BaseException, generator: Any) -> None:
    """Add a note with the yield at which a generator is suspended, as a traceback would show it."""
    frame = getattr(generator, "gi_frame", None) or getattr(generator, "ag_frame", None)
    if frame is not None:
        place = traceback.StackSummary.extract([(frame, frame.f_lineno)], lookup_lines=False)
        error.add_note("".join(_readable(place).format()).rstrip("\n"))


def note_beside(error: FileNotFoundError, *, folder: Path) -> None:
    """Add a hint if the file that was not found in the run's folder exists in the demo's."""
    name = error.filename
    if isinstance(name, str) and not Path(name).is_absolute() and (folder / name).exists():
        error.add_note(
            f"A run has its own current folder. {name} is beside the YAML file: "
            f"write Path(__file__).parent / {name!r}, or the like"
        )


def last_place(place: TracebackType | None, *, among: Callable[[str], bool]) -> tuple[str, int] | None:
    """Return file and line of the innermost frame in one of these files; without one, of any but ours."""
    frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(place)]
    foreign = [one for one in frames if not is_ours(one[0])]
    own = [one for one in foreign if among(one[0])]
    return next(reversed(own or foreign), None)


def _chain(report: traceback.TracebackException) -> Iterator[traceback.TracebackException]:
    """Yield an exception, its causes, and the members of exception groups."""
    waiting = [report]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(other for other in (one.__cause__, one.__context__) if other is not None)
        waiting.extend(one.exceptions or ())


def is_ours(filename: str) -> bool:
    """Return whether a frame belongs to this package or the import system."""
    return filename.startswith((PACKAGE, IMPORTING, "<frozen importlib"))
