"""How long segments have to be at the end of a yield."""

from hypothesis import given
from hypothesis import strategies as st

from gradstream.media.growth import shortest_segment_s
from gradstream.media.types import SHORTEST_SEGMENT_S

FETCHES = 2
"""How many segments a player fetches at a time."""


def test_segments_grow_from_the_first() -> None:
    """The first segment may be of any duration, and the others double up to the limit."""
    assert [shortest_segment_s(emitted) for emitted in range(5)] == [0.0, 0.1, 0.2, 0.25, 0.25]


@given(st.integers(min_value=1, max_value=10_000))
def test_later_segments_outlast_a_round_trip(emitted: int) -> None:
    """What a player fetches at a time plays for longer than 150 ms, a line with much delay."""
    assert FETCHES * shortest_segment_s(emitted) > 0.15
    assert shortest_segment_s(emitted) <= SHORTEST_SEGMENT_S
