"""The exact timeline of a video stream: clips with timestamps of their own, played one after the other.

EncodedFrame (in decode order, timestamps of its clip) --add--> EncodedSample (duration, composition
offset, lead)

clip      I0 P3 B1 B2 | I0 P2 B1        a clip starts where the previous one ended
begin     0  1  2  3    4  5  6         the n-th frame begins when the n-th frame of the clip is shown
shown     0  3  1  2    4  6  5         so offsets from there are signed, and all gaps are equal
lead      0  *  1  1    1  1  1         so that no frame is decoded after it is shown
decoded   0  1- 1  2    3  4  5         1-: a tick before 1

The first frame is shown at 0, without an edit list, which not all browsers apply in Media Source. The lead
grows once, at the first frames that are reordered, and then stays: decode times are regular again.
"""

import heapq
from collections import deque
from fractions import Fraction

from msgspec import Struct

from gradstream.media.types import VIDEO_TIMESCALE, EncodedSample

MAX_REORDER_FRAMES = 16
"""H.264 never reorders over more frames than this (ITU-T H.264, A.3.1: MaxDpbFrames)."""

DEFAULT_PERIOD_S = Fraction(1, 25)
"""How long the frame of a clip with a single one is shown, if the clip does not state it."""


HOLD_TOLERANCE_S = Fraction(1, 10)
"""Sound that is longer than its pictures by no more than this is the padding of a codec's last frame."""


class EncodedFrame(Struct, frozen=True, kw_only=True):
    """An H.264 access unit with its presentation time in the clip; `duration_s` is 0 when unknown."""

    data: bytes
    at_s: Fraction
    duration_s: Fraction = Fraction(0)
    is_key: bool


class Cadence(Struct, frozen=True, kw_only=True):
    """The nominal frame period of a clip, and the resolution of its timestamps, in seconds.

    Matroska counts milliseconds and MPEG-TS 1/90000 s: the period of most rates is not a multiple of either.
    """

    period_s: Fraction = Fraction(0)
    tick_s: Fraction = Fraction(0)

    def exact(self, time_s: Fraction) -> Fraction:
        """Return the multiple of the period that `time_s` was rounded from; `time_s` if there is none."""
        if self.period_s <= 2 * self.tick_s:
            return time_s
        multiple_s = round(time_s / self.period_s) * self.period_s
        return multiple_s if abs(multiple_s - time_s) <= self.tick_s else time_s


class VideoTimeline:
    """Places the frames of one clip after the other: `begin`, `add` each frame, `end`, and so on."""

    def __init__(self) -> None:
        self._end = Fraction(0)
        self._lead = 0
        self._decoded = -1
        self._begin_clip(0, Cadence())

    def begin(self, *, reorder: int = 0, cadence: Cadence | None = None) -> None:
        """Start a clip where the timeline ends; `reorder` frames may be decoded before one is shown."""
        self._begin_clip(reorder, cadence or Cadence())

    def _begin_clip(self, reorder: int, cadence: Cadence) -> None:
        self._start = self._end
        self._reorder = reorder
        self._cadence = cadence
        self._waiting: deque[EncodedFrame] = deque()
        self._times: list[Fraction] = []
        self._base_s: Fraction | None = None
        self._last: EncodedFrame | None = None
        self._gap_s = Fraction(0)
        self._decode_tick = round(self._start)

    def add(self, frame: EncodedFrame) -> list[EncodedSample]:
        """Append a frame of the clip; return those whose time and duration are now certain."""
        self._waiting.append(frame)
        heapq.heappush(self._times, frame.at_s)
        if self._last is None or frame.at_s > self._last.at_s:
            if self._last is not None:
                self._gap_s = frame.at_s - self._last.at_s
            self._last = frame
        samples = []
        # One more than the reordering depth: a duration is known once the next timestamp is.
        while len(self._waiting) > self._reorder + 1:
            samples.append(self._next())
        return samples

    def end(self, *, held_until_s: Fraction = Fraction(0)) -> list[EncodedSample]:
        """Return the rest of the clip, whose last frame is shown for its duration.

        It is held until `held_until_s` of the clip where that is more than HOLD_TOLERANCE_S later.
        """
        if self._last is None:
            return []
        self._fix_base()
        last_s = self._last_duration_s(self._last)
        self._end = self._start + self._ticks(self._last.at_s) + last_s * VIDEO_TIMESCALE
        held_until = self._start + held_until_s * VIDEO_TIMESCALE
        if held_until > self._end + HOLD_TOLERANCE_S * VIDEO_TIMESCALE:
            self._end = held_until
        samples = []
        while self._waiting:
            samples.append(self._next())
        if self._decode_tick > round(self._end):
            self._end = Fraction(self._decode_tick)
        return samples

    @property
    def base_s(self) -> Fraction | None:
        """The time of the clip's first frame in the clip; None until that is known."""
        return self._base_s

    @property
    def first_s(self) -> Fraction:
        """The time of the earliest frame so far, in the clip."""
        return self._base_s if self._base_s is not None else min(self._times, default=Fraction(0))

    @property
    def start_s(self) -> Fraction:
        """The time of the clip's first frame on the timeline."""
        return Fraction(round(self._start), VIDEO_TIMESCALE)

    @property
    def end_s(self) -> Fraction:
        """The time up to which there are frames; after `end`, the start of the next clip."""
        return Fraction(self._decode_tick, VIDEO_TIMESCALE)

    def _next(self) -> EncodedSample:
        """Return the next frame in decode order, decoded at the earliest timestamp not used yet."""
        self._fix_base()
        begin = self._decode_tick
        lead = self._fix_lead(begin)
        frame = self._waiting.popleft()
        heapq.heappop(self._times)
        end = self._tick(self._times[0]) if self._times else round(self._end)
        # Two frames with the same timestamp would stop a player's clock.
        self._decode_tick = max(end, begin + 1)
        offset = self._tick(frame.at_s) - begin
        return EncodedSample(
            data=frame.data,
            duration=self._decode_tick - begin,
            offset=offset,
            lead=lead,
            is_key=frame.is_key,
        )

    def _fix_lead(self, begin: int) -> int:
        """Return the lead of the next frame: large enough for it and for all that are decoded after it.

        Each of these is decoded a tick after the one before, at least.
        """
        latest = min(self._tick(frame.at_s) - after for after, frame in enumerate(self._waiting))
        # A frame that a broken clip shows before the one it is decoded after keeps its place in the order.
        self._decoded = max(self._decoded + 1, min(begin - self._lead, latest))
        self._lead = begin - self._decoded
        return self._lead

    def _fix_base(self) -> None:
        if self._base_s is None:
            self._base_s = self._times[0]

    def _tick(self, at_s: Fraction) -> int:
        return round(self._start + self._ticks(at_s))

    def _ticks(self, at_s: Fraction) -> Fraction:
        return self._cadence.exact(at_s - (self._base_s or 0)) * VIDEO_TIMESCALE

    def _last_duration_s(self, last: EncodedFrame) -> Fraction:
        cadence = self._cadence
        duration_s = last.duration_s or self._gap_s or cadence.period_s or DEFAULT_PERIOD_S
        # Both ends of the duration are rounded.
        is_regular = abs(duration_s - cadence.period_s) <= 2 * cadence.tick_s
        return cadence.period_s if is_regular else duration_s
