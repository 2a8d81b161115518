"""What an exception of a generator means: whose fault it is, and what visitor and developer read.

UserError, a file of no use   -> visitor    the message as given
anything else                 -> developer  `ValueError: text` without paths; the traceback, cut

An exception is the developer's object: its text, its notes and even its class's name can raise in their turn.
Nothing here does, because what is raised while a failure is reported would leave a run without an end.
"""

import importlib
import re
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from msgspec import Struct

from gradstream.authoring import UserError
from gradstream.components.types import UnusableInput, UnusableYield
from gradstream.errors import Fault
from gradstream.redaction import hide

PACKAGE = str(Path(__file__).parents[2])
"""Frames in here are ours: of no use to a developer."""

IMPORTING = str(Path(importlib.__file__).parent)
"""Nor are those of Python's own way to a module."""

MAX_MESSAGE_LENGTH = 300
"""Some libraries raise whole pages; the traceback has all of it."""

MAX_TEXT_LENGTH = 2**18
"""Some exceptions have a whole file as their text; a longer one would not fit into a frame."""

MAX_NAMED_LENGTH = 2**12
"""Of a longer text only so much is searched for paths: far more than is shown."""

UNREADABLE = "<exception str() failed>"
"""The words of Python's own tracebacks."""

MAX_FRAMES = 40
"""A recursion without end has a thousand, all the same."""

_CLASS_NAME: Any = type.__dict__["__name__"]
_TRACEBACK: Any = BaseException.__dict__["__traceback__"]
"""What a class or a metaclass of the developer's may hide behind something of its own."""

_URL = r"(?P<url>(?<![A-Za-z0-9+.-])(?!file:)[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/'\"<>][^\s'\"<>]*)"
_PATH = re.compile(_URL + r"|(?:[A-Za-z]:)?(?:[/\\][\w.@~+-]+)+[/\\](?P<name>[\w.@~+-]+)")
"""A path, of which the name is kept, or the URL of a host, which is kept whole."""


class Failure(Struct, frozen=True, kw_only=True):
    """What `Ended` says of a run that failed."""

    fault: Fault
    message: str
    detail: str | None


def explain(error: BaseException, *, secrets: Iterable[str]) -> Failure:
    """Return whose fault an exception is, and what to say about it without the secrets.

    Its notes go to the developer. Raises nothing: a message for the visitor that cannot be read is the
    developer's fault.
    """
    try:
        failure = _explain(error, secrets)
    except BaseException:  # noqa: BLE001 (the exception's own code may raise anything; see above)
        failure = _explain_as_developers(error, secrets)
    detail = _shorten(hide(failure.detail, secrets)) if failure.detail else None
    return Failure(fault=failure.fault, message=_shorten(hide(failure.message, secrets)), detail=detail)


def _explain(error: BaseException, secrets: Iterable[str]) -> Failure:
    if isinstance(error, UserError):
        return Failure(fault="visitor", message=_text_of(error), detail=None)
    if isinstance(error, UnusableInput):
        problem = error.problem
        return Failure(fault="visitor", message=f"{problem.message}: {problem.repair}", detail=None)
    if isinstance(error, UnusableYield):
        notes = getattr(error, "__notes__", [])
        return Failure(fault="developer", message=str(error), detail="\n".join(notes) or None)
    return _explain_as_developers(error, secrets)


def _explain_as_developers(error: BaseException, secrets: Iterable[str]) -> Failure:
    message, detail = name_error(error, secrets=secrets), format_traceback(error, secrets=secrets)
    return Failure(fault="developer", message=message, detail=detail)


def name_error(error: BaseException, *, secrets: Iterable[str]) -> str:
    """Return an exception as a visitor may read it: type and text on one line, files by their names.

    Secrets are hidden first: what is cut or stripped of a path cannot be found any more.
    """
    name = name_class(error)
    try:
        text = _text_of(error, system=True)
    except BaseException:  # noqa: BLE001 (as in `explain`)
        return f"{name}: {UNREADABLE}"
    line = _PATH.sub(_kept, " ".join(hide(text, secrets)[:MAX_NAMED_LENGTH].split()))
    if len(line) > MAX_MESSAGE_LENGTH:
        line = line[: MAX_MESSAGE_LENGTH - 1] + "…"
    return f"{name}: {line}" if line else name


