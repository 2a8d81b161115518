"""What an engine needs to know of a run, and what it tells it. No behaviour.

`runs/types.py` has the same words from the other side: the packages stand on one floor and fit by shape.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct

from gradstream.errors import Fault
from gradstream.events.types import Record
from gradstream.format.types import Demo
from gradstream.ipc.protocol import Loaded

Tell = Callable[[str, Loaded], None]
"""Called with a demo's address and what its import said."""


class Order(Protocol):
    """What a slot needs to begin a run."""

    @property
    def run(self) -> str:
        """The run's id."""

    @property
    def demo(self) -> Demo:
        """The demo as the run was checked against."""

    @property
    def action(self) -> str:
        """The name of one of its actions."""

    @property
    def values(self) -> Mapping[str, Any]:
        """The checked value of each input."""

    @property
    def history(self) -> list[Any] | None:
        """The chat before the new message."""

    @property
    def state(self) -> Mapping[str, Any]:
        """The visitor's committed values."""

    @property
    def folder(self) -> str:
        """The run's own working folder, which exists."""

    @property
    def accepts(self) -> tuple[str, ...]:
        """Codecs of sound that the visitor's player has, the preferred first."""


class Ending(Struct, frozen=True, kw_only=True):
    """How a generator ended; `fault` is None for success or when it was asked to cancel."""

    canceled: bool = False
    fault: Fault | None = None
    message: str = ""
    detail: str | None = None
    state: Mapping[str, Any] | None = None


class Sink(Protocol):
    """Where a run hears of itself; `ended` comes exactly once, last."""

    def starting(self, reason: str, usual_s: float | None) -> None:
        """Hear that a worker must be started first."""

    def running(self) -> None:
        """Hear that the worker has the order."""

    def records(self, records: Sequence[Record]) -> None:
        """Take new events, in order."""

    def blob(self, digest: str, mime: str, data: bytes) -> None:
        """Take a big value, before the record that refers to it."""

    def part(self, output: str, index: int, *, start_s: float, duration_s: float, data: bytes) -> None:
        """Take a piece of a stream, before the record that tells of it; index -1 goes before all others."""

    def ended(self, ending: Any) -> None:
        """Hear that the generator has ended and the slot is free; `ending` has what `Ending` has."""
