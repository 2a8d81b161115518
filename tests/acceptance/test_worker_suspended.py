"""Every process of a server may be suspended: it is ended, and who waits gets another or an end in words."""

import ast
import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from gradstream.engines.local import interpreters, launcher, process
from gradstream.engines.local.imports.forked import fork_import, fork_with_packages
from gradstream.engines.local.launcher import Launcher
from gradstream.engines.local.process import WorkerProcess
from gradstream.process_tree import read_process
from gradstream.runs.export import export
from tests.acceptance.worker_lab import Lab, open_lab, true_soon
from tests.killed import stop

ONE = "inputs: {}\noutputs:\n  out: {type: json}\n"
PID = "import os, time\ndef run():\n    yield os.getpid()\n"
SLEEPS = PID + "    time.sleep(600)\n"

STARTERS = {
    "engines/local/launcher.py": "the launcher",
    "worker/launcher_process.py": "workers, the prestarted one, imports of `check`, launchers with packages",
    "runs/export.py": "downloads",
    "engines/local/interpreters.py": "another Python, asked what it is",
}
"""The files of the engine that start processes of ours, and which; each of them is suspended below."""


@pytest.fixture
async def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Lab]:
    """Return a lab with a prestarted worker, in which silence is soon long enough."""
    for module in (launcher, process):
        monkeypatch.setattr(module, "PING_S", 0.1)
    async with open_lab(tmp_path, standby=True) as opened:
        yield opened


def test_no_other_file_starts_processes() -> None:
    """What starts another kind of process belongs here, with a test that suspends it."""
    engine = Path(launcher.__file__).parents[2]
    found = {
        file.relative_to(engine).as_posix()
        for file in engine.rglob("*.py")
        if any(
            isinstance(node, ast.Call) and _name(node.func) in {"create_subprocess_exec", "Popen", "fork"}
            for node in ast.walk(ast.parse(file.read_text()))
        )
    }
    assert found == STARTERS.keys()


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


async def test_another_python(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter that never answers is killed, and its demo reported."""
    monkeypatch.setattr(interpreters, "PROBE_S", 0.2)
    python = lab.folder / "demos" / "python"
    python.parent.mkdir()
    python.write_text("#!/bin/sh\nkill -STOP $$\n")
    python.chmod(0o755)
    yaml = "generator: it.run\nworker: {python: python}\noutputs: {said: text}\n"
    (problem,) = (await lab.engine.open(lab.write("it", yaml, "def run(): yield 1"))).diagnostics
    assert (problem.code, problem.message) == ("E-PYTHON", "`python` did not answer as a Python does")


async def test_a_launcher(lab: Lab, caplog: pytest.LogCaptureFixture) -> None:
    """It is killed with its workers, whose runs end in words, and runs that wait for a worker get it."""
    goes_on = lab.start(lab.write("sleeps", ONE, SLEEPS))
    await goes_on.until(lambda run: bool(run.received))
    parent = psutil.Process(goes_on.outputs["out"]).parent()
    assert parent is not None
    stop(parent)
    waits = [lab.start(lab.write(name, ONE, PID)) for name in ("one", "other")]
    endings = [await run.end() for run in (goes_on, *waits)]
    assert [ending.fault for ending in endings] == ["worker", None, None]
    assert endings[0].message == (
        "The demo's process was ended with the launcher of all workers, which had stopped answering. "
        "The next run starts a new one."
    )
    assert "the launcher of workers has not answered for 30 s and is ended with them" in caplog.text
    assert not parent.is_running() or parent.status() == psutil.STATUS_ZOMBIE


async def test_the_prestarted_worker(lab: Lab) -> None:
    """A run that gets it gets another one when it has been silent for long enough."""
    await lab.run(lab.write("first", ONE, PID))
    lab.engine.catalog_changed({"first": lab.demo("first")})
    standby = await lab.engine._standby._starting  # type: ignore[misc]
    stop(psutil.Process(standby.pid))
    run = await lab.run(lab.write("second", ONE, PID))
    assert run.outputs["out"] != standby.pid
    assert standby.gone == "stopped answering and was ended"


async def test_a_worker_before_its_handshake(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another one is started, once."""
    engine, stopped = lab.engine, list[int]()
    start = engine._launchers.own.start

    async def start_and_stop(*given: object, **options: object) -> launcher.Spawned:
        spawned = await start(*given, **options)  # type: ignore[arg-type]
        if not stopped:
            stopped.append(spawned.pid)
            psutil.Process(spawned.pid).send_signal(signal.SIGSTOP)
            monkeypatch.setattr(process, "START_S", 0.0)
        else:
            monkeypatch.undo()
        return spawned

    monkeypatch.setattr(engine._launchers.own, "start", start_and_stop)
    worker = await WorkerProcess.start(label="it", launcher=engine._launchers.own)
    assert worker.pid not in stopped
    await worker.abandon()


@pytest.mark.usefixtures("lab")
async def test_a_process_of_imports() -> None:
    """The launcher of `check`, and its fork with packages, are ended as the server's is."""
    own = Launcher()
    first = await fork_import(own)
    preloaded = await fork_with_packages(own, ["json"])
    assert preloaded is not None
    parent = psutil.Process(first.pid).parent()
    assert parent is not None
    stop(psutil.Process(preloaded._pid))
    await true_soon(lambda: preloaded.is_gone)
    stop(parent)
    second = await fork_import(own)
    assert read_process(second.pid) is not None
    await first.ended
    for each in (first, second):
        each.kill()
        each.sock.close()
    await preloaded.aclose()
    await own.aclose()


async def test_an_exporter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A download that does not go on is given up after its time, and its process is gone."""
    start = asyncio.create_subprocess_exec
    started = list[asyncio.subprocess.Process]()

    async def start_and_stop(*given: str, **options: int) -> asyncio.subprocess.Process:
        started.append(await start(*given, **options))  # type: ignore[arg-type]
        started[0].send_signal(signal.SIGSTOP)
        return started[0]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", start_and_stop)
    failure = await export(tmp_path / "a.mp4", tmp_path / "a.wav", timeout_s=0.0)
    assert failure is not None
    assert failure.reason == "It took longer than 0 s"
    assert started[0].returncode == -signal.SIGKILL
