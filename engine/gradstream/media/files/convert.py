r"""Converts visitors' files: to the format that a demo requires, and to the time range that a visitor chose.

    file --audio of the range--> encoder --> wav | mp3 | flac | ogg | m4a
    file --packets, if the range is the whole file and the codec fits--> mp4 | webm
         \--video and audio of the range--> encoders ------------------/

Memory: audio is processed frame by frame, never whole; the caller limits the duration.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import chain
from typing import Any, Protocol

import av
import numpy as np
from msgspec import Struct

from gradstream.media.files.decode import (
    AudioTrimmer,
    Int16Samples,
    MediaFile,
    MediaFileError,
    VideoTrimmer,
    decode,
    open_file,
)
from gradstream.media.time_range import WHOLE_FILE, TimeRange
from gradstream.media.types import VIDEO_TIMESCALE

DEFAULT_FPS = 25
"""The frame rate assumed for a video that does not state it."""

ENCODER_THREADS = 2
"""A visitor's clip must not occupy more cores than this, because other runs need them."""

TICK_S = Fraction(1, VIDEO_TIMESCALE)


class _AudioTarget(Struct, frozen=True):
    muxer: str
    encoder: str
    fitting: frozenset[str]
    bit_rate: int = 0


_AUDIO_TARGETS: Mapping[str, _AudioTarget] = {
    # FFmpeg's names: the container, the encoder, and the codecs that need no conversion.
    "wav": _AudioTarget("wav", "pcm_s16le", frozenset({"pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le"})),
    "mp3": _AudioTarget("mp3", "libmp3lame", frozenset({"mp3", "mp3float"}), 192_000),
    "flac": _AudioTarget("flac", "flac", frozenset({"flac"})),
    "ogg": _AudioTarget("ogg", "libopus", frozenset({"opus", "vorbis"}), 128_000),
    "m4a": _AudioTarget("ipod", "aac", frozenset({"aac"}), 160_000),
}


class _VideoTarget(Struct, frozen=True):
    encoder: str
    fitting: frozenset[str]
    audio: _AudioTarget
    options: dict[str, str]


_VIDEO_TARGETS: Mapping[str, _VideoTarget] = {
    "mp4": _VideoTarget(
        "libx264",
        frozenset({"h264"}),
        _AUDIO_TARGETS["m4a"],
        {"preset": "veryfast", "crf": "20"},
    ),
    "webm": _VideoTarget(
        "libvpx",
        frozenset({"vp8", "vp9", "av1"}),
        _AUDIO_TARGETS["ogg"],
        {"deadline": "realtime", "cpu-used": "8", "crf": "12", "b": "4M"},
    ),
}


def has_audio_format(path: str, form: str) -> bool:
    """Return whether an audio file already has this format. Raises MediaFileError."""
    with open_file(path) as file:
        return file.video is None and _is_in(file, form) and _fits(file.audio, _AUDIO_TARGETS[form].fitting)


def has_video_format(path: str, form: str) -> bool:
    """Return whether a video file already has this format. Raises MediaFileError."""
    encoding = _VIDEO_TARGETS[form]
    with open_file(path) as file:
        return (
            _is_in(file, form)
            and _fits_video(file.video, encoding)
            and (file.audio is None or _fits(file.audio, encoding.audio.fitting))
        )


def convert_audio(path: str, target: str, *, form: str, time_range: TimeRange = WHOLE_FILE) -> None:
    """Write the audio of a time range to a new file. Raises MediaFileError."""
    with open_file(path) as file:
        if file.audio is None:
            raise MediaFileError("the file contains no sound")
        trimmer = AudioTrimmer(time_range, origin_s=file.origin_s)
        blocks = trimmer.blocks(file)
        first = next(blocks, None)
        if first is None:
            raise MediaFileError("the sound cannot be decoded")
        with av.open(target, "w", format=_AUDIO_TARGETS[form].muxer) as output:
            encoder = _AudioOutput(
                output, _AUDIO_TARGETS[form], rate_hz=trimmer.rate_hz, channels=trimmer.channels
            )
            for samples in chain([first], blocks):
                encoder.encode(samples, layout=trimmer.layout, rate_hz=trimmer.rate_hz, end=trimmer.position)
            encoder.finish()


