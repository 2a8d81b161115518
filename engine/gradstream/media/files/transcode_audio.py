"""A stream's sound in another codec, exact in length, for downloads that cannot have it as it is.

    fragments -> decoder -> priming and padding taken off -> resampler -> encoder -> file

Bound: frames go through one by one; only an `.m4a` keeps its tables until its end, and is then written again
with them in front.
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


class Form(Struct, frozen=True, kw_only=True):
    """A file of sound: FFmpeg's names for its container, codec and samples, and the codec's limits."""

    container: str
    codec: str
    samples: str
    bits_per_channel_s: int | None = None
    max_channels: int | None = None
    options: dict[str, str] = {}


AUDIO_FILE_FORMATS = {
    # Beyond 4 GiB, six hours, sizes need RF64.
    ".wav": Form(container="wav", codec="pcm_s16le", samples="s16", options={"rf64": "auto"}),
    ".flac": Form(container="flac", codec="flac", samples="s16"),
    ".mp3": Form(
        container="mp3",
        codec="libmp3lame",
        samples="s16p",
        bits_per_channel_s=128_000,
        max_channels=2,
    ),
    ".m4a": Form(
        container="ipod",
        codec="aac",
        samples="fltp",
        # FFmpeg's encoder is audibly wrong below.
        bits_per_channel_s=96_000,
        options={"movflags": "faststart"},
    ),
}
"""A file's suffix -> what it is made of."""


def transcode_audio(source: Path, track: SourceTrack, target: Path, *, form: Form) -> None:
    """Write a stream's sound, to the sample, as another form.

    Raises ValueError when it cannot be decoded, or less of it than the stream tells of.
    """
    try:
        _transcode(source, track, target, form)
    except FFmpegError as error:
        raise ValueError(f"its sound cannot be converted: {error}") from error


def _transcode(source: Path, track: SourceTrack, target: Path, form: Form) -> None:
    with (
        av.open(str(source)) as opened,
        av.open(str(target), "w", format=form.container, options=_options(form, track)) as file,
    ):
        sound = opened.streams.audio[0]
        stream = _add_stream(file, sound, form)
        resampler = AudioResampler(
            stream.format, stream.layout, stream.rate, stream.codec_context.frame_size or None
        )
        frames = chain(_exact_frames(opened, sound, track), (None,))
        ready = chain.from_iterable(resampler.resample(frame) for frame in frames)
        for frame in chain(ready, (None,)):
            file.mux(stream.encode(frame))


def _options(form: Form, track: SourceTrack) -> dict[str, str]:
    # The edit list's duration is in the movie's own ticks, which are milliseconds unless told.
    ticks = {"movie_timescale": str(track.timescale)} if form.container == "ipod" else {}
    return form.options | ticks


def _add_stream(file: OutputContainer, sound: av.AudioStream, form: Form) -> av.AudioStream:
    stream = file.add_stream(form.codec, rate=_rate_hz(form.codec, sound.rate))
    if not isinstance(stream, av.AudioStream):
        raise TypeError(f"{form.codec} is no codec of sound")
    stream.format = form.samples
    is_too_wide = form.max_channels is not None and sound.channels > form.max_channels
    stream.layout = "stereo" if is_too_wide else sound.layout
    if form.bits_per_channel_s is not None:
        stream.bit_rate = form.bits_per_channel_s * stream.layout.nb_channels
    file.start_encoding()  # opens the encoder, which then tells how long its frames are
    return stream


def _rate_hz(codec: str, rate_hz: int) -> int:
    """Return the rate that a codec has for a sound: its own, the next above, or the greatest."""
    rates = av.Codec(codec, "w").audio_rates or [rate_hz]
    return min((rate for rate in rates if rate >= rate_hz), default=max(rates))


def _exact_frames(opened: InputContainer, sound: av.AudioStream, track: SourceTrack) -> Iterator[AudioFrame]:
    """Yield what is to be heard, to the sample: neither an encoder's priming nor its padding."""
    wanted = max(0, track.presented) * sound.rate // track.timescale
    fifo = AudioFifo()
    told = 0
    dropped: int | None = None
    for frame in opened.decode(sound):
        if dropped is None:
            # FFmpeg takes priming off itself, where it knows how; what is left of it is before 0.
            dropped = max(0, -round((frame.time or 0.0) * sound.rate))
        frame.pts = None
        fifo.write(frame)
        if dropped > 0 and (gone := fifo.read(min(dropped, fifo.samples), partial=True)):
            dropped -= gone.samples
        ready = min(wanted - told, fifo.samples)
        # 0 would mean everything.
        exact = fifo.read(ready) if ready > 0 else None
        if exact is not None:
            exact.pts = told
            exact.time_base = Fraction(1, sound.rate)
            told += exact.samples
            yield exact
        if told == wanted:
            # Whatever follows is of a fragment that is cut off.
            return
    if told < wanted:
        raise ValueError(f"only {told} of {wanted} samples could be decoded")