def _kept(found: re.Match[str]) -> str:
    return found["url"] or found["name"]


def name_class(error: BaseException) -> str:
    """Return the name of an exception's class as it was defined, whatever its metaclass says."""
    return str(_CLASS_NAME.__get__(type(error)))


def traceback_of(error: BaseException) -> TracebackType | None:
    """Return where an exception was raised, whatever its class says."""
    found: TracebackType | None = _TRACEBACK.__get__(error)
    return found


def _text_of(error: BaseException, *, system: bool = False) -> str:
    """Return what `str` does, or with `system` the system's words if there are any; raises what that raises.

    A subclass of str, which `str` lets through, becomes plain.
    """
    words = error.strerror if system and isinstance(error, OSError) else None
    return str.__str__(words if isinstance(words, str) and words else str(error))


def _shorten(text: str) -> str:
    return text if len(text) <= MAX_TEXT_LENGTH else text[: MAX_TEXT_LENGTH - 1] + "…"


def format_traceback(error: BaseException, *, secrets: Iterable[str]) -> str:
    """Return the traceback as Python prints it, without secrets, our own frames and the import system's.

    Where Python cannot print it, it has files, lines and the exception's name, and nothing else.
    """
    try:
        text = _as_python_prints(error)
    except BaseException:  # noqa: BLE001 (as in `explain`)
        text = _bare_traceback(error, secrets)
    return _shorten(hide(text, secrets))


def _bare_traceback(error: BaseException, secrets: Iterable[str]) -> str:
    codes = [(frame.f_code, line) for frame, line in traceback.walk_tb(traceback_of(error))]
    frames = [
        f'  File "{code.co_filename}", line {line}, in {code.co_name}'
        for code, line in codes
        if not is_ours(code.co_filename)
    ]
    return "\n".join(
        ["Traceback (most recent call last):", *frames[-MAX_FRAMES:], name_error(error, secrets=secrets)]
    )


def _as_python_prints(error: BaseException) -> str:
    report = traceback.TracebackException.from_exception(error, compact=True)
    for one in _chain(report):
        kept = [frame for frame in one.stack if not is_ours(frame.filename)]
        one.stack = traceback.StackSummary.from_list(kept[-MAX_FRAMES:])
    return "".join(report.format()).rstrip("\n")


def note_place(error: BaseException, generator: Any) -> None:
    """Add a note that says at which yield a generator stands, as a traceback would show it."""
    frame = getattr(generator, "gi_frame", None) or getattr(generator, "ag_frame", None)
    if frame is not None:
        error.add_note("".join(traceback.format_list(traceback.extract_stack(frame, limit=1))).rstrip("\n"))


def note_beside(error: FileNotFoundError, *, folder: Path) -> None:
    """Add a note to an exception about a file that is missing in a run's folder and lies in the demo's."""
    name = error.filename
    if isinstance(name, str) and not Path(name).is_absolute() and (folder / name).exists():
        error.add_note(
            f"A run has its own current folder. {name} is beside the YAML file: "
            f"write Path(__file__).parent / {name!r}, or the like"
        )


def last_place(place: TracebackType | None) -> tuple[str, int] | None:
    """Return file and line of the innermost frame that is the developer's."""
    found = None
    for frame, line in traceback.walk_tb(place):
        if not is_ours(frame.f_code.co_filename):
            found = (frame.f_code.co_filename, line)
    return found


def _chain(report: traceback.TracebackException) -> Iterator[traceback.TracebackException]:
    """Yield an exception, its causes, and the members of its groups."""
    waiting = [report]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(other for other in (one.__cause__, one.__context__) if other is not None)
        waiting.extend(one.exceptions or ())


def is_ours(filename: str) -> bool:
    """Tell whether a frame is of this package or of the import system."""
    return filename.startswith((PACKAGE, IMPORTING, "<frozen importlib"))
