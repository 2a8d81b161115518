"""On a full disk finished runs are given up for room, the answer is 507, and no part of a file stays."""

import asyncio
import errno
import os
import shutil
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gradstream.events.types import Append, Set
from gradstream.runs import blobs, disk, streams
from gradstream.runs.disk import Disk, write_file
from tests.unit.played_engine import make_singer
from tests.unit.server.site import Site, serving

RUNS = "/api/demos/sing/runs"
FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class SmallDisk:
    """Lets what is written below a folder fail as on a disk of so many bytes."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.room = 1000
        patch.setattr(blobs, "write_file", self.write)
        patch.setattr(streams, "write_file", self.write)
        patch.setattr(disk, "_probe", self._probe)
        patch.setattr(shutil, "copyfileobj", self._copy)
        patch.setattr(Path, "mkdir", lambda path, **options: self._mkdir(path, **options))  # noqa: PLW0108 (a method)

    @property
    def used(self) -> int:
        """How many bytes are in files."""
        return sum(file.stat().st_size for file in self.root.rglob("*") if file.is_file())

    def write(self, path: Path, data: bytes) -> None:
        """Write a file, or as much as there is room for, as a disk does."""
        room = self.room - self.used
        write_file(path, data[: max(0, room)])
        if len(data) > room:
            path.unlink()
            raise FULL

    def _probe(self, path: Path) -> None:
        self.write(path, b"x")

    def _copy(self, source: Any, target: Any) -> None:
        data = source.read()
        target.write(data[:10])
        target.flush()
        if len(data) > self.room - self.used:
            raise FULL
        target.write(data[10:])

    def _mkdir(self, path: Path, *, parents: bool = False, exist_ok: bool = False) -> None:
        if self.used >= self.room:
            raise FULL
        if parents:
            os.makedirs(path, exist_ok=exist_ok)  # noqa: PTH103 (the method of paths is this one)
        else:
            os.mkdir(path)  # noqa: PTH102 (likewise)


@pytest.fixture(params=[False, True], ids=["at once", "in threads"])
async def site(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Site]:
    """Return a server whose disk is used at once, as a test does, or in threads, as a server does."""
    writer = Disk(in_threads=request.param)
    async with serving(tmp_path, demos={"sing": make_singer()}, disk=writer) as running:
        yield running


@pytest.fixture
def small(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> SmallDisk:
    """Return the disk of that server."""
    assert site.port
    return SmallDisk(tmp_path, monkeypatch)


async def _run(site: Site, *values: bytes, segments: int = 0) -> dict[str, Any]:
    """Play a run that stores values and segments of 100 bytes, and return how it ended."""
    run = await site.start("sing")
    slot = site.engine.slots.pop()
    for number, data in enumerate(values):
        slot.sink.blob(f"d{number}", "image/png", data)
        slot.tell(Set(output="text", value={"blob": f"d{number}"}))
    if segments:
        slot.open_stream()
    for _ in range(segments):
        slot.add_segment(b"s" * 100)
    slot.end()
    events = await site.client.get(f"/api/runs/{run}/events")
    assert events.text.count("event: ") >= 2
    state: dict[str, Any] = (await site.client.get(f"/api/runs/{run}")).json()
    return state


@pytest.mark.usefixtures("small")
async def test_finished_runs_make_room(site: Site) -> None:
    """The one that finished first goes, as many as are needed and no more."""
    old = [await _run(site, b"x" * 300) for _ in range(3)]
    new = await _run(site, b"y" * 500)
    assert new["status"] == "succeeded"
    known = [site.service.get(run["run"]) is not None for run in [*old, new]]
    assert known == [False, False, True, True]


@pytest.mark.usefixtures("small")
async def test_streams_find_room_too(site: Site) -> None:
    """Segments are written as values are."""
    await _run(site, b"x" * 700)
    assert (await _run(site, segments=8))["status"] == "succeeded"


async def test_a_value_that_does_not_fit(site: Site, small: SmallDisk) -> None:
    """The run fails by the server's disk, nothing of the value stays, and the next run succeeds."""
    failed = await _run(site, b"x" * 2000)
    assert (failed["status"], failed["fault"]) == ("failed", "server")
    assert failed["message"] == "A value could not be stored: No space left on device"
    assert small.used == 0
    assert (await _run(site, b"x" * 900))["status"] == "succeeded"


async def test_no_room_for_a_run(site: Site, small: SmallDisk) -> None:
    """A run is refused with 507, the server says that it is not ready, and recovers when there is room."""
    (small.root / "other").write_bytes(b"x" * 1000)
    answer = await site.client.post(RUNS, json={})
    assert (answer.status_code, answer.json()["title"]) == (507, "Insufficient Storage")
    assert (await site.client.get("/health/ready")).status_code == 503
    (small.root / "other").unlink()
    assert (await site.client.get("/health/ready")).status_code == 200
    assert (await _run(site, b"x"))["status"] == "succeeded"


async def test_uploads(site: Site, small: SmallDisk) -> None:
    """A file finds the room of finished runs; one that does not fit gets 507 and leaves nothing."""
    await _run(site, b"x" * 900)
    sent = {"file": ("a.txt", b"y" * 800)}
    assert (await site.client.post("/api/uploads", files=sent)).status_code == 201
    assert (await site.client.post("/api/uploads", files=sent)).status_code == 507
    assert small.used == 800


async def test_nobody_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a write hangs, others are served; events of that run, and its end, come after what they show."""
    hangs = threading.Event()

    def write(path: Path, data: bytes) -> None:
        hangs.wait()
        write_file(path, data)

    monkeypatch.setattr(blobs, "write_file", write)
    async with serving(tmp_path, disk=Disk(in_threads=True)) as site:
        run = await site.start()
        slot = site.engine.slots.pop()
        slot.tell(Append(output="text", text="before"))
        stored = slot.sink.blob("d", "image/png", b"x")
        slot.tell(Set(output="text", value={"blob": "d"}))
        slot.end()
        other = await site.start()
        site.engine.slots.pop().end()
        assert (await site.client.get(f"/api/runs/{other}")).json()["status"] == "succeeded"
        waiting = (await site.client.get(f"/api/runs/{run}")).json()
        assert (waiting["status"], waiting["outputs"]) == ("running", {"text": "before"})
        assert stored is not None
        assert not stored.done()
        hangs.set()
        await stored
        await site.client.get(f"/api/runs/{run}/events")
        ended = (await site.client.get(f"/api/runs/{run}")).json()
        assert (ended["status"], ended["outputs"]) == ("succeeded", {"text": {"blob": "d"}})
        assert (await site.client.get(f"/api/runs/{run}/blobs/d")).content == b"x"


async def test_stop_while_the_disk_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run is stopped at once; its place is free when the write has ended."""
    hangs = threading.Event()
    monkeypatch.setattr(blobs, "write_file", lambda *_: hangs.wait())
    async with serving(tmp_path, disk=Disk(in_threads=True)) as site:
        run = await site.start()
        slot = site.engine.slots.pop()
        stored = slot.sink.blob("d", "image/png", b"x")
        await site.client.delete(f"/api/runs/{run}")
        assert (await site.client.get(f"/api/runs/{run}")).json()["status"] == "canceled"
        slot.end()
        assert site.service.control(run) is not None
        hangs.set()
        assert stored is not None
        await stored
        while site.service.control(run) is not None:  # noqa: ASYNC110
            await asyncio.sleep(0)
