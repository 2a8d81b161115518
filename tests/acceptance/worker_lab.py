"""Demos written by a test, run by the real engine in real workers.

write(name, yaml, code) -> catalog -> LocalEngine -> LabRun: what one run sent
"""

import asyncio
import os
import signal
import socket
import textwrap
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
import psutil

from gradstream.catalog.scan import read_catalog
from gradstream.components.form import check_form
from gradstream.components.types import Upload
from gradstream.engines.contract import Slot
from gradstream.engines.local import launcher
from gradstream.engines.local.engine import LocalEngine
from gradstream.events import codec
from gradstream.events.fold import Fold
from gradstream.events.types import PRINTED, AnyEvent, Entry, Log, Record
from gradstream.format.types import Demo
from gradstream.ipc.prints import PrintStream
from gradstream.ipc.protocol import INIT_INDEX, Ending, Loaded, RunOrder, StreamPart
from gradstream.limits import WORKER_LIMITS, WorkerLimits
from gradstream.worker.main import PROCESS_NAME
from tests.forked_command import ZYGOTE as COMMANDS
from tests.patience import PATIENCE_S
from tests.unit.played_engine import NOBODY
from tests.zygote import NUMBER, Fork, Zygote

ZYGOTE = Zygote()


class LabRun:
    """A run's sink: stores everything it receives."""

    def __init__(self) -> None:
        self.received: list[Record] = []
        self.blobs: dict[str, tuple[str, bytes]] = {}
        self.stages: list[str] = []
        self.parts: dict[str, list[bytes]] = {}
        self.slot: Slot | None = None
        self._changed = asyncio.Event()
        self._ending: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()

    def starting(self, reason: str, usual_s: float | None) -> None:
        """Note that a worker is being started."""
        self.stages.append(f"starting: {reason}")

    def running(self) -> None:
        """Note that a worker has the order."""
        self.stages.append("running")

    def records(self, records: Sequence[Record]) -> None:
        """Note new events."""
        self.received.extend(records)
        self._changed.set()

    def blob(self, digest: str, mime: str, data: bytes) -> None:
        """Note a big value."""
        self.blobs[digest] = (mime, data)

    def part(self, part: StreamPart) -> None:
        """Note a part of a stream; the initialization segment is the first, and none is left out."""
        parts = self.parts.setdefault(part.output, [])
        assert part.index == len(parts) + INIT_INDEX
        parts.append(part.data)

    def printed(self, stream: PrintStream, text: str) -> bool:
        """Note a printed line, as a run of the developer's does."""
        self.received.append(codec.record(Log(level=stream, text=text)))
        self._changed.set()
        return True

    def ended(self, ending: Ending) -> None:
        """Note the end, which comes once."""
        self._ending.set_result(ending)
        self._changed.set()

    @property
    def events(self) -> list[AnyEvent]:
        """All events so far, decoded."""
        return [codec.event(record) for record in self.received]

    @property
    def outputs(self) -> dict[str, Any]:
        """Each output's value, folded."""
        fold = Fold()
        for seq, record in enumerate(self.received, 1):
            fold.apply(Entry(seq=seq, type=record.type, output=record.output, body=record.body))
        return {name: msgspec.json.decode(raw) for name, raw in fold.outputs().items()}

    @property
    def prints(self) -> list[tuple[str, str]]:
        """Stream and text of each line that was printed."""
        return [(event.level, event.text) for event in self.of(Log) if event.level in PRINTED]

    def of(self, kind: type) -> list[Any]:
        """Return the events of one type."""
        return [event for event in self.events if isinstance(event, kind)]

    def stream(self, output: str) -> bytes:
        """Return an output's stream so far, as a file."""
        return b"".join(self.parts[output])

    async def until(self, is_true: Callable[["LabRun"], bool]) -> None:
        """Wait until what was received fulfils a condition."""
        async with asyncio.timeout(PATIENCE_S):
            while not is_true(self):
                self._changed.clear()
                await self._changed.wait()

    async def end(self) -> Ending:
        """Wait for the end."""
        return await asyncio.wait_for(asyncio.shield(self._ending), PATIENCE_S)


class ForkedLauncher:
    """A launcher of workers, forked from a process that has loaded the runtime."""

    def __init__(self, fork: Fork) -> None:
        self._fork = fork
        self._fork.status.setblocking(False)  # noqa: FBT003 (the standard library's signature)

    @property
    def pid(self) -> int:
        """The process id."""
        pid: int = self._fork.pid
        return pid

    async def wait(self) -> None:
        """Wait for its end."""
        if self._fork.exit_code is None:
            self._fork.note(await asyncio.get_running_loop().sock_recv(self._fork.status, NUMBER.size))

    def kill(self) -> None:
        """End it at once."""
        self._fork.send_signal(signal.SIGKILL)


def start_forked_launcher(sock: socket.socket) -> ForkedLauncher:
    """Start a launcher that serves this socket."""
    return ForkedLauncher(
        ZYGOTE.fork("launcher", (), (sock.fileno(),), folder=Path.cwd(), environ=os.environ)
    )


