"""Imports the generators of many demos, several at a time, each in a process that is forked for it.

    demos --group--> ImportGroup --gate--> forked process --Loaded of each demo--> Imported, as they are known

A process that ends, or takes too long, costs the demo that it was importing; those after it get another one.
One that is killed for want of memory is tried again when no other import runs.
"""

import asyncio
import signal
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Self

from msgspec import Struct

from gradstream.diagnostics import Diagnostic
from gradstream.engines.local.imports.forked import (
    ImportProcess,
    PreloadedLauncher,
    fork_import,
    fork_with_packages,
)
from gradstream.engines.local.imports.gate import ImportGate
from gradstream.engines.local.imports.groups import ImportGroup, by_packages, group, hiding
from gradstream.engines.local.imports.report_channel import ReportChannel
from gradstream.engines.local.interpreters import unusable_python
from gradstream.engines.local.launchers import Launchers
from gradstream.engines.local.live_worker import report_death
from gradstream.engines.local.memory_use import exceeds
from gradstream.errors import UnusablePythonError, WorkerLostError, WorkerStartError
from gradstream.format.types import Demo

LOOK_S = 0.25
"""Between two looks at memory: what allocates faster fills it in any case."""

EXIT_S = 1.0
"""A process that has nothing more to import ends at once; one that does not is killed after so long."""


class Imported(Struct, frozen=True, kw_only=True):
    """What the import of a demo has found; not `is_decided`: it was cut, or could not begin."""

    demo: Demo
    diagnostics: Sequence[Diagnostic]
    is_decided: bool = True


class _Running(Struct, kw_only=True, eq=False):
    """A process at work: what it imports, and why it was killed, if it was."""

    process: ImportProcess
    demo: Demo
    reason: str | None = None
    is_put_off: bool = False


