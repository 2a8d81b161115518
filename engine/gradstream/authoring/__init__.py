"""All that a generator may import from gradstream, with `progress_report.progress`; no generator has to.

    generator --progress(), log(), folder()--> RunContext of the present run --> visitor

Each function finds its run by itself: in the generator, in tasks and threads that it starts, and in what it
submits to a ThreadPoolExecutor. Outside a run nothing fails: in a test or a notebook nothing is sent, and a
worker writes to the server's log what no run receives.
"""

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Protocol, TypedDict

LogLevel = Literal["debug", "info", "warning", "error"]


class UserError(Exception):
    """Raise this to end a run with a message meant for the visitor, shown exactly as given."""


class Skip:
    """The type of `skip`."""

    def __repr__(self) -> str:
        return "gradstream.skip"

    def __reduce__(self) -> str:
        # Copied, or sent from another process, it is the same one: it is known by its identity.
        return "skip"


skip: Final = Skip()
"""Yielded in place of an output's value: that output does not change."""


@dataclass(frozen=True, slots=True)
class ComponentUpdate:
    """What `update` returns: properties of a component by their keys, and `value` if that changes too."""

    changes: Mapping[str, Any]


def update(**changes: Any) -> ComponentUpdate:
    """Return what, yielded in the place of a component's value, changes these of its properties.

    `value`, `visible`, `label`, `description` and `placeholder`; of an input `interactive` too, and what its
    kind has: `choices`, `minimum`, `maximum`, `step`, `lines`, `max_length`. They hold for this visitor until
    the page is left.
    """
    return ComponentUpdate(changes)


@dataclass(slots=True)
class Message:
    """One message of a chat, for generators that want a class; a mapping with the same keys does as well.

    `content` is Markdown, a picture, the path of a file, or a list of these; `metadata` may have title,
    status, duration, log, id and parent_id; `options` are suggestions for what the visitor says next.
    A message may be changed after it was yielded: what is shown changes when it is yielded again.
    """

    content: Any
    role: str = "assistant"
    metadata: Mapping[str, Any] | None = None
    options: Sequence[Any] | None = None


class Session(TypedDict):
    """What a parameter named `session` is given: by whom the run was started, as far as that is known.

    `id` is the same in all runs of one visitor; a program that says nothing of itself has a new one in each.
    It opens nothing and may be stored. `user` is the name of who is signed in, where the demo has `users`.
    `language` is the one that the visitor prefers, such as `de-CH`.
    `headers` has what was sent of those that the catalog lists, by their names in lower case.
    """

    id: str
    user: str | None
    language: str | None
    headers: dict[str, str]


class RunContext(Protocol):
    """What a run offers to its generator."""

    @property
    def folder(self) -> Path:
        """The run's own working folder, absolute."""

    def progress(
        self,
        fraction: float | None,
        *,
        index: int | None,
        total: int | None,
        unit: str | None,
        description: str | None,
    ) -> None:
        """Send the progress of the run."""

    def log(self, text: str, *, level: LogLevel) -> None:
        """Send a line of the run's log."""


class Outside(Protocol):
    """What receives the calls that no run receives: of a module's import, of a thread started by one."""

    def progress(self) -> None:
        """Note that `progress` was called."""

    def log(self, text: str, *, level: LogLevel) -> None:
        """Note a line."""


class _Process:
    """What this process has beside its runs; a worker sets it once, before any import."""

    outside: Outside | None = None


_run: ContextVar[RunContext | None] = ContextVar("gradstream_run", default=None)


def log(text: object, level: LogLevel = "info") -> None:
    """Add a line to the run's log, which the page shows; anything but text is converted by `str`.

    Raises ValueError if `level` is not one of debug, info, warning and error.
    """
    if level not in ("debug", "info", "warning", "error"):
        raise ValueError(f"level is one of debug, info, warning and error, not {level!r}")
    receiver = _run.get() or _Process.outside
    if receiver is not None:
        receiver.log(str(text), level=level)


def folder() -> Path:
    """Return the run's own working folder, removed with the run; outside a run, the current folder.

    It is also the current folder of an ordinary generator: of its thread on Linux, of the whole process if
    the demo has `limits: {concurrency: 1}`. Async generators of one process share a thread, so with a higher
    concurrency they need this function, as do threads on other systems. `tempfile` uses its own folder.
    """
    run = _run.get()
    return Path.cwd() if run is None else run.folder


def enter(run: RunContext | None) -> Callable[[], None]:
    """Make this the run of the present context, or none, until the returned function is called."""
    token = _run.set(run)
    return lambda: _run.reset(token)


def current() -> RunContext | None:
    """Return the run of the present context."""
    return _run.get()


def set_outside(outside: Outside) -> None:
    """Let calls outside of runs be received in this process."""
    _Process.outside = outside


def outside() -> Outside | None:
    """Return what receives calls outside of runs, if anything does."""
    return _Process.outside