class Lab:
    """A folder of demos and an engine over it."""

    def __init__(self, folder: Path, engine: LocalEngine) -> None:
        self.folder = folder
        self.engine = engine
        self.reports: list[tuple[str, Loaded]] = []
        self.uploads: dict[str, Upload] = {}
        self._reported = asyncio.Event()
        self._runs = 0
        engine.watch(self._note)

    def write(self, name: str, yaml: str, code: str | None = None) -> Demo:
        """Write a demo's two files and return it; its generator is `NAME.run` unless the YAML has one."""
        demos = self.folder / "demos"
        demos.mkdir(exist_ok=True)
        head = f"gradstream: 1\ntitle: {name}\n"
        if "generator:" not in yaml:
            head += f"generator: {name}.run\n"
        (demos / f"{name}.yaml").write_text(head + textwrap.dedent(yaml))
        if code is not None:
            self.write_code(name, code)
        return self.demo(name)

    def write_code(self, name: str, code: str) -> Path:
        """Write a demo's module."""
        path = self.folder / "demos" / f"{name}.py"
        path.write_text(textwrap.dedent(code))
        return path

    def demo(self, name: str) -> Demo:
        """Return a demo as the catalog has it now."""
        snapshot = read_catalog(self.folder, environ={})
        assert name in snapshot.demos, snapshot.broken
        return snapshot.demos[name]

    def start(
        self,
        demo: Demo,
        *,
        action: str | None = None,
        state: dict[str, Any] | None = None,
        history: list[Any] | None = None,
        exact: bool = False,
        **values: Any,
    ) -> LabRun:
        """Start a run with checked values."""
        self._runs += 1
        chosen = next(one for one in demo.actions if action in (None, one.name))
        fields = [field for field in demo.inputs if field.name in chosen.inputs]
        checked = check_form(fields, values, find_upload=self.uploads.get)
        assert checked.findings == ()
        folder = self.folder / "runs" / str(self._runs)
        folder.mkdir(parents=True)
        order = RunOrder(
            run=f"run{self._runs}",
            demo=demo.address,
            action=chosen.name,
            values=checked.values,
            history=history,
            state=state or {},
            folder=str(folder),
            session=NOBODY,
            exact=exact,
        )
        run = LabRun()
        run.slot = self.engine.start(demo, order, run)
        return run

    async def run(self, demo: Demo, **given: Any) -> LabRun:
        """Start a run and wait until it has succeeded."""
        run = self.start(demo, **given)
        ending = await run.end()
        assert (ending.fault, ending.message, ending.canceled) == (None, "", False), ending
        return run

    async def report(self, is_wanted: Callable[[Loaded], bool]) -> Loaded:
        """Wait for an import's report."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for _, report in self.reports:
                    if is_wanted(report):
                        return report
                self._reported.clear()
                await self._reported.wait()

    async def reported(self, count: int) -> None:
        """Wait for so many imports."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.reports) < count:
                self._reported.clear()
                await self._reported.wait()

    def _note(self, address: str, report: Loaded) -> None:
        self.reports.append((address, report))
        self._reported.set()


@asynccontextmanager
async def open_lab(
    folder: Path,
    *,
    workers: int | None = None,
    idle_s: float = 900.0,
    previewed_s: float = 900.0,
    standby: bool = False,
    limits: WorkerLimits = WORKER_LIMITS,
) -> AsyncIterator[Lab]:
    """Return a lab; at the end nothing is left of it."""
    engine = LocalEngine(
        workers=workers, idle_s=idle_s, previewed_s=previewed_s, standby=standby, limits=limits
    )
    forked = list[ForkedLauncher]()

    start_another = launcher.start_process

    async def start(sock: socket.socket, python: str | None = None) -> launcher.LauncherHandle:
        if python is not None:
            return await start_another(sock, python)
        forked.append(start_forked_launcher(sock))
        return forked[-1]

    with patch.object(launcher, "start_process", start):
        try:
            yield Lab(folder, engine)
        finally:
            await engine.aclose()
            for one in forked:
                await one.wait()
            assert worker_processes() == []


def worker_processes() -> list[psutil.Process]:
    """Return the processes of workers below this one, but those of forked commands."""

    def is_worker(process: psutil.Process) -> bool:
        try:
            return process.name() == PROCESS_NAME
        except psutil.Error:
            # It has just ended.
            return False

    return [
        process
        for child in psutil.Process().children()
        if child.pid != COMMANDS.pid
        for process in (child, *child.children(recursive=True))
        if is_worker(process)
    ]


async def true_soon(is_true: Callable[[], Awaitable[bool] | bool]) -> None:
    """Wait for something outside this process that sends no signal, such as the end of a foreign process."""
    async with asyncio.timeout(PATIENCE_S):
        while not is_true():  # noqa: ASYNC110
            await asyncio.sleep(0.01)  # there is nothing to wait for: the other process does not know us
