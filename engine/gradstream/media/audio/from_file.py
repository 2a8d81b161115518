"""Decodes a yielded audio file block by block.

    Chunk (bytes | path) --open, seekable--> packets --decode--> PcmBlock, PcmBlock …

What encoders add is removed: the delay and padding of an MP3 (LAME's header), the pre-skip of Opus, what
an MP4's edit list leaves out. FFmpeg does so for files that it can seek in, except for the end of an MP4.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from typing import Any

import av
from av.audio.frame import AudioFrame
from av.container.input import InputContainer
from av.error import FFmpegError
from msgspec.structs import replace

from gradstream.media.audio.errors import audio_file_error
from gradstream.media.audio.pcm import HIGHEST_HZ, LOWEST_HZ, PcmBlock, block_of_frame
from gradstream.media.errors import chunk_name, read_head
from gradstream.media.signatures import identify
from gradstream.media.types import Chunk, ChunkError, Warn

CONTAINERS = (
    "wav,w64,aiff,au,caf,mp3,flac,ogg,mov,matroska,aac,ac3,eac3,amr,amrnb,amrwb,asf,ape,wv,tta,voc,dsf,"
    "mpegts,mpeg,avi,flv,nut"
)
"""FFmpeg's names. Playlists are left out: a visitor's file could refer to files of this machine."""

MAX_DAMAGE_BYTES = 4096
"""Bytes of a file that may be undecodable: a truncated end or an unknown tag is not longer than that."""

_WAV_PROBED_BYTES = "5000"
"""A wav's header is sufficient; by default FFmpeg probes megabytes more, which takes ten times longer."""

_PROBED_LITTLE = {"probesize": "32", "analyzeduration": "100000"}
"""A file that is still growing is not read ahead: by default FFmpeg waits for seconds of it."""

_MP4 = "mov"

_MKV = "matroska"

SHORT_BY_S = Fraction(1, 10)
"""How much less than a file states may be decoded of it: encoders count their delay and padding or do not."""

_AUDIO_ONLY = ("flac", "ogg", "aac")
"""Containers with little else in them: FFmpeg's names."""

_DECLARED = ("aiff", "au", "caf", "w64")
"""Containers of samples whose header says how many there are: FFmpeg's names."""

_OVERHEAD = 16
"""At most one in this many of their bytes belongs to the container itself."""

_NO_AUDIO = "contains no sound that can be decoded"


Fail = Callable[[str], ChunkError]
"""Makes the error for a file from what is wrong with it."""


def file_blocks(chunk: Chunk, *, warn: Warn) -> Iterator[PcmBlock]:
    """Yield a file's audio; `warn` receives what little of it cannot be decoded.

    Raises ChunkError without any audio, and after the decodable part of a damaged file.
    """
    fail = partial(audio_file_error, chunk)
    source: Any = chunk.path if chunk.data is None else io.BytesIO(chunk.data)
    options = {"format_whitelist": CONTAINERS, "protocol_whitelist": "file,pipe"}
    if identify(read_head(chunk)[0]) == "a wav file":
        options["probesize"] = _WAV_PROBED_BYTES
    with _open(source, fail, container_options=options) as container:
        yield from _container_blocks(container, fail, partial(_warn_of, chunk, warn))


def unseekable_blocks(file: Any, demuxer: str, *, fail: Fail, warn: Warn) -> Iterator[PcmBlock]:
    """Yield the audio of a file that can only be read, as soon as enough of it has been read.

    `demuxer` is FFmpeg's name of the container. Raises ChunkError as `file_blocks` does.
    """
    with _open(file, fail, format=demuxer, container_options=_PROBED_LITTLE) as container:
        yield from _container_blocks(container, fail, warn)


def _warn_of(chunk: Chunk, warn: Warn, problem: str) -> None:
    warn(f"{chunk_name(chunk.number)}: {problem}")


def _container_blocks(container: InputContainer, fail: Fail, warn: Warn) -> Iterator[PcmBlock]:
    stream = _audio_stream(container, fail)
    is_lossy = stream.codec_context.codec.lossy
    is_mp4 = container.format.name.startswith(_MP4)
    previous: AudioFrame | None = None
    count = 0
    damage: ChunkError | None = None
    try:
        for frame in _frames(container, stream, fail, warn):
            if not is_mp4:
                yield _block(frame, fail, starts_lossy_file=is_lossy and count == 0)
                count += frame.samples
                continue
            # Only the last frame of an MP4 is shortened, so that one is held back.
            if previous is not None:
                yield _block(previous, fail, starts_lossy_file=is_lossy and count == 0)
                count += previous.samples
            previous = frame
    except ChunkError as error:
        damage = error
    if previous is not None:
        last = _block(previous, fail, starts_lossy_file=is_lossy and count == 0)
        yield _unpadded(last, previous, stream, count)
    if damage is not None:
        raise damage


