"""The engine that keeps its workers on this machine.

    open, start --> WorkerSupervisor of the demo, or of those that share its worker --> LiveWorker --> process
    catalog_changed, files_changed --> every supervisor replaces what is outdated

All methods run on the server's event loop.
"""

import asyncio
import logging
import os
from collections.abc import Callable, Mapping, Sequence

from gradstream.engines.contract import ImportListener, RunSink
from gradstream.engines.local.launchers import Launchers
from gradstream.engines.local.places import WorkerPlaces
from gradstream.engines.local.slot import LocalSlot
from gradstream.engines.local.standby import Standby
from gradstream.engines.local.supervisor import WorkerSupervisor
from gradstream.errors import Fault, WorkerStartError
from gradstream.format.types import Demo
from gradstream.ipc.protocol import Loaded, RunOrder
from gradstream.limits import WORKER_LIMITS, WorkerLimits

log = logging.getLogger(__name__)

IDLE_S = 900.0
"""A worker that is not warm ends after a quarter of an hour without a run, to free its memory."""

PREVIEWED_S = 60.0
"""A worker that was started because a page was opened ends after a minute without a run."""

PREVIEWED = 3
"""So many of those wait at a time; the one whose page was opened first ends."""

PREVIEWS = 2
"""Imports at a time that nobody but opened pages wants."""

CHEAP_S = 1.0
"""What is imported within this time is imported again whenever a page is opened."""

CLOSE_S = 2.0
"""Time for workers to exit when the server ends; then they are killed."""


