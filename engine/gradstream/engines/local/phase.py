"""The phases of the worker that serves a demo, or the demos that share one, as a table and a pure function.

    phase       runs go to              what is being prepared
    EMPTY       -                       -
    STARTING    -                       a new worker
    SERVING     the worker in service   -
    LOADING     the worker in service   a further demo, or a demo's new version, in the same worker
    REPLACING   the worker in service   a new worker with newer code
    STALE       the worker in service   - (a new worker could not be started, so the old code stays)

A demo that changes during a preparation starts nothing: afterwards the supervisor compares what was prepared
with what is wanted.
"""

from enum import StrEnum
from typing import NamedTuple


class Phase(StrEnum):
    """A phase of the table above."""

    EMPTY = "empty"
    STARTING = "starting"
    SERVING = "serving"
    LOADING = "loading"
    REPLACING = "replacing"
    STALE = "stale"

    @property
    def is_serving(self) -> bool:
        """Whether there is a worker in service."""
        return self not in {Phase.EMPTY, Phase.STARTING}

    @property
    def is_preparing(self) -> bool:
        """Whether something is being prepared."""
        return self in {Phase.STARTING, Phase.LOADING, Phase.REPLACING}

    @property
    def is_outdated(self) -> bool:
        """Whether the worker in service has older code than the files."""
        return self in {Phase.REPLACING, Phase.STALE}


class Change(StrEnum):
    """What causes a transition."""

    DEMO = "demo"
    """A wanted demo is not loaded, or a loaded demo has a new version."""
    CODE = "code"
    """The code is newer than what the worker imported."""
    POISONED = "poisoned"
    """The worker in service accepts no more runs."""
    GONE = "gone"
    """The worker in service has ended, or was retired."""
    REPLACED = "replaced"
    """The preparation has ended: a new worker is in service."""
    KEPT = "kept"
    """The preparation has ended: the worker in service stays, and there is nothing newer to load."""
    FAILED = "failed"
    """The preparation could not be carried out."""
    REMOVED = "removed"
    """The last demo was removed."""


class Transition(NamedTuple):
    """The phase that follows; with `prepares`, a preparation starts and replaces one that is running."""

    phase: Phase
    prepares: bool = False


_START = Transition(Phase.STARTING, prepares=True)
_LOAD = Transition(Phase.LOADING, prepares=True)
_REPLACE = Transition(Phase.REPLACING, prepares=True)

TRANSITIONS: dict[Phase, dict[Change, Transition]] = {
    Phase.EMPTY: {
        Change.DEMO: _START,
        Change.CODE: _START,
    },
    Phase.STARTING: {
        Change.DEMO: Transition(Phase.STARTING),
        Change.CODE: _START,
        Change.REPLACED: Transition(Phase.SERVING),
        Change.KEPT: Transition(Phase.EMPTY),
        Change.FAILED: Transition(Phase.EMPTY),
    },
    Phase.SERVING: {
        Change.DEMO: _LOAD,
        Change.CODE: _REPLACE,
        Change.POISONED: _START,
        Change.GONE: Transition(Phase.EMPTY),
    },
    Phase.LOADING: {
        Change.DEMO: Transition(Phase.LOADING),
        Change.CODE: _REPLACE,
        Change.POISONED: _START,
        # The load ends by itself, with a report that says so.
        Change.GONE: Transition(Phase.STARTING),
        Change.KEPT: Transition(Phase.SERVING),
        Change.FAILED: Transition(Phase.SERVING),
    },
    Phase.REPLACING: {
        Change.DEMO: Transition(Phase.REPLACING),
        Change.CODE: _REPLACE,
        Change.POISONED: Transition(Phase.STARTING),
        Change.GONE: Transition(Phase.STARTING),
        Change.REPLACED: Transition(Phase.SERVING),
        # If the code cannot be imported, the old worker stays in service until the next save.
        Change.KEPT: Transition(Phase.SERVING),
        Change.FAILED: Transition(Phase.STALE),
    },
    Phase.STALE: {
        Change.DEMO: _REPLACE,
        Change.CODE: _REPLACE,
        Change.POISONED: _START,
        Change.GONE: Transition(Phase.EMPTY),
    },
}
"""Phase and change -> transition; combinations that are missing cannot happen."""


def advance(phase: Phase, change: Change) -> Transition:
    """Return what follows a change. Raises KeyError if it cannot happen in this phase."""
    if change is Change.REMOVED:
        return Transition(Phase.EMPTY)
    return TRANSITIONS[phase][change]
