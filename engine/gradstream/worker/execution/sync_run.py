"""Drives a run in a thread: the next step starts when the yield before has been handed over.

call -> iterator: step, handle the yield, step, ... close | any other value: handle it
"""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from gradstream.components.types import UnusableYieldError
from gradstream.worker.execution.execution import Execution
from gradstream.worker.loading.faults import note_place
from gradstream.worker.loading.working_directory import enter_folder, make_folder

RunAwaitable = Callable[[Any, Execution], None]
"""Drives, in the loop, what a call in a thread returned, and waits for its end."""


def run_in_thread(run: Execution, *, run_awaitable: RunAwaitable) -> None:
    """Drive a run from its call to its end; raises nothing."""
    try:
        make_folder(run.order.folder)
        enter_folder(run.order.folder, alone=run.is_alone)
        if not run.flow.stopped:
            _call(run, run_awaitable)
        if not run.flow.stopped:
            run.complete()
    except BaseException as error:  # noqa: BLE001 (a generator may raise anything, and the thread has other runs)
        run.fail(error)
    run.end_streams()
    run.flow.drain_in_thread()
    run.report_end()


def iterate(run: Execution, iterator: Iterator[Any]) -> None:
    """Handle all values of an iterator, and close it."""
    step, handle_yield, flow = iterator.__next__, run.handle_yield, run.flow
    try:
        while not flow.must_check or flow.wait_in_thread():
            try:
                value = step()
            except StopIteration as stop:
                if stop.value is not None and not flow.stopped:
                    run.run_context.warn("What the generator returns is ignored: yield it instead.")
                return
            if flow.stopped:
                return
            handle_yield(value)
    except UnusableYieldError as error:
        note_place(error, iterator)
        raise
    finally:
        close = getattr(iterator, "close", None)
        if close is not None:
            close()


def iterate_in_thread(run: Execution, iterator: Iterator[Any]) -> None:
    """Iterate for a task; record a failure here, because a future's exception lives on in both threads."""
    try:
        iterate(run, iterator)
    except BaseException as error:  # noqa: BLE001 (as above)
        run.fail(error)


def _call(run: Execution, run_awaitable: RunAwaitable) -> None:
    positional, by_keyword = run.prepare()
    result = run.action.call(*positional, **by_keyword)
    if inspect.isawaitable(result) or hasattr(result, "__anext__"):
        run_awaitable(result, run)
    elif hasattr(result, "__next__"):
        iterate(run, result)
    else:
        run.handle_yield(result, is_last=True)
