"""Drives a run as a task of the loop, beside hundreds of others.

    call -> async iterator: step, handle the yield, ... aclose | coroutine: await, then as any other value

A generator that never awaits would block the loop, so the driver yields to the loop from time to time.
"""

import asyncio
import inspect
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from gradstream.components.types import UnusableYieldError
from gradstream.worker.execution.execution import Execution
from gradstream.worker.loading.faults import note_place
from gradstream.worker.loading.working_directory import LoopFolders, enter_folder, make_folder
from gradstream.worker.sending.outbox import Outbox

MAX_BLOCKED_S = 0.002
"""After so long without a turn of the loop, the driver yields to it."""

IterateInThread = Callable[[Execution, Iterator[Any]], asyncio.Future[None]]
"""Iterates, in a thread, over what a coroutine returned; a failure is recorded there."""


async def run_in_loop(
    run: Execution, *, outbox: Outbox, folders: LoopFolders, iterate_in_thread: IterateInThread
) -> None:
    """Drive a run from its call to its end; raises nothing."""
    try:
        with interruptible(run):
            if not run.flow.stopped:
                make_folder(run.order.folder)
                work = _call(run, outbox=outbox, iterate_in_thread=iterate_in_thread)
                await _in_folder(run, work, folders)
        if not run.flow.stopped:
            run.complete()
    except BaseException as error:  # noqa: BLE001 (a generator may raise anything, and the loop has other runs)
        run.fail(error)
    folders.leave(run.run_context.loop_folder)
    run.end_streams()
    while not await _is_drained(run):
        continue
    run.report_end()


@contextmanager
def interruptible(run: Execution) -> Iterator[None]:
    """Let the run's `cancel`, which is called in another thread, cancel the present task."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def interrupt() -> None:
        if task is not None:
            loop.call_soon_threadsafe(task.cancel)

    run.interrupt = interrupt
    try:
        yield
    finally:
        run.interrupt = None


async def drive(run: Execution, result: Any, *, outbox: Outbox, iterate_in_thread: IterateInThread) -> None:
    """Handle all values of what a call, or awaiting it, has returned."""
    if inspect.isawaitable(result):
        result = await result
    if hasattr(result, "__anext__"):
        await _iterate(run, result, outbox)
    elif hasattr(result, "__next__"):
        run.interrupt = None
        await iterate_in_thread(run, result)
    else:
        run.handle_yield(result, is_last=True)


def _in_folder(
    run: Execution, work: Coroutine[Any, Any, None], folders: LoopFolders
) -> Coroutine[Any, Any, None]:
    folder = run.run_context.loop_folder = folders.of(run.order.folder)
    if folder is not None:
        return folders.steps(work, folder)
    enter_folder(run.order.folder, alone=run.is_alone)
    return work


async def _call(run: Execution, *, outbox: Outbox, iterate_in_thread: IterateInThread) -> None:
    """Call and drive; a function of its own, so that its variables are gone before the end is reported."""
    positional, by_keyword = await _prepare(run)
    result = run.action.call(*positional, **by_keyword)
    await drive(run, result, outbox=outbox, iterate_in_thread=iterate_in_thread)


async def _prepare(run: Execution) -> tuple[list[Any], dict[str, Any]]:
    if not run.prepares_slowly:
        return run.prepare()
    # Not what the thread returns: a thread may hold that for long after the run has gone on with it.
    prepared: list[tuple[list[Any], dict[str, Any]]] = []
    await asyncio.to_thread(lambda: prepared.append(run.prepare()))
    return prepared.pop()


async def _is_drained(run: Execution) -> bool:
    """Wait until everything is encoded; return False if a late cancel interrupted that."""
    try:
        await run.flow.drain_in_task()
    except asyncio.CancelledError:
        return False
    return True


async def _iterate(run: Execution, iterator: AsyncIterator[Any], outbox: Outbox) -> None:
    step, handle_yield, flow = iterator.__anext__, run.handle_yield, run.flow
    turns, yielded_at = outbox.turns, time.monotonic()
    try:
        while not flow.must_check or await flow.wait_in_task():
            try:
                value = await step()
            except StopAsyncIteration:
                return
            if flow.stopped:
                return
            handle_yield(value)
            now = time.monotonic()
            if turns != outbox.turns:
                turns, yielded_at = outbox.turns, now
            elif now - yielded_at > MAX_BLOCKED_S:
                await asyncio.sleep(0)
                yielded_at = now
    except UnusableYieldError as error:
        note_place(error, iterator)
        raise
    finally:
        close = getattr(iterator, "aclose", None)
        if close is not None:
            await close()
