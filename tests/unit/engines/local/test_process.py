"""The server's end of a worker: handshake, death, and the reports of both."""

import asyncio
import itertools
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from unittest.mock import Mock

import psutil
import pytest

from gradstream.engines.local.channel import ServerChannel
from gradstream.engines.local.launcher import Launcher, Spawned
from gradstream.engines.local.process import Unfit, WorkerProcess
from gradstream.errors import WorkerLostError, WorkerStartError
from gradstream.ipc.protocol import Pong
from gradstream.worker.main import PROCESS_NAME
from tests.killed import kill_while_the_loop_stands
from tests.unit.played_engine import make_demo, make_order


@pytest.fixture
async def launcher() -> AsyncIterator[Launcher]:
    """Return a launcher, which is closed at the end."""
    opened = Launcher()
    yield opened
    await opened.aclose()


async def test_a_worker_starts_light_and_ends_when_asked(launcher: Launcher) -> None:
    """A worker that has nothing to do has loaded neither NumPy nor Pillow, and ends by itself."""
    worker = await WorkerProcess.start(label="it", launcher=launcher)
    maps = await asyncio.to_thread(Path(f"/proc/{worker.pid}/maps").read_text)
    assert not any(library in maps for library in ("numpy", "PIL"))
    worker.ask_exit()
    await worker.wait_gone()
    assert worker.gone == "ended by itself with exit code 0"


async def test_the_death_is_reported_to_all_that_wait(launcher: Launcher) -> None:
    """A load in progress, a later one, and callbacks registered before and after."""
    worker = await WorkerProcess.start(label="it", launcher=launcher)
    reported: list[str | None] = []
    worker.when_gone(lambda: reported.append(worker.gone))
    os.kill(worker.pid, signal.SIGSTOP)
    loading = asyncio.create_task(worker.load(make_demo()))
    await asyncio.sleep(0)
    os.kill(worker.pid, signal.SIGKILL)
    with pytest.raises(WorkerLostError, match="SIGKILL") as lost:
        await loading
    assert (lost.value.exit_code, lost.value.was_taken) == (-signal.SIGKILL, False)
    with pytest.raises(WorkerLostError):
        await worker.load(make_demo())
    worker.when_gone(lambda: reported.append("late"))
    assert reported == [worker.gone, "late"]


async def test_a_worker_that_was_ended_on_purpose_says_so(launcher: Launcher) -> None:
    """The first reason counts, and not the signal that did it."""
    worker = await WorkerProcess.start(label="it", launcher=launcher)
    worker.kill("stopped answering and was ended")
    await worker.abandon()
    assert (worker.gone, worker.exit_code) == ("stopped answering and was ended", -signal.SIGKILL)


@pytest.mark.parametrize(
    ("program", "why"),
    [("/bin/false", "the launcher of workers has ended"), ("/nowhere/python", "No such file or directory")],
)
async def test_a_worker_that_cannot_start_says_why(
    launcher: Launcher, monkeypatch: pytest.MonkeyPatch, program: str, why: str
) -> None:
    """A launcher that ends before it has started anything, and one that does not exist, are one error."""
    monkeypatch.setattr(sys, "executable", program)
    with pytest.raises(WorkerStartError, match=why):
        await WorkerProcess.start(label="it", launcher=launcher)


async def test_a_launcher_that_was_killed_is_replaced_before_anybody_notices(launcher: Launcher) -> None:
    """Whoever needs the next worker gets it, although the loop has not heard of the end yet."""
    first = await WorkerProcess.start(label="first", launcher=launcher)
    parent = psutil.Process(first.pid).parent()
    assert parent is not None
    kill_while_the_loop_stands(parent)
    second = await WorkerProcess.start(label="second", launcher=launcher)
    assert second.gone is None
    assert psutil.Process(second.pid).ppid() != parent.pid
    second.kill("done")
    await second.abandon()
    await first.abandon()


async def test_a_worker_that_ends_before_its_handshake(
    launcher: Launcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How it ended is said: this one is given a pipe in place of its channel."""
    start = launcher.start
    monkeypatch.setattr(launcher, "start", lambda given: start([given[2], *given[1:]]))
    with pytest.raises(WorkerStartError, match="ended by itself with exit code 1"):
        await WorkerProcess.start(label="it", launcher=launcher)


async def test_a_worker_that_was_killed_before_its_handshake_is_replaced(
    launcher: Launcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of a developer was in it, so whoever waits gets another one."""
    start, killed = launcher.start, list[int]()

    async def start_and_kill(descriptors: Sequence[int]) -> Spawned:
        spawned = await start(descriptors)
        if not killed:
            killed.append(spawned.pid)
            kill_while_the_loop_stands(psutil.Process(spawned.pid))
        return spawned

    monkeypatch.setattr(launcher, "start", start_and_kill)
    worker = await WorkerProcess.start(label="it", launcher=launcher)
    assert worker.gone is None
    assert worker.pid not in killed
    await worker.abandon()


async def test_a_run_that_could_not_be_sent_is_not_told_of_again(
    launcher: Launcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has ended where the call raised: the end of the process does not concern it."""
    worker = await WorkerProcess.start(label="it", launcher=launcher)
    order = make_order("echo")
    listener = Mock()
    monkeypatch.setattr(ServerChannel, "write", Mock(side_effect=OSError("no room")))
    with pytest.raises(OSError, match="no room"):
        worker.run(order, output=Mock(), listener=listener)
    monkeypatch.undo()
    await worker.abandon()
    assert listener.mock_calls == []


async def test_a_worker_has_nothing_of_another_and_of_the_launcher(launcher: Launcher) -> None:
    """Each has its own session, its own descriptors, signals as Python sets them, and a name for `ps`."""
    first = await WorkerProcess.start(label="first", launcher=launcher)
    second = await WorkerProcess.start(label="second", launcher=launcher)
    status = [_status(worker.pid) for worker in (first, second)]
    assert [os.getsid(worker.pid) for worker in (first, second)] == [first.pid, second.pid]
    assert [each["Name"] for each in status] == [PROCESS_NAME] * 2
    for kind in ("SigIgn", "SigCgt"):
        assert status[0][kind] == status[1][kind]
    caught = int(status[0]["SigCgt"], 16)
    assert not any(caught >> (number - 1) & 1 for number in (signal.SIGTERM, signal.SIGHUP))
    held = [_sockets(pid) for pid in (first.pid, second.pid, int(status[0]["PPid"]))]
    assert not any(one & other for one, other in itertools.combinations(held, 2))
    for worker in (first, second):
        await worker.abandon()


async def test_threads_that_do_not_end_make_a_worker_unfit(launcher: Launcher) -> None:
    """A pong that names some is reported once, also to somebody who asks later."""
    worker = await WorkerProcess.start(label="it", launcher=launcher)
    noted: list[Unfit] = []
    worker.when_unfit(noted.append)
    for token in (1, 2):
        worker._receive(Pong(token=token, left=("worker-1",)), 10)
    assert noted == [Unfit.CLUTTERED]
    worker.when_unfit(noted.append)
    assert noted == [Unfit.CLUTTERED] * 2
    await worker.abandon()


def _status(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _sockets(pid: int) -> set[str]:
    targets = (str(file.readlink()) for file in Path(f"/proc/{pid}/fd").iterdir())
    return {target for target in targets if target.startswith("socket")}
