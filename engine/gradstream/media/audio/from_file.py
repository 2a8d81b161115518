"""A yielded file of sound, decoded piece by piece.

    Chunk (bytes | path) --open, seekable--> packets --decode--> PcmBlock, PcmBlock …

What encoders add is taken off: the delay and padding of an MP3 (LAME's header), the pre-skip of Opus, what an
MP4's edit list leaves out. FFmpeg does so for files that it can seek in, save for the end of an MP4.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import av
from av.audio.frame import AudioFrame
from av.container.input import InputContainer
from av.error import FFmpegError
from msgspec.structs import replace

from gradstream.media.audio.errors import audio_file_error
from gradstream.media.audio.pcm import PcmBlock, block_of_frame
from gradstream.media.errors import read_beginning
from gradstream.media.signatures import identify
from gradstream.media.types import Chunk, ChunkError

CONTAINERS = (
    "wav,w64,aiff,au,caf,mp3,flac,ogg,mov,matroska,aac,ac3,eac3,amr,amrnb,amrwb,asf,ape,wv,tta,voc,dsf,"
    "mpegts,mpeg,avi,flv,nut"
)
"""FFmpeg's names. Playlists are not among them: a visitor's file could name files of this machine."""

MAX_DAMAGE_BYTES = 4096
"""Bytes of a file that cannot be decoded: a cut-off end and a forgotten tag are no more than that."""

_WAV_PROBED_BYTES = "5000"
"""A wav's header says all; FFmpeg looks for more in megabytes of it, which takes ten times longer."""

_MP4 = "mov,mp4"

_ONLY_SOUND = ("flac", "ogg", "aac")
"""Containers that hold little besides: FFmpeg's names."""

_OVERHEAD = 16
"""Of their bytes, at most one in so many is a container's own."""

_NOTHING = "holds no sound that can be decoded"


def file_blocks(chunk: Chunk) -> Iterator[PcmBlock]:
    """Yield a file's sound. Raises ChunkError for none, and for a damaged file, after what can be decoded."""
    with _opened(chunk) as container:
        stream = _sound_of(container, chunk)
        held: AudioFrame | None = None
        count = 0
        is_lossy = stream.codec_context.codec.lossy
        damage: ChunkError | None = None
        try:
            for frame in _frames(container, stream, chunk):
                if held is not None:
                    yield _piece(held, chunk, starts_lossy_file=is_lossy and count == 0)
                    count += held.samples
                held = frame
        except ChunkError as bad:
            damage = bad
        if held is not None:
            last = _piece(held, chunk, starts_lossy_file=is_lossy and count == 0)
            is_mp4 = container.format.name.startswith(_MP4)
            yield _unpadded(last, held, stream, count) if is_mp4 else last
        if damage is not None:
            raise damage


@contextmanager
def _opened(chunk: Chunk) -> Iterator[InputContainer]:
    source: Any = chunk.path if chunk.data is None else io.BytesIO(chunk.data)
    options = {"format_whitelist": CONTAINERS, "protocol_whitelist": "file,pipe"}
    if identify(read_beginning(chunk)[0]) == "a wav file":
        options["probesize"] = _WAV_PROBED_BYTES
    try:
        with av.open(source, metadata_errors="replace", container_options=options) as container:
            yield container
    except (FFmpegError, OSError) as error:
        raise audio_file_error(chunk, "cannot be decoded as sound") from error


def _sound_of(container: InputContainer, chunk: Chunk) -> av.AudioStream:
    if not container.streams.audio:
        raise audio_file_error(chunk, "holds pictures only" if container.streams.video else "holds no sound")
    best = container.streams.best("audio")
    stream = best if isinstance(best, av.AudioStream) else container.streams.audio[0]
    if stream.codec_context is None:
        raise audio_file_error(chunk, "holds sound of a kind that FFmpeg cannot decode")
    stream.codec_context.thread_count = 1
    return stream


def _frames(container: InputContainer, stream: av.AudioStream, chunk: Chunk) -> Iterator[AudioFrame]:
    damage = read = told = 0
    first: int | None = None
    for packet in container.demux(stream):
        first = packet.pos if first is None else first
        read += packet.size
        try:
            frames = stream.codec_context.decode(packet)
        except FFmpegError as error:
            # Players pass over a broken frame, and so do we; a broken file is told.
            damage += packet.size
            if damage > MAX_DAMAGE_BYTES:
                raise audio_file_error(chunk, "is damaged" if told else _NOTHING) from error
            continue
        told += sum(frame.samples for frame in frames)
        yield from frames
    if damage and not told:
        raise audio_file_error(chunk, _NOTHING)
    # What FFmpeg finds no packets in it passes over without a word.
    unread = container.size - max(0, first or 0) - read
    if container.format.name in _ONLY_SOUND and unread > MAX_DAMAGE_BYTES + container.size // _OVERHEAD:
        raise audio_file_error(chunk, f"is damaged: {unread} bytes are no sound")
    if container.format.name == "flac" and told < (stream.duration or 0):
        raise audio_file_error(chunk, f"is damaged: only {told} of {stream.duration} samples are there")


def _piece(frame: AudioFrame, chunk: Chunk, *, starts_lossy_file: bool) -> PcmBlock:
    try:
        return replace(block_of_frame(frame), starts_lossy_file=starts_lossy_file)
    except ValueError as error:
        raise audio_file_error(chunk, f"has {error}") from error


def _unpadded(piece: PcmBlock, frame: AudioFrame, stream: av.AudioStream, before: int) -> PcmBlock:
    """Return the last piece of a file as long as an MP4 says, by the frame's duration or the edit list's."""
    tick_s = stream.time_base
    if not tick_s:
        return piece
    full = piece.samples.shape[1]
    wanted = round(frame.duration * tick_s * piece.rate_hz)
    if not 0 < wanted < full:
        wanted = round((stream.duration or 0) * tick_s * piece.rate_hz) - before
    return replace(piece, samples=piece.samples[:, :wanted]) if 0 < wanted < full else piece
