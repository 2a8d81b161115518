"""The runs in a worker: updates reach their run, credit comes back, and no run ends unnoticed."""

import asyncio
from collections.abc import Sequence

from gradstream.engines.local.worker_runs import CREDIT_BYTES, WorkerRuns
from gradstream.events.types import Record
from gradstream.ipc.protocol import (
    AnyRequest,
    Blob,
    CancelRequest,
    CreditRequest,
    Ended,
    Ending,
    Events,
    Pong,
    StreamPart,
)

BLOB = Blob(run="r", digest="d", mime="m", data=b"1")
SUCCESS = Ended(run="r", ending=Ending())


class OneRun:
    """Output and listener of one run; `fails` makes the output raise."""

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails
        self.received: list[object] = []

    def records(self, records: Sequence[Record]) -> None:
        """Store the records."""
        self.received.append(tuple(records))

    def blob(self, digest: str, mime: str, data: bytes) -> None:
        """Store the digest, or raise."""
        if self.fails:
            raise OSError("no space left")
        self.received.append(digest)

    def part(self, part: StreamPart) -> None:
        """Store the part."""
        self.received.append(part)

    def printed(self, stream: str, text: str) -> bool:
        """Store the line."""
        self.received.append((stream, text))
        return True

    def ended(self, ending: Ending) -> None:
        """Store the end."""
        self.received.append(ending)

    def lost(self, reason: str, *, was_taken: bool) -> None:
        """Store the reason, and whether the process had read the order."""
        self.received.append((reason, was_taken))


def runs_with(run: OneRun) -> tuple[WorkerRuns, list[AnyRequest]]:
    """Return the runs of a worker, with one named "r", and the requests that they send."""
    sent: list[AnyRequest] = []
    runs = WorkerRuns(send=sent.append)
    runs.add("r", demo="echo", output=run, listener=run)
    return runs, sent


def test_updates_reach_their_run_until_it_has_ended() -> None:
    """What arrives after the end, or for a run that is not known, is ignored."""
    run = OneRun()
    runs, sent = runs_with(run)
    part = StreamPart("r", "sound", 0, 0.0, 1.0, b"1")
    for update in (Events("r", ()), BLOB, part, Events("other", ()), SUCCESS, BLOB):
        runs.deliver(update, 1)
    assert run.received == [(), "d", part, Ending()]
    assert sent == []


def test_credit_is_granted_in_portions() -> None:
    """Delivered bytes are granted as soon as they make a portion, all of them, each once."""
    runs, sent = runs_with(OneRun())
    for size in (CREDIT_BYTES - 1, 2, 1):
        runs.deliver(BLOB, size)
    assert sent == [CreditRequest(run="r", size=CREDIT_BYTES + 1)]


class SlowDisk(OneRun):
    """Output of a run whose values take until `stored` is done."""

    def __init__(self) -> None:
        super().__init__()
        self.stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def blob(self, digest: str, mime: str, data: bytes) -> asyncio.Future[None]:  # type: ignore[override]
        """Return what is done once the value is stored."""
        return self.stored


async def test_credit_waits_for_the_disk() -> None:
    """Bytes that are not stored yet are not granted: a generator that outruns the disk waits."""
    run = SlowDisk()
    runs, sent = runs_with(run)
    runs.deliver(BLOB, CREDIT_BYTES)
    assert sent == []
    run.stored.set_result(None)
    await asyncio.sleep(0)
    assert sent == [CreditRequest(run="r", size=CREDIT_BYTES)]


def test_a_run_that_lost_an_update_is_not_a_success() -> None:
    """It is canceled, and whatever its generator reports, it ends with fault `server`."""
    run = OneRun(fails=True)
    runs, sent = runs_with(run)
    runs.deliver(BLOB, 1)
    runs.deliver(SUCCESS, 1)
    assert sent == [CancelRequest(run="r")]
    assert [ending.fault for ending in run.received if isinstance(ending, Ending)] == ["server"]


def test_the_end_of_the_process_is_reported_to_every_run_in_it() -> None:
    """To those that have not ended, with whether their order had been read; none is left afterwards."""
    run, other, unread = OneRun(), OneRun(), OneRun()
    runs, sent = runs_with(run)
    for name, one in (("s", other), ("t", unread)):
        runs.add(name, demo="echo", output=one, listener=one)
    for name in ("r", "s", "unknown"):
        runs.note_taken(name)
    runs.deliver(SUCCESS, 1)
    for report in runs.clear("ended"):
        report()
    assert (run.received, other.received, unread.received) == (
        [Ending()],
        [("ended", True)],
        [("ended", False)],
    )
    runs.cancel("s")
    assert (runs.clear("ended"), sent) == ([], [])


class Searched(tuple[str, ...]):
    """Names that may be read, each once, but not searched: a thousand runs would compare a million names."""

    __slots__ = ()

    def __contains__(self, name: object) -> bool:
        raise AssertionError(f"all names were searched for {name}")


def test_a_pong_is_compared_with_the_runs_in_one_pass() -> None:
    """Only the run that the process does not know any more ends; all others cost one look-up each."""
    runs = WorkerRuns(send=lambda _: None)
    outputs = {f"r{number}": OneRun() for number in range(1_000)}
    for name, output in outputs.items():
        runs.add(name, demo="d", output=output, listener=output)
    runs.compare(Pong(token=1, runs=Searched(name for name in outputs if name != "r500")))
    ended = [name for name, output in outputs.items() if output.received]
    assert ended == ["r500"]
