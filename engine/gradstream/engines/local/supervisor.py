"""Keeps one worker ready for a demo, or for the demos that share it: alive, loaded, with the newest code.

    demos, saved files, a worker's end --Change--> phase.advance --> prepare a new worker | load in this one
    ready(address) --> (LiveWorker, report) | (None, report with the reason)

The old worker gets runs until the new one is completely prepared. If the saved code cannot be
imported, the old one stays.
"""

import asyncio
import logging
import math
from collections.abc import Callable, Collection

from msgspec.structs import replace

from gradstream.engines.contract import ImportListener, RunSink
from gradstream.engines.local.dependencies import has_same_code, hide_any, located_files, watch_any
from gradstream.engines.local.interpreters import report_python
from gradstream.engines.local.live_worker import LiveWorker, is_good
from gradstream.engines.local.phase import Change, Phase, advance
from gradstream.engines.local.places import WorkerPlaces
from gradstream.engines.local.process import Unfit
from gradstream.engines.local.slot import LocalSlot
from gradstream.engines.local.standby import Standby
from gradstream.engines.local.unloading import UnloadTimer
from gradstream.errors import UnusablePythonError, WorkerLostError, WorkerStartError
from gradstream.format.types import Demo
from gradstream.ipc.protocol import GIVEN_UP_S, SILENT_S, Loaded, RunOrder

log = logging.getLogger(__name__)

PATIENCE_S = 2.0
"""A run that arrives while saved code is being loaded waits this long before it starts on the old code."""

SILENT = (
    f"The demo's process has not answered for {SILENT_S:g} s. If it does not answer within "
    f"{GIVEN_UP_S - SILENT_S:g} s more, it is ended, and this run with it."
)
"""The line for visitors in the logs of the runs."""

Preparation = asyncio.Task[dict[str, Loaded]]
"""Imports the wanted demos; returns the report of each import."""


