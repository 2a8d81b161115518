"""The one loop that follows runs: whatever shows a run as it goes on reads it with a `Follower`.

    run's journal --wake--+
    other sources --wake--+--> everything new, one batch a wake --> SSE, WebSocket, poll, player, terminal
    heartbeat -----wake---+--> an empty batch: a sign of life is due

A source keeps nothing for its reader between two batches, so a reader that asks late holds back only itself.
The iteration ends when nothing more can come, or, once everything is read, when the server shuts down.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

from gradstream.events.auto_reset_event import AutoResetEvent
from gradstream.runs.heartbeat import Heartbeat

Item = TypeVar("Item")
Item_co = TypeVar("Item_co", covariant=True)


class Source(Protocol[Item_co]):
    """What can be followed: one run's journal, or several sources under one wake."""

    @property
    def is_over(self) -> bool:
        """Whether nothing can follow what was read."""

    @property
    def is_pending(self) -> bool:
        """Whether what is to be read next is being made; `wake` is called when it is there."""

    def open(self, wake: Callable[[], None]) -> None:
        """Call `wake` whenever there may be something to read."""

    def read(self) -> Sequence[Item_co]:
        """Return what is new, as much as fits one write; empty when there is nothing."""

    def close(self) -> None:
        """Undo `open`."""


class Follower(Generic[Item]):
    """Opens a source, iterates over its batches, and closes it.

        with Follower(source, heartbeat=heartbeat) as batches:
            async for batch in batches:

    An empty batch is a heartbeat. No task is started, and a batch costs no switch to another task.
    """

    def __init__(self, source: Source[Item], *, heartbeat: Heartbeat) -> None:
        self._source = source
        self._heartbeat = heartbeat
        self._beats = heartbeat.beats
        self._event = AutoResetEvent()
        self._undo = ExitStack()

    def __enter__(self) -> Self:
        """Open the source and subscribe to the heartbeat."""
        self._undo.callback(self._source.close)
        self._undo.callback(self._heartbeat.subscribe(self._event.set))
        self._source.open(self._event.set)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Undo both."""
        self._undo.close()

    def __aiter__(self) -> Self:
        """Return the iterator itself."""
        return self

    async def __anext__(self) -> Sequence[Item]:
        """Return the next batch as soon as there is one."""
        while True:
            if self._beats != self._heartbeat.beats:
                self._beats = self._heartbeat.beats
                return ()
            if items := self._source.read():
                return items
            if self._source.is_over or (self._heartbeat.is_over and not self._source.is_pending):
                raise StopAsyncIteration
            await self._event.wait()