@contextmanager
def _open(source: Any, fail: Fail, **options: Any) -> Iterator[InputContainer]:
    try:
        with av.open(source, metadata_errors="replace", **options) as container:
            yield container
    except (FFmpegError, OSError, OverflowError) as error:
        # Some numbers of a header do not fit into FFmpeg's.
        raise fail("cannot be decoded as sound") from error


def _audio_stream(container: InputContainer, fail: Fail) -> av.AudioStream:
    if not container.streams.audio:
        raise fail("contains pictures but no sound" if container.streams.video else "contains no sound")
    best = container.streams.best("audio")
    stream = best if isinstance(best, av.AudioStream) else container.streams.audio[0]
    if stream.codec_context is None:
        raise fail("contains sound in a codec that FFmpeg cannot decode")
    if stream.rate and not LOWEST_HZ <= stream.rate <= HIGHEST_HZ:
        raise fail(f"has {stream.rate} samples a second, not {LOWEST_HZ} to {HIGHEST_HZ}")
    stream.codec_context.thread_count = 1
    return stream


def _frames(
    container: InputContainer, stream: av.AudioStream, fail: Fail, warn: Warn
) -> Iterator[AudioFrame]:
    damage = read = decoded = 0
    decoded_s = Fraction(0)
    first: int | None = None
    for packet in container.demux(stream):
        first = packet.pos if first is None else first
        read += packet.size
        try:
            frames = stream.codec_context.decode(packet)
        except FFmpegError as error:
            # Like players, skip a damaged frame; report a damaged file.
            damage += packet.size
            if damage > MAX_DAMAGE_BYTES:
                raise fail("is damaged" if decoded else _NO_AUDIO) from error
            continue
        decoded += sum(frame.samples for frame in frames)
        decoded_s += sum((Fraction(frame.samples, frame.sample_rate) for frame in frames), Fraction(0))
        yield from frames
    if damage and not decoded:
        raise fail(_NO_AUDIO)
    if damage:
        warn(f"{damage} bytes of its sound cannot be decoded, and are left out")
    declared_s = _declared_s(container, stream)
    if decoded_s < declared_s - SHORT_BY_S:
        warn(
            f"its header declares {float(declared_s):.2f} s of sound, and only {float(decoded_s):.2f} s "
            "could be decoded: is the file complete?"
        )
    # FFmpeg silently skips data in which it finds no packets.
    unread = container.size - max(0, first or 0) - read
    if container.format.name in _AUDIO_ONLY and unread > MAX_DAMAGE_BYTES + container.size // _OVERHEAD:
        raise fail(f"is damaged: {unread} bytes are not sound")
    if container.format.name in _DECLARED and unread > MAX_DAMAGE_BYTES:
        warn(f"{unread} bytes behind its sound are left out")
    if container.format.name == "flac" and decoded < (stream.duration or 0):
        raise fail(f"is damaged: it contains only {decoded} of {stream.duration} samples")


def _declared_s(container: InputContainer, stream: av.AudioStream) -> Fraction:
    """Return the duration that the file itself states, 0 if it does not: FFmpeg estimates that of others."""
    name = container.format.name
    if name == "caf" and stream.codec_context.name.startswith("pcm_"):
        # FFmpeg shortens its duration to the bytes that are there, and leaves the count as it is written.
        return Fraction(stream.frames, stream.rate or 1)
    if name.startswith(_MP4) or name in _DECLARED:
        return (stream.duration or 0) * Fraction(stream.time_base or 0)
    if not name.startswith(_MKV) or len(container.streams) > 1:
        return Fraction(0)
    return Fraction(container.duration or 0, av.time_base)


def _block(frame: AudioFrame, fail: Fail, *, starts_lossy_file: bool) -> PcmBlock:
    try:
        return replace(block_of_frame(frame), starts_lossy_file=starts_lossy_file)
    except ValueError as error:
        raise fail(f"contains {error}") from error


def _unpadded(block: PcmBlock, frame: AudioFrame, stream: av.AudioStream, before: int) -> PcmBlock:
    """Return the last block without padding: an MP4 states the duration of the frame or of the track."""
    tick_s = stream.time_base
    if not tick_s:
        return block
    full = block.samples.shape[1]
    wanted = round(frame.duration * tick_s * block.rate_hz)
    if not 0 < wanted < full:
        wanted = round((stream.duration or 0) * tick_s * block.rate_hz) - before
    return replace(block, samples=block.samples[:, :wanted]) if 0 < wanted < full else block