class WorkerSupervisor:
    """Supervises one worker. `reported` is called after every import, `again` with a run that waits again.

    A worker that is not warm ends after `idle_s` without a run, or what its demos say, and after
    `previewed_s` if it never had one. `reason` is why the next worker must be started, `usual_s` how long the
    last start took.
    """

    def __init__(
        self,
        name: str,
        *,
        standby: Standby,
        places: WorkerPlaces,
        reported: ImportListener,
        again: Callable[[LocalSlot], None],
        idle_s: float,
        previewed_s: float,
    ) -> None:
        self.reason = "first run"
        self.usual_s: float | None = None
        self.demos: dict[str, Demo] = {}
        self._name = name
        self._standby = standby
        self._reported = reported
        self._again = again
        self._places = places
        self._unload = UnloadTimer(idle_s=idle_s, previewed_s=previewed_s, expired=self._end_idle)
        self._phase = Phase.EMPTY
        self._wanted: set[str] = set()
        self._attempted: dict[str, Demo] = {}
        """The versions of demos whose import was tried with the newest code."""
        self._in_service: LiveWorker | None = None
        self._workers: set[LiveWorker] = set()
        self._slots: dict[LocalSlot, LiveWorker] = {}
        self._watched: set[str] = set()
        self._preparing: Preparation | None = None

    def update(self, demo: Demo) -> None:
        """Add a demo or a new version of it; if it is in use, it is loaded again."""
        before = self.demos.get(demo.address)
        self.demos[demo.address] = demo
        if demo.worker.warm:
            self._wanted.add(demo.address)
        if before == demo or demo.address not in self._wanted:
            return
        has_other_code = before is not None and not has_same_code(before, demo)
        self._apply(Change.CODE if has_other_code else Change.DEMO)

    def remove(self, address: str) -> None:
        """Remove a demo; with the last one, the worker ends too."""
        self.demos.pop(address, None)
        self._wanted.discard(address)
        if not self.demos:
            self._stop_preparing()
            self._retire("its demo was removed")
            self._apply(Change.REMOVED)
            self._free_place()

    def renew(self, files: Collection[str]) -> tuple[str, ...]:
        """Prepare a new worker if the present one depends on one of these files; return the demos in use."""
        if not self._wanted:
            self._wanted |= self._unload.take_concerned(files) & self.demos.keys()
            if self._wanted:
                self._apply(Change.CODE)
            return tuple(sorted(self._wanted))
        imported = self._watched | (self._in_service.files if self._in_service else set())
        used = [demo for address, demo in self.demos.items() if address in self._wanted]
        concerned = not imported.isdisjoint(files) or watch_any(used, files)
        if not concerned and not hide_any(used, files, imported=imported):
            return ()
        self.reason = "saved code"
        self._apply(Change.CODE)
        return tuple(sorted(self._wanted))

    def current(self, address: str) -> LiveWorker | None:
        """Return the worker in which a demo can run now, on the newest code."""
        return None if self._phase.is_outdated else self._usable(address)

    async def ready(self, address: str, *, is_urgent: bool = True) -> tuple[LiveWorker | None, Loaded]:
        """Load a demo; return its worker, or None if it cannot run, and the report of its import.

        Only what is urgent takes the place of another demo's worker. Raises WorkerStartError.
        """
        while address in self.demos:
            self._wanted.add(address)
            if live := self.current(address):
                return live, live.reports[address]
            preparing = self._preparing or self._apply(Change.DEMO)
            if preparing is None:
                break
            if is_urgent:
                self._places.urge(self)
            patience_s = PATIENCE_S if self._usable(address) else None
            # `wait` neither cancels nor raises: the preparation belongs to all callers, and may be replaced
            # by a newer one meanwhile, which the next turn of this loop waits for.
            await asyncio.wait({preparing}, timeout=patience_s)
            if live := self._usable(address):
                return live, live.reports[address]
            if preparing.done() and not preparing.cancelled():
                report = preparing.result().get(address)
                if report is not None and not is_good(report):
                    return None, report
        raise WorkerStartError("the demo was removed")

    def slot(self, order: RunOrder, sink: RunSink) -> LocalSlot:
        """Return a slot that waits for a worker."""
        return LocalSlot(
            order,
            sink,
            over=self._remove_slot,
            overdue=self._note_overdue,
            stalled=self._note_stalled,
            untaken=self._note_untaken,
        )

    def start(self, slot: LocalSlot, live: LiveWorker) -> None:
        """Start a run in a worker; if that raises, the run fails and its slot is free again."""
        try:
            self._unload.has_run = True
            self._restart_idle_timer()
            self._slots[slot] = live
            live.start(slot)
        except Exception:
            log.exception("a run could not be sent to its worker", extra=slot.log_fields)
            slot.fail("server", "The run could not be sent to its worker")

    async def aclose(self, timeout_s: float) -> None:
        """Cancel all runs and ask all workers to exit; kill them after the timeout."""
        preparing = self._preparing
        self._stop_preparing()
        if preparing is not None:
            await asyncio.wait({preparing})
        self._unload.cancel()
        for slot in tuple(self._slots):
            # Infinite grace: an overdue slot would poison its worker and start another one.
            slot.cancel(grace_s=math.inf)
        workers = tuple(self._workers)
        for live in workers:
            live.retire()
        try:
            async with asyncio.timeout(timeout_s):
                await asyncio.gather(*(live.worker.wait_gone() for live in workers))
        except TimeoutError:
            await asyncio.gather(*(live.worker.abandon() for live in workers))

    def _apply(self, change: Change) -> Preparation | None:
        """Enter the phase that follows a change; return the preparation that is running then."""
        transition = advance(self._phase, change)
        if transition.prepares:
            # Created before anything changes: if that raises, nothing has.
            preparing = asyncio.create_task(self._prepare(), name=f"prepare {self._name}")
            preparing.add_done_callback(self._note_prepared)
            self._stop_preparing()
            self._preparing = preparing
        self._phase = transition.phase
        return self._preparing

    async def _prepare(self) -> dict[str, Loaded]:
        """Load the wanted demos that are not loaded; once more, where a process had ended before it began."""
        try:
            return await self._prepare_wanted()
        except WorkerLostError as lost:
            log.warning("%s: the process %s before it took an import", self._name, lost)
        try:
            return await self._prepare_wanted()
        except WorkerLostError as lost:
            raise WorkerStartError(f"the demo's process {lost}, twice before it took an import") from lost

    async def _prepare_wanted(self) -> dict[str, Loaded]:
        """Load them in the worker in service, or in a new one. Raises WorkerLostError."""
        wanted = [self.demos[address] for address in sorted(self._wanted)]
        live = self._in_service
        if live is None or self._phase is not Phase.LOADING:
            return await self._prepare_new(wanted)
        reports = {demo.address: await self._load(live, demo) for demo in wanted if not live.can_run(demo)}
        self._apply(Change.KEPT)
        return reports

    async def _prepare_new(self, wanted: list[Demo]) -> dict[str, Loaded]:
        await self._places.take(self)
        started_at = asyncio.get_running_loop().time()
        self._watched, self._attempted = set(), {}
        try:
            process = await self._standby.take(self._name, wanted[0])
        except UnusablePythonError as error:
            return self._refuse(wanted, error)
        new = LiveWorker(process)
        # From here on `aclose` must find the process, although it serves nothing yet.
        self._workers.add(new)
        new.worker.when_gone(lambda: self._note_gone(new))
        new.worker.when_unfit(lambda unfit: self._note_unfit(new, unfit))
        new.worker.when_late(lambda: self._note_late(new))
        try:
            reports = {demo.address: await self._load(new, demo) for demo in wanted}
        except BaseException:
            new.worker.kill()
            raise
        self._watched |= new.files
        if self._is_better(new):
            self._put_in_service(new)
            self.usual_s = asyncio.get_running_loop().time() - started_at
        else:
            new.retire()
            self._apply(Change.KEPT)
        self._standby.refill()
        return reports

    def _refuse(self, wanted: list[Demo], error: UnusablePythonError) -> dict[str, Loaded]:
        """Report that the demos' Python cannot run them; a worker in service stays."""
        reports = {demo.address: report_python(demo, error) for demo in wanted}
        self._attempted = {demo.address: demo for demo in wanted}
        for address, report in reports.items():
            self._reported(address, report)
        self._apply(Change.KEPT)
        return reports

    async def _load(self, live: LiveWorker, demo: Demo) -> Loaded:
        # Watched before the import: saving the file must also end an import that never returns.
        self._watched |= located_files(demo)
        report = await live.load(demo)
        self._attempted[demo.address] = demo
        self._reported(demo.address, report)
        return report

    def _note_prepared(self, preparing: Preparation) -> None:
        if self._preparing is not preparing:
            # It was stopped, and another one may be running in its place.
            self._free_place()
            return
        self._preparing = None
        error = None if preparing.cancelled() else preparing.exception()
        if error is not None:
            log.error("%s: %s", self._name, error)
        if preparing.cancelled() or error is not None:
            self._apply(Change.FAILED)
        # Versions that arrived during the preparation did not restart it; they are compared now.
        elif any(self._attempted.get(address) != self.demos[address] for address in self._wanted):
            self._apply(Change.DEMO)
        self._restart_idle_timer()
        self._free_place()

    def _stop_preparing(self) -> None:
        preparing, self._preparing = self._preparing, None
        if preparing is not None:
            preparing.cancel()

    def _is_better(self, new: LiveWorker) -> bool:
        """Return whether a new worker takes over: it can run some demo, and all that the old one can."""
        good = {address for address, report in new.reports.items() if is_good(report)}
        if not new.is_usable or not good:
            return False
        return {address for address in self._wanted if self._usable(address)} <= good

    def _put_in_service(self, new: LiveWorker) -> None:
        old, self._in_service = self._in_service, new
        self._apply(Change.REPLACED)
        if old is not None:
            old.retire()

    def _usable(self, address: str) -> LiveWorker | None:
        live, demo = self._in_service, self.demos.get(address)
        if live is None or demo is None or not live.is_usable or not live.can_run(demo):
            return None
        return live

    def _retire(self, reason: str) -> None:
        live, self._in_service = self._in_service, None
        if live is not None:
            live.retire()
            self.reason = reason

    def _note_gone(self, live: LiveWorker) -> None:
        self._workers.discard(live)
        if self._in_service is live:
            self._in_service = None
            self.reason = f"the last worker {live.worker.gone}"
            self._apply(Change.GONE)
        self._free_place()

    def _remove_slot(self, slot: LocalSlot) -> None:
        live = self._slots.pop(slot, None)
        if live is not None:
            live.remove(slot)
        self._restart_idle_timer()

    def _note_untaken(self, slot: LocalSlot) -> None:
        """Let a run whose worker had ended before it began wait for the next worker."""
        self._remove_slot(slot)
        self._again(slot)

    def _note_overdue(self, slot: LocalSlot) -> None:
        live = self._slots[slot]
        self._replace(live, "the last worker did not stop when asked")
        live.poison()

    def _note_stalled(self, slot: LocalSlot) -> None:
        """Let no more runs into a worker whose machinery has failed."""
        live = self._slots[slot]
        log.error("a run was ended because its machinery had stood still", extra=slot.log_fields)
        self._replace(live, "the last worker's machinery stood still")
        live.retire()

    def _note_unfit(self, live: LiveWorker, unfit: Unfit) -> None:
        """Let no more runs into a worker that does not answer, or in which threads of ended runs go on."""
        log.warning("%s: %s and gets no more runs", self._name, unfit)
        self._replace(live, unfit)
        if unfit is Unfit.SILENT:
            for slot in tuple(live.slots):
                slot.warn(SILENT)
        live.retire()

    def _note_late(self, live: LiveWorker) -> None:
        """Report what a worker has imported since its reports: those files are watched as well."""
        if self._in_service is live:
            files = tuple(sorted(live.files))
            for address, report in live.reports.items():
                self._reported(address, replace(report, files=files))

    def _replace(self, live: LiveWorker, reason: str) -> None:
        if self._in_service is live:
            self._in_service = None
            self.reason = reason
            self._apply(Change.POISONED)

    @property
    def is_warm(self) -> bool:
        """Whether a demo asks for a worker at all times."""
        return any(demo.worker.warm for demo in self.demos.values())

    @property
    def is_idle(self) -> bool:
        """Whether there is a worker that does nothing, and nothing is being prepared."""
        return self._in_service is not None and not self._slots and not self._phase.is_preparing

    @property
    def is_unused(self) -> bool:
        """Whether there is a worker that has never had a run: its demo's page was only opened."""
        return self.is_idle and not self._unload.has_run and not self.is_warm

    @property
    def used_at(self) -> float:
        """When it was used last."""
        return self._unload.used_at

    def give_up(self, reason: str = "another demo needed the memory of the last worker") -> None:
        """End the worker, which is idle."""
        files = self._in_service.files if self._in_service else set()
        self._unload.note_unloaded(self._wanted, self._watched | files)
        self._retire(reason)
        self._wanted.clear()
        self._apply(Change.GONE)

    def _restart_idle_timer(self) -> None:
        self._unload.restart(self.demos.values())
        if self.is_idle:
            self._places.make_room()

    def _end_idle(self) -> None:
        if self.is_idle and not self.is_warm:
            self.give_up("it was not used for a while")

    def _free_place(self) -> None:
        """Give the place back when there is no process, and none is being prepared."""
        if not self._workers and not self._phase.is_preparing:
            self._places.free(self)
