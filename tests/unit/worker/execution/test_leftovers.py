"""Threads that a run has left behind: told to end, and reported when they do not."""

import sys
import threading

import pytest

from gradstream import authoring
from gradstream.worker.execution import leftovers
from gradstream.worker.execution.leftovers import HelperCall, Leftovers, RunEndedError

HERE = __file__.rpartition("/")[0]


class _Run:
    """Stands for a run: nothing of it is used."""


def test_a_thread_that_waits_for_ever_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot be ended by Python, so the worker is; one that comes back ends by the exception."""
    monkeypatch.setattr(leftovers, "LEFT_S", 0.0)
    run: authoring.RunContext = _Run()  # type: ignore[assignment]
    lines: list[str] = []
    kept = Leftovers(is_busy=lambda _: False, log=lines.append)
    # What other tests have started in this process is not the run's.
    kept.keep_present()
    kept.begin(run)
    waits, begun, call = threading.Event(), threading.Event(), HelperCall("worker-1")
    kept.note_call(run, call)
    raised: list[type[BaseException]] = []

    def work() -> None:
        begun.set()
        waits.wait()
        while True:
            pass

    def serve() -> None:
        try:
            call.run(work)
        except RunEndedError as error:
            raised.append(type(error))

    thread = threading.Thread(target=serve)
    thread.start()
    begun.wait()
    kept.end(run, title="run 1 of it", roots=[HERE], succeeded=False)
    assert kept.overdue() == ("worker-1",)
    assert lines == [
        "run 1 of it has left behind what ends with it, unless a module starts it: thread worker-1"
    ]
    waits.set()
    thread.join()
    assert raised == [RunEndedError]
    assert kept.overdue() == ()


def test_a_call_that_has_not_begun_never_does() -> None:
    """What waits for a thread of a pool when its run ends raises instead."""
    call = HelperCall("of a pool")
    call.end()
    with pytest.raises(RunEndedError):
        call.run(lambda: pytest.fail("was called"))
    assert call.is_over


def test_threads_of_libraries_and_of_runs_that_succeed_stay() -> None:
    """Only a thread that the demo's own files have started ends, and only when its run does not succeed."""
    run: authoring.RunContext = _Run()  # type: ignore[assignment]
    lines: list[str] = []
    kept = Leftovers(is_busy=lambda _: False, log=lines.append)
    # What other tests have started in this process is not the run's.
    kept.keep_present()
    for roots, succeeded in (([HERE], True), (["/elsewhere"], False)):
        kept.begin(run)
        kept.note_call(run, HelperCall("library"))
        kept.end(run, title="run", roots=roots, succeeded=succeeded)
    assert lines == []


def test_profilers_work_after_a_call_was_ended() -> None:
    """What was raised in a thread is not asked for any more: a profiled function would never begin."""
    call, lock = HelperCall("worker-1"), threading.Lock()
    lock.acquire()
    raised: list[type[BaseException]] = []

    def serve() -> None:
        try:
            call.run(lock.acquire)
        except RunEndedError as error:
            raised.append(type(error))

    thread = threading.Thread(target=serve)
    thread.start()
    while call._ident is None:
        pass
    call.end()
    lock.release()
    thread.join()
    assert raised == [RunEndedError]
    seen: list[str] = []

    def profiled() -> None:
        """Is called with a profile function."""

    sys.setprofile(lambda frame, event, _: seen.append(f"{event} {frame.f_code.co_name}"))
    try:
        profiled()
    finally:
        sys.setprofile(None)
    assert "call profiled" in seen
