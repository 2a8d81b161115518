"""What a demo's `state` is for each visitor: the values that the visitor's last successful run left behind.

Bound: `max_bytes` in all, and `MAX_STATE_BYTES` each. Policy: a state that is too large is not kept; for
room, the state that was not asked for longest is dropped, and its visitor starts anew.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from msgspec import msgpack

from gradstream.format.types import Demo

MAX_STATE_BYTES = 2**20
"""A state is handed to each run and back; larger things belong into a file of the developer's."""


class States:
    """Committed states by session and demo."""

    def __init__(self, *, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._packed: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._size = 0

    def get(self, session: str | None, demo: Demo) -> dict[str, Any]:
        """Return what a run of this visitor starts from; names that the demo no longer has are left out."""
        key = (session or "", demo.address)
        if key not in self._packed:
            return dict(demo.state)
        self._packed.move_to_end(key)
        kept = msgpack.decode(self._packed[key])
        return {name: kept.get(name, initial) for name, initial in demo.state.items()}

    def commit(self, session: str | None, demo: Demo, state: Mapping[str, Any]) -> None:
        """Keep what a successful run left behind; a visitor without a session has no state."""
        packed = msgpack.encode(state)
        if session is None or len(packed) > MAX_STATE_BYTES:
            return
        key = (session, demo.address)
        self._size += len(packed) - len(self._packed.pop(key, b""))
        self._packed[key] = packed
        while self._size > self._max_bytes:
            self._size -= len(self._packed.popitem(last=False)[1])
