"""What the parts of `media/` hand to each other, and to the worker. No behaviour.

    yield --snapshot--> Chunk --Stream.add--> frames, packets --> Fragment --> Sink
                                                                  Head, once, before the first

Times are exact: counted in a track's own timescale, and turned into seconds for those who look on only.
"""

from typing import Any, Literal, Protocol

from msgspec import Struct

Codec = Literal["flac", "opus", "aac"]
"""How a stream's sound is encoded."""

BadChunkPolicy = Literal["fail", "skip"]

VIDEO_TIMESCALE = 120_000
"""Ticks a second of a picture track: a frame of every usual rate, 24000/1001 too, has whole ticks."""

FIRST_SEGMENT_S = 0.1
"""Media in the first fragment of a stream: what a player needs to begin."""

LONGEST_SEGMENT_S = 1.0
"""No fragment holds more media than this, unless a single frame lasts longer."""

SHORTEST_SEGMENT_S = 0.25
"""At the end of a yield less than this is held back, for `FLUSH_AFTER_S` at most, except at the beginning."""

FLUSH_AFTER_S = 0.1
"""What a stream holds back is told after so much time without another yield."""


class ChunkError(Exception):
    """Raised for a chunk that cannot be decoded; its text says what it looked like and what is accepted.

    The stream ends where the chunk's readable part ended, and the next chunk may follow.
    """


class Chunk(Struct, frozen=True, kw_only=True):
    """A yield that nobody can change any more. `number` counts an output's chunks from 1.

    Exactly one of `data` (a file's bytes, or a slice of an MP3), `path` and `samples` or `pictures` is there.
    """

    number: int
    data: bytes | None = None
    path: str | None = None
    """A file that is too large to be read at once; whoever yielded it waits until it has been decoded."""
    name: str = ""
    """The file's name as yielded, for messages; empty for values that had none."""
    samples: Any = None
    """A copy of an array as it was yielded."""
    rate_hz: int = 0
    """Samples a second, with `samples`."""
    pictures: Any = None
    """A copy of one picture or of several, as it was yielded."""


class AudioTrack(Struct, frozen=True, kw_only=True):
    """How a track of sound is encoded. `priming` samples at the start are the encoder's and not played."""

    codec: Codec
    rate_hz: int
    channels: int
    config: bytes
    """FLAC: STREAMINFO (34 bytes). AAC: AudioSpecificConfig. Opus: OpusHead without its magic, as FFmpeg's
    extradata after 8 bytes."""
    priming: int = 0


class VideoTrack(Struct, frozen=True, kw_only=True):
    """How a track of pictures begins; later parameter sets are in band. Timescale: VIDEO_TIMESCALE."""

    width: int
    height: int
    config: bytes
    """avcC (AVCDecoderConfigurationRecord) with 4-byte lengths."""


class EncodedSample(Struct, frozen=True, gc=False):
    """An encoded frame. `duration` and `offset` (of its composition, signed) in its track's timescale."""

    data: bytes
    duration: int
    offset: int = 0
    is_key: bool = True


class InitSegment(Struct, frozen=True, kw_only=True):
    """What a stream's fragments need in front of them.

    `mime` has the codecs, `timescale` is the first track's. `longest_s` bounds every fragment's duration.
    """

    mime: str
    timescale: int
    init: bytes
    longest_s: float = LONGEST_SEGMENT_S


class MediaSegment(Struct, frozen=True, kw_only=True):
    """A playable piece; `index` counts from 0, and each starts where the one before ends.

    `peaks` are the loudest samples of each 1/20 s, 0 to 100; empty for pictures.
    """

    index: int
    start_s: float
    duration_s: float
    data: bytes
    peaks: tuple[int, ...] = ()


class SegmentSink(Protocol):
    """Where a stream's fragments go. Called in the thread that feeds the stream."""

    def open(self, head: InitSegment) -> None:
        """Take the head, once, before the first fragment."""

    def put(self, fragment: MediaSegment) -> None:
        """Take the next fragment."""


class MediaStream(Protocol):
    """One output's continuous stream; used by one thread at a time."""

    def add(self, chunk: Chunk) -> None:
        """Decode a chunk, and put what is ready. Raises ChunkError."""

    def flush(self) -> None:
        """Put everything that is encoded, however short."""

    @property
    def pending_s(self) -> float:
        """How much media is encoded and held back."""

    def finish(self) -> None:
        """Put what is left; nothing follows. Raises ChunkError when what was held back is garbage."""

    def close(self) -> None:
        """Let go of encoders and files; idempotent, and possible at any time between calls."""


class AudioOptions(Struct, frozen=True, kw_only=True):
    """What the demo and the request ask of a stream of sound. `accepts` is what the reader plays."""

    codec: Codec | Literal["auto"] = "auto"
    accepts: tuple[Codec, ...] = ("aac",)


class VideoOptions(Struct, frozen=True, kw_only=True):
    """The same of pictures.

    `fps` is the rate of yielded pictures; `sound` keeps a track for sound that comes after the first chunk.
    """

    fps: float = 24.0
    codec: Codec | Literal["auto"] = "auto"
    accepts: tuple[Codec, ...] = ("aac",)
    sound: bool = False
