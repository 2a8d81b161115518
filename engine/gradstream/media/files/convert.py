r"""Converts visitors' files: to the format that a demo asks for, and to the part that a visitor chose.

    file --sound of the part--> encoder --> wav | mp3 | flac | ogg | m4a
    file --packets, where nothing is cut and the codec fits--> mp4 | webm
         \--pictures and sound of the part--> encoders ------/

Bounds: sound goes through in frames, never whole; the longest part is the caller's to limit.
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
    MediaFile,
    MediaFileError,
    Samples,
    VideoTrimmer,
    decode,
    open_file,
)
from gradstream.media.time_range import WHOLE_FILE, TimeRange
from gradstream.media.types import VIDEO_TIMESCALE

DEFAULT_FPS = 25
"""What an encoder reckons with for a video that does not say its pictures a second."""

ENCODER_THREADS = 2
"""A visitor's clip is not worth more cores than this: other runs go on meanwhile."""

TICK_S = Fraction(1, VIDEO_TIMESCALE)


class _AudioFileFormat(Struct, frozen=True):
    muxer: str
    encoder: str
    fitting: frozenset[str]
    bit_rate: int = 0


_AUDIO: Mapping[str, _AudioFileFormat] = {
    # FFmpeg's names: the container, the encoder, and the codecs that are of the format already.
    "wav": _AudioFileFormat("wav", "pcm_s16le", frozenset({"pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le"})),
    "mp3": _AudioFileFormat("mp3", "libmp3lame", frozenset({"mp3", "mp3float"}), 192_000),
    "flac": _AudioFileFormat("flac", "flac", frozenset({"flac"})),
    "ogg": _AudioFileFormat("ogg", "libopus", frozenset({"opus", "vorbis"}), 128_000),
    "m4a": _AudioFileFormat("ipod", "aac", frozenset({"aac"}), 160_000),
}


class _VideoFileFormat(Struct, frozen=True):
    pictures: str
    fitting: frozenset[str]
    sound: _AudioFileFormat
    options: dict[str, str]


_VIDEO: Mapping[str, _VideoFileFormat] = {
    "mp4": _VideoFileFormat(
        "libx264",
        frozenset({"h264"}),
        _AUDIO["m4a"],
        {"preset": "veryfast", "crf": "20"},
    ),
    "webm": _VideoFileFormat(
        "libvpx",
        frozenset({"vp8", "vp9", "av1"}),
        _AUDIO["ogg"],
        {"deadline": "realtime", "cpu-used": "8", "crf": "12", "b": "4M"},
    ),
}


def has_audio_format(path: str, form: str) -> bool:
    """Tell whether a file is of this format already. Raises MediaFileError."""
    with open_file(path) as file:
        return file.picture is None and _is_in(file, form) and _fits(file.sound, _AUDIO[form].fitting)


def has_video_format(path: str, form: str) -> bool:
    """Tell whether a file is of this format already. Raises MediaFileError."""
    shape = _VIDEO[form]
    with open_file(path) as file:
        return (
            _is_in(file, form)
            and _fits_pictures(file.picture, shape)
            and (file.sound is None or _fits(file.sound, shape.sound.fitting))
        )


def convert_audio(path: str, target: str, *, form: str, part: TimeRange = WHOLE_FILE) -> None:
    """Write the sound of a part to a new file. Raises MediaFileError."""
    with open_file(path) as file:
        if file.sound is None:
            raise MediaFileError("there is no sound in it")
        cut = AudioTrimmer(part, origin_s=file.origin_s)
        pieces = cut.pieces(file)
        first = next(pieces, None)
        if first is None:
            raise MediaFileError("its sound cannot be decoded")
        with av.open(target, "w", format=_AUDIO[form].muxer) as output:
            encoder = _AudioOutput(output, _AUDIO[form], rate_hz=cut.rate_hz, channels=cut.channels)
            for samples in chain([first], pieces):
                encoder.put(samples, layout=cut.layout, rate_hz=cut.rate_hz, end=cut.position)
            encoder.finish()


def convert_video(path: str, target: str, *, form: str, part: TimeRange = WHOLE_FILE) -> None:
    """Write a time range to a new file; whole tracks are copied if they fit. Raises MediaFileError."""
    shape = _VIDEO[form]
    look = _look(path)
    options = {"movflags": "+faststart"} if form == "mp4" else {}
    with open_file(path) as file, av.open(target, "w", format=form, options=options) as output:
        tracks: dict[int, _OutputTrack] = {}
        if part.is_all and look.turns == 0 and _fits_pictures(file.picture, shape):
            tracks[file.picture.index] = _CopiedTrack(output, file.picture)
        else:
            tracks[file.picture.index] = _TranscodedVideo(output, shape, file, part=part, look=look)
        if file.sound is not None and part.is_all and _fits(file.sound, shape.sound.fitting):
            tracks[file.sound.index] = _CopiedTrack(output, file.sound)
        elif file.sound is not None:
            tracks[file.sound.index] = _TranscodedAudio(output, shape.sound, file, part=part)
        file.skip_to(part.start_s)
        for packet in file.packets(*(file.container.streams[index] for index in tracks)):
            tracks[packet.stream.index].take(packet)
            if all(track.is_done for track in tracks.values()):
                break
        for track in tracks.values():
            track.finish()


class _OutputTrack(Protocol):
    """What becomes of one track of the source."""

    @property
    def is_done(self) -> bool:
        """Whether nothing that follows is in the part."""

    def take(self, packet: Any) -> None:
        """Take the next packet."""

    def finish(self) -> None:
        """Write what is held back."""


