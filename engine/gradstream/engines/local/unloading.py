"""When a worker has done nothing for long enough, and what is known of one that has ended for that.

a run begins or ends, a preparation ends --restart--> timer --> `expired`
unloaded --> Unloaded: a file that it had imported is saved soon after --> import again, to report errors
"""

import asyncio
from collections.abc import Callable, Collection, Iterable

from msgspec import Struct

from gradstream.format.types import Demo


class Unloaded(Struct, frozen=True):
    """The demos and the files of a worker that has ended because nobody used it, and when that was."""

    demos: frozenset[str]
    files: frozenset[str]
    at: float


class UnloadTimer:
    """One supervisor's. `idle_s` is the usual time, `previewed_s` that of a worker that never had a run."""

    def __init__(self, *, idle_s: float, previewed_s: float, expired: Callable[[], None]) -> None:
        self.has_run = False
        self.used_at = 0.0
        self._idle_s = idle_s
        self._previewed_s = previewed_s
        self._expired = expired
        self._timer: asyncio.TimerHandle | None = None
        self._unloaded: Unloaded | None = None

    def restart(self, demos: Iterable[Demo]) -> None:
        """Wait again, for as long as the most patient of these demos says."""
        self.cancel()
        loop = asyncio.get_running_loop()
        self.used_at = loop.time()
        said = [demo.worker.idle_unload_s for demo in demos]
        wait_s = max((self._idle_s if one is None else one for one in said), default=self._idle_s)
        self._timer = loop.call_later(wait_s if self.has_run else self._previewed_s, self._expired)

    def cancel(self) -> None:
        """Wait no more."""
        if self._timer is not None:
            self._timer.cancel()

    def note_unloaded(self, demos: Iterable[str], files: Iterable[str]) -> None:
        """Note what the worker had that ends now."""
        self.has_run = False
        self._unloaded = Unloaded(frozenset(demos), frozenset(files), asyncio.get_running_loop().time())

    def take_concerned(self, files: Collection[str]) -> frozenset[str]:
        """Return, once, the demos of a worker that has ended lately and had imported one of these files."""
        found = self._unloaded
        if found is None or found.files.isdisjoint(files):
            return frozenset()
        self._unloaded = None
        return found.demos if asyncio.get_running_loop().time() - found.at < self._idle_s else frozenset()
