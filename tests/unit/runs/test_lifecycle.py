"""The lifecycle's table: what may follow what."""

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.errors import IllegalTransitionError
from gradstream.runs.lifecycle import ENDS, TRANSITIONS, Stage, advance

TYPES = sorted({event_type for row in TRANSITIONS.values() for event_type in row})
ORDER = [Stage.NEW, Stage.QUEUED, Stage.STARTING, Stage.RUNNING]


@pytest.mark.parametrize(
    ("events", "stage"),
    [
        ([], Stage.NEW),
        (["queued", "starting", "running", "set", "succeeded"], Stage.SUCCEEDED),
        (["running", "succeeded"], Stage.SUCCEEDED),
        (["queued", "queued", "queued"], Stage.QUEUED),
        (["queued", "running", "append", "patch", "progress", "log"], Stage.RUNNING),
        (["starting", "failed"], Stage.FAILED),
        (["failed"], Stage.FAILED),
        (["queued", "canceled"], Stage.CANCELED),
        (["running", "canceled"], Stage.CANCELED),
    ],
)
def test_ways(events: list[str], stage: Stage) -> None:
    """Stages follow in order, and earlier ones may be skipped."""
    assert reduce(advance, events, Stage.NEW) is stage


@pytest.mark.parametrize(
    ("events", "message"),
    [
        (["set"], "the event 'set' is not allowed while a run is new"),
        (["succeeded"], "the event 'succeeded' is not allowed while a run is new"),
        (["running", "queued"], "the event 'queued' is not allowed while a run is running"),
        (["running", "running"], "the event 'running' is not allowed while a run is running"),
        (["starting", "log"], "the event 'log' is not allowed while a run is starting"),
        (["running", "succeeded", "failed"], "the event 'failed' is not allowed while a run is succeeded"),
        (["canceled", "canceled"], "the event 'canceled' is not allowed while a run is canceled"),
        (["running", "snapshot"], "the event 'snapshot' is not allowed while a run is running"),
    ],
)
def test_illegal(events: list[str], message: str) -> None:
    """What must not happen now is refused, and said."""
    with pytest.raises(IllegalTransitionError) as refused:
        reduce(advance, events, Stage.NEW)
    assert str(refused.value) == message


@given(st.lists(st.sampled_from(TYPES)))
def test_never_back(events: list[str]) -> None:
    """No way leads back to an earlier stage, and none out of an end."""
    stage = Stage.NEW
    for event in events:
        try:
            after = advance(stage, event)
        except IllegalTransitionError:
            continue
        assert not stage.is_over
        assert after in ENDS or ORDER.index(after) >= ORDER.index(stage)
        stage = after
