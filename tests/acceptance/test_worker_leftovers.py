"""What a run has started ends with the run, and what a module or another run has started does not."""

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from gradstream.engines.local import process
from gradstream.events.types import Log, Set
from gradstream.process_tree import read_process
from tests.acceptance.worker_lab import Lab, open_lab, true_soon

WAY = "inputs:\n  way: text\n  ending: text\noutputs:\n  out: {type: json}\n"
ONE = "inputs: {}\noutputs:\n  out: {type: json}\n"

STARTS = """
import asyncio, ctypes, multiprocessing, os, subprocess, sys, threading, time
SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
FORK = "import subprocess as s; print(s.Popen(%r, stdout=s.DEVNULL, start_new_session=True).pid)" % SLEEP
MODULES = subprocess.Popen(SLEEP)
def forked():
    pid = os.fork()
    if not pid:
        time.sleep(600)
    return pid
def spawned():
    process = multiprocessing.get_context("spawn").Process(target=time.sleep, args=[600])
    process.start()
    return process.pid
def in_thread():
    pids = []
    thread = threading.Thread(target=lambda: pids.append(subprocess.Popen(SLEEP).pid))
    thread.start()
    thread.join()
    return pids[0]
WAYS = {
    "a session of its own": lambda: subprocess.Popen(SLEEP, start_new_session=True, env={}).pid,
    "os.fork": forked,
    "multiprocessing": spawned,
    "a thread": in_thread,
    "a daemon": lambda: int(subprocess.check_output([sys.executable, "-c", FORK], env={})),
}
def run(way, ending):
    pid = WAYS[way]()
    yield [os.getpid(), MODULES.pid, pid]
    if ending == "fails":
        raise ValueError
    while ending == "stopped":
        time.sleep(0.01)
        yield [os.getpid(), MODULES.pid, pid]
"""


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


def is_alive(pid: int) -> bool:
    """Return whether a process has not ended."""
    found = read_process(pid)
    return found is not None and not found.is_zombie


@pytest.mark.parametrize("ending", ["succeeds", "fails", "stopped"])
async def test_a_runs_processes_end_with_the_run(
    lab: Lab, ending: str, caplog: pytest.LogCaptureFixture
) -> None:
    """However a process was started and the run ends: it is gone with the run, and named in the log."""
    demo = lab.write("starts", WAY, STARTS)
    for way in ("a session of its own", "os.fork", "multiprocessing", "a thread", "a daemon"):
        run = lab.start(demo, way=way, ending=ending)
        await run.until(lambda run: bool(run.of(Set)))
        worker, modules, started = run.outputs["out"]
        if ending == "stopped":
            assert is_alive(started)
            assert run.slot is not None
            run.slot.cancel(grace_s=20)
        await run.end()
        assert (way, is_alive(started), is_alive(modules), is_alive(worker)) == (way, False, True, True)
        await true_soon(lambda pid=started: f"process {pid} (" in caplog.text)  # type: ignore[misc]


async def test_processes_of_other_runs_stay(lab: Lab) -> None:
    """Of two runs at the same time each has its own, also those that asyncio starts."""
    code = """
    import asyncio, sys
    async def run(way, ending):
        child = await asyncio.create_subprocess_exec(sys.executable, "-c", "import time; time.sleep(600)")
        yield child.pid
        if ending == "stopped":
            await asyncio.sleep(600)
    """
    demo = lab.write("waits", WAY, code)
    stays = lab.start(demo, way="", ending="stopped")
    await stays.until(lambda run: bool(run.received))
    ends = await lab.run(demo, way="", ending="")
    assert (is_alive(stays.outputs["out"]), is_alive(ends.outputs["out"])) == (True, False)
    assert stays.slot is not None
    stays.slot.cancel(grace_s=20)
    await stays.end()
    assert not is_alive(stays.outputs["out"])


@pytest.mark.parametrize("start", ["threading.Thread(target=work).start()", "POOL.submit(work)"])
async def test_a_stopped_runs_threads_end(lab: Lab, start: str, caplog: pytest.LogCaptureFixture) -> None:
    """A thread that the demo's code has started ends when its run fails, and is named in the log."""
    code = f"""
    import threading, time
    from concurrent.futures import ThreadPoolExecutor
    POOL = ThreadPoolExecutor(1)
    ENDED = threading.Event()
    BEGUN = threading.Event()
    def work():
        try:
            while True:
                BEGUN.set()
                time.sleep(0.001)
        finally:
            ENDED.set()
    def run(way, ending):
        if ending == "fails":
            {start}
            BEGUN.wait()
            raise ValueError
        yield ENDED.wait(60), POOL.submit(lambda: "the pool works").result()
    """
    demo = lab.write("threads", WAY.replace("out: {type: json}", "out: {type: json}\n  pool: text"), code)
    assert (await lab.start(demo, way="", ending="fails").end()).fault == "developer"
    assert (await lab.run(demo, way="", ending="")).outputs == {"out": True, "pool": "the pool works"}
    await true_soon(lambda: "has left behind what ends with it" in caplog.text)


async def test_a_worker_that_does_not_answer_is_replaced(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """A suspended process gets no new runs, its visitor is told, and it is killed after a stated time."""
    monkeypatch.setattr(process, "PING_S", 0.05)
    demo = lab.write(
        "sleeps", ONE, "import os, time\ndef run():\n    yield os.getpid()\n    time.sleep(600)\n"
    )
    run = lab.start(demo)
    await run.until(lambda run: bool(run.received))
    pid = run.outputs["out"]
    psutil.Process(pid).send_signal(signal.SIGSTOP)
    await run.until(lambda run: bool(run.of(Log)))
    assert run.of(Log)[0].text.startswith("The demo's process has not answered for 10 s.")
    await lab.reported(2)
    other = lab.start(demo)
    await other.until(lambda run: bool(run.received))
    assert other.outputs["out"] != pid
    ending = await run.end()
    reason = "The demo's process stopped answering and was ended. The next run starts a new one."
    assert (ending.fault, ending.message) == ("worker", reason)
    assert not is_alive(pid)
