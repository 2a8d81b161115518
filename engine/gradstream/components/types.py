"""What kinds of input and output exchange with those that use them. No behaviour.

    visitor's JSON --InputKind.check (server)--> plain value --decode (worker)--> argument
    yield --OutputKind.encode (worker)--> plain value --delivery--> set | append | patch | segment events

Big values go to a `Store`, and plain values refer to them as {"blob", "mime", "size", …}.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from msgspec import Struct

from gradstream.errors import GradstreamError
from gradstream.format.kinds import InvalidValue
from gradstream.format.values import Plain
from gradstream.limits import WorkerLimits

JsonSchema = dict[str, Any]
"""A JSON Schema of draft 7."""


class Upload(Struct, frozen=True, kw_only=True):
    """A file that the server holds for a visitor. JSON never becomes one, so no visitor can name a path."""

    path: str
    name: str
    mime: str
    size: int


class UnusableInputError(GradstreamError):
    """Raised by `decode` for a value that passed `check` and cannot be used, such as a damaged picture."""

    def __init__(self, problem: InvalidValue) -> None:
        super().__init__(problem.message)
        self.problem = problem
        self.input: str | None = None
        """The name of the input, once it is known."""


class RefusedInputsError(GradstreamError):
    """Raised when a validator does not accept inputs: what visitors read, in all and about each input."""

    def __init__(self, message: str, inputs: Mapping[str, str]) -> None:
        super().__init__(message)
        self.inputs = inputs


class UnusableYieldError(GradstreamError):
    """Raised for a yielded value that cannot be shown; its text says what it is and what is accepted."""


class Store(Protocol):
    """Keeps the big values of one run, and passes on what of a value is not shown as given."""

    @property
    def limits(self) -> WorkerLimits:
        """How large values may be."""

    def put(self, data: bytes, mime: str) -> str:
        """Keep bytes, once a run, and return their digest."""

    def once(self, key: bytes, make: Callable[[], Plain]) -> Plain:
        """Return what `make` returned for this key before, or make it now."""

    def warn(self, text: str) -> None:
        """Log a remark for the developer, each text once."""
