"""Processes that only import demos, forked from a launcher, and launchers with packages to fork them from.

Launcher --fork_import--> ImportProcess: a socket to it, its end
+--fork_with_packages--> PreloadedLauncher --fork_import--> ImportProcess that has the packages
"""

import asyncio
import os
import socket
from collections.abc import Sequence

from gradstream.engines.local.launcher import ENDED, Launcher, LauncherReply, Spawned
from gradstream.errors import WorkerStartError


class ImportProcess:
    """A process that imports demos; `sock` leads to it. `ended` is done when it has ended."""

    def __init__(self, spawned: Spawned, sock: socket.socket) -> None:
        self.sock = sock
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._spawned = spawned
        spawned.when_exited(self._note_exit)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._spawned.pid

    @property
    def exit_code(self) -> int:
        """How it has ended."""
        return self._spawned.exit_code or 0

    @property
    def peak_bytes(self) -> int:
        """The memory that it took at most; known after its end."""
        return self._spawned.peak_bytes

    def kill(self) -> None:
        """Kill the process and what it has started."""
        self._spawned.kill()

    def _note_exit(self, _code: int) -> None:
        if not self.ended.done():
            self.ended.set_result(None)


class PreloadedLauncher(Launcher):
    """A launcher that was forked with packages. It cannot be started again.

    `names` are the top-level modules that came with them; canceled when it has ended.
    """

    def __init__(self, spawned: Spawned, sock: socket.socket) -> None:
        super().__init__()
        self.names: asyncio.Future[frozenset[str]] = asyncio.get_running_loop().create_future()
        self._spawned = spawned
        self._attach(sock)

    @property
    def is_gone(self) -> bool:
        """Whether it has ended."""
        return self._sock is None

    async def _open(self) -> socket.socket:
        raise ConnectionError(ENDED)

    @property
    def _pid(self) -> int:
        return self._spawned.pid

    def _kill(self) -> None:
        self._spawned.kill()

    def _handle(self, reply: LauncherReply) -> None:
        if reply.preloaded is not None:
            self.names.set_result(frozenset(reply.preloaded))
        else:
            super()._handle(reply)

    def _lose(self, reason: str | None = None) -> None:
        self.names.cancel()
        super()._lose(reason)


async def fork_import(launcher: Launcher) -> ImportProcess:
    """Return a process that imports demos. Raises WorkerStartError."""
    spawned, sock = await _fork(launcher)
    return ImportProcess(spawned, sock)


async def fork_with_packages(launcher: Launcher, packages: Sequence[str]) -> PreloadedLauncher | None:
    """Return a launcher that has packages; None if these cannot be imported. Raises WorkerStartError."""
    spawned, sock = await _fork(launcher, packages)
    preloaded = PreloadedLauncher(spawned, sock)
    try:
        await asyncio.wait({preloaded.names})
    except asyncio.CancelledError:
        spawned.kill()
        await preloaded.aclose()
        raise
    return None if preloaded.names.cancelled() else preloaded


async def _fork(launcher: Launcher, packages: Sequence[str] = ()) -> tuple[Spawned, socket.socket]:
    ours, theirs = socket.socketpair()
    null = os.open(os.devnull, os.O_RDWR)
    try:
        descriptors = (theirs.fileno(), null, null, null)
        return await launcher.start(descriptors, imports=not packages, packages=packages), ours
    except OSError as error:
        ours.close()
        raise WorkerStartError(f"a process for imports could not be started: {error}") from error
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
        os.close(null)
