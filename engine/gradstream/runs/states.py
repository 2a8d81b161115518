"""The values of a demo's `state` for each session, as its last successful run left them.

Bounds: `max_bytes` in total, and `most_bytes` each. Policy: a state that is too large is not kept; to
make room, the state that was not used for the longest time is dropped, and its visitor starts from the demo's
own values.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from msgspec import msgpack

from gradstream.format.types import Demo
from gradstream.limits import WORKER_LIMITS
from gradstream.runs.caller import Caller


class States:
    """Committed states by session and demo."""

    def __init__(self, *, max_bytes: int, most_bytes: int = WORKER_LIMITS.own_state_bytes) -> None:
        self._most_bytes = most_bytes
        self._max_bytes = max_bytes
        self._packed: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._size = 0

    def get(self, caller: Caller, demo: Demo) -> dict[str, Any]:
        """Return what a run of this caller starts from, without names that the demo no longer has."""
        key = (caller.owner, demo.address)
        if key not in self._packed:
            return dict(demo.state)
        self._packed.move_to_end(key)
        kept = msgpack.decode(self._packed[key])
        return {name: kept.get(name, initial) for name, initial in demo.state.items()}

    def commit(self, caller: Caller, demo: Demo, state: Mapping[str, Any]) -> None:
        """Keep what a successful run left; a caller without a session has no state."""
        packed = msgpack.encode(state)
        if caller.session is None or len(packed) > self._most_bytes:
            return
        key = (caller.owner, demo.address)
        self._size += len(packed) - len(self._packed.pop(key, b""))
        self._packed[key] = packed
        while self._size > self._max_bytes:
            self._size -= len(self._packed.popitem(last=False)[1])
