"""Drives a run in a thread: the generator's next step is taken when the one before is on its way.

call -> iterator: step, take, step, take, ... close | any other value: take
"""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from gradstream.components.types import UnusableYield
from gradstream.worker.execution.run import Run
from gradstream.worker.loading.faults import note_place
from gradstream.worker.loading.working_directory import enter_folder

RunAwaitable = Callable[[Any, Run], None]
"""Drives, in the loop, what a call in a thread returned, and waits for its end."""


def run_in_thread(run: Run, *, run_awaitable: RunAwaitable) -> None:
    """Carry a run from its call to its end; raises nothing."""
    caught: BaseException | None = None
    try:
        enter_folder(run.request.folder, alone=run.is_alone)
        if not run.gate.stopped:
            _call(run, run_awaitable)
        if not run.gate.stopped:
            run.finish()
    except BaseException as error:  # noqa: BLE001 (a generator may raise anything, and the thread has other runs to do)
        caught = error
    run.end_streams()
    run.gate.drain_thread()
    run.end(caught)


def iterate(run: Run, iterator: Iterator[Any]) -> None:
    """Take all of an iterator's values, and close it."""
    step, take, gate = iterator.__next__, run.take, run.gate
    try:
        while not gate.closed or gate.pass_thread():
            try:
                value = step()
            except StopIteration as stop:
                if stop.value is not None:
                    run.teller.warn("What the generator returns is ignored: yield it instead.")
                return
            if gate.stopped:
                return
            take(value)
    except UnusableYield as error:
        note_place(error, iterator)
        raise
    finally:
        close = getattr(iterator, "close", None)
        if close is not None:
            close()


def _call(run: Run, run_awaitable: RunAwaitable) -> None:
    positional, by_keyword = run.prepare()
    result = run.action.call(*positional, **by_keyword)
    if inspect.isawaitable(result) or hasattr(result, "__anext__"):
        run_awaitable(result, run)
    elif hasattr(result, "__next__"):
        iterate(run, result)
    else:
        run.take(result, is_last=True)