class LocalEngine:
    """Implements `contract.Engine`. With `standby`, one started worker waits for the next demo.

    At most `workers` demos, or groups that share a worker, have one at the same time.
    """

    def __init__(
        self,
        *,
        workers: int | None = None,
        idle_s: float = IDLE_S,
        previewed_s: float = PREVIEWED_S,
        standby: bool = True,
        limits: WorkerLimits = WORKER_LIMITS,
    ) -> None:
        self._idle_s = idle_s
        self._previewed_s = previewed_s
        self._places = WorkerPlaces(workers)
        self._previews = asyncio.Semaphore(PREVIEWS)
        self._previewed: list[WorkerSupervisor] = []
        self._costs: dict[str, tuple[Demo, float]] = {}
        """The version of a demo whose import was reported last, and how long it took."""
        self._launchers = Launchers()
        self._standby = Standby(self._launchers, enabled=standby, limits=limits)
        self._supervisors: dict[str, WorkerSupervisor] = {}
        self._demos: dict[str, Demo] = {}
        self._watchers: set[ImportListener] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self, demo: Demo) -> Loaded:
        """Import this demo in a worker and return the report of the import. Raises WorkerStartError."""
        _, report = await self._supervisor(demo).ready(demo.address)
        return report

    async def preview(self, demo: Demo) -> None:
        """Import this demo because its page was opened, where that is cheap or nothing is known of it yet."""
        supervisor = self._supervisor(demo)
        async with self._previews:
            if not self._is_worth_preview(demo, supervisor):
                return
            try:
                await supervisor.ready(demo.address, is_urgent=False)
            except WorkerStartError as error:
                log.warning("%s: %s", demo.address, error)
        self._bound_previews(supervisor)

    def start(self, demo: Demo, order: RunOrder, sink: RunSink) -> LocalSlot:
        """Start a run as soon as a worker is ready; everything else is reported to the sink."""
        supervisor = self._supervisor(demo)
        slot = supervisor.slot(order, sink)
        live = supervisor.current(demo.address)
        if live is not None:
            supervisor.start(slot, live)
        else:
            busy = self._places.would_wait(supervisor)
            sink.starting(self._describe_full() if busy else supervisor.reason, supervisor.usual_s)
            self._start_soon(slot, supervisor)
        return slot

    def catalog_changed(self, demos: Mapping[str, Demo]) -> None:
        """Apply a new snapshot: added, changed and removed demos."""
        for address in self._demos.keys() - demos.keys():
            self._remove(address)
        for demo in demos.values():
            before = self._demos.get(demo.address)
            if before is demo:
                continue
            if before is not None and _worker_name(before) != _worker_name(demo):
                self._remove(demo.address)
            self._demos[demo.address] = demo
            self._supervisor(demo).update(demo)
        self._standby.refill()

    def files_changed(self, paths: Sequence[str]) -> Sequence[str]:
        """Replace the workers that depend on one of these files; return their demos' addresses."""
        files = {os.path.realpath(path) for path in paths} | {*paths}
        self._costs.clear()
        return [address for supervisor in self._supervisors.values() for address in supervisor.renew(files)]

    def watch(self, listener: ImportListener) -> Callable[[], None]:
        """Call `listener` after every import, until the returned function is called."""
        self._watchers.add(listener)
        return lambda: self._watchers.discard(listener)

    async def aclose(self) -> None:
        """Ask all workers to exit, and kill them after `CLOSE_S`."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        closing = [supervisor.aclose(CLOSE_S) for supervisor in self._supervisors.values()]
        await asyncio.gather(self._standby.aclose(), *closing)
        await self._launchers.aclose()
        if tasks:
            await asyncio.wait(tasks)

    def _supervisor(self, demo: Demo) -> WorkerSupervisor:
        """Return the supervisor of a demo: of its newest version, not of the one that an order waited for."""
        newest = self._demos.setdefault(demo.address, demo)
        name = _worker_name(newest)
        supervisor = self._supervisors.get(name)
        if supervisor is None:
            supervisor = WorkerSupervisor(
                name,
                standby=self._standby,
                places=self._places,
                reported=self._report,
                again=lambda slot: self._start_soon(slot, self._supervisor(demo)),
                idle_s=self._idle_s,
                previewed_s=self._previewed_s,
            )
            self._supervisors[name] = supervisor
        if newest.address not in supervisor.demos:
            supervisor.update(newest)
        return supervisor

    def _remove(self, address: str) -> None:
        supervisor = self._supervisors.get(_worker_name(self._demos.pop(address)))
        if supervisor is not None:
            supervisor.remove(address)

    def _start_soon(self, slot: LocalSlot, supervisor: WorkerSupervisor) -> None:
        task = asyncio.create_task(self._start_later(slot, supervisor))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _start_later(self, slot: LocalSlot, supervisor: WorkerSupervisor) -> None:
        try:
            await self._start_when_ready(slot, supervisor)
        except WorkerStartError as error:
            slot.fail("worker", str(error))
        except asyncio.CancelledError:
            slot.cancel(grace_s=0)
            raise
        except Exception:
            log.exception("a run could not be sent to its worker", extra=slot.log_fields)
            slot.fail("server", "The run could not be sent to its worker")

    async def _start_when_ready(self, slot: LocalSlot, supervisor: WorkerSupervisor) -> None:
        live, report = await supervisor.ready(slot.address)
        if slot.is_over:
            return
        if live is not None:
            supervisor.start(slot, live)
            return
        finding = next(one for one in report.diagnostics if one.is_error)
        fault: Fault = "worker" if finding.code == "E-WORKER-DIED" else "developer"
        slot.fail(fault, finding.message, report.detail)

    def _is_worth_preview(self, demo: Demo, supervisor: WorkerSupervisor) -> bool:
        if supervisor.current(demo.address) is not None:
            return False
        known, cost_s = self._costs.get(demo.address, (None, 0.0))
        if known == demo and cost_s > CHEAP_S:
            return False
        return supervisor.is_idle or not self._places.is_full

    def _bound_previews(self, newest: WorkerSupervisor) -> None:
        unused = [one for one in self._previewed if one.is_unused and one is not newest]
        for oldest in unused[: max(0, len(unused) + 1 - PREVIEWED)]:
            oldest.give_up("only its page was opened")
        self._previewed = [*(one for one in unused if one.is_unused), newest]

    def _describe_full(self) -> str:
        return f"all {self._places.most} processes of this server are in use, the run waits for one"

    def _report(self, address: str, report: Loaded) -> None:
        if address in self._demos:
            self._costs[address] = self._demos[address], report.duration_s
        for listener in tuple(self._watchers):
            listener(address, report)


def _worker_name(demo: Demo) -> str:
    """Return the name of a demo's worker, which demos with the same Python may share.

    An address has no slash.
    """
    if demo.worker.shared is None:
        return demo.address
    python = "" if demo.worker.python is None else f"/{demo.worker.python.path}"
    return f"shared/{demo.worker.shared}{python}"
