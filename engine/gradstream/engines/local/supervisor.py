"""Keeps one worker right for one demo, or for those that share a worker: loaded, of the newest code, alive.

    wanted demos, saved files, death, poison --> _make: a worker in which all wanted demos are loaded --> host
    ready(address) --> (Host, report) | (None, report that says why not)

A new worker is made ready before the old one gets no more runs. When saved code does not import, the old
stays.
"""

import asyncio
import logging
import math
import os
from collections.abc import Collection, Iterable
from pathlib import Path

from gradstream.diagnostics import Diagnostic
from gradstream.engines.contract import ImportListener, RunSink
from gradstream.engines.local.live_worker import Host, is_good
from gradstream.engines.local.slot import LocalSlot
from gradstream.engines.local.standby import Spare
from gradstream.errors import WorkerStartError
from gradstream.format.generator.resolve import locate
from gradstream.format.rules.watching import is_watched, watched_globs
from gradstream.format.types import Demo
from gradstream.ipc.protocol import Loaded, RunOrder

log = logging.getLogger(__name__)

PATIENCE_S = 2.0
"""A run that comes while saved code is being loaded waits so long for it before it takes the old code."""

Answer = tuple[Host | None, Loaded]
"""Where a demo can run, and what its import said; None when it cannot."""


class Station:
    """One worker's place. `tell` hears of every import; a worker ends after `idle_s` without a run."""

    def __init__(self, name: str, *, spare: Spare, tell: ImportListener, idle_s: float) -> None:
        self.reason = "first run"
        self.usual_s: float | None = None
        self.demos: dict[str, Demo] = {}
        self._name = name
        self._spare = spare
        self._tell = tell
        self._idle_s = idle_s
        self._wanted: set[str] = set()
        self._is_stale = False
        self._is_outdated = False
        self._host: Host | None = None
        self._hosts: set[Host] = set()
        self._places: dict[LocalSlot, Host] = {}
        self._watched: set[str] = set()
        self._making: asyncio.Task[dict[str, Loaded]] | None = None
        self._idle: asyncio.TimerHandle | None = None

    def put(self, demo: Demo) -> None:
        """Take a demo in, or its new version; one that is in use is loaded again."""
        before = self.demos.get(demo.address)
        self.demos[demo.address] = demo
        if demo.worker.warm:
            self._wanted.add(demo.address)
        if before == demo or demo.address not in self._wanted:
            return
        if before is not None and _paths(before) == _paths(demo) and self._making:
            # The import that is going on is not in vain.
            self._is_outdated = True
            return
        self._is_stale = self._is_stale or (before is not None and _paths(before) != _paths(demo))
        self._make_anew()

    def remove(self, address: str) -> None:
        """Let a demo go; with the last one, the worker goes too."""
        self.demos.pop(address, None)
        self._wanted.discard(address)
        if not self.demos:
            self._stop_making()
            self._retire("its demo was removed")

    def renew(self, files: Collection[str]) -> tuple[str, ...]:
        """Make a new worker if the present one rests on these saved files; return the demos concerned."""
        if not self._wanted:
            return ()
        imported = self._watched | (self._host.files if self._host else set())
        if imported.isdisjoint(files) and not self._watches_any(files):
            return ()
        self._is_stale = True
        self.reason = "saved code"
        self._make_anew()
        return tuple(sorted(self._wanted))

    def _watches_any(self, files: Iterable[str]) -> bool:
        used = [demo for address, demo in self.demos.items() if address in self._wanted]
        globs = [glob for demo in used for glob in watched_globs(demo)]
        return bool(globs) and any(is_watched(Path(file), globs) for file in files)

    def host(self, address: str) -> Host | None:
        """Return where a demo can run at this very moment, on the newest code."""
        return None if self._is_stale else self._usable_host(address)

    async def ready(self, address: str) -> Answer:
        """Have a demo loaded, and return where. Raises WorkerStartError."""
        self._wanted.add(address)
        while address in self.demos:
            if host := self.host(address):
                return host, host.reports[address]
            making = self._making or self._make_anew()
            patience_s = PATIENCE_S if self._usable_host(address) else None
            await asyncio.wait({making}, timeout=patience_s)
            if host := self._usable_host(address):
                return host, host.reports[address]
            if making.done() and not making.cancelled():
                report = making.result().get(address)
                if report is not None and not is_good(report):
                    return None, report
        raise WorkerStartError("the demo was removed")

    def slot(self, order: RunOrder, sink: RunSink) -> LocalSlot:
        """Return a slot that waits for a worker."""
        return LocalSlot(order, sink, over=self._left, overdue=self._overdue)

    def begin(self, slot: LocalSlot, host: Host) -> None:
        """Start a run in a worker; one that cannot start there fails and gives its place back."""
        try:
            self._put_off_idle()
            self._places[slot] = host
            host.begin(slot)
        except Exception:
            log.exception("a run of %s could not be sent to its worker", slot.address)
            slot.fail("server", "The run could not be sent to its worker")

    async def aclose(self, timeout_s: float) -> None:
        """End all workers: asked, with all their runs, and after the time killed."""
        making = self._making
        self._stop_making()
        if making is not None:
            await asyncio.wait({making})
        if self._idle is not None:
            self._idle.cancel()
        for slot in tuple(self._places):
            slot.cancel(grace_s=math.inf)
        hosts = tuple(self._hosts)
        for host in hosts:
            host.retire()
        try:
            async with asyncio.timeout(timeout_s):
                await asyncio.gather(*(host.worker.wait_gone() for host in hosts))
        except TimeoutError:
            await asyncio.gather(*(host.worker.abandon() for host in hosts))

    def _usable_host(self, address: str) -> Host | None:
        host, demo = self._host, self.demos.get(address)
        if host is None or demo is None or not host.is_usable or not host.has(demo):
            return None
        return host

    def _make_anew(self) -> "asyncio.Task[dict[str, Loaded]]":
        self._stop_making()
        self._is_outdated = False
        self._making = asyncio.create_task(self._make(), name=f"make {self._name}")
        self._making.add_done_callback(self._made)
        return self._making

    def _stop_making(self) -> None:
        if self._making is not None:
            self._making.cancel()
            self._making = None

    def _made(self, making: "asyncio.Task[dict[str, Loaded]]") -> None:
        if self._making is making:
            self._making = None
        if not making.cancelled() and (error := making.exception()) is not None:
            log.error("%s: %s", self._name, error)
        if self._is_outdated and not making.cancelled():
            self._make_anew()
        self._put_off_idle()

    async def _make(self) -> dict[str, Loaded]:
        """Load all wanted demos that are not, in the present worker or, for newer code, in a new one."""
        wanted = [self.demos[address] for address in sorted(self._wanted)]
        host = self._host
        if host is None or not host.is_usable or self._is_stale:
            return await self._make_new(wanted)
        return {demo.address: await self._load(host, demo) for demo in wanted if not host.has(demo)}

    async def _make_new(self, wanted: list[Demo]) -> dict[str, Loaded]:
        began = asyncio.get_running_loop().time()
        self._watched = set()
        new = Host(await self._spare.take(self._name))
        self._take_in(new)
        try:
            reports = {demo.address: await self._load(new, demo) for demo in wanted}
        except BaseException:
            new.worker.kill()
            raise
        self._is_stale = False
        self._watched |= new.files
        if self._is_better(new):
            old, self._host = self._host, new
            self.usual_s = asyncio.get_running_loop().time() - began
            if old is not None:
                old.retire()
        else:
            new.retire()
        self._spare.refill()
        return reports

    async def _load(self, host: Host, demo: Demo) -> Loaded:
        # An import that never ends can be ended by saving the file.
        self._watched |= _located_files(demo)
        report = await host.load(demo)
        self._tell(demo.address, report)
        return report

    def _is_better(self, new: Host) -> bool:
        """Tell whether a new worker takes over: it can run something, and nothing less than the old one."""
        good = {address for address, report in new.reports.items() if is_good(report)}
        if not new.is_usable or not good:
            return False
        old = self._host
        if old is None or not old.is_usable:
            return True
        return {address for address in self._wanted if self._usable_host(address)} <= good

    def _take_in(self, host: Host) -> None:
        self._hosts.add(host)
        host.worker.when_gone(lambda: self._lost(host))

    def _lost(self, host: Host) -> None:
        self._hosts.discard(host)
        if self._host is host:
            self._host = None
            self.reason = f"the last worker {host.worker.gone}"

    def _left(self, slot: LocalSlot) -> None:
        host = self._places.pop(slot, None)
        if host is not None:
            host.leave(slot)
        self._put_off_idle()

    def _overdue(self, slot: LocalSlot) -> None:
        host = self._places[slot]
        if self._host is host:
            self._host = None
            self.reason = "the last worker did not stop when asked"
            self._make_anew()
        host.poison()

    def _retire(self, reason: str) -> None:
        if self._host is not None:
            self._host.retire()
            self._host = None
            self.reason = reason

    def _put_off_idle(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(self._idle_s, self._end_idle)

    def _end_idle(self) -> None:
        is_warm = any(demo.worker.warm for demo in self.demos.values())
        if self._host is None or self._host.slots or self._making or is_warm:
            return
        self._retire("it was not used for a while")
        self._wanted.clear()


def _located_files(demo: Demo) -> set[str]:
    """Return the files of a demo's generators, as the worker will report them."""
    located = [locate(action.generator) for action in demo.actions]
    files = [one.file for one in located if not isinstance(one, Diagnostic) and one.file]
    return {os.path.realpath(file) for file in files}


def _paths(demo: Demo) -> set[tuple[str, tuple[str, ...]]]:
    return {(action.generator.text, action.generator.roots) for action in demo.actions}
