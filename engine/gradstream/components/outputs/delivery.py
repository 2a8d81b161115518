"""What a kind of output asks of the worker: how the yields of one output become events.

    Replace          each yield takes the place of the last one
    ReplaceItems     each yield is a list that takes the place of the last one, and few of its items change
    AppendText       each yield is text at the end of what is shown
    AppendEdits      each yield is added by the kind's own rule
    Encode           as Replace, but encoding is slow and happens beside the generator
    StreamChunks     each yield is a chunk of one continuous stream

`OutputKind.delivery` returns one of these; `worker/outputs/` has a writer for each.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from msgspec import Struct

from gradstream.components.types import Store
from gradstream.events.types import Edit
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.media.types import Chunk, Codec, InitSegment, MediaStream, SegmentSink


class Joined(Struct, frozen=True, kw_only=True):
    """A value with one more step at its end, and the edits that add the step."""

    value: Plain
    edits: list[Edit]


class ReadChunk(Protocol):
    """Copies one output's yields."""

    def __call__(self, value: Any, *, number: int) -> Chunk | None:
        """Return a copy of a yield, None for an empty one. Raises ChunkError."""


class Encoder(Protocol):
    """Turns copies of yields into values, in threads of its own."""

    def snapshots(self, output: Output, warn: Callable[[str], None]) -> Callable[[Any], Any]:
        """Return what copies the yields of one output in one run, in the generator's thread.

        It returns a copy that the generator cannot change and that needs no more conversion, or None for
        nothing, and raises UnusableYieldError. `warn` receives what is not shown as given.
        """

    def is_lossy(self, snapshot: Any, output: Output) -> bool:
        """Return whether `compress` with `exact=False` would lose anything."""

    def compress(
        self,
        snapshot: Any,
        output: Output,
        store: Store,
        *,
        exact: bool,
        warn: Callable[[str], None] | None,
    ) -> Plain:
        """Return the plain value of a snapshot; `exact` keeps every pixel, unless `format` says otherwise.

        `warn` receives what turns out not to be shown as given.
        """


class Streamer(Protocol):
    """Turns yields into chunks, and chunks into one stream or one clip."""

    def chunks(self, warn: Callable[[str], None]) -> ReadChunk:
        """Return what copies the yields of one output in one run, in the generator's thread.

        `warn` receives what is not shown as given.
        """

    def stream(
        self, output: Output, *, accepts: tuple[Codec, ...], sink: SegmentSink, warn: Callable[[str], None]
    ) -> MediaStream:
        """Return a new stream; `warn` receives remarks for the developer about chunks that are accepted."""

    def clip(
        self, chunk: Chunk, output: Output, store: Store, *, warn: Callable[[str], None] | None
    ) -> Plain:
        """Return the plain value of the only chunk of an output. Raises UnusableYieldError.

        `warn` receives remarks for the developer about what is accepted.
        """

    def join(self, init: InitSegment, segments: Sequence[bytes], store: Store) -> Plain:
        """Return the plain value of a stream's segments as one clip. Raises UnusableYieldError."""

    def check_size(self, size: int, store: Store) -> None:
        """Raise UnusableYieldError if a clip of this many bytes is too large."""


class Replace(Struct, frozen=True):
    """`encode` turns a yield into the value to show.

    `levels` is how many lists and mappings within each other may have most of a value's bytes: the difference
    between two values is searched so deep.
    """

    encode: Callable[[Any, Output, Store], Plain]
    levels: int = 1


class ReplaceItems(Struct, frozen=True):
    """`take_apart` returns the items of a yield as given, `encode` the value of one of them.

    `remark` yields what is wrong with the last list, for the developer.
    """

    take_apart: Callable[[Any, Output], list[Any]]
    encode: Callable[[Any, Store], Plain]
    remark: Callable[[Sequence[Any]], Iterable[str]] | None = None


class AppendText(Struct, frozen=True):
    """`encode` turns a yield into the text to add, None for none."""

    encode: Callable[[Any, Output, Store], str | None]


class AppendEdits(Struct, frozen=True):
    """`join` adds a yield, never None, to the value shown, which is None at first and may be modified."""

    join: Callable[[Plain, Any, Output, Store], Joined]


class Encode(Struct, frozen=True):
    """`encoder` may lose detail while the generator runs; the last value is encoded again exactly."""

    encoder: Encoder


class StreamChunks(Struct, frozen=True):
    """`streamer` makes one stream of all chunks."""

    streamer: Streamer


Delivery = Replace | ReplaceItems | AppendText | AppendEdits | Encode | StreamChunks
