"""All that a generator may import from gradstream; none of it is needed to write one.

    generator --progress(), log(), folder()--> the run that is going on here --> visitor

Each function finds its run by itself, in the generator's own thread and in tasks that it starts, but not in
threads that it starts. Where no run is going on (a test, a notebook), nothing is told and nothing breaks.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Protocol

LogLevel = Literal["debug", "info", "warning", "error"]


class UserError(Exception):
    """Raise this to end a run with a message meant for the visitor, shown exactly as given."""


class Skip:
    """The type of `skip`."""

    def __repr__(self) -> str:
        return "gradstream.skip"


skip: Final = Skip()
"""Yielded in the place of an output's value: that output stays as it is."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat, for generators that want a class; a mapping with the same keys does as well.

    `content` is Markdown or a picture; `metadata` may have title, status, duration, log, id and parent_id.
    """

    content: Any
    role: str = "assistant"
    metadata: Mapping[str, Any] | None = None


class Teller(Protocol):
    """What a run offers to the generator that runs in it."""

    @property
    def folder(self) -> Path:
        """The run's own working folder, absolute."""

    def progress(
        self, fraction: float | None, *, index: int | None, total: int | None, description: str | None
    ) -> None:
        """Tell how far the run is."""

    def log(self, text: str, *, level: LogLevel) -> None:
        """Tell a line to whoever watches the run."""


_teller: ContextVar[Teller | None] = ContextVar("gradstream_teller", default=None)


def progress(done: float | None, description: str | None = None, *, total: int | None = None) -> None:
    """Tell the visitor how far the run is.

    `done` is a share in 0..1, or None when it cannot be known. With `total` it is a count: `progress(3,
    total=10)`.
    """
    teller = _teller.get()
    if teller is None:
        return
    if total is None:
        teller.progress(done, index=None, total=None, description=description)
        return
    fraction = done / total if done is not None and total else None
    index = None if done is None else int(done)
    teller.progress(fraction, index=index, total=total, description=description)


def log(text: object, level: LogLevel = "info") -> None:
    """Tell a line to whoever watches the run; anything that is not text is shown as `str` shows it.

    Raises ValueError when `level` is none of debug, info, warning and error.
    """
    if level not in ("debug", "info", "warning", "error"):
        raise ValueError(f"level is one of debug, info, warning and error, not {level!r}")
    teller = _teller.get()
    if teller is not None:
        teller.log(str(text), level=level)


def folder() -> Path:
    """Return the run's own working folder, which goes when the run is forgotten; without a run, the current.

    It is the current folder of an ordinary generator too: of its thread on Linux, of the whole process where
    the demo says `limits: {concurrency: 1}`. Async generators of one process share one thread, so with a
    higher concurrency they have to ask here. `tempfile` keeps its own folder, and threads on other systems
    share theirs.
    """
    teller = _teller.get()
    return Path.cwd() if teller is None else teller.folder


def enter(teller: Teller) -> Callable[[], None]:
    """Make this the run that is going on in the present context; the returned function ends that."""
    token = _teller.set(teller)
    return lambda: _teller.reset(token)


def current() -> Teller | None:
    """Return the run that is going on in the present context."""
    return _teller.get()
