"""How many workers a catalog has, how long they stay, and how much memory they take."""

import math
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gradstream.engines.local import memory_use, process
from gradstream.engines.local.engine import PREVIEWED
from tests.acceptance.worker_lab import Lab, open_lab, true_soon, worker_processes

WAITS = "inputs:\n  until: text\noutputs:\n  out: {type: json}\n"
CODE = """
import os, time
def run(until):
    yield os.getpid()
    while until and not os.path.exists(until):
        time.sleep(0.01)
        yield os.getpid()
"""
TAKES = "worker:\n  memory: 200MB\ninputs:\n  size: number\noutputs:\n  out: {type: json}\n"


def ping_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at workers twenty times a second, and never find one silent: a busy machine may be slower."""
    monkeypatch.setattr(process, "PING_S", 0.05)
    monkeypatch.setattr(process, "SILENT_S", math.inf)
    monkeypatch.setattr(process, "GIVEN_UP_S", math.inf)


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab whose demos may have two workers together."""
    async with open_lab(tmp_path, workers=2) as opened:
        yield opened


async def test_the_longest_unused_worker_makes_room(two: Lab) -> None:
    """A third demo gets the place of the one that was not used for the longest time, and says nothing."""
    first, second, third = (two.write(name, WAITS, CODE) for name in ("first", "second", "third"))
    pids = {demo.address: (await two.run(demo, until="")).outputs["out"] for demo in (first, second)}
    await two.run(first, until="")
    run = await two.run(third, until="")
    assert run.stages == ["starting: first run", "running"]
    alive = {one.pid for one in worker_processes()}
    assert alive == {pids["first"], run.outputs["out"]}
    again = await two.run(second, until="")
    assert again.stages == ["starting: another demo needed the memory of the last worker", "running"]


async def test_a_run_waits_for_workers_that_are_all_in_use(two: Lab) -> None:
    """It says so, and starts when one of the others has ended."""
    first, second, third = (two.write(name, WAITS, CODE) for name in ("first", "second", "third"))
    signs = [two.folder / "one", two.folder / "two"]
    busy = [two.start(demo, until=str(sign)) for demo, sign in zip((first, second), signs, strict=True)]
    for run in busy:
        await run.until(lambda run: bool(run.received))
    waiting = two.start(third, until="")
    await two.engine.preview(third)
    assert waiting.stages[0].startswith("starting: all 2 processes of this server are in use")
    assert len(worker_processes()) == 2
    signs[0].touch()
    assert (await waiting.end()).fault is None
    assert len(worker_processes()) == 2
    signs[1].touch()


async def test_pages_that_are_only_opened_keep_few_workers(tmp_path: Path) -> None:
    """Each page gets the report of its import; only the last ones keep a worker, and for a short time."""
    async with open_lab(tmp_path, workers=12) as lab:
        demos = [lab.write(f"page{number}", WAITS, CODE) for number in range(PREVIEWED + 3)]
        for demo in demos:
            await lab.engine.preview(demo)
        assert [address for address, _ in lab.reports] == [demo.address for demo in demos]
        await true_soon(lambda: len(worker_processes()) == PREVIEWED)
    async with open_lab(tmp_path, previewed_s=0.2) as lab:
        await lab.engine.preview(demos[0])
        assert len(lab.reports) == 1
        await true_soon(lambda: worker_processes() == [])
        run = await lab.run(demos[0], until="")
        assert run.stages == ["starting: it was not used for a while", "running"]


async def test_an_expensive_import_is_made_once_for_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its report is known, so that another page does not make it again, unless a file was saved."""
    monkeypatch.setattr("gradstream.engines.local.engine.CHEAP_S", 0.0)
    async with open_lab(tmp_path, previewed_s=0.2) as lab:
        demo = lab.write("dear", WAITS, CODE)
        for _ in range(2):
            await lab.engine.preview(demo)
            await true_soon(lambda: worker_processes() == [])
        assert len(lab.reports) == 1
        lab.engine.files_changed([str(tmp_path / "demos" / "dear.py")])
        await lab.engine.preview(demo)
        assert len(lab.reports) == 2


async def test_a_save_after_the_worker_has_ended_is_reported(tmp_path: Path) -> None:
    """The page may still be open: a file that was imported a short time before is imported again."""
    async with open_lab(tmp_path, previewed_s=0.2) as lab:
        demo = lab.write("saved", WAITS, CODE)
        await lab.engine.preview(demo)
        await true_soon(lambda: worker_processes() == [])
        file = lab.write_code("saved", "def run(until):\n    yield missing\nimport missing\n")
        assert lab.engine.files_changed([str(file)]) == ["saved"]
        await lab.report(lambda report: bool(report.diagnostics))
        await true_soon(lambda: worker_processes() == [])


async def test_a_demo_says_how_long_its_worker_stays(tmp_path: Path) -> None:
    """`idle_unload` is its own time instead of the usual one."""
    async with open_lab(tmp_path) as lab:
        demo = lab.write("brief", f"worker:\n  idle_unload: 100ms\n{WAITS}", CODE)
        await lab.run(demo, until="")
        await true_soon(lambda: worker_processes() == [])


async def test_a_run_that_takes_too_much_memory_fails(tmp_path: Path) -> None:
    """The allocation is refused and the words name the bound; the worker and its other runs go on."""
    async with open_lab(tmp_path) as lab:
        code = "import os\ndef run(size):\n    kept = bytearray(int(size))\n    yield os.getpid()\n"
        demo = lab.write("takes", TAKES, code)
        fits = await lab.run(demo, size=100e6)
        ending = await lab.start(demo, size=500e6).end()
        assert (ending.fault, ending.message) == (
            "limit",
            "MemoryError: the demo may take at most 200MB of memory",
        )
        assert (await lab.run(demo, size=100e6)).outputs == fits.outputs


async def test_a_worker_that_leaks_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When what is left would not do for a run, the next one gets a new worker."""
    ping_often(monkeypatch)
    async with open_lab(tmp_path) as lab:
        code = """
        import os
        KEPT = []
        def run(size):
            KEPT.append(bytearray(int(size)))
            yield os.getpid()
        """
        demo = lab.write("leaks", TAKES, code)
        first = await lab.run(demo, size=190e6)
        await lab.reported(2)
        assert (await lab.run(demo, size=190e6)).outputs != first.outputs


async def test_processes_of_a_worker_count_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its children take is found by the server, which ends all of it and says why."""
    ping_often(monkeypatch)
    monkeypatch.setattr(memory_use, "RUNTIME_BYTES", 0)
    assert memory_use.memory_use(2**30) == 0
    async with open_lab(tmp_path) as lab:
        code = """
        import subprocess, sys
        GROWS = "import time; kept = [b'x' * 50_000_000 for _ in range(2)]; time.sleep(600)"
        def run(size):
            children = [subprocess.Popen([sys.executable, "-c", GROWS]) for _ in range(int(size))]
            yield 1
            for child in children:
                child.wait()
        """
        ending = await lab.start(lab.write("grows", TAKES, code), size=4).end()
        assert ending.fault == "worker"
        assert "of memory, more than the 200MB of `worker.memory`, and was ended" in ending.message