class _CopiedTrack:
    """A track that is taken over as it is."""

    is_done = False

    def __init__(self, output: Any, source: Any) -> None:
        self._output = output
        self._stream = output.add_stream_from_template(source)

    def take(self, packet: Any) -> None:
        if packet.dts is not None:
            packet.stream = self._stream
            self._output.mux(packet)

    def finish(self) -> None:
        """Do nothing: a packet is written when it comes."""


class _TranscodedVideo:
    """Pictures that are encoded anew: upright, of one size, with even sides as 4:2:0 needs them."""

    def __init__(
        self, output: Any, shape: _VideoFileFormat, file: MediaFile, *, part: TimeRange, look: "_Look"
    ) -> None:
        self._output = output
        self._cut = VideoTrimmer(part, origin_s=file.origin_s)
        self._turns = look.turns
        rate = file.picture.average_rate or DEFAULT_FPS
        self._stream = output.add_stream(shape.pictures, rate=rate, options=dict(shape.options))
        self._stream.width, self._stream.height = look.width // 2 * 2, look.height // 2 * 2
        self._stream.pix_fmt = "yuv420p"
        self._stream.codec_context.time_base = TICK_S
        self._stream.codec_context.thread_count = ENCODER_THREADS
        self._last = -1

    @property
    def is_done(self) -> bool:
        return self._cut.is_done

    def take(self, packet: Any) -> None:
        for frame in decode(packet):
            self._put(self._cut.take(frame))

    def finish(self) -> None:
        self._put(self._cut.take(None))
        self._output.mux(self._stream.encode(None))

    def _put(self, pictures: Iterable[tuple[Fraction, Any]]) -> None:
        for at_s, picture in pictures:
            tick = round(at_s / TICK_S)
            if tick <= self._last:
                continue
            self._last = tick
            fitted = _turn(picture, self._turns).reformat(
                width=self._stream.width, height=self._stream.height, format="yuv420p"
            )
            fitted.pts, fitted.time_base = tick, TICK_S
            # Where a picture was a key frame in the source says nothing about here.
            fitted.pict_type = av.video.frame.PictureType.NONE
            self._output.mux(self._stream.encode(fitted))


class _TranscodedAudio:
    """The sound of a video, encoded anew."""

    def __init__(self, output: Any, shape: _AudioFileFormat, file: MediaFile, *, part: TimeRange) -> None:
        self._cut = AudioTrimmer(part, origin_s=file.origin_s)
        source = file.sound.codec_context
        self._encoder = _AudioOutput(
            output, shape, rate_hz=source.sample_rate, channels=source.layout.nb_channels
        )

    @property
    def is_done(self) -> bool:
        return self._cut.is_done

    def take(self, packet: Any) -> None:
        for frame in decode(packet):
            self._put(self._cut.take(frame))

    def finish(self) -> None:
        self._put(self._cut.take(None))
        self._encoder.finish()

    def _put(self, pieces: Iterable[Samples]) -> None:
        for samples in pieces:
            self._encoder.put(
                samples, layout=self._cut.layout, rate_hz=self._cut.rate_hz, end=self._cut.position
            )


class _AudioOutput:
    """One track of sound in a new file: mono or stereo, with the source's rate where the encoder has it."""

    def __init__(self, output: Any, shape: _AudioFileFormat, *, rate_hz: int, channels: int) -> None:
        self._output = output
        layout = "mono" if channels == 1 else "stereo"
        self._stream = output.add_stream(shape.encoder, rate=_rate(shape.encoder, rate_hz), layout=layout)
        if shape.bit_rate:
            self._stream.bit_rate = shape.bit_rate

    def put(self, samples: Samples, *, layout: str, rate_hz: int, end: int) -> None:
        """Encode samples, shape (n, channels), that end at that sample of the new file."""
        packed = np.ascontiguousarray(samples).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format="s16", layout=layout)
        frame.sample_rate = rate_hz
        frame.pts, frame.time_base = end - len(samples), Fraction(1, rate_hz)
        self._output.mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Write what the encoder holds back."""
        self._output.mux(self._stream.encode(None))


class _Look(Struct, frozen=True):
    """A video's pictures as they are seen: `turns` are quarter turns to the left that make them upright."""

    width: int
    height: int
    turns: int


def _look(path: str) -> _Look:
    """Return what the first picture looks like. Raises MediaFileError when there is none."""
    with open_file(path) as file:
        if file.picture is None:
            raise MediaFileError("there are no pictures in it")
        for packet in file.packets(file.picture):
            for frame in decode(packet):
                turns = round(frame.rotation / 90) % 4
                width, height = frame.width, frame.height
                return _Look(height, width, turns) if turns % 2 else _Look(width, height, turns)
    raise MediaFileError("its pictures cannot be decoded")


def _turn(picture: Any, turns: int) -> Any:
    if turns == 0:
        return picture
    pixels = np.rot90(picture.to_ndarray(format="rgb24"), turns)
    return av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")


def _rate(encoder: str, rate_hz: int) -> int:
    """Return the encoder's rate that loses nothing of the source's, or else its highest."""
    rates = sorted(av.Codec(encoder, "w").audio_rates or [rate_hz])
    return next((one for one in rates if one >= rate_hz), rates[-1])


def _is_in(file: MediaFile, container: str) -> bool:
    return container in file.container.format.name.split(",")


def _fits(track: Any, codecs: frozenset[str]) -> bool:
    return track is not None and track.codec_context.name in codecs


def _fits_pictures(track: Any, shape: _VideoFileFormat) -> bool:
    """Tell whether every player of the format shows these pictures: 4:2:0 of 8 bits."""
    return _fits(track, shape.fitting) and track.codec_context.pix_fmt in ("yuv420p", "yuvj420p")
