"""Reads visitors' files: their duration, and the samples or frames of an exact time range.

    file --open_file--> MediaFile --audio--> AudioTrimmer --> int16 samples of the range
                                  --video--> VideoTrimmer --> (seconds from the start of the range, frame)

Times are counted from where a player starts the file. A packet that cannot be decoded is skipped, as
players do with a truncated end; a file of which nothing can be decoded raises `MediaFileError`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from gradstream.errors import GradstreamError
from gradstream.media.time_range import WHOLE_FILE, TimeRange

Int16Samples = NDArray[np.int16]
"""Shape (n, channels)."""

FRAME_SLACK = Fraction(1, 2000)
"""WebM rounds timestamps to a millisecond: differences up to half of one are ignored."""


SEEK_BEFORE_S = 1.0
"""Start of decoding before a range: audio decoders need some frames before their output is correct."""


BOUNDED_RATE = 2 * 48_000
"""Samples a second that a bound in seconds stands for: two channels of 48 kHz."""

SLACK_SAMPLES = BOUNDED_RATE
"""A second: a header rounds."""


class MediaFileError(GradstreamError):
    """Raised for a visitor's file that cannot be decoded; the text is FFmpeg's, or names what is missing."""


class MediaFile:
    """An open file: the tracks that FFmpeg can decode, and the start of its timeline."""

    def __init__(self, container: Any) -> None:
        self.container = container
        self.audio = _first(container.streams.audio)
        self.video = _first(track for track in container.streams.video if not _is_cover_art(track))
        self.origin_s = Fraction(container.start_time or 0, av.time_base)

    def seek(self, start_s: float) -> None:
        """Seek to shortly before `start_s`, if the file has an index; timestamps do not change.

        For videos only: their frames feed long to decode, and their timestamps are reliable.
        """
        if start_s <= SEEK_BEFORE_S:
            return
        place = Fraction(start_s - SEEK_BEFORE_S) + self.origin_s
        # A file without an index is read from its start, which takes longer but has the same result.
        with suppress(FFmpegError):
            self.container.seek(int(place * av.time_base))

    def packets(self, *tracks: Any) -> Iterator[Any]:
        """Yield the packets of these tracks, interleaved as in the file. Raises MediaFileError."""
        try:
            yield from self.container.demux(*tracks)
        except (FFmpegError, EOFError) as error:
            raise MediaFileError(str(error)) from error


@contextmanager
def open_file(path: str) -> Iterator[MediaFile]:
    """Open a file. Raises MediaFileError if FFmpeg does not support it."""
    try:
        container = av.open(path, metadata_errors="replace")
    except (FFmpegError, EOFError) as error:
        raise MediaFileError(str(error)) from error
    with container:
        yield MediaFile(container)


def decode(packet: Any) -> list[Any]:
    """Return a packet's frames; none if it is damaged, because those around it are still useful."""
    try:
        return list(packet.decode())
    except (FFmpegError, EOFError):
        return []


def read_duration_s(path: str) -> float:
    """Return the duration of a file in seconds. Raises MediaFileError.

    Recordings of browsers do not state it: then all packets are read.
    """
    with open_file(path) as file:
        if file.container.duration is not None:
            return float(Fraction(file.container.duration, av.time_base))
        ends = [
            (packet.pts + (packet.duration or 0)) * packet.time_base
            for packet in file.packets()
            if packet.pts is not None
        ]
        if not ends:
            raise MediaFileError("the file is empty")
        return float(max(ends) - file.origin_s)


def read_audio(
    path: str, time_range: TimeRange = WHOLE_FILE, *, most_s: float | None = None
) -> tuple[int, Int16Samples]:
    """Return the sample rate and the samples: shape (n,) for one channel, otherwise (n, channels).

    Raises MediaFileError if the file does not contain audio, or more than `most_s` of stereo at 48 kHz would
    take, whatever its header states.
    """
    with open_file(path) as file:
        if file.audio is None:
            raise MediaFileError("the file contains no sound")
        trimmer = AudioTrimmer(time_range, origin_s=file.origin_s)
        blocks, left = [], None if most_s is None else most_s * BOUNDED_RATE + SLACK_SAMPLES
        for block in trimmer.blocks(file):
            blocks.append(block)
            if left is not None:
                left -= block.size
                if left < 0:
                    raise MediaFileError("the file has more sound than it states")
    if not trimmer.rate_hz:
        raise MediaFileError("the sound cannot be decoded")
    samples = np.concatenate(blocks) if blocks else np.zeros((0, trimmer.channels), np.int16)
    return trimmer.rate_hz, samples[:, 0] if trimmer.channels == 1 else samples


