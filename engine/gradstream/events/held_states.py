"""The large states of one run that are still being read, which bounds how many of them there are.

    state --note--> the same, whose values say when nobody has them any more
    as many moments are held as may be --newest--> the last of them, for the one who asks next

Values live as long as somebody reads them, however slowly, and each moment of a run that goes on has its own.
"""

from weakref import ref

from msgspec import Raw, Struct
from msgspec.structs import replace

from gradstream.events.fold import RunState

SMALL_BYTES = 2**18
"""Smaller ones are sent as they are, and held by nobody."""


class _Values(dict[str, Raw]):
    """The values of one state; all who read them have this object."""


class _Held(Struct, frozen=True, eq=False):
    bare: RunState
    """The state without its values."""
    values: "ref[_Values]"
    size: int


class HeldStates:
    """One run's; at most `most` moments of it are held, and what is newest is shared beyond that."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: list[_Held] = []

    @property
    def size(self) -> int:
        """How many bytes the values have that are held."""
        self._forget()
        return sum(one.size for one in self._held)

    def note(self, state: RunState) -> RunState:
        """Return a state to hand out, and count it as held for as long as its values are."""
        size = sum(len(memoryview(value)) for value in state.outputs.values())
        if size <= SMALL_BYTES:
            return state
        values = _Values(state.outputs)
        self._forget()
        self._held.append(_Held(replace(state, outputs={}), ref(values), size))
        return replace(state, outputs=values)

    def newest(self) -> RunState | None:
        """Return the newest state that is held, if there may be no further one; None otherwise."""
        self._forget()
        values = self._held[-1].values() if len(self._held) >= self._most else None
        return None if values is None else replace(self._held[-1].bare, outputs=values)

    def _forget(self) -> None:
        self._held = [one for one in self._held if one.values() is not None]