class DemoImports:
    """Imports demos, each within `limit_s`; a context manager that leaves no process behind.

    `started` is called as an import begins, `ended` with what it has found.
    """

    def __init__(
        self,
        gate: ImportGate,
        *,
        limit_s: float,
        started: Callable[[Demo], None],
        ended: Callable[[Imported], None],
    ) -> None:
        self._gate = gate
        self._limit_s = limit_s
        self._started = started
        self._ended = ended
        self._launchers = Launchers()
        self._running: list[_Running] = []
        self._preloads = asyncio.Semaphore(gate.most)

    async def __aenter__(self) -> Self:
        """Return itself; nothing is started before it is needed."""
        return self

    async def __aexit__(self, *_exception: object) -> None:
        """End every process."""
        await self._launchers.aclose()

    async def prepare(self) -> None:
        """Start what imports are forked from, which takes as long as many imports do."""
        # What is wrong is reported when a demo is imported.
        with suppress(WorkerStartError):
            process = await fork_import(self._launchers.own)
            process.sock.close()

    async def run(self, demos: Iterable[Demo]) -> None:
        """Import all of these demos."""
        async with asyncio.TaskGroup() as tasks:
            watch = tasks.create_task(self._watch_memory())
            async with asyncio.TaskGroup() as imports:
                for packages, groups in by_packages(group(demos)).items():
                    imports.create_task(self._import_alike(packages, groups))
            watch.cancel()

    async def _import_alike(self, packages: tuple[str, ...], groups: Sequence[ImportGroup]) -> None:
        """Import groups that begin with the same packages."""
        if not packages:
            await self._import_each(groups, None)
            return
        async with self._preloads:
            launcher = await self._preload(packages)
            names = frozenset() if launcher is None else launcher.names.result()
            # A file of the author's in place of one of these modules would not be found any more.
            apart = hiding(groups, names)
            try:
                await self._import_each([each for each in groups if each not in apart], launcher)
                await self._import_each(apart, None)
            finally:
                if launcher is not None:
                    await launcher.aclose()

    async def _import_each(self, groups: Iterable[ImportGroup], launcher: PreloadedLauncher | None) -> None:
        async with asyncio.TaskGroup() as tasks:
            for each in groups:
                tasks.create_task(self._import_group(each, launcher))

    async def _import_group(self, each: ImportGroup, launcher: PreloadedLauncher | None) -> None:
        waiting, alone = deque(each.demos), False
        while waiting:
            await self._gate.enter(alone=alone)
            peak_bytes = 0
            try:
                peak_bytes, alone = await self._import_in_one(waiting, launcher, alone=alone)
            except UnusablePythonError as error:
                demo = waiting.popleft()
                self._ended(Imported(demo=demo, diagnostics=[unusable_python(demo, error)]))
            except WorkerStartError as error:
                demo = waiting.popleft()
                found = report_death(demo, f"does not exist: {error}").diagnostics
                self._ended(Imported(demo=demo, diagnostics=found, is_decided=False))
            finally:
                self._gate.leave(peak_bytes)

    async def _import_in_one(
        self, waiting: deque[Demo], launcher: PreloadedLauncher | None, *, alone: bool
    ) -> tuple[int, bool]:
        """Import demos in one process until it ends; return its peak, and whether the next is to be alone."""
        usable = launcher is not None and not launcher.is_gone
        own = self._launchers.of(waiting[0])
        process = await fork_import(launcher if launcher is not None and usable else own)
        running = _Running(process=process, demo=waiting[0])
        self._running.append(running)
        channel = await ReportChannel.open(process)
        try:
            while waiting and not process.ended.done():
                running.demo = waiting[0]
                self._started(running.demo)
                found = await self._import_one(channel, running, alone=alone)
                if found is None:
                    return 0, True
                waiting.popleft()
                self._ended(found)
            channel.close()
            return await _peak_of(process), False
        finally:
            self._running.remove(running)
            process.kill()
            channel.close()

    async def _import_one(self, channel: ReportChannel, running: _Running, *, alone: bool) -> Imported | None:
        """Import a demo; None if that was given up for want of memory."""
        demo = running.demo
        try:
            async with asyncio.timeout(self._limit_s):
                report = await channel.load(demo)
        except TimeoutError:
            running.process.kill()
            await running.process.ended
            return Imported(demo=demo, diagnostics=[_too_slow(demo, self._limit_s)], is_decided=False)
        except WorkerLostError as lost:
            is_killed = lost.exit_code == -signal.SIGKILL and running.reason is None
            if not alone and (running.is_put_off or (is_killed and self._gate.running > 1)):
                return None
            reason = running.reason or str(lost)
            return Imported(demo=demo, diagnostics=report_death(demo, reason).diagnostics)
        return Imported(demo=demo, diagnostics=report.diagnostics)

    async def _preload(self, packages: tuple[str, ...]) -> PreloadedLauncher | None:
        """Return a launcher that has imported packages; None if they cannot be imported in advance."""
        await self._gate.enter()
        try:
            async with asyncio.timeout(self._limit_s):
                return await fork_with_packages(self._launchers.own, packages)
        except (TimeoutError, WorkerStartError):
            # Each of the demos imports them by itself then, and its report says what is wrong.
            return None
        finally:
            self._gate.leave()

    async def _watch_memory(self) -> None:
        """Kill what takes more than its demo may, and the youngest import where memory runs short."""
        while True:
            await asyncio.sleep(LOOK_S)
            for each in self._running:
                allowed = each.demo.worker.memory_bytes
                each.reason = each.reason or (
                    exceeds(each.process.pid, allowed) if allowed is not None else None
                )
                if each.reason is not None:
                    each.process.kill()
            if self._gate.is_short() and self._running:
                self._running[-1].is_put_off = True
                self._running[-1].process.kill()


async def _peak_of(process: ImportProcess) -> int:
    """Wait for the end of a process that has nothing more to do; return what it took at most, in bytes."""
    await asyncio.wait({process.ended}, timeout=EXIT_S)
    process.kill()
    await process.ended
    return process.peak_bytes


def _too_slow(demo: Demo, limit_s: float) -> Diagnostic:
    generator = demo.actions[0].generator
    return Diagnostic(
        span=generator.span,
        code="E-IMPORT-SLOW",
        message=f"importing the generator did not end within {limit_s:g} s",
        expected="an import that ends",
        found=f"`{generator.text}` still importing",
        repair="move slow work from the module's top level into the generator",
    )
