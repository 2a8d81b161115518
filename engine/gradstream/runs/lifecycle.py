"""The life of a run, as a table and a pure fold.

    queued -> starting -> running -> succeeded | failed | canceled

Earlier stages may be skipped, nothing follows an end, and values come only while the run is running.
"""

from enum import StrEnum

from gradstream.errors import IllegalTransitionError


class Stage(StrEnum):
    """The stage of a run; NEW is before its first event."""

    NEW = "new"
    QUEUED = "queued"
    STARTING = "starting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"

    @property
    def is_over(self) -> bool:
        """Whether nothing follows."""
        return self in ENDS


ENDS = frozenset({Stage.SUCCEEDED, Stage.FAILED, Stage.CANCELED})

_EARLY_ENDS = {"failed": Stage.FAILED, "canceled": Stage.CANCELED}
_FROM_STARTING = {"running": Stage.RUNNING} | _EARLY_ENDS
_FROM_NEW = {"queued": Stage.QUEUED, "starting": Stage.STARTING} | _FROM_STARTING
_OUTPUT = dict.fromkeys(
    ("set", "append", "patch", "stream", "segment", "progress", "log", "props"), Stage.RUNNING
)

TRANSITIONS: dict[Stage, dict[str, Stage]] = {
    Stage.NEW: _FROM_NEW,
    # Again, whenever the position changes.
    Stage.QUEUED: _FROM_NEW,
    Stage.STARTING: _FROM_STARTING,
    Stage.RUNNING: _OUTPUT | _EARLY_ENDS | {"succeeded": Stage.SUCCEEDED},
    Stage.SUCCEEDED: {},
    Stage.FAILED: {},
    Stage.CANCELED: {},
}
"""Stage and event type -> next stage; what is missing is illegal."""


def advance(stage: Stage, event_type: str) -> Stage:
    """Return the stage after an event; raises IllegalTransitionError when the event is not allowed."""
    after = TRANSITIONS[stage].get(event_type)
    if after is None:
        raise IllegalTransitionError(f"the event {event_type!r} is not allowed while a run is {stage.value}")
    return after
