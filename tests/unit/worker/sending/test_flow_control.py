"""A generator is held without room and let through with it, in threads and in tasks."""

import asyncio
import threading
from collections.abc import Callable

from gradstream.ipc.protocol import INITIAL_CREDIT_BYTES
from gradstream.limits import WORKER_LIMITS
from gradstream.worker.sending.flow_control import FlowControl


def spent() -> FlowControl:
    """Return a flow whose credit is spent."""
    flow = FlowControl()
    flow.spend(INITIAL_CREDIT_BYTES)
    return flow


def test_a_gate_closes_and_opens() -> None:
    """Credit, waiting pictures and the end of the run close the flow; only more room opens it."""
    flow, seen = spent(), []
    changes: list[Callable[[], None]] = [
        lambda: flow.grant(1),
        lambda: flow.set_queue(
            pictures=WORKER_LIMITS.waiting_pictures, events=WORKER_LIMITS.waiting_pictures
        ),
        lambda: flow.set_queue(pictures=0, events=0),
        lambda: flow.add_chunks(WORKER_LIMITS.waiting_chunks),
        lambda: flow.add_chunks(-1),
        flow.stop,
    ]
    for change in changes:
        seen.append(flow.must_check)
        change()
    assert [*seen, flow.must_check] == [True, False, True, False, True, False, True]
    assert not flow.wait_in_thread()


def test_a_thread_waits_for_credit() -> None:
    """A thread goes on when the server has taken in enough, and not before."""
    flow, passed = spent(), threading.Event()
    flow.spend(10)

    def generator() -> None:
        assert flow.wait_in_thread()
        passed.set()

    thread = threading.Thread(target=generator)
    thread.start()
    flow.grant(10)
    assert flow.must_check
    assert not passed.is_set()
    flow.grant(1)
    thread.join()
    assert passed.is_set()


async def test_a_task_waits_for_credit() -> None:
    """A task waits without holding up others, and is woken from another thread."""
    flow = spent()
    waiting = asyncio.create_task(flow.wait_in_task())
    await asyncio.sleep(0)
    assert not waiting.done()
    await asyncio.to_thread(flow.grant, 1)
    assert await waiting


async def test_the_end_wakes_everyone() -> None:
    """Threads and tasks learn at once that the run does not go on."""
    flow = spent()
    task = asyncio.create_task(flow.wait_in_task())
    thread = asyncio.create_task(asyncio.to_thread(flow.wait_in_thread))
    await asyncio.sleep(0)
    flow.stop()
    assert not await task
    assert not await thread


async def test_waiting_for_pictures_ends_when_they_are_done() -> None:
    """The end of a run waits for what is in line, also when the run was stopped."""
    flow = FlowControl()
    flow.set_queue(pictures=1, events=2)
    flow.stop()
    drained = asyncio.create_task(flow.drain_in_task())
    await asyncio.sleep(0)
    assert not drained.done()
    flow.set_queue(pictures=0, events=0)
    await drained
    flow.drain_in_thread()


def test_an_encoder_waits_for_credit_only() -> None:
    """An encoder continues although the queue is full, waits for credit, and ends when the run is dropped."""
    flow, passed = FlowControl(), list[bool]()
    flow.add_chunks(WORKER_LIMITS.waiting_chunks)
    flow.stop()
    assert flow.wait_for_credit()
    flow.spend(INITIAL_CREDIT_BYTES)
    thread = threading.Thread(target=lambda: passed.append(flow.wait_for_credit()))
    thread.start()
    flow.stop(drop=True)
    thread.join()
    assert passed == [False]
