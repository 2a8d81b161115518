"""The timeline of pictures: places, durations and composition offsets."""

from fractions import Fraction
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.media.types import VIDEO_TIMESCALE, EncodedSample
from gradstream.media.video.timeline import MAX_REORDER_FRAMES, Cadence, EncodedFrame, VideoTimeline

FRAME = VIDEO_TIMESCALE // 25


def picture(at_s: Fraction, *, duration_s: Fraction = Fraction(0)) -> EncodedFrame:
    """Return a picture that a clip shows then."""
    return EncodedFrame(data=b"", at_s=at_s, duration_s=duration_s, is_key=False)


def place(
    line: VideoTimeline, times: list[Fraction], *, duration_s: Fraction = Fraction(0)
) -> list[EncodedSample]:
    """Add a clip's pictures in decode order, and end it."""
    samples = [sample for at_s in times for sample in line.add(picture(at_s, duration_s=duration_s))]
    return samples + line.end()


def shown(samples: list[EncodedSample], *, start: int = 0) -> list[int]:
    """Return when samples are shown, in decode order, by their durations and offsets."""
    ticks = []
    for sample in samples:
        ticks.append(start + sample.offset)
        start += sample.duration
    return ticks


def test_reordered_clips_join_without_a_gap() -> None:
    """Clips with B-frames follow each other with equal gaps, and are decoded without any either."""
    line = VideoTimeline()
    samples = []
    for clip in range(3):
        line.begin(reorder=MAX_REORDER_FRAMES)
        # Each clip's own times begin somewhere else.
        order = [(number + 7 * clip) * Fraction(1, 25) for number in (0, 3, 1, 2, 4)]
        samples += place(line, order, duration_s=Fraction(1, 25))
    assert [sample.duration for sample in samples] == [FRAME] * 15
    assert [sample.offset for sample in samples[:5]] == [0, 2 * FRAME, -FRAME, -FRAME, 0]
    assert sorted(shown(samples)) == [FRAME * number for number in range(15)]
    assert line.end_s == Fraction(15, 25)
    # The first clip's two frames that are reordered are decoded a frame earlier; after that nothing changes.
    assert [sample.lead for sample in samples] == [0, 1, FRAME, *[FRAME] * 12]


@st.composite
def clips(draw: st.DrawFn) -> list[list[int]]:
    """Return clips: of each, the numbers at which its frames are shown, in decode order."""
    return [
        [key + number for key in range(0, frames, group) for number in draw(reorderings(group))]
        for frames, group in draw(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 17)), min_size=1))
    ]


@st.composite
def reorderings(draw: st.DrawFn, count: int) -> list[int]:
    """Return an order in which a key frame comes first, and the others anyhow."""
    return [0, *draw(st.permutations(range(1, count)))]


@given(clips(), st.integers(2, 9))
def test_every_frame_is_decoded_before_it_is_shown(orders: list[list[int]], period: int) -> None:
    """However frames are reordered: the first is shown at 0, none is decoded late, and clocks only go on."""
    line = VideoTimeline()
    samples = []
    for order in orders:
        line.begin(reorder=MAX_REORDER_FRAMES)
        samples += place(line, [Fraction(number, period) for number in order])
    begins = [0, *accumulate(sample.duration for sample in samples)]
    decoded = [begin - sample.lead for begin, sample in zip(begins, samples, strict=False)]
    times = shown(samples)
    assert min(times) == times[0] == decoded[0] == 0
    assert all(at <= time for at, time in zip(decoded, times, strict=True))
    assert all(before < after for before, after in pairwise(decoded))
    assert len(set(times)) == len(times)
    leads = [sample.lead for sample in samples]
    assert leads == sorted(leads)


def test_own_timing_is_kept() -> None:
    """A clip of variable rate keeps each of its gaps, and its last picture stays as long as it says."""
    line = VideoTimeline()
    line.begin(reorder=2)
    times = [Fraction(ms, 1000) for ms in (500, 700, 540, 550, 1500)]
    samples = place(line, times, duration_s=Fraction(1, 10))
    ticks = [VIDEO_TIMESCALE * ms // 1000 for ms in (0, 200, 40, 50, 1000)]
    assert shown(samples) == ticks
    assert line.end_s == Fraction(11, 10)


def test_pictures_come_out_as_soon_as_they_are_certain() -> None:
    """Without reordering a picture is placed when the next one is known, and none before that."""
    line = VideoTimeline()
    line.begin()
    emitted = [
        (len(line.add(picture(at_s))), line.base_s, line.end_s) for at_s in (Fraction(5), Fraction(51, 10))
    ]
    assert emitted == [(0, None, 0), (1, 5, Fraction(1, 10))]


def test_rates_without_whole_ticks_do_not_drift() -> None:
    """Pictures at 7 a second, one a chunk, are never half a tick off, and end where they should."""
    line = VideoTimeline()
    samples = []
    for _ in range(7_000):
        line.begin()
        samples += place(line, [Fraction(0)], duration_s=Fraction(1, 7))
    assert {sample.duration for sample in samples} == {17142, 17143}
    assert line.end_s == 1000


@pytest.mark.parametrize(
    ("tick_s", "rate", "expected"),
    [
        (Fraction(1, 1000), Fraction(24000, 1001), {5005}),
        (Fraction(1, 90_000), Fraction(24000, 1001), {5005}),
        (Fraction(1, 1000), Fraction(60), {2000}),
        (Fraction(1, 12_800), Fraction(25), {4800}),
    ],
)
def test_a_coarse_clock_is_made_exact(tick_s: Fraction, rate: Fraction, expected: set[int]) -> None:
    """Times rounded to a container's clock become equal gaps again, when the clip says its rate."""
    line = VideoTimeline()
    line.begin(cadence=Cadence(period_s=1 / rate, tick_s=tick_s))
    times = [round(number / rate / tick_s) * tick_s for number in range(500)]
    assert {sample.duration for sample in place(line, times)} == expected


def test_a_wrong_rate_changes_nothing() -> None:
    """Where the pictures do not come at the rate that a clip says, their own times count."""
    line = VideoTimeline()
    line.begin(cadence=Cadence(period_s=Fraction(1, 25), tick_s=Fraction(1, 1000)))
    samples = place(line, [Fraction(ms, 1000) for ms in (0, 50, 170, 200)])
    assert [sample.duration * 1000 // VIDEO_TIMESCALE for sample in samples[:3]] == [50, 120, 30]


def test_pictures_at_the_same_time_do_not_stop_the_clock() -> None:
    """Two pictures that a broken clip shows at once both last, if only for a tick."""
    line = VideoTimeline()
    line.begin()
    samples = place(line, [Fraction(0), Fraction(1, 25), Fraction(1, 25), Fraction(2, 25)])
    assert all(sample.duration >= 1 for sample in samples)
    assert line.end_s == Fraction(sum(sample.duration for sample in samples), VIDEO_TIMESCALE)


def test_a_clip_without_pictures_takes_no_time() -> None:
    """A clip of which nothing could be read leaves the line as it was."""
    line = VideoTimeline()
    line.begin()
    assert line.end() == []
    assert line.end_s == 0


def test_a_single_picture_lasts_its_clips_period() -> None:
    """A clip of one picture that does not say how long it stays lasts as its rate says."""
    line = VideoTimeline()
    line.begin(cadence=Cadence(period_s=Fraction(1, 10)))
    (sample,) = place(line, [Fraction(3)])
    assert sample.duration == VIDEO_TIMESCALE // 10
