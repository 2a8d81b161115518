"""Writing on the disk: in threads, in the order of each run, and with room made on a full disk.

    work --thread--> done
             +--no space--> give_up: a finished run's files go --> again
                               +--nothing left to give up--> OSError

The event loop never waits for a disk. Where a process serves nobody else, as in the terminal, work is done at
once in place of in a thread.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from gradstream.errors import NO_SPACE

PROBE_BYTES = 4096

Done = TypeVar("Done")


class Disk:
    """`give_up` removes files that are not needed most, and returns whether there were any.

    `keep` is called before anything is written: it sees to the folder in which all is written.
    """

    def __init__(self, *, in_threads: bool = False, keep: Callable[[], None] | None = None) -> None:
        self.in_threads = in_threads
        self._keep = keep
        self.give_up: Callable[[], Awaitable[bool]] = _nothing_to_give_up

    async def call(self, work: Callable[[], Done]) -> Done:
        """Do work that uses the disk."""
        return await asyncio.to_thread(work) if self.in_threads else work()

    async def write(self, work: Callable[[], Done]) -> Done:
        """Do work that writes, again after room was made. Raises OSError, also for a disk that stays full."""
        while True:
            try:
                return await self.call(partial(self.write_now, work))
            except OSError as error:
                if error.errno not in NO_SPACE or not await self.give_up():
                    raise

    def write_now(self, work: Callable[[], Done]) -> Done:
        """Do work that writes, in the present thread, once. Raises OSError."""
        if self._keep is not None:
            self._keep()
        return work()

    def remove(self, path: Path) -> None:
        """Remove a file soon."""
        if self.in_threads:
            asyncio.get_running_loop().run_in_executor(None, _remove, path)
        else:
            _remove(path)

    async def has_room(self, folder: Path) -> bool:
        """Return whether something can be written below a folder."""
        probe = folder / "probe"
        try:
            await asyncio.to_thread(self.write_now, partial(_probe, probe))
        except OSError:
            return False
        finally:
            self.remove(probe)
        return True


class InOrder:
    """Takes the steps of one run one after another: one that does not write waits only for those that do."""

    def __init__(self, disk: Disk, create_task: Callable[[Coroutine[Any, Any, None]], object]) -> None:
        self._disk = disk
        self._create_task = create_task
        self._waiting: deque[Callable[[], Awaitable[None] | None]] = deque()
        self._is_busy = False

    def add(self, step: Callable[..., None], *values: Any) -> None:
        """Take a step, a call with these values, at once if none is waiting."""
        if self._is_busy:
            self._waiting.append(partial(step, *values))
        else:
            step(*values)

    def add_writing(self, step: Callable[[], Coroutine[Any, Any, None]]) -> asyncio.Future[None] | None:
        """Take a step that writes; return what is done once it was taken, None if it was taken at once."""
        if not self._disk.in_threads:
            _run(step())
            return None
        taken: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        async def writing() -> None:
            try:
                await step()
            finally:
                taken.set_result(None)

        self._waiting.append(writing)
        if not self._is_busy:
            self._is_busy = True
            self._create_task(self._take())
        return taken

    async def _take(self) -> None:
        try:
            while self._waiting:
                waited = self._waiting.popleft()()
                if waited is not None:
                    await waited
        finally:
            self._is_busy = False


def _run(step: Coroutine[Any, Any, None]) -> None:
    """Take a step that never waits, as its disk does not use threads."""
    with contextlib.suppress(StopIteration):
        step.send(None)
        raise RuntimeError("a step waited that has a disk without threads")


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        # What cannot be removed now goes with its folder.
        path.unlink(missing_ok=True)


def _probe(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\0" * PROBE_BYTES)


def write_file(path: Path, data: bytes) -> None:
    """Write a file in a folder that is made if it is missing; nothing of it stays if that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError:
        _remove(path)
        raise


async def _nothing_to_give_up() -> bool:
    return False
