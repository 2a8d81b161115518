"""How many runs each visitor and each address has that go on or wait.

Bounds: `session_runs` and `address_runs`. Policy: a further run is refused. Callers without a session are
counted by their address alone.
"""

from collections import Counter

from gradstream.limits import Limits
from gradstream.runs.caller import Caller


class VisitorRuns:
    """Counts runs from their admission until their slot is free."""

    def __init__(self, limits: Limits) -> None:
        self._most = {"session": limits.session_runs, "address": limits.address_runs}
        self._counts: Counter[tuple[str, str]] = Counter()

    def exceeded(self, caller: Caller) -> int | None:
        """Return the bound that a further run of this caller would exceed."""
        return next(
            (self._most[key[0]] for key in _keys(caller) if self._counts[key] >= self._most[key[0]]), None
        )

    def add(self, caller: Caller) -> None:
        """Count a run."""
        self._counts.update(_keys(caller))

    def remove(self, caller: Caller) -> None:
        """Count a run no longer."""
        for key in _keys(caller):
            self._counts[key] -= 1
            if self._counts[key] <= 0:
                # Or every visitor that ever came would be remembered.
                del self._counts[key]


def _keys(caller: Caller) -> list[tuple[str, str]]:
    keys = [("session", caller.owner), ("address", caller.address)]
    return [(kind, value) for kind, value in keys if value]
