"""Snapshots that a thread makes while the journal goes on."""

import asyncio
import gc
import threading
import weakref
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradstream.events import journal as journals
from gradstream.events.feed import Feed
from gradstream.events.fold import Fold, fold
from gradstream.events.journal import Journal
from gradstream.events.loan import Result
from gradstream.events.types import Append, Entry, Patch, Record, Running, Set, Succeeded
from gradstream.runs.follow import Follower
from gradstream.runs.heartbeat import Heartbeat
from gradstream.runs.reader import RunReader
from tests.effort import examples
from tests.unit.events.events import runs

TEXT = "x" * (journals.SMALL_BYTES // 10)


class HeldThread:
    """Does work in a thread of its own, once it is let go; remembers which threads did it."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(1)
        self.gate = threading.Event()
        self.workers: list[int] = []

    def __call__(self, work: Callable[[], Result], /) -> "Future[Result]":
        """Do it behind the gate."""
        return self.pool.submit(self._work, work)

    def _work(self, work: Callable[[], Result]) -> Result:
        self.gate.wait()
        self.workers.append(threading.get_ident())
        return work()


@pytest.fixture
async def thread() -> AsyncIterator[HeldThread]:
    """Return a thread that has ended with the test."""
    held = HeldThread()
    yield held
    held.gate.set()
    held.pool.shutdown(cancel_futures=True)
    await asyncio.sleep(0)


def soon(work: Callable[[], Result], /) -> "Future[Result]":
    """Do work after what the event loop has to do now: a thread for each example would be dear."""
    done: Future[Result] = Future()

    def do() -> None:
        if done.set_running_or_notify_cancel():
            done.set_result(work())

    asyncio.get_running_loop().call_soon(do)
    return done


def grow(journal: Journal, times: int, *, text: str = TEXT) -> None:
    """Let a text grow."""
    for _ in range(times):
        journal.add(Append(output="text", text=text))


def follower(
    journal: Journal,
    *,
    after: int = 0,
    backlog_bytes: int = 2 * len(TEXT),
    heartbeat: Heartbeat | None = None,
) -> Follower[Entry]:
    """Return what follows a journal."""
    feed = Feed(journal, after=after, backlog_bytes=backlog_bytes)
    reader = RunReader(journal, feed, attach=lambda: lambda: None)
    return Follower(reader, heartbeat=heartbeat or Heartbeat())


async def test_many_slow_readers(thread: HeldThread) -> None:
    """One snapshot is made for all of them, in another thread, while events go on; none is lost."""
    journal = Journal(apart=thread)
    journal.add(Running())
    followers = [follower(journal) for _ in range(30)]
    for one in followers:
        one.__enter__()
        await anext(one)
    grow(journal, 30)
    waiting = [asyncio.create_task(anext(one)) for one in followers]
    await asyncio.sleep(0)
    assert not any(task.done() for task in waiting)
    grow(journal, 10)
    thread.gate.set()
    batches = [await task for task in waiting]
    assert {(batch[0].type, batch[0].seq) for batch in batches} == {("snapshot", 31)}
    assert len({id(batch[0].body) for batch in batches}) == 1
    assert all([entry.seq for entry in batch] == list(range(31, 42)) for batch in batches)
    assert len(thread.workers) == 1
    assert thread.workers != [threading.get_ident()]
    for one in followers:
        one.__exit__(None, None, None)


async def test_a_late_reader_of_a_trimmed_journal(thread: HeldThread) -> None:
    """What stands for trimmed events is made apart too, and fits what follows, whatever comes meanwhile."""
    journal = Journal(max_events=16, apart=thread)
    grow(journal, 40)
    with follower(journal) as batches:
        waiting = asyncio.create_task(anext(batches))
        await asyncio.sleep(0)
        grow(journal, 10)
        thread.gate.set()
        first, *others = await waiting
        assert [entry.seq for entry in others] == list(range(first.seq + 1, 51))
        known = Fold()
        for entry in (first, *others):
            known.apply(entry)
        assert known.outputs() == journal.state().outputs
    assert len(thread.workers) == 1


async def test_nothing_is_trimmed_until_those_who_wait_have_read(thread: HeldThread) -> None:
    """A journal keeps more than its bound meanwhile, and no more than that afterwards."""
    journal = Journal(max_events=16, apart=thread)
    grow(journal, 40)
    with follower(journal) as batches:
        waiting = asyncio.create_task(anext(batches))
        await asyncio.sleep(0)
        grow(journal, 10)
        assert len(journal.entries(after=0)) > 16
        thread.gate.set()
        await waiting
        await asyncio.sleep(0)
        assert len(journal.entries(after=0)) <= 16


async def test_a_generator_that_outruns_the_thread(thread: HeldThread) -> None:
    """At twice its bound the journal waits for the thread; whoever waits for the snapshot still gets it."""
    journal = Journal(max_events=16, apart=thread)
    grow(journal, 40)
    with follower(journal) as batches:
        waiting = asyncio.create_task(anext(batches))
        await asyncio.sleep(0)
        threading.Timer(0, thread.gate.set).start()
        grow(journal, 100)
        first, *others = await waiting
        assert first.type == "snapshot"
        assert [entry.seq for entry in others][:20] == list(range(first.seq + 1, first.seq + 21))
        assert len(journal.entries(after=0)) <= 32


async def test_a_state_that_is_asked_for_meanwhile(thread: HeldThread) -> None:
    """It is that of all events; what was not begun yet, behind another journal's work, is done at once."""
    thread.pool.submit(thread.gate.wait)
    journal = Journal(max_events=16, apart=thread)
    grow(journal, 40)
    with follower(journal) as batches:
        waiting = asyncio.create_task(anext(batches))
        await asyncio.sleep(0)
        assert len(bytes(journal.state().outputs["text"])) == 40 * len(TEXT) + 2
        assert [entry.type for entry in await waiting][:2] == ["snapshot", "append"]
        assert thread.workers == []


@pytest.mark.parametrize("is_over", [True, False])
async def test_readers_that_leave_before_it_is_made(*, is_over: bool, thread: HeldThread) -> None:
    """Nothing of it is kept, also of a run that is over."""
    journal = Journal(apart=thread)
    journal.add(Running())
    with follower(journal) as batches:
        await anext(batches)
        grow(journal, 30)
        waiting = asyncio.create_task(anext(batches))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    if is_over:
        journal.add(Succeeded(duration_s=1.0))
    thread.gate.set()
    thread.pool.shutdown()
    await asyncio.sleep(0)
    assert journal.memory == journal.kept


async def test_edits_of_a_value_that_is_lent(thread: HeldThread) -> None:
    """A value that was decoded is not changed while a thread writes it; then nothing is missing."""
    journal = Journal(max_events=4, apart=thread)
    journal.add(Set(output="rows", value=[TEXT] * 12))
    for number in range(8):
        journal.add(Patch(output="rows", edits=[("insert", [0], number)]))
    with follower(journal) as batches:
        waiting = asyncio.create_task(anext(batches))
        await asyncio.sleep(0)
        for number in range(8, 11):
            journal.add(Patch(output="rows", edits=[("insert", [0], number)]))
        thread.gate.set()
        known = Fold()
        for entry in await waiting:
            known.apply(entry)
        assert known.outputs() == journal.state().outputs
        assert bytes(known.outputs()["rows"]).startswith(b"[10,9,8,7,")


async def test_a_finished_run_that_nobody_reads(thread: HeldThread) -> None:
    """Values that were edited are brought into their small form apart, once."""
    thread.gate.set()
    journal = Journal(max_events=4, apart=thread)
    leave = journal.subscribe(lambda: None)
    journal.add(Set(output="rows", value=[TEXT] * 12))
    for number in range(8):
        journal.add(Patch(output="rows", edits=[("insert", [0], number)]))
    journal.add(Succeeded(duration_s=1.0))
    leave()
    thread.pool.shutdown()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert len(thread.workers) == 1
    assert journal.memory == journal.kept


async def test_a_snapshot_that_cannot_be_made(
    thread: HeldThread, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its readers end with the error, which is logged, and do not try for ever."""
    thread.gate.set()
    journal = Journal(apart=thread)
    journal.add(Running())
    with follower(journal) as batches:
        await anext(batches)
        grow(journal, 30)
        monkeypatch.setattr(Fold, "snapshot_body", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await anext(batches)
    assert "a snapshot could not be made" in caplog.text


async def test_the_end_of_the_server(thread: HeldThread) -> None:
    """A reader that waits for a snapshot gets it before its feed ends."""
    heartbeat = Heartbeat()
    journal = Journal(apart=thread)
    journal.add(Running())
    with follower(journal, heartbeat=heartbeat) as batches:
        await anext(batches)
        grow(journal, 30)
        waiting = asyncio.create_task(anext(batches))
        await asyncio.sleep(0)
        heartbeat.close()
        await asyncio.sleep(0)
        thread.gate.set()
        assert [entry.type for entry in await waiting] == ["snapshot"]
        assert await anext(batches, None) is None


async def test_the_state_of_large_values(thread: HeldThread) -> None:
    """It is made in the thread, once for all who ask meanwhile, and events go on."""
    journal = Journal(max_events=16, apart=thread)
    journal.add(Running())
    grow(journal, 12)
    asked = [journal.state_soon() for _ in range(3)]
    grow(journal, 8)
    late = journal.state_soon()
    assert not any(each.done() for each in (*asked, late))
    thread.gate.set()
    states = [await each for each in (*asked, late)]
    assert [state.seq for state in states] == [13, 13, 13, 21]
    assert states[-1] == journal.state()
    assert len(states[0].outputs["text"]) == 12 * len(TEXT) + 2
    assert threading.get_ident() not in thread.workers
    assert len(thread.workers) == 2


async def test_a_small_state_is_made_at_once(thread: HeldThread) -> None:
    """No thread is asked, and nobody waits."""
    journal = Journal(apart=thread)
    journal.add(Running())
    assert journal.state_soon().result() == journal.state()


async def test_who_asked_for_a_state_and_left(thread: HeldThread) -> None:
    """The others get theirs."""
    journal = Journal(apart=thread)
    grow(journal, 12)
    gone, stays, late = (journal.state_soon() for _ in range(3))
    gone.cancel()
    late.cancel()
    thread.gate.set()
    assert (await stays).seq == 12


async def test_a_state_that_cannot_be_made(thread: HeldThread, monkeypatch: pytest.MonkeyPatch) -> None:
    """All who asked get the error, also those who ask later."""
    journal = Journal(apart=thread)
    grow(journal, 12)
    monkeypatch.setattr(Fold, "state", lambda _: 1 / 0)
    first, second = journal.state_soon(), journal.state_soon()
    thread.gate.set()
    for each in (first, second, journal.state_soon()):
        with pytest.raises(ZeroDivisionError):
            await each


async def test_the_state_of_a_finished_run_is_kept(thread: HeldThread) -> None:
    """All who ask share it; it counts, and goes with what was made for readers."""
    thread.gate.set()
    journal = Journal(apart=thread)
    grow(journal, 12)
    journal.add(Succeeded(duration_s=1.0))
    first = await journal.state_soon()
    assert await journal.state_soon() is first
    assert journal.memory > journal.kept
    journal.subscribe(lambda: None)()
    assert journal.memory == journal.kept


async def test_what_is_found_in_large_values(thread: HeldThread) -> None:
    """It is looked for in the thread; who uses it also gets what came meanwhile."""
    journal = Journal(apart=thread)
    grow(journal, 12)
    used: list[tuple[int, list[bytes]]] = []
    journal.find_soon(
        lambda pieces: sum(map(len, pieces)), lambda found, since: used.append((found, [*since]))
    )
    journal.find_soon(lambda _: 1 / 0, lambda *_: None)
    journal.add(Append(output="text", text="later"))
    assert used == []
    thread.gate.set()
    await journal.state_soon()
    assert used == [(12 * len(TEXT) + 2, [b'"output":"text","text":"later"}'])]


@settings(max_examples=examples(30))
@given(runs(), st.integers(1, 10), st.lists(st.integers(0, 30)))
def test_what_is_made_apart_is_what_is_made_at_once(
    records: list[Record], most: int, reads: list[int]
) -> None:
    """Whatever is read and whenever, a reader has what the events amount to, and no number is left out."""

    async def play() -> None:
        journal, known, position = Journal(max_events=most, apart=soon), Fold(), 0
        with follower(journal, backlog_bytes=100) as batches:
            for index, record in enumerate(records):
                journal.append([record])
                is_read = index in reads or index == len(records) - 1
                while is_read and position < journal.seq:
                    for entry in await anext(batches):
                        known.apply(entry)
                        position = entry.seq
        assert position == len(records)
        assert known.outputs() == fold(records).outputs

    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(journals, "SMALL_BYTES", 0)
        asyncio.run(play())


async def test_what_a_thread_made_goes_with_the_journal() -> None:
    """A journal that nobody has any more is freed at once, with its snapshots, also after a thread had it."""
    freed = asyncio.Event()
    gc.disable()
    try:
        journal = Journal(max_events=16, apart=soon)
        grow(journal, 40)
        with follower(journal) as batches:
            await anext(batches)
        weakref.finalize(journal, freed.set)
        del journal, batches
        await asyncio.sleep(0)
        assert freed.is_set()
    finally:
        gc.enable()
