"""A run whose machinery stands still is found; one that is slow, held or suspended is left alone."""

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

import pytest

from gradstream.ipc.protocol import INITIAL_CREDIT_BYTES, PING_S, STALLED_S
from gradstream.worker.execution.watchdog import Watchdog
from gradstream.worker.sending.flow_control import FlowControl
from tests.patience import PATIENCE_S

TICKS = int(STALLED_S / PING_S)
"""So many pings without any progress are too many; the first one has nothing to compare with."""


class Run:
    """A run as the watchdog sees it."""

    def __init__(self) -> None:
        self.flow = FlowControl()


class World:
    """A watchdog, the clock and the encoders, moved by hand; `stalled` has the runs that were found."""

    def __init__(self) -> None:
        self.run = Run()
        self.now = 0.0
        self.worked_s = 0.0
        self.stalled: list[Run] = []
        self._watchdog = Watchdog(
            runs=lambda: [self.run],
            worked_s=lambda: self.worked_s,
            stalled=self.stalled.append,
            now=lambda: self.now,
        )

    def pings(self, count: int, *, every_s: float = PING_S, meanwhile: Callable[[], object] = int) -> None:
        """Let pings arrive."""
        for _ in range(count):
            self.now += every_s
            meanwhile()
            self._watchdog.tick()


@pytest.fixture
def world() -> World:
    """Return a world."""
    return World()


WAITS: dict[str, Callable[[FlowControl], object]] = {
    "a generator": FlowControl.wait_in_thread,
    "a line of the log": FlowControl.wait_for_room,
    "an encoder": FlowControl.wait_for_credit,
    "the end": FlowControl.drain_in_thread,
}
"""Everything that waits in a thread."""


def hold(world: World, wait: Callable[[FlowControl], object]) -> Thread:
    """Close the gate, and let a thread wait at it."""
    world.run.flow.spend(INITIAL_CREDIT_BYTES)
    world.run.flow.add_chunks(1)
    thread = Thread(target=wait, args=(world.run.flow,), daemon=True)
    thread.start()
    while world.run.flow.held() is None:
        time.sleep(0)
    return thread


@pytest.mark.parametrize("wait", WAITS.values(), ids=list(WAITS))
def test_a_run_that_stands_still_is_found(world: World, wait: Callable[[FlowControl], object]) -> None:
    """Whatever waits for what never comes, for the stated time and not earlier; then nothing waits."""
    thread = hold(world, wait)
    world.pings(TICKS)
    assert world.stalled == []
    world.pings(1)
    assert world.stalled == [world.run]
    world.run.flow.stop(drop=True)
    world.run.flow.end()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


def test_a_slow_generator_is_left_alone(world: World) -> None:
    """It computes or sleeps as long as it likes, also with a full queue, as long as it does not wait."""
    world.run.flow.spend(INITIAL_CREDIT_BYTES)
    world.pings(10 * TICKS)
    assert world.stalled == []


def advance_credit(world: World) -> None:
    """Let the server process one byte."""
    world.run.flow.grant(1)
    world.run.flow.spend(1)


def advance_encoders(world: World) -> None:
    """Let an encoder use the processor for a moment."""
    world.worked_s += 0.001


def advance_chunks(world: World) -> None:
    """Let one chunk be done, and another one come."""
    world.run.flow.add_chunks(1)


@pytest.mark.parametrize("advance", [advance_credit, advance_encoders, advance_chunks])
def test_slow_machinery_is_left_alone(world: World, advance: Callable[[World], None]) -> None:
    """On a busy machine, and in an hour-long chunk, any progress at all counts."""
    hold(world, FlowControl.wait_in_thread)
    world.pings(10 * TICKS, meanwhile=lambda: advance(world))
    assert world.stalled == []
    world.run.flow.stop(drop=True)


@pytest.mark.parametrize("gap_s", [3600.0, 0.0])
def test_time_in_which_the_machine_was_suspended_does_not_count(world: World, gap_s: float) -> None:
    """Neither a jump of the clock nor the pings that have queued up meanwhile are time without progress."""
    hold(world, FlowControl.wait_in_thread)
    world.pings(3)
    world.now += gap_s
    world.pings(10 * TICKS, every_s=0.0)
    assert world.stalled == []
    world.run.flow.stop(drop=True)


def test_a_run_is_reported_once(world: World) -> None:
    """Its end may take a moment."""
    hold(world, FlowControl.wait_in_thread)
    with suppress(IndexError):
        world.pings(TICKS + 1)
        world.run.flow.stop(drop=True)
        world.run.flow.end()
        world.pings(2 * TICKS)
    assert len(world.stalled) == 1
