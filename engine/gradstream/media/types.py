"""Types that the parts of `media/` exchange with each other and with the worker. No behaviour.

    yield --snapshot--> Chunk --MediaStream.add--> EncodedSample --> MediaSegment --> SegmentSink
                                                                     InitSegment, once, before the first

Times are exact: they are counted in a track's own timescale, and converted to seconds only for reporting.
"Sample", "track", "timescale" and "segment" have the meaning of ISO/IEC 14496-12: an `EncodedSample` is
one encoded frame.
"""

from collections.abc import Callable
from typing import Any, Literal, Protocol, TypeAlias

from msgspec import Struct, field

from gradstream.errors import GradstreamError

Codec = Literal["flac", "opus", "aac"]
"""The audio codec of a stream. Video is always H.264."""

RawSamples = Literal[
    "pcm_s16le",
    "pcm_s16be",
    "pcm_s24le",
    "pcm_s32le",
    "pcm_f32le",
    "pcm_f64le",
    "pcm_u8",
    "pcm_s8",
    "pcm_alaw",
    "pcm_mulaw",
]
"""The samples of bytes without a header: signed, unsigned or floating, bits, byte order. FFmpeg's names."""

VIDEO_TIMESCALE = 120_000
"""Ticks per second of a video track: a frame of every usual rate, 24000/1001 too, has a whole number of
ticks."""

FIRST_SEGMENT_S = 0.1
"""Duration of a stream's first segment: as much as a player needs to start."""

LONGEST_SEGMENT_S = 1.0
"""No segment is longer than this, unless a single frame lasts longer."""

SHORTEST_SEGMENT_S = 0.25
"""At the end of a yield less than this is held back; less still at a stream's start, see `growth.py`."""

FLUSH_AFTER_S = 0.1
"""What a stream holds back is emitted when no yield follows within this time."""

LONGEST_HOLD_S = SHORTEST_SEGMENT_S
"""What a stream holds back is emitted after this time even while yields follow: a generator may be slower
than its sound."""


Warn: TypeAlias = Callable[[str], None]
"""Receives a remark for the developer about chunks that are accepted."""


class ChunkError(GradstreamError):
    """Raised for a chunk that cannot be decoded; the text describes its content and what is accepted.

    The stream contains what could be decoded of the chunk, and the next chunk may follow.
    """


class Chunk(Struct, frozen=True, kw_only=True):
    """A copy of a yielded value, which the generator can no longer change.

    An output's chunks are numbered from 1. Exactly one of `data` (a file's bytes, or a slice of them),
    `path`, `samples` and `frames` is set.
    """

    number: int
    data: bytes | None = None
    path: str | None = None
    """A file too large to be read at once; the generator waits until it has been decoded."""
    name: str = ""
    """The file's name as yielded, for messages; empty for values without one."""
    samples: Any = None
    """A copy of the yielded audio array."""
    rate_hz: int = 0
    """The sample rate of `samples`."""
    frames: Any = None
    """The yielded pictures, of shape (pictures, height, width, 3): levels of 8 bits."""


class AudioTrack(Struct, frozen=True, kw_only=True):
    """Description of an audio track. The first `priming` samples are encoder delay, which is not played."""

    codec: Codec
    rate_hz: int
    channels: int
    config: bytes
    """FLAC: STREAMINFO (34 bytes). AAC: AudioSpecificConfig. Opus: OpusHead without its magic (FFmpeg's
    extradata from byte 8 on)."""
    priming: int = 0


class VideoTrack(Struct, frozen=True, kw_only=True):
    """Description of an H.264 track at its start; later parameter sets are in band.

    Its timescale is VIDEO_TIMESCALE.
    """

    width: int
    height: int
    config: bytes
    """avcC (AVCDecoderConfigurationRecord) with 4-byte lengths."""


class EncodedSample(Struct, frozen=True, gc=False):
    """One encoded frame, with its duration and composition time offset in the track's timescale.

    `offset` counts from the end of the durations before it, and `lead` is how much earlier than that the
    frame is decoded: never after it is shown.
    """

    data: bytes
    duration: int
    offset: int = 0
    lead: int = 0
    is_key: bool = True


class InitSegment(Struct, frozen=True, kw_only=True):
    """The initialization segment of a stream, `ftyp` and `moov`: a player needs it before any media segment.

    `mime` includes the codecs, `timescale` is the first track's. `longest_s` bounds every segment's duration.
    """

    mime: str
    timescale: int
    data: bytes
    longest_s: float = LONGEST_SEGMENT_S


class MediaSegment(Struct, frozen=True, kw_only=True):
    """A playable piece of a stream: `moof` and `mdat`.

    `index` counts from 0, and each segment starts where the previous one ended. `peaks` are the peak
    levels of each 1/20 s of audio, 0 to 100; empty for video.
    """

    index: int
    start_s: float
    duration_s: float
    data: bytes
    peaks: tuple[int, ...] = ()


class SegmentSink(Protocol):
    """Receives a stream's segments, in the thread that feeds the stream."""

    def open(self, init: InitSegment) -> None:
        """Receive the init segment, once, before the first media segment."""

    def append(self, segment: MediaSegment) -> None:
        """Receive the next media segment."""


class MediaStream(Protocol):
    """One output's continuous stream; used by one thread at a time."""

    def add(self, chunk: Chunk) -> None:
        """Decode and encode a chunk, and emit the segments that are complete. Raises ChunkError."""

    def flush(self) -> None:
        """Emit everything that is encoded, however short."""

    @property
    def pending_s(self) -> float:
        """Duration of the media that is encoded and held back."""

    def finish(self) -> None:
        """Emit the rest; nothing follows. Raises ChunkError when held back data turns out to be invalid."""

    def close(self) -> None:
        """Release encoders and files; idempotent, and allowed at any time between calls."""


class AudioOptions(Struct, frozen=True, kw_only=True):
    """What the demo and the request ask of an audio stream. `accepts` lists what the reader can play."""

    codec: Codec | Literal["auto"] = "auto"
    accepts: tuple[Codec, ...] = ("aac",)
    raw: RawSamples | None = field(name="bytes", default=None)
    """What bytes without a header are; None if the demo does not say."""
    raw_rate_hz: int = field(name="rate", default=0)
    raw_channels: int = field(name="channels", default=1)


class VideoOptions(Struct, frozen=True, kw_only=True):
    """What the demo and the request ask of a video stream. The codecs are those of its audio track.

    `fps` is the rate of yielded pictures. `sound` adds an audio track even if the first chunk has no audio.
    """

    fps: float = 24.0
    codec: Codec | Literal["auto"] = "auto"
    accepts: tuple[Codec, ...] = ("aac",)
    sound: bool = False
