"""Drives a run as a task of the loop, beside hundreds of others.

    call -> async iterator: step, take, give way, ... aclose | coroutine: await, then as for any other value

A generator that never awaits would keep the loop to itself: it is made to give way.
"""

import asyncio
import inspect
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from gradstream.components.types import UnusableYield
from gradstream.worker.execution.run import Run
from gradstream.worker.loading.faults import note_place
from gradstream.worker.loading.working_directory import enter_folder
from gradstream.worker.sending.outbox import Outbox

STINT_S = 0.002
"""A generator that has not let the loop turn for so long is made to."""

IterateInThread = Callable[[Run, Iterator[Any]], asyncio.Future[None]]
"""Iterates, in a thread, over what a coroutine returned."""


async def run_in_loop(run: Run, *, outbox: Outbox, iterate_in_thread: IterateInThread) -> None:
    """Carry a run from its call to its end; raises nothing."""
    caught: BaseException | None = None
    try:
        with interruptible(run):
            if not run.gate.stopped:
                enter_folder(run.request.folder, alone=run.is_alone)
                positional, by_keyword = await _prepare(run)
                result = run.action.call(*positional, **by_keyword)
                await drive(run, result, outbox=outbox, iterate_in_thread=iterate_in_thread)
        if not run.gate.stopped:
            run.finish()
    except BaseException as error:  # noqa: BLE001 (a generator may raise anything, and the loop has other runs to do)
        caught = error
    run.end_streams()
    while not await _is_drained(run):
        continue
    run.end(caught)


@contextmanager
def interruptible(run: Run) -> Iterator[None]:
    """Let the run's `cancel`, which comes from another thread, cancel the present task."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def interrupt() -> None:
        if task is not None:
            loop.call_soon_threadsafe(task.cancel)

    run.interrupt = interrupt
    try:
        yield
    finally:
        run.interrupt = None


async def drive(run: Run, result: Any, *, outbox: Outbox, iterate_in_thread: IterateInThread) -> None:
    """Take all that the result of a call, or of awaiting it, has to give."""
    if inspect.isawaitable(result):
        result = await result
    if hasattr(result, "__anext__"):
        await _iterate(run, result, outbox)
    elif hasattr(result, "__next__"):
        run.interrupt = None
        await iterate_in_thread(run, result)
    else:
        run.take(result, is_last=True)


async def _prepare(run: Run) -> tuple[list[Any], dict[str, Any]]:
    return await asyncio.to_thread(run.prepare) if run.takes_files else run.prepare()


async def _is_drained(run: Run) -> bool:
    """Wait for pictures that are being encoded; False when a late cancel came in between."""
    try:
        await run.gate.drain_task()
    except asyncio.CancelledError:
        return False
    return True


async def _iterate(run: Run, iterator: AsyncIterator[Any], outbox: Outbox) -> None:
    step, take, gate = iterator.__anext__, run.take, run.gate
    turns, gave_way = outbox.turns, time.monotonic()
    try:
        while not gate.closed or await gate.pass_task():
            try:
                value = await step()
            except StopAsyncIteration:
                return
            if gate.stopped:
                return
            take(value)
            now = time.monotonic()
            if turns != outbox.turns:
                turns, gave_way = outbox.turns, now
            elif now - gave_way > STINT_S:
                await asyncio.sleep(0)
                gave_way = now
    except UnusableYield as error:
        note_place(error, iterator)
        raise
    finally:
        close = getattr(iterator, "aclose", None)
        if close is not None:
            await close()
