"""What an exception of a generator means: whose fault it is, and what visitor and developer read.

UserError, a file of no use   -> visitor    the message as given
anything else                 -> developer  `ValueError: text` without paths; the traceback, cut
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
from gradstream.worker.hiding import hide

PACKAGE = str(Path(__file__).parents[1])
"""Frames in here are ours: of no use to a developer."""

IMPORTING = str(Path(importlib.__file__).parent)
"""Nor are those of Python's own way to a module."""

MAX_MESSAGE_LENGTH = 300
"""Some libraries raise whole pages; the traceback has all of it."""

MAX_FRAMES = 40
"""A recursion without end has a thousand, all the same."""

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

    Its notes go to the developer.
    """
    failure = _explain(error, secrets)
    detail = hide(failure.detail, secrets) if failure.detail else None
    return Failure(fault=failure.fault, message=hide(failure.message, secrets), detail=detail)


def _explain(error: BaseException, secrets: Iterable[str]) -> Failure:
    if isinstance(error, UserError):
        return Failure(fault="visitor", message=str(error), detail=None)
    if isinstance(error, UnusableInput):
        problem = error.problem
        return Failure(fault="visitor", message=f"{problem.message}: {problem.repair}", detail=None)
    if isinstance(error, UnusableYield):
        notes = getattr(error, "__notes__", [])
        return Failure(fault="developer", message=str(error), detail="\n".join(notes) or None)
    return Failure(
        fault="developer", message=name_error(error, secrets=secrets), detail=format_traceback(error)
    )


def name_error(error: BaseException, *, secrets: Iterable[str]) -> str:
    """Return an exception as a visitor may read it: type and text on one line, files by their names.

    Secrets are hidden first: what is cut or stripped of a path cannot be found any more.
    """
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    line = _PATH.sub(_kept, " ".join(hide(text, secrets).split()))
    if len(line) > MAX_MESSAGE_LENGTH:
        line = line[: MAX_MESSAGE_LENGTH - 1] + "…"
    name = type(error).__name__
    return f"{name}: {line}" if line else name


def _kept(found: re.Match[str]) -> str:
    return found["url"] or found["name"]


def format_traceback(error: BaseException) -> str:
    """Return the traceback as Python prints it, without our own frames and those of the import system."""
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
