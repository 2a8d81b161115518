"""An order that a process had not read when it ended has had no effect: another process carries it out."""

import asyncio
from pathlib import Path

import psutil
import pytest

from tests.acceptance.worker_lab import Lab, open_lab, true_soon, worker_processes
from tests.killed import kill_while_the_loop_stands, stop

ONE = "inputs: {}\noutputs:\n  out: {type: json}\n"
SHARED = f"{ONE}worker:\n  shared: both\n"
PID = """
    import os
    from pathlib import Path

    def run():
        with Path(__file__).with_suffix(".calls").open("a") as file:
            file.write("x")
        yield os.getpid()
"""


def only_worker() -> psutil.Process:
    """Return the only worker."""
    (worker,) = worker_processes()
    return worker


def calls(lab: Lab, name: str) -> int:
    """Return how often a demo's generator has begun."""
    return len((lab.folder / "demos" / f"{name}.calls").read_text())


@pytest.mark.parametrize("whom", ["worker", "launcher"])
async def test_a_run_for_a_worker_that_is_dead(tmp_path: Path, whom: str) -> None:
    """The worker in service, or the process above all workers, was killed, and nobody has heard of it."""
    async with open_lab(tmp_path) as lab:
        demo = lab.write("counts", ONE, PID)
        first = (await lab.run(demo)).outputs["out"]
        worker = only_worker()
        launcher = worker.parent()
        assert launcher is not None
        kill_while_the_loop_stands(worker if whom == "worker" else launcher)
        run = await lab.run(demo)
        assert run.outputs["out"] != first
        assert run.stages == ["running"]
        assert calls(lab, "counts") == 2


async def test_runs_that_were_sent_and_not_read(tmp_path: Path) -> None:
    """They wait in the socket of a process that stands still, and begin in the next one, once each."""
    async with open_lab(tmp_path) as lab:
        demo = lab.write("counts", ONE, PID)
        await lab.run(demo)
        worker = only_worker()
        stop(worker)
        runs = [lab.start(demo) for _ in range(5)]
        await asyncio.sleep(0)
        worker.kill()
        for run in runs:
            assert (await run.end()).fault is None
        assert calls(lab, "counts") == 6


async def test_a_run_that_was_canceled_before_it_was_read_does_not_begin(tmp_path: Path) -> None:
    """Nobody wants it any more: no other process carries it out."""
    async with open_lab(tmp_path) as lab:
        demo = lab.write("counts", ONE, PID)
        await lab.run(demo)
        worker = only_worker()
        stop(worker)
        run = lab.start(demo)
        assert run.slot is not None
        run.slot.cancel(grace_s=60)
        worker.kill()
        assert (await run.end()).canceled
        await lab.run(demo)
        assert calls(lab, "counts") == 2


async def test_a_run_that_was_read_is_not_repeated(tmp_path: Path) -> None:
    """Whatever its generator has done, it has done once, also where it has shown nothing yet."""
    async with open_lab(tmp_path) as lab:
        demo = lab.write("counts", ONE, PID.replace("yield os.getpid()", "os.kill(os.getpid(), 9); yield 1"))
        ending = await lab.start(demo).end()
        assert (ending.fault, calls(lab, "counts")) == ("worker", 1)


async def test_a_first_run_when_the_standby_is_dead(tmp_path: Path) -> None:
    """The import is sent to a process that was started for nobody and has ended; another one imports."""
    async with open_lab(tmp_path, standby=True) as lab:
        demo = lab.write("counts", ONE, PID)
        lab.engine.catalog_changed({demo.address: demo})
        await true_soon(lambda: (start := lab.engine._standby._starting) is not None and start.done())
        kill_while_the_loop_stands(only_worker())
        await lab.run(demo)
        assert [report.diagnostics for _, report in lab.reports] == [()]


async def test_an_import_for_a_worker_that_is_dead(tmp_path: Path) -> None:
    """A worker that two demos share was killed when the second is to be imported in it."""
    async with open_lab(tmp_path) as lab:
        first, second = lab.write("one", SHARED, PID), lab.write("two", SHARED, PID)
        await lab.run(first)
        kill_while_the_loop_stands(only_worker())
        await lab.run(second)
        await lab.run(first)
        assert all(report.diagnostics == () for _, report in lab.reports)


async def test_an_import_that_was_read_is_reported(tmp_path: Path) -> None:
    """A module that ends its process is imported once, and is told of."""
    async with open_lab(tmp_path) as lab:
        demo = lab.write(
            "ends",
            ONE,
            """
            import os
            open(__file__ + ".x", "a").write("x")
            os._exit(3)
            def run():
                yield 1
            """,
        )
        ending = await lab.start(demo).end()
        assert (ending.fault, "ended by itself with exit code 3" in ending.message) == ("worker", True)
        assert len((lab.folder / "demos" / "ends.py.x").read_text()) == 1
