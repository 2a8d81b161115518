"""The engine that keeps its workers on this machine.

    open, start --> Station of the demo (or of those that share its worker) --> Host --> worker process
    catalog_changed, files_changed --> stations make their workers right

All methods run on the server's event loop.
"""

import asyncio
import logging
import os
from collections.abc import Callable, Mapping, Sequence

from gradstream.engines.contract import ImportListener, RunSink
from gradstream.engines.local.slot import LocalSlot
from gradstream.engines.local.standby import Spare
from gradstream.engines.local.supervisor import Station
from gradstream.errors import Fault, WorkerStartError
from gradstream.format.types import Demo
from gradstream.ipc.protocol import Loaded, RunOrder

log = logging.getLogger(__name__)

IDLE_S = 900.0
"""After a quarter of an hour without a run a worker that is not warm gives its memory back."""

CLOSE_S = 2.0
"""How long workers may take to end when the server does; then they are killed."""


class LocalEngine:
    """Implements `contract.Engine`. With `spare`, one worker more than needed waits for the next demo."""

    def __init__(self, *, idle_s: float = IDLE_S, spare: bool = True) -> None:
        self._idle_s = idle_s
        self._spare = Spare(enabled=spare)
        self._stations: dict[str, Station] = {}
        self._demos: dict[str, Demo] = {}
        self._watchers: set[ImportListener] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self, demo: Demo) -> Loaded:
        """Have a worker with this demo imported, and say what the import said. Raises WorkerStartError."""
        _, report = await self._station(demo).ready(demo.address)
        return report

    def start(self, demo: Demo, order: RunOrder, sink: RunSink) -> LocalSlot:
        """Start a run as soon as a worker is ready; everything else is reported to the sink."""
        station = self._station(demo)
        slot = station.slot(order, sink)
        host = station.host(demo.address)
        if host is not None:
            station.begin(slot, host)
        else:
            sink.starting(station.reason, station.usual_s)
            task = asyncio.create_task(self._begin(slot, station))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return slot

    def catalog_changed(self, demos: Mapping[str, Demo]) -> None:
        """Take over a new catalog: demos that are new, changed or gone."""
        for address in self._demos.keys() - demos.keys():
            self._remove(address)
        for demo in demos.values():
            before = self._demos.get(demo.address)
            if before is demo:
                continue
            if before is not None and _station_name(before) != _station_name(demo):
                self._remove(demo.address)
            self._demos[demo.address] = demo
            self._station(demo).put(demo)
        self._spare.refill()

    def files_changed(self, paths: Sequence[str]) -> Sequence[str]:
        """Renew the workers that imported or watch one of these files; return their demos' addresses."""
        files = {os.path.realpath(path) for path in paths} | {*paths}
        return [address for station in self._stations.values() for address in station.renew(files)]

    def watch(self, listener: ImportListener) -> Callable[[], None]:
        """Call `listener` after every import; the returned function ends that."""
        self._watchers.add(listener)
        return lambda: self._watchers.discard(listener)

    async def aclose(self) -> None:
        """End all workers: asked, and after `CLOSE_S` killed."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        closing = [station.aclose(CLOSE_S) for station in self._stations.values()]
        await asyncio.gather(self._spare.aclose(), *closing)
        if tasks:
            await asyncio.wait(tasks)

    def _station(self, demo: Demo) -> Station:
        """Return the station of a demo; the catalog's version counts, not that of an order that waited."""
        newest = self._demos.setdefault(demo.address, demo)
        name = _station_name(newest)
        station = self._stations.get(name)
        if station is None:
            station = Station(name, spare=self._spare, tell=self._tell, idle_s=self._idle_s)
            self._stations[name] = station
        if newest.address not in station.demos:
            station.put(newest)
        return station

    def _remove(self, address: str) -> None:
        station = self._stations.get(_station_name(self._demos.pop(address)))
        if station is not None:
            station.remove(address)

    async def _begin(self, slot: LocalSlot, station: Station) -> None:
        try:
            await self._begin_when_ready(slot, station)
        except WorkerStartError as error:
            slot.fail("worker", str(error))
        except asyncio.CancelledError:
            slot.cancel(grace_s=0)
            raise
        except Exception:
            log.exception("a run of %s could not be sent to its worker", slot.address)
            slot.fail("server", "The run could not be sent to its worker")

    async def _begin_when_ready(self, slot: LocalSlot, station: Station) -> None:
        host, report = await station.ready(slot.address)
        if slot.is_over:
            return
        if host is not None:
            station.begin(slot, host)
            return
        finding = next(one for one in report.diagnostics if one.is_error)
        fault: Fault = "worker" if finding.code == "E-WORKER-DIED" else "developer"
        slot.fail(fault, finding.message, report.detail)

    def _tell(self, address: str, report: Loaded) -> None:
        for listener in tuple(self._watchers):
            listener(address, report)


def _station_name(demo: Demo) -> str:
    """Return what the demos of one worker have in common. An address has no slash."""
    return demo.address if demo.worker.shared is None else f"shared/{demo.worker.shared}"
