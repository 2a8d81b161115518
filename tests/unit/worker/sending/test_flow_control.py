"""A generator is held without room and let through with it, in threads and in tasks."""

import asyncio
import threading
from collections.abc import Callable

from gradstream.ipc.protocol import INITIAL_CREDIT_BYTES
from gradstream.worker.sending.flow_control import MAX_WAITING_CHUNKS, MAX_WAITING_PICTURES, Gate


def spent() -> Gate:
    """Return a gate whose credit is spent."""
    gate = Gate()
    gate.spend(INITIAL_CREDIT_BYTES)
    return gate


def test_a_gate_closes_and_opens() -> None:
    """Credit, waiting pictures and the end of the run close the gate; only more room opens it."""
    gate, seen = spent(), []
    changes: list[Callable[[], None]] = [
        lambda: gate.grant(1),
        lambda: gate.wait_in_line(pictures=MAX_WAITING_PICTURES, events=MAX_WAITING_PICTURES),
        lambda: gate.wait_in_line(pictures=0, events=0),
        lambda: gate.count_chunks(MAX_WAITING_CHUNKS),
        lambda: gate.count_chunks(-1),
        gate.stop,
    ]
    for change in changes:
        seen.append(gate.closed)
        change()
    assert [*seen, gate.closed] == [True, False, True, False, True, False, True]
    assert not gate.pass_thread()


def test_a_thread_waits_for_credit() -> None:
    """A thread goes on when the server has taken in enough, and not before."""
    gate, passed = spent(), threading.Event()
    gate.spend(10)

    def generator() -> None:
        assert gate.pass_thread()
        passed.set()

    thread = threading.Thread(target=generator)
    thread.start()
    gate.grant(10)
    assert gate.closed
    assert not passed.is_set()
    gate.grant(1)
    thread.join()
    assert passed.is_set()


async def test_a_task_waits_for_credit() -> None:
    """A task waits without holding up others, and is woken from another thread."""
    gate = spent()
    waiting = asyncio.create_task(gate.pass_task())
    await asyncio.sleep(0)
    assert not waiting.done()
    await asyncio.to_thread(gate.grant, 1)
    assert await waiting


async def test_the_end_wakes_everyone() -> None:
    """Threads and tasks learn at once that the run does not go on."""
    gate = spent()
    task = asyncio.create_task(gate.pass_task())
    thread = asyncio.create_task(asyncio.to_thread(gate.pass_thread))
    await asyncio.sleep(0)
    gate.stop()
    assert not await task
    assert not await thread


async def test_waiting_for_pictures_ends_when_they_are_done() -> None:
    """The end of a run waits for what is in line, also when the run was stopped."""
    gate = Gate()
    gate.wait_in_line(pictures=1, events=2)
    gate.stop()
    drained = asyncio.create_task(gate.drain_task())
    await asyncio.sleep(0)
    assert not drained.done()
    gate.wait_in_line(pictures=0, events=0)
    await drained
    gate.drain_thread()


def test_an_encoder_waits_for_credit_only() -> None:
    """An encoder goes on although the line is full, waits for credit, and is told when nobody wants more."""
    gate, passed = Gate(), list[bool]()
    gate.count_chunks(MAX_WAITING_CHUNKS)
    gate.stop()
    assert gate.pass_encoder()
    gate.spend(INITIAL_CREDIT_BYTES)
    thread = threading.Thread(target=lambda: passed.append(gate.pass_encoder()))
    thread.start()
    gate.stop(drop=True)
    thread.join()
    assert passed == [False]
