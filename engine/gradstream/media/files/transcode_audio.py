"""Converts a stream's audio to another codec, with exact length, for downloads in other formats.

    segments -> decoder -> priming and padding removed -> resampler -> encoder -> file

Memory: frames are processed one by one; only an `.m4a` keeps its sample tables until the end, and is then
written again with them in front.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from pathlib import Path

import av
from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from msgspec import Struct

from gradstream.media.mp4.fragment_reader import SourceTrack


class AudioFileFormat(Struct, frozen=True, kw_only=True):
    """FFmpeg's names for container, codec and sample format of an audio file, and the codec's limits."""

    container: str
    codec: str
    samples: str
    bits_per_channel_s: int | None = None
    max_channels: int | None = None
    options: dict[str, str] = {}


AUDIO_FILE_FORMATS = {
    # RF64 is needed beyond 4 GiB, which is six hours.
    ".wav": AudioFileFormat(container="wav", codec="pcm_s16le", samples="s16", options={"rf64": "auto"}),
    ".flac": AudioFileFormat(container="flac", codec="flac", samples="s16"),
    ".mp3": AudioFileFormat(
        container="mp3",
        codec="libmp3lame",
        samples="s16p",
        bits_per_channel_s=128_000,
        max_channels=2,
    ),
    ".m4a": AudioFileFormat(
        container="ipod",
        codec="aac",
        samples="fltp",
        # FFmpeg's encoder has audible glitches below.
        bits_per_channel_s=96_000,
        options={"movflags": "faststart"},
    ),
}
"""File suffix -> format."""


def transcode_audio(source: Path, track: SourceTrack, target: Path, *, file_format: AudioFileFormat) -> None:
    """Write a stream's audio in another format, with exactly as many samples.

    Raises ValueError if it cannot be decoded, or if it is shorter than the stream states.
    """
    try:
        _transcode(source, track, target, file_format)
    except FFmpegError as error:
        raise ValueError(f"the sound cannot be converted: {error}") from error


def _transcode(source: Path, track: SourceTrack, target: Path, file_format: AudioFileFormat) -> None:
    with (
        av.open(str(source)) as source_file,
        av.open(str(target), "w", format=file_format.container, options=_options(file_format, track)) as file,
    ):
        audio = source_file.streams.audio[0]
        stream = _add_stream(file, audio, file_format)
        resampler = AudioResampler(
            stream.format, stream.layout, stream.rate, stream.codec_context.frame_size or None
        )
        frames = chain(_exact_frames(source_file, audio, track), (None,))
        ready = chain.from_iterable(resampler.resample(frame) for frame in frames)
        for frame in chain(ready, (None,)):
            file.mux(stream.encode(frame))


def _options(file_format: AudioFileFormat, track: SourceTrack) -> dict[str, str]:
    # The edit list's duration is in the movie's timescale, which is milliseconds by default.
    ticks = {"movie_timescale": str(track.timescale)} if file_format.container == "ipod" else {}
    return file_format.options | ticks


def _add_stream(file: OutputContainer, audio: av.AudioStream, file_format: AudioFileFormat) -> av.AudioStream:
    stream = file.add_stream(file_format.codec, rate=_rate_hz(file_format.codec, audio.rate))
    if not isinstance(stream, av.AudioStream):
        raise TypeError(f"{file_format.codec} is not an audio codec")
    stream.format = file_format.samples
    is_too_wide = file_format.max_channels is not None and audio.channels > file_format.max_channels
    stream.layout = "stereo" if is_too_wide else audio.layout
    if file_format.bits_per_channel_s is not None:
        stream.bit_rate = file_format.bits_per_channel_s * stream.layout.nb_channels
    file.start_encoding()  # opens the encoder, which sets its frame size
    return stream


def _rate_hz(codec: str, rate_hz: int) -> int:
    """Return the codec's rate for this audio: the same, the next higher one, or the highest."""
    rates = av.Codec(codec, "w").audio_rates or [rate_hz]
    return min((rate for rate in rates if rate >= rate_hz), default=max(rates))


def _exact_frames(
    source_file: InputContainer, audio: av.AudioStream, track: SourceTrack
) -> Iterator[AudioFrame]:
    """Yield exactly the samples to play: neither the encoder's priming nor its padding."""
    wanted = max(0, track.presented) * audio.rate // track.timescale
    fifo = AudioFifo()
    emitted = 0
    dropped: int | None = None
    for frame in source_file.decode(audio):
        if dropped is None:
            # FFmpeg removes priming where it can; the rest of it has negative timestamps.
            dropped = max(0, -round((frame.time or 0.0) * audio.rate))
        frame.pts = None
        fifo.write(frame)
        if dropped > 0 and (skipped := fifo.read(min(dropped, fifo.samples), partial=True)):
            dropped -= skipped.samples
        ready = min(wanted - emitted, fifo.samples)
        # 0 would mean all samples.
        exact = fifo.read(ready) if ready > 0 else None
        if exact is not None:
            exact.pts = emitted
            exact.time_base = Fraction(1, audio.rate)
            emitted += exact.samples
            yield exact
        if emitted == wanted:
            # Everything after this belongs to a truncated segment.
            return
    if emitted < wanted:
        raise ValueError(f"only {emitted} of {wanted} samples could be decoded")
