"""Bars are sent ten times a second, and their last state always."""

from collections.abc import Callable

from gradstream.worker.progress.throttle import BarState, BarThrottle


def bar(index: int) -> BarState:
    """Return a bar's state."""
    return BarState(index=index, total=10, unit=None, description=None)


def test_states_in_between_are_left_out() -> None:
    """The first state is sent at once; of those that follow, the last one, by a timer or at the end."""
    sent: list[BarState] = []
    timers: list[Callable[[], None]] = []
    throttle = BarThrottle(emit=sent.append, call_at=lambda _, call: timers.append(call))
    for index in range(10):
        throttle.update(bar(index))
    assert sent == [bar(0)]
    assert len(timers) == 1
    timers[0]()
    assert sent == [bar(0), bar(9)]
    throttle.update(bar(10))
    throttle.flush()
    assert sent[-1] == bar(10)
    throttle.flush()
    assert len(sent) == 3
