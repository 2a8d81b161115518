"""Strands do their own work in order, and share a pool fairly."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from gradstream.worker.sending.strand import Strand
from tests.patience import PATIENCE_S


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    """Return a pool of two threads."""
    with ThreadPoolExecutor(2) as pool:
        yield pool


def test_a_strand_keeps_its_order(threads: ThreadPoolExecutor) -> None:
    """Pieces are done one at a time and in order, from however many threads they are put."""
    strand, done, busy, finished = Strand(threads), list[int](), threading.Lock(), threading.Event()

    def piece(number: int) -> None:
        assert busy.acquire(blocking=False)
        done.append(number)
        busy.release()
        if number == 499:
            finished.set()

    for number in range(500):
        strand.submit(lambda number=number: piece(number))  # type: ignore[misc]
    assert finished.wait(PATIENCE_S)
    assert done == list(range(500))


def test_strands_take_turns() -> None:
    """A strand with much to do lets another one in after each piece."""
    order, go, finished = list[str](), threading.Event(), threading.Event()
    with ThreadPoolExecutor(1) as thread:
        thread.submit(go.wait, PATIENCE_S)
        long, short = Strand(thread), Strand(thread)
        for _ in range(3):
            long.submit(lambda: order.append("long"))
        short.submit(lambda: order.append("short"))
        long.submit(finished.set)
        go.set()
        assert finished.wait(PATIENCE_S)
    assert order == ["long", "short", "long", "long"]


def test_a_task_that_raises_does_not_hold_the_others(threads: ThreadPoolExecutor) -> None:
    """Whatever one raises, those behind it are run."""

    def fail() -> None:
        raise SystemExit(2)

    strand, finished = Strand(threads), threading.Event()
    strand.submit(fail)
    strand.submit(finished.set)
    assert finished.wait(PATIENCE_S)
