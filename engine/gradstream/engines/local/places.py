"""Bounds how many demos have a worker at the same time, on behalf of all supervisors.

    take --a free place--> at once
         --none---------> waits; for a run, the idle holder that was used least recently leaves
    free --> who waits for a run, then who waits for anything else, in the order of coming

A holder keeps its place while it has any process. One that replaces its worker has two for a moment.
"""

import asyncio
from typing import Protocol


class Holder(Protocol):
    """Who can have a place."""

    @property
    def is_idle(self) -> bool:
        """Whether it could give its place up."""

    @property
    def is_warm(self) -> bool:
        """Whether it should give its place up last."""

    @property
    def used_at(self) -> float:
        """When it was used last."""

    def give_up(self) -> None:
        """End the worker, upon which the place becomes free."""


class WorkerPlaces:
    """One engine's; `most` None: without a bound."""

    def __init__(self, most: int | None) -> None:
        self.most = most
        self._held: set[Holder] = set()
        self._leaving: set[Holder] = set()
        self._waiting: dict[Holder, asyncio.Future[None]] = {}
        self._urgent: set[Holder] = set()

    @property
    def is_full(self) -> bool:
        """Whether the next one has to wait."""
        return self.most is not None and len(self._held) >= self.most

    def would_wait(self, holder: Holder) -> bool:
        """Return whether this one has to wait for a run of somebody else to end."""
        return self.is_full and holder not in self._held and not any(self._candidates())

    async def take(self, holder: Holder) -> None:
        """Take a place, unless it is held already; wait for one if there is none."""
        if holder in self._held:
            # It was about to leave, and another one has to make room in its stead.
            self._leaving.discard(holder)
            self.make_room()
            return
        if self.is_full:
            granted = self._waiting[holder] = asyncio.get_running_loop().create_future()
            try:
                self.make_room()
                await granted
            except asyncio.CancelledError:
                self._waiting.pop(holder, None)
                self.free(holder)
                raise
        self._urgent.discard(holder)
        self._held.add(holder)

    def urge(self, holder: Holder) -> None:
        """Note that a run waits for this holder."""
        self._urgent.add(holder)
        self.make_room()

    def free(self, holder: Holder) -> None:
        """Give a place back; does nothing for one who has none."""
        self._urgent.discard(holder)
        self._leaving.discard(holder)
        if holder in self._held:
            self._held.discard(holder)
            self._grant()

    def make_room(self) -> None:
        """Let as many idle holders leave as there are who wait for a run; for each that becomes idle, too."""
        wanted = len(self._urgent & self._waiting.keys()) - len(self._leaving)
        for holder in sorted(self._candidates(), key=lambda one: (one.is_warm, one.used_at))[
            : max(0, wanted)
        ]:
            self._leaving.add(holder)
            holder.give_up()

    def _candidates(self) -> list[Holder]:
        return [holder for holder in self._held - self._leaving if holder.is_idle]

    def _grant(self) -> None:
        waiting = [(holder not in self._urgent, number) for number, holder in enumerate(self._waiting)]
        if waiting:
            holder = list(self._waiting)[min(waiting)[1]]
            # Held from now on: nobody who comes before the waiting task goes on must take the same place.
            self._held.add(holder)
            self._waiting.pop(holder).set_result(None)
