"""Lets `log`, `progress` and bars find their run in threads that a generator starts.

    threading.Thread.start       --> the thread belongs to the run that starts it
    ThreadPoolExecutor.submit    --> the call belongs to the run that submits it, whatever started the pool

Only the run is handed over, and the current folder of a run in the loop. All other context variables begin
empty in a new thread, as Python has it. Both methods are replaced once per process. asyncio.to_thread hands
over the whole context by itself.
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from gradstream import authoring
from gradstream.worker.execution.leftovers import HelperCall
from gradstream.worker.loading.working_directory import enter_thread

NoteCall = Callable[[authoring.RunContext, HelperCall], None]

_start = threading.Thread.start
_submit = ThreadPoolExecutor.submit


def follow_threads(note: NoteCall) -> None:
    """Replace the two methods, and let processes that are forked belong to no run; `note` notes each call."""

    def start(thread: threading.Thread) -> None:
        _start_in_run(thread, note)

    def submit(pool: ThreadPoolExecutor, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return _submit_in_run(pool, partial(fn, *args, **kwargs), note)

    threading.Thread.start = start  # type: ignore[method-assign,assignment]
    ThreadPoolExecutor.submit = submit  # type: ignore[method-assign,assignment]
    if hasattr(os, "register_at_fork"):
        # A forked process has a copy of the run, but neither the threads that send nor a channel of its own.
        os.register_at_fork(after_in_child=_leave_run)


def _leave_run() -> None:
    authoring.enter(None)


def _start_in_run(thread: threading.Thread, note: NoteCall) -> None:
    run = authoring.current()
    if run is None or thread.ident is not None:
        _start(thread)
        return
    helper = HelperCall(thread.name)
    note(run, helper)
    _let_enter(thread, run, helper)
    try:
        _start(thread)
    except BaseException:
        vars(thread).pop("run", None)
        helper.is_over = True
        raise


def _let_enter(thread: threading.Thread, run: authoring.RunContext, helper: HelperCall) -> None:
    """Replace the method that the thread will run; the replacement removes itself, and with it the circle."""

    def enter_and_run() -> None:
        del vars(thread)["run"]
        authoring.enter(run)
        enter_thread(run)
        helper.run(thread.run)

    vars(thread)["run"] = enter_and_run


def _submit_in_run(pool: ThreadPoolExecutor, call: Callable[[], Any], note: NoteCall) -> Future[Any]:
    run = authoring.current()
    helper = HelperCall("of a pool", through_python=True)
    if run is not None:
        note(run, helper)

    def call_in_run() -> Any:
        # Also without a run: the pool's thread may belong to the run that happened to start it.
        leave = authoring.enter(run)
        enter_thread(run)
        try:
            return helper.run(call)
        finally:
            leave()

    return _submit(pool, call_in_run)
