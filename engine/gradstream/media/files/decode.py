"""Reads the files that visitors send: how long they are, and an exact part of their sound and pictures.

    file --open_file--> MediaFile --sound--> AudioTrimmer ----> int16 samples of the part
                                  --picture--> VideoTrimmer -> (seconds into the part, picture)

Seconds are counted from where a player begins the file. A packet that cannot be decoded is passed over, as
players do with the cut-off end of a file; a file of which nothing can be decoded is a `MediaFileError`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from gradstream.media.time_range import WHOLE_FILE, TimeRange

Samples = NDArray[np.int16]
"""Shape (n, channels)."""

FRAME_SLACK = Fraction(1, 2000)
"""WebM rounds times to a millisecond: a picture that is later by less than half of one is not later."""


SEEK_BEFORE_S = 1.0
"""Decoders of sound need some frames before what they decode is right."""


class MediaFileError(Exception):
    """Raised for a file in which there is nothing to decode."""


class MediaFile:
    """An open file: its tracks, of those that FFmpeg knows, and where its timeline begins."""

    def __init__(self, container: Any) -> None:
        self.container = container
        self.sound = _first(container.streams.audio)
        self.picture = _first(one for one in container.streams.video if not _is_cover(one))
        self.origin_s = Fraction(container.start_time or 0, av.time_base)

    def skip_to(self, start_s: float) -> None:
        """Leave out what lies well before, where the file has an index; times stay as they are.

        For videos: their pictures take long to decode, and their times are good enough to go by.
        """
        if start_s <= SEEK_BEFORE_S:
            return
        place = Fraction(start_s - SEEK_BEFORE_S) + self.origin_s
        # A file without an index is read from its beginning, which takes longer and comes to the same.
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
    """Open a file. Raises MediaFileError when it is none that FFmpeg knows."""
    try:
        container = av.open(path, metadata_errors="replace")
    except (FFmpegError, EOFError) as error:
        raise MediaFileError(str(error)) from error
    with container:
        yield MediaFile(container)


def decode(packet: Any) -> list[Any]:
    """Return a packet's frames; none of one that is damaged, because what is around it is still of use."""
    try:
        return list(packet.decode())
    except (FFmpegError, EOFError):
        return []


def read_duration_s(path: str) -> float:
    """Return how long a player plays the file; where the file does not say it, all packets are looked at.

    What browsers record does not say it. Raises MediaFileError.
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
            raise MediaFileError("there is nothing in it")
        return float(max(ends) - file.origin_s)


def read_audio(path: str, part: TimeRange = WHOLE_FILE) -> tuple[int, Samples]:
    """Return the rate in samples a second and the samples: shape (n,) for one channel, else (n, channels).

    Raises MediaFileError when there is no sound in the file.
    """
    with open_file(path) as file:
        if file.sound is None:
            raise MediaFileError("there is no sound in it")
        cut = AudioTrimmer(part, origin_s=file.origin_s)
        pieces = list(cut.pieces(file))
    if not cut.rate_hz:
        raise MediaFileError("its sound cannot be decoded")
    samples = np.concatenate(pieces) if pieces else np.zeros((0, cut.channels), np.int16)
    return cut.rate_hz, samples[:, 0] if cut.channels == 1 else samples


class AudioTrimmer:
    """Turns the frames of a track into the int16 samples of a part.

    Rate and channels are those of the first frame; a track that changes them on its way is brought back.
    """

    def __init__(self, part: TimeRange, *, origin_s: Fraction = Fraction(0)) -> None:
        self.rate_hz = 0
        self.layout = ""
        self.channels = 0
        self.first = 0
        """The part's first sample, counted from where a player begins the file."""
        self._part = part
        self._origin_s = origin_s
        self._end: int | None = None
        self._position = 0
        self._source: tuple[str, str, int] | None = None
        self._resampler: Any = None

    @property
    def is_done(self) -> bool:
        """Whether nothing that follows is in the part."""
        return self._end is not None and self._position >= self._end

    @property
    def position(self) -> int:
        """The sample after the last one that was returned, counted from the beginning of the part."""
        return self._position - self.first

    def pieces(self, file: MediaFile) -> Iterator[Samples]:
        """Yield all samples of the part of a file that has sound."""
        for packet in file.packets(file.sound):
            for frame in decode(packet):
                yield from self.take(frame)
            if self.is_done:
                return
        yield from self.take(None)

    def take(self, frame: Any) -> Iterator[Samples]:
        """Yield what the next frame has of the part; None is the end, and gives what was held back."""
        if frame is None:
            if self._resampler is not None:
                yield from self._cut(self._resampler.resample(None))
            return
        source = (frame.format.name, frame.layout.name, frame.sample_rate)
        if source != self._source:
            if self._resampler is None:
                self._begin(frame)
            else:
                yield from self._cut(self._resampler.resample(None))
            self._source = source
            self._resampler = av.AudioResampler(format="s16", layout=self.layout, rate=self.rate_hz)
        frame.pts = None
        yield from self._cut(self._resampler.resample(frame))

    def _begin(self, frame: Any) -> None:
        self.rate_hz, self.layout = frame.sample_rate, frame.layout.name
        self.channels = frame.layout.nb_channels
        self.first = round(self._part.start_s * self.rate_hz)
        if self._part.end_s is not None:
            self._end = round(self._part.end_s * self.rate_hz)
        self._position = round((_time_s(frame) - self._origin_s) * self.rate_hz)

    def _cut(self, frames: list[Any]) -> Iterator[Samples]:
        for frame in frames:
            samples = frame.to_ndarray().reshape(-1, self.channels)
            begin, self._position = self._position, self._position + len(samples)
            end = len(samples) if self._end is None else max(self._end - begin, 0)
            kept = samples[max(self.first - begin, 0) : end]
            if len(kept):
                yield kept


class VideoTrimmer:
    """Picks the pictures that a player shows in a part, with the seconds into it at which each appears.

    The first appears at 0: it is the one that stands at the part's beginning, however long before it came.
    """

    def __init__(self, part: TimeRange, *, origin_s: Fraction = Fraction(0)) -> None:
        self.is_done = False
        self._start_s = Fraction(part.start_s)
        self._end_s = None if part.end_s is None else Fraction(part.end_s)
        self._origin_s = origin_s
        self._standing: Any = None

    def take(self, frame: Any) -> Iterator[tuple[Fraction, Any]]:
        """Yield what is certain with the next frame, in order of time; None is the end."""
        at_s = None if frame is None else _time_s(frame) - self._origin_s
        if at_s is not None and at_s <= self._start_s + FRAME_SLACK:
            self._standing = frame
            return
        if self._standing is not None:
            yield Fraction(0), self._standing
            self._standing = None
        if at_s is None or self.is_done:
            return
        if self._end_s is not None and at_s >= self._end_s - FRAME_SLACK:
            self.is_done = True
            return
        yield at_s - self._start_s, frame


def _time_s(frame: Any) -> Fraction:
    return Fraction(0) if frame.pts is None else frame.pts * Fraction(frame.time_base)


def _first(tracks: Iterable[Any]) -> Any:
    return next((one for one in tracks if one.codec_context is not None), None)


def _is_cover(stream: Any) -> bool:
    """Tell whether a track is a single picture that goes with a song."""
    return bool(stream.disposition & av.stream.Disposition.attached_pic)
