"""Pools of threads: reuse, the limit, and what happens when the system has no more threads."""

import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future

import pytest

from gradstream.errors import ThreadStartError
from gradstream.events.types import Record
from gradstream.worker.outputs.ordered_delivery import OrderedDelivery
from gradstream.worker.sending.flow_control import FlowControl
from gradstream.worker.sending.strand import Strand
from gradstream.worker.threads import Threads
from tests.patience import PATIENCE_S


def _refuse(_: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


@pytest.fixture
def exhaust(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function after whose call the system refuses to start threads."""
    return lambda: monkeypatch.setattr(threading.Thread, "start", _refuse)


def test_results_and_exceptions_are_handed_over() -> None:
    """A future has what the call returned or raised."""
    threads = Threads(1, "t")
    assert threads.submit(divmod, 7, 2).result(PATIENCE_S) == (3, 1)
    error = threads.submit(divmod, 1, 0).exception(PATIENCE_S)
    assert isinstance(error, ZeroDivisionError)


def test_waiting_threads_are_used_again() -> None:
    """A call after another one needs no second thread, and each thread is initialized once."""
    begun: list[str] = []
    threads = Threads(9, "t", initialize=lambda: begun.append(threading.current_thread().name))
    names = [threads.submit(lambda: threading.current_thread().name).result(PATIENCE_S) for _ in range(20)]
    assert set(names) <= set(begun)
    assert len(begun) < 9


def test_calls_beyond_the_limit_wait() -> None:
    """At most so many run at a time; one that waits can be canceled."""
    threads, go = Threads(2, "t"), threading.Event()
    busy = [threads.submit(go.wait) for _ in range(2)]
    waiting = [threads.submit(lambda: 1) for _ in range(2)]
    assert waiting[0].cancel()
    assert not waiting[1].done()
    go.set()
    assert [one.result(PATIENCE_S) for one in busy] == [True, True]
    assert waiting[1].result(PATIENCE_S) == 1


def test_a_call_is_forgotten() -> None:
    """After a call nothing of it is held: by the thread, nor by a circle of its exception and its future."""

    class Held:
        """Something large."""

    held = Held()
    gone = weakref.ref(held)

    def fail(value: Held) -> None:
        raise ValueError(value)

    threads = Threads(1, "t")
    done = threading.Event()
    future: Future[None] = threads.submit(fail, held)
    assert isinstance(future.exception(PATIENCE_S), ValueError)
    del held, future
    threads.submit(done.set).result(PATIENCE_S)
    assert gone() is None


@pytest.mark.parametrize("may_wait", [False, True])
def test_a_refused_thread_leaves_nothing_in_the_line(exhaust: Callable[[], None], *, may_wait: bool) -> None:
    """The error says what happened, and the call is not made later."""
    threads = Threads(2, "t", may_wait=may_wait)
    exhaust()
    with pytest.raises(ThreadStartError, match=r"refused to start a thread; \d+ are running"):
        threads.submit(lambda: None)
    assert not threads._line


def test_a_pool_of_short_calls_goes_on_with_what_it_has(exhaust: Callable[[], None]) -> None:
    """With `may_wait` a call waits for a thread that exists; without, it is refused."""
    go = threading.Event()
    waiting, refusing = Threads(2, "t", may_wait=True), Threads(2, "t")
    busy = [threads.submit(go.wait) for threads in (waiting, refusing)]
    exhaust()
    waits = waiting.submit(lambda: 1)
    with pytest.raises(ThreadStartError):
        refusing.submit(lambda: 1)
    go.set()
    assert [one.result(PATIENCE_S) for one in busy] == [True, True]
    assert waits.result(PATIENCE_S) == 1


def test_what_cannot_be_encoded_does_not_hold_a_run(exhaust: Callable[[], None]) -> None:
    """Without any encoder's thread the yield raises, and nothing waits for what was not queued."""
    flow = FlowControl()
    threads = Threads(2, "t", may_wait=True)
    delivery = OrderedDelivery(encoders=threads, flow=flow, failed=lambda _: None)
    strand = Strand(threads)
    exhaust()
    with pytest.raises(ThreadStartError):
        delivery.encode([lambda: Record("set", "out", b"}")], lambda _: None, size=1)
    with pytest.raises(ThreadStartError):
        strand.submit(lambda: None)
    flow.drain_in_thread()
    sent: list[int] = []
    delivery.deliver(lambda: sent.append(1))
    assert sent == [1]