def convert_video(path: str, target: str, *, form: str, time_range: TimeRange = WHOLE_FILE) -> None:
    """Write a time range to a new file; whole tracks are copied if they fit. Raises MediaFileError."""
    encoding = _VIDEO_TARGETS[form]
    display = _display_size(path)
    options = {"movflags": "+faststart"} if form == "mp4" else {}
    with open_file(path) as file, av.open(target, "w", format=form, options=options) as output:
        tracks: dict[int, _OutputTrack] = {}
        if time_range.is_all and display.turns == 0 and _fits_video(file.video, encoding):
            tracks[file.video.index] = _CopiedTrack(output, file.video)
        else:
            tracks[file.video.index] = _TranscodedVideo(
                output, encoding, file, time_range=time_range, display=display
            )
        if file.audio is not None and time_range.is_all and _fits(file.audio, encoding.audio.fitting):
            tracks[file.audio.index] = _CopiedTrack(output, file.audio)
        elif file.audio is not None:
            tracks[file.audio.index] = _TranscodedAudio(output, encoding.audio, file, time_range=time_range)
        file.seek(time_range.start_s)
        for packet in file.packets(*(file.container.streams[index] for index in tracks)):
            tracks[packet.stream.index].feed(packet)
            if all(track.is_done for track in tracks.values()):
                break
        for track in tracks.values():
            track.finish()


class _OutputTrack(Protocol):
    """A track of the new file, made from one track of the source."""

    @property
    def is_done(self) -> bool:
        """Whether nothing that follows is in the time range."""

    def feed(self, packet: Any) -> None:
        """Process the next packet of the source."""

    def finish(self) -> None:
        """Write what is held back."""


class _CopiedTrack:
    """A track whose packets are copied."""

    is_done = False

    def __init__(self, output: Any, source: Any) -> None:
        self._output = output
        self._stream = output.add_stream_from_template(source)

    def feed(self, packet: Any) -> None:
        if packet.dts is not None:
            packet.stream = self._stream
            self._output.mux(packet)

    def finish(self) -> None:
        """Do nothing: packets are written as they arrive."""


class _TranscodedVideo:
    """Frames that are encoded again: upright, of one size, with even sides as 4:2:0 requires."""

    def __init__(
        self,
        output: Any,
        encoding: _VideoTarget,
        file: MediaFile,
        *,
        time_range: TimeRange,
        display: "_DisplaySize",
    ) -> None:
        self._output = output
        self._trimmer = VideoTrimmer(time_range, origin_s=file.origin_s)
        self._turns = display.turns
        rate = file.video.average_rate or DEFAULT_FPS
        self._stream = output.add_stream(encoding.encoder, rate=rate, options=dict(encoding.options))
        self._stream.width, self._stream.height = display.width // 2 * 2, display.height // 2 * 2
        self._stream.pix_fmt = "yuv420p"
        self._stream.codec_context.time_base = TICK_S
        self._stream.codec_context.thread_count = ENCODER_THREADS
        self._last = -1

    @property
    def is_done(self) -> bool:
        return self._trimmer.is_done

    def feed(self, packet: Any) -> None:
        for frame in decode(packet):
            self._encode(self._trimmer.feed(frame))

    def finish(self) -> None:
        self._encode(self._trimmer.feed(None))
        self._output.mux(self._stream.encode(None))

    def _encode(self, frames: Iterable[tuple[Fraction, Any]]) -> None:
        for at_s, frame in frames:
            tick = round(at_s / TICK_S)
            if tick <= self._last:
                continue
            self._last = tick
            fitted = _turn(frame, self._turns).reformat(
                width=self._stream.width, height=self._stream.height, format="yuv420p"
            )
            fitted.pts, fitted.time_base = tick, TICK_S
            # The frame types of the source do not matter here.
            fitted.pict_type = av.video.frame.PictureType.NONE
            self._output.mux(self._stream.encode(fitted))


