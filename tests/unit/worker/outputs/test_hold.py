"""When what a stream holds back is due."""

from hypothesis import given
from hypothesis import strategies as st

from gradstream.media.types import FLUSH_AFTER_S, LONGEST_HOLD_S
from gradstream.worker.outputs.hold import Hold


def test_nothing_held_back_is_never_due() -> None:
    """There is nothing to emit at first, after a chunk that was emitted whole, and after a flush."""
    hold = Hold()
    assert hold.due is None
    hold.add(0.0, now=1.0)
    assert hold.due is None
    hold.add(0.05, now=1.0)
    hold.clear()
    assert hold.due is None


def test_a_pause_makes_it_due() -> None:
    """Each yield moves the moment, as long as yields follow each other."""
    hold = Hold()
    hold.add(0.01, now=1.0)
    assert hold.due == 1.0 + FLUSH_AFTER_S
    hold.add(0.02, now=1.05)
    assert hold.due == 1.05 + FLUSH_AFTER_S


def test_what_was_emitted_starts_again() -> None:
    """After a segment the time counts from what is held back now."""
    hold = Hold()
    hold.add(0.2, now=1.0)
    hold.add(0.05, now=1.2)
    assert hold.due == 1.2 + FLUSH_AFTER_S


@given(st.lists(st.floats(min_value=0.001, max_value=0.2), min_size=1, max_size=50))
def test_nothing_is_held_for_long(pauses: list[float]) -> None:
    """However its generator yields, nothing is held back for longer than the longest hold."""
    hold, now, pending_s, since = Hold(), 0.0, 0.0, 0.0
    for pause_s in pauses:
        pending_s += 0.01
        hold.add(pending_s, now=now)
        assert hold.due is not None
        assert hold.due <= since + LONGEST_HOLD_S
        now += pause_s
        if now >= hold.due:
            hold.clear()
            pending_s, since = 0.0, now
