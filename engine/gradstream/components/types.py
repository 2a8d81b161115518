"""What a component kind does, on both sides of a generator. No behaviour.

    visitor's JSON --InputComponent.check (server)--> plain value --decode (worker)--> argument
    yield --OutputComponent.encode (worker)--> plain value --difference--> set | append | patch

A plain value is what JSON has: None, bool, int, float, str, list, dict with text keys. Big values go to a
`Store` and are referred to as {"blob", "mime", "size", …}.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, runtime_checkable

from msgspec import Struct

from gradstream.events.types import Edit
from gradstream.format.types import Input, Output
from gradstream.media.types import Chunk, Codec, InitSegment, MediaStream, SegmentSink

Plain = Any
"""A plain value, see above; recursive types in that place cost more than they find."""


class Problem(Struct, frozen=True, kw_only=True):
    """A value from a visitor that does not fit an input: like a `Diagnostic`, but about a field."""

    code: str
    message: str
    expected: str = ""
    found: str = ""
    repair: str = ""


class Upload(Struct, frozen=True, kw_only=True):
    """A file that the server holds for a visitor. JSON never becomes one, so no visitor can name a path."""

    path: str
    name: str
    mime: str
    size: int


class UnusableInput(Exception):  # noqa: N818 (nothing went wrong in the program: a visitor's file is of no use)
    """Raised by `decode` for a value that passed `check` and is of no use, such as a damaged picture."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class UnusableYield(Exception):  # noqa: N818 (a value's description, not a condition of the program)
    """Raised for a yielded value that cannot be shown; its text says what it is and what is accepted."""


class InputComponent(Protocol):
    """One kind of input."""

    def check(self, value: Any, field: Input) -> Plain | Problem:
        """Return the plain value to hand to the worker, or what is wrong; None is a value not given.

        Files come as `Upload` and leave as {"path", "name", "mime"}. Runs in the server: imports nothing
        heavy.
        """

    def decode(self, plain: Plain, field: Input) -> Any:
        """Return what the generator is given. Runs in the worker. Raises UnusableInput."""


class Store(Protocol):
    """Where the big values of one run are kept."""

    def put(self, data: bytes, mime: str) -> str:
        """Keep bytes, once a run, and return their digest."""

    def once(self, key: bytes, make: Callable[[], Plain]) -> Plain:
        """Return what `make` returned for this key before, or make it now."""


class OutputComponent(Protocol):
    """One kind of output."""

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return the plain value to show, which shares nothing with `value`. Raises UnusableYield."""


class Joined(Struct, frozen=True, kw_only=True):
    """The value with one more step at its end, and the edits that led there."""

    value: Plain
    edits: list[Edit]


@runtime_checkable
class Joining(Protocol):
    """An output kind other than text that knows `updates: append`."""

    def join(self, shown: Plain, added: Any, output: Output) -> Joined:
        """Add a yield, never None, to `shown`, which is None at first and may be changed in its place."""


@runtime_checkable
class Pictorial(Protocol):
    """An output kind whose values are pictures: their encoding is slow and happens beside the generator."""

    def snapshot(self, value: Any) -> Any:
        """Return a copy that the generator cannot change any more. Raises UnusableYield."""

    def is_lossy(self, snapshot: Any, output: Output) -> bool:
        """Tell whether `compress` with `exact=False` would lose anything."""

    def compress(self, snapshot: Any, output: Output, store: Store, *, exact: bool) -> Plain:
        """Return the plain value of a snapshot; `exact` keeps every pixel, unless `format` says otherwise."""


@runtime_checkable
class Streamed(Protocol):
    """An output kind whose steps, when they are appended, are chunks of one continuous stream."""

    def chunk(self, value: Any, *, number: int) -> Chunk | None:
        """Return a copy of a yield, None for an empty one. Raises ChunkError."""

    def stream(
        self, output: Output, *, accepts: tuple[Codec, ...], sink: SegmentSink, warn: Callable[[str], None]
    ) -> MediaStream:
        """Return a new stream; `warn` takes what a developer should know of chunks that are accepted."""

    def compress(self, snapshot: Chunk, output: Output, store: Store, *, exact: bool) -> Plain:
        """Return the plain value of a chunk that is all there is. Raises UnusableYield."""

    def join(self, init: InitSegment, segments: Sequence[bytes], store: Store) -> Plain:
        """Return the plain value of a stream's segments as one clip. Raises UnusableYield."""

    def check_size(self, size: int) -> None:
        """Raise UnusableYield when a whole clip of so many bytes would be too large."""