class AudioTrimmer:
    """Converts the frames of a track to the int16 samples of a time range.

    Rate and channels are those of the first frame; later frames with others are resampled.
    """

    def __init__(self, time_range: TimeRange, *, origin_s: Fraction = Fraction(0)) -> None:
        self.rate_hz = 0
        self.layout = ""
        self.channels = 0
        self.first = 0
        """The first sample of the range, counted from where a player starts the file."""
        self._time_range = time_range
        self._origin_s = origin_s
        self._end: int | None = None
        self._position = 0
        self._source: tuple[str, str, int] | None = None
        self._resampler: Any = None

    @property
    def is_done(self) -> bool:
        """Whether nothing that follows is in the range."""
        return self._end is not None and self._position >= self._end

    @property
    def position(self) -> int:
        """The sample after the last one returned, counted from the start of the range."""
        return self._position - self.first

    def blocks(self, file: MediaFile) -> Iterator[Int16Samples]:
        """Yield all samples of the range; the file must contain audio."""
        for packet in file.packets(file.audio):
            for frame in decode(packet):
                yield from self.feed(frame)
            if self.is_done:
                return
        yield from self.feed(None)

    def feed(self, frame: Any) -> Iterator[Int16Samples]:
        """Yield the samples of the next frame that are in the range; None flushes what was held back."""
        if frame is None:
            if self._resampler is not None:
                yield from self._trim(self._resampler.resample(None))
            return
        source = (frame.format.name, frame.layout.name, frame.sample_rate)
        if source != self._source:
            if self._resampler is None:
                self._begin(frame)
            else:
                yield from self._trim(self._resampler.resample(None))
            self._source = source
            self._resampler = av.AudioResampler(format="s16", layout=self.layout, rate=self.rate_hz)
        frame.pts = None
        yield from self._trim(self._resampler.resample(frame))

    def _begin(self, frame: Any) -> None:
        self.rate_hz, self.layout = frame.sample_rate, frame.layout.name
        self.channels = frame.layout.nb_channels
        self.first = round(self._time_range.start_s * self.rate_hz)
        if self._time_range.end_s is not None:
            self._end = round(self._time_range.end_s * self.rate_hz)
        self._position = round((_time_s(frame) - self._origin_s) * self.rate_hz)

    def _trim(self, frames: list[Any]) -> Iterator[Int16Samples]:
        for frame in frames:
            samples = frame.to_ndarray().reshape(-1, self.channels)
            begin, self._position = self._position, self._position + len(samples)
            end = len(samples) if self._end is None else max(self._end - begin, 0)
            kept = samples[max(self.first - begin, 0) : end]
            if len(kept):
                yield kept


class VideoTrimmer:
    """Selects the frames that a player shows in a time range, each with its time from the start of the range.

    The first is at 0: it is the frame visible at the start of the range, however much earlier it appeared.
    """

    def __init__(self, time_range: TimeRange, *, origin_s: Fraction = Fraction(0)) -> None:
        self.is_done = False
        self._start_s = Fraction(time_range.start_s)
        self._end_s = None if time_range.end_s is None else Fraction(time_range.end_s)
        self._origin_s = origin_s
        self._visible: Any = None

    def feed(self, frame: Any) -> Iterator[tuple[Fraction, Any]]:
        """Yield the frames that are certain once the next one is known, in order of time; None is the end."""
        at_s = None if frame is None else _time_s(frame) - self._origin_s
        if at_s is not None and at_s <= self._start_s + FRAME_SLACK:
            self._visible = frame
            return
        if self._visible is not None:
            yield Fraction(0), self._visible
            self._visible = None
        if at_s is None or self.is_done:
            return
        if self._end_s is not None and at_s >= self._end_s - FRAME_SLACK:
            self.is_done = True
            return
        yield at_s - self._start_s, frame


def _time_s(frame: Any) -> Fraction:
    return Fraction(0) if frame.pts is None else frame.pts * Fraction(frame.time_base)


def _first(tracks: Iterable[Any]) -> Any:
    return next((track for track in tracks if track.codec_context is not None), None)


def _is_cover_art(stream: Any) -> bool:
    """Return whether a track is cover art."""
    return bool(stream.disposition & av.stream.Disposition.attached_pic)
