"""The exact timeline of pictures: clips have times of their own, and are played one after the other.

EncodedFrame (in decode order, its clip's times) --add--> Sample (decode duration, composition offset)

clip      I0 P3 B1 B2 | I0 P2 B1        a clip begins where the one before ended
decoded   0  1  2  3    4  5  6         the n-th frame is decoded when the n-th picture of the clip is shown
shown     0  3  1  2    4  6  5         so offsets are signed (`trun` version 1), and every gap is equal
"""

import heapq
from collections import deque
from fractions import Fraction

from msgspec import Struct

from gradstream.media.types import VIDEO_TIMESCALE, EncodedSample

MAX_REORDER_FRAMES = 16
"""H.264 never holds back more pictures than this (ITU-T H.264, A.3.1: MaxDpbFrames)."""

DEFAULT_PERIOD_S = Fraction(1, 25)
"""How long a picture stays when a clip holds a single one and says nothing of it."""


class EncodedFrame(Struct, frozen=True, kw_only=True):
    """An H.264 frame with the time at which its clip shows it, in seconds. `duration_s` is 0 when unknown."""

    data: bytes
    at_s: Fraction
    duration_s: Fraction = Fraction(0)
    is_key: bool


class Cadence(Struct, frozen=True, kw_only=True):
    """What a clip says of its rhythm: seconds from picture to picture, and how coarse its clock is.

    Matroska counts milliseconds and MPEG-TS 1/90000 s: most rates have no whole number of either.
    """

    period_s: Fraction = Fraction(0)
    tick_s: Fraction = Fraction(0)

    def exact(self, time_s: Fraction) -> Fraction:
        """Return the whole number of periods that `time_s` is but for its clock's rounding, else `time_s`."""
        if self.period_s <= 2 * self.tick_s:
            return time_s
        beat_s = round(time_s / self.period_s) * self.period_s
        return beat_s if abs(beat_s - time_s) <= self.tick_s else time_s


class VideoTimeline:
    """Places the pictures of one clip after the other; `begin`, `add` each picture, `end`, and so on."""

    def __init__(self) -> None:
        self._end = Fraction(0)
        self._begin_clip(0, Cadence())

    def begin(self, *, reorder: int = 0, cadence: Cadence | None = None) -> None:
        """Begin a clip where the line ends; `reorder` pictures may be decoded before one is shown."""
        self._begin_clip(reorder, cadence or Cadence())

    def _begin_clip(self, reorder: int, cadence: Cadence) -> None:
        self._place = self._end
        self._reorder = reorder
        self._cadence = cadence
        self._waiting: deque[EncodedFrame] = deque()
        self._times: list[Fraction] = []
        self._base_s: Fraction | None = None
        self._last: EncodedFrame | None = None
        self._gap_s = Fraction(0)
        self._decode_tick = round(self._place)

    def add(self, picture: EncodedFrame) -> list[EncodedSample]:
        """Place a picture of the clip; returns those whose place and duration are known by now."""
        self._waiting.append(picture)
        heapq.heappush(self._times, picture.at_s)
        if self._last is None or picture.at_s > self._last.at_s:
            if self._last is not None:
                self._gap_s = picture.at_s - self._last.at_s
            self._last = picture
        samples = []
        # One more than the decoder's depth: a duration is known when the next time is.
        while len(self._waiting) > self._reorder + 1:
            samples.append(self._next())
        return samples

    def end(self) -> list[EncodedSample]:
        """Place what is left of the clip, whose last picture stays for its duration."""
        if self._last is None:
            return []
        self._settle_base()
        last_s = self._last_duration_s(self._last)
        self._end = self._place + self._ticks(self._last.at_s) + last_s * VIDEO_TIMESCALE
        samples = []
        while self._waiting:
            samples.append(self._next())
        if self._decode_tick > round(self._end):
            self._end = Fraction(self._decode_tick)
        return samples

    @property
    def base_s(self) -> Fraction | None:
        """The clip's own time of its first picture; None until that is known."""
        return self._base_s

    @property
    def place_s(self) -> Fraction:
        """The line's time of the clip's first picture."""
        return Fraction(round(self._place), VIDEO_TIMESCALE)

    @property
    def end_s(self) -> Fraction:
        """Up to which time of the line there are pictures; after `end`, where the next clip begins."""
        return Fraction(self._decode_tick, VIDEO_TIMESCALE)

    def _next(self) -> EncodedSample:
        """Take the next picture in decode order, and the earliest time that no other has taken."""
        self._settle_base()
        picture = self._waiting.popleft()
        heapq.heappop(self._times)
        begin = self._decode_tick
        end = self._tick(self._times[0]) if self._times else round(self._end)
        # A clip with two pictures at the same time would stop a player's clock.
        self._decode_tick = max(end, begin + 1)
        offset = self._tick(picture.at_s) - begin
        return EncodedSample(
            data=picture.data, duration=self._decode_tick - begin, offset=offset, is_key=picture.is_key
        )

    def _settle_base(self) -> None:
        if self._base_s is None:
            self._base_s = self._times[0]

    def _tick(self, at_s: Fraction) -> int:
        return round(self._place + self._ticks(at_s))

    def _ticks(self, at_s: Fraction) -> Fraction:
        return self._cadence.exact(at_s - (self._base_s or 0)) * VIDEO_TIMESCALE

    def _last_duration_s(self, last: EncodedFrame) -> Fraction:
        cadence = self._cadence
        duration_s = last.duration_s or self._gap_s or cadence.period_s or DEFAULT_PERIOD_S
        # Both its ends are rounded.
        is_regular = abs(duration_s - cadence.period_s) <= 2 * cadence.tick_s
        return cadence.period_s if is_regular else duration_s
