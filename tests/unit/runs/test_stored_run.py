"""Big values of a run as files for other runs."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from gradstream.events.journal import Journal
from gradstream.events.types import Running, Set
from gradstream.runs.blobs import Blobs
from gradstream.runs.caller import Caller
from gradstream.runs.record import RunRecord
from gradstream.runs.stored_run import StoredRun
from gradstream.runs.streams import Streams
from gradstream.worker.sending.records import record
from tests.unit.played_engine import make_demo


def stored(folder: Path, journal: Journal) -> StoredRun:
    """Return a run with this journal."""
    demo = make_demo()
    facts = RunRecord(id="r", demo=demo, action=demo.actions[0].name, caller=Caller(), created_at=0.0)
    streams = Streams(folder / "streams", outputs=(), max_bytes=1, max_segments=1, resized=lambda _: None)
    return StoredRun(record=facts, journal=journal, blobs=Blobs(folder, max_bytes=10**6), streams=streams)


async def test_nobody_waits_while_a_thread_has_the_values(tmp_path: Path) -> None:
    """While large values are being made, the event loop goes on; then the names that are shown are there."""
    gate = threading.Event()
    with ThreadPoolExecutor(1) as pool:

        def apart(work: Callable[[], Any]) -> Future[Any]:
            return pool.submit(lambda: (gate.wait(), work())[1])

        run = stored(tmp_path, Journal(apart=apart))
        for digest in ("named", "nameless"):
            await run.blobs.add(digest, "image/png", b"x")
        run.journal.add(Running())
        shown = [{"blob": "named", "name": "cat.png"}, {"blob": "nameless"}, "x" * 2**18]
        run.journal.append([record(Set(output="it", value=shown))])
        made = asyncio.ensure_future(run.shown_files({"named", "nameless", "unknown"}))
        for _ in range(10):
            await asyncio.sleep(0)
        assert not made.done()
        gate.set()
        files = await made
    assert {digest: (file.name, file.size) for digest, file in files.items()} == {
        "named": ("cat.png", 1),
        "nameless": ("made.png", 1),
    }