class _TranscodedAudio:
    """The audio of a video, encoded again."""

    def __init__(
        self, output: Any, encoding: _AudioTarget, file: MediaFile, *, time_range: TimeRange
    ) -> None:
        self._trimmer = AudioTrimmer(time_range, origin_s=file.origin_s)
        source = file.audio.codec_context
        self._encoder = _AudioOutput(
            output, encoding, rate_hz=source.sample_rate, channels=source.layout.nb_channels
        )

    @property
    def is_done(self) -> bool:
        return self._trimmer.is_done

    def feed(self, packet: Any) -> None:
        for frame in decode(packet):
            self._encode(self._trimmer.feed(frame))

    def finish(self) -> None:
        self._encode(self._trimmer.feed(None))
        self._encoder.finish()

    def _encode(self, blocks: Iterable[Int16Samples]) -> None:
        for samples in blocks:
            self._encoder.encode(
                samples,
                layout=self._trimmer.layout,
                rate_hz=self._trimmer.rate_hz,
                end=self._trimmer.position,
            )


class _AudioOutput:
    """An audio track of a new file: mono or stereo, at the source's rate if the encoder supports it."""

    def __init__(self, output: Any, encoding: _AudioTarget, *, rate_hz: int, channels: int) -> None:
        self._output = output
        layout = "mono" if channels == 1 else "stereo"
        self._stream = output.add_stream(
            encoding.encoder, rate=_rate(encoding.encoder, rate_hz), layout=layout
        )
        if encoding.bit_rate:
            self._stream.bit_rate = encoding.bit_rate

    def encode(self, samples: Int16Samples, *, layout: str, rate_hz: int, end: int) -> None:
        """Encode samples, shape (n, channels), that end at sample `end` of the new file."""
        packed = np.ascontiguousarray(samples).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format="s16", layout=layout)
        frame.sample_rate = rate_hz
        frame.pts, frame.time_base = end - len(samples), Fraction(1, rate_hz)
        self._output.mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Write what the encoder holds back."""
        self._output.mux(self._stream.encode(None))


class _DisplaySize(Struct, frozen=True):
    """The size of a video as displayed, after `turns` quarter turns counterclockwise."""

    width: int
    height: int
    turns: int


def _display_size(path: str) -> _DisplaySize:
    """Return the display size of the first frame. Raises MediaFileError if there is none."""
    with open_file(path) as file:
        if file.video is None:
            raise MediaFileError("the file contains no pictures")
        for packet in file.packets(file.video):
            for frame in decode(packet):
                turns = round(frame.rotation / 90) % 4
                width, height = frame.width, frame.height
                return _DisplaySize(height, width, turns) if turns % 2 else _DisplaySize(width, height, turns)
    raise MediaFileError("the pictures cannot be decoded")


def _turn(frame: Any, turns: int) -> Any:
    if turns == 0:
        return frame
    pixels = np.rot90(frame.to_ndarray(format="rgb24"), turns)
    return av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")


def _rate(encoder: str, rate_hz: int) -> int:
    """Return the encoder's lowest rate that is not below the source's, or else its highest."""
    rates = sorted(av.Codec(encoder, "w").audio_rates or [rate_hz])
    return next((one for one in rates if one >= rate_hz), rates[-1])


def _is_in(file: MediaFile, container: str) -> bool:
    return container in file.container.format.name.split(",")


def _fits(track: Any, codecs: frozenset[str]) -> bool:
    return track is not None and track.codec_context.name in codecs


def _fits_video(track: Any, encoding: _VideoTarget) -> bool:
    """Return whether every player of the format supports this track: 4:2:0 with 8 bits."""
    return _fits(track, encoding.fitting) and track.codec_context.pix_fmt in ("yuv420p", "yuvj420p")
