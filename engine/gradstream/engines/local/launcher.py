"""The server's end of the launcher: start workers, kill them, learn how they ended.

    start --> LauncherProcess --> process of a worker --ended--> Spawned: the exit code

The launcher is started with the first worker, and again if it was killed: its workers end with it. One that
answers no ping and does nothing, because it is suspended, is killed after a stated time.
"""

import asyncio
import itertools
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from msgspec import Struct, json

from gradstream.engines.local.silence import Silence
from gradstream.ipc.protocol import GIVEN_UP_S, PING_S

log = logging.getLogger(__name__)

COMMAND = ("-P", "-m", "gradstream.worker.launcher_process")

ENDED = "the launcher of workers has ended"
LOST_WITH_LAUNCHER = "was ended with the launcher of all workers, which had stopped answering"

READ_BYTES = 2**16
CLOSE_S = 11.0
"""A little longer than the launcher waits for what it kills."""


class LauncherHandle(Protocol):
    """The launcher as its parent has it."""

    @property
    def pid(self) -> int:
        """The process id."""

    async def wait(self) -> object:
        """Wait for its end."""

    def kill(self) -> None:
        """End it at once."""


async def start_process(sock: socket.socket, python: str | None = None) -> LauncherHandle:
    """Start a launcher that serves this socket, with this Python or the server's. Raises OSError."""
    return await asyncio.create_subprocess_exec(
        python or sys.executable,
        *COMMAND,
        str(sock.fileno()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=[sock.fileno()],
        start_new_session=True,
    )


class LauncherReply(Struct):
    """A line from the launcher: `started`, `failed`, `ended` or `pong`, or `preloaded` with packages."""

    started: int | None = None
    failed: int | None = None
    ended: int | None = None
    pong: int | None = None
    preloaded: tuple[str, ...] | None = None
    pid: int = 0
    exit_code: int = 0
    peak_bytes: int = 0
    errno: int = 0


class Spawned:
    """The process of a worker. `pid` and `exit_code` remain after its end.

    `peak_bytes` is the memory that it took at most, shared pages included; known after its end. `reason` says
    how it ended, where that is more than the exit code.
    """

    def __init__(self, launcher: "Launcher", pid: int) -> None:
        self.pid = pid
        self.exit_code: int | None = None
        self.peak_bytes = 0
        self.reason: str | None = None
        self._launcher = launcher
        self._exited: Callable[[int], None] | None = None

    def kill(self) -> None:
        """Kill the process and what it has started."""
        if self.exit_code is None:
            self._launcher.kill(self.pid)

    def when_exited(self, call: Callable[[int], None]) -> None:
        """Call `call` once with the exit code when the process has ended; at once if it has."""
        self._exited = call
        if self.exit_code is not None:
            call(self.exit_code)

    def note_exit(self, code: int, *, peak_bytes: int = 0, reason: str | None = None) -> None:
        """Note how the process ended."""
        self.exit_code, self.peak_bytes, self.reason = code, peak_bytes, reason
        if self._exited is not None:
            self._exited(code)


class Launcher:
    """One engine's; with `python` of that interpreter, which `require_usable` examines before each start."""

    def __init__(
        self, python: str | None = None, *, require_usable: Callable[[str], Awaitable[None]] | None = None
    ) -> None:
        self._python = python
        self._require_usable = require_usable
        self._opening = asyncio.Lock()
        self._sock: socket.socket | None = None
        self._process: LauncherHandle | None = None
        self._numbers = itertools.count()
        self._starting: dict[int, asyncio.Future[Spawned]] = {}
        self._workers: dict[int, Spawned] = {}
        self._unread = b""
        self._silence = Silence()
        self._pings = self._answered = 0
        self._ping_timer: asyncio.TimerHandle | None = None

    async def start(
        self, descriptors: Sequence[int], *, imports: bool = False, packages: Sequence[str] = ()
    ) -> Spawned:
        """Start a worker with these descriptors: channel, prints, standard output, standard error.

        With `imports` the process only imports demos; with `packages` it is a launcher that has these.
        A launcher that was killed is often noticed only here: another one starts the worker. Raises OSError
        and UnusablePythonError.
        """
        sock = await self._opened()
        order = {"imports": imports, "packages": packages}
        try:
            return await self._order(order, descriptors)
        except ConnectionError:
            if sock is self._sock:
                self._lose()
        await self._opened()
        return await self._order(order, descriptors)

    def kill(self, pid: int) -> None:
        """Kill a worker and what it has started."""
        try:
            self._send({"kill": pid})
        except OSError:
            # Without the socket everything is killed.
            self._lose()

    async def aclose(self) -> None:
        """End the launcher with everything that is below it."""
        process = self._process
        self._lose()
        if process is None:
            return
        try:
            await asyncio.wait_for(process.wait(), CLOSE_S)
        except TimeoutError:
            process.kill()
            await process.wait()

    async def _opened(self) -> socket.socket:
        """Start a launcher unless there is one, and return the socket to it."""
        async with self._opening:
            sock = self._sock
            if sock is None:
                sock = await self._open()
                self._attach(sock)
            return sock

    async def _order(self, order: Mapping[str, object], descriptors: Sequence[int]) -> Spawned:
        number = next(self._numbers)
        waiting: asyncio.Future[Spawned] = asyncio.get_running_loop().create_future()
        self._starting[number] = waiting
        try:
            self._send({"start": number, **order}, descriptors)
            return await asyncio.shield(waiting)
        except asyncio.CancelledError:
            waiting.add_done_callback(_kill_late)
            raise
        except OSError:
            self._starting.pop(number, None)
            raise

    async def _open(self) -> socket.socket:
        if self._python is not None and self._require_usable is not None:
            await self._require_usable(self._python)
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._process = await start_process(theirs, self._python)
            except BaseException:
                ours.close()
                raise
        return ours

    def _attach(self, sock: socket.socket) -> None:
        """Use a connected socket to a launcher."""
        sock.setblocking(False)  # noqa: FBT003 (the standard library's signature)
        self._sock, self._unread = sock, b""
        asyncio.get_running_loop().add_reader(sock, self._receive, sock)
        self._silence, self._pings, self._answered = Silence(), 0, 0
        self._ping()

    def _ping(self) -> None:
        self._silence.note(self._pid, is_answered=self._answered == self._pings)
        if self._silence.for_s >= GIVEN_UP_S:
            log.error("the launcher of workers has not answered for %g s and is ended with them", GIVEN_UP_S)
            self._kill()
            self._lose(LOST_WITH_LAUNCHER)
            return
        self._pings += 1
        # One that has ended is noticed by its socket, one that reads nothing by its silence.
        with suppress(OSError):
            self._send({"ping": self._pings})
        self._ping_timer = asyncio.get_running_loop().call_later(PING_S, self._ping)

    @property
    def _pid(self) -> int:
        return 0 if self._process is None else self._process.pid

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _send(self, message: object, descriptors: Sequence[int] = ()) -> None:
        if self._sock is None:
            raise ConnectionError(ENDED)
        try:
            socket.send_fds(self._sock, [json.encode(message) + b"\n"], list(descriptors))
        except (BrokenPipeError, ConnectionResetError) as error:
            raise ConnectionError(ENDED) from error

    def _receive(self, sock: socket.socket) -> None:
        try:
            data = sock.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        *lines, self._unread = (self._unread + data).split(b"\n")
        for line in lines:
            self._handle(json.decode(line, type=LauncherReply))
        if not data:
            self._lose()

    def _handle(self, reply: LauncherReply) -> None:
        if reply.ended is not None:
            self._workers.pop(reply.ended).note_exit(reply.exit_code, peak_bytes=reply.peak_bytes)
        elif reply.started is not None:
            spawned = self._workers[reply.pid] = Spawned(self, reply.pid)
            self._starting.pop(reply.started).set_result(spawned)
        elif reply.pong is not None:
            self._answered = reply.pong
        elif reply.failed is not None:
            error = OSError(reply.errno, os.strerror(reply.errno))
            self._starting.pop(reply.failed).set_exception(error)

    def _lose(self, reason: str | None = None) -> None:
        """Close the socket, upon which the launcher ends everything; or note that it has ended."""
        sock, self._sock = self._sock, None
        if sock is None:
            return
        if self._ping_timer is not None:
            self._ping_timer.cancel()
        asyncio.get_running_loop().remove_reader(sock)
        sock.close()
        starting, self._starting = self._starting, {}
        for waiting in starting.values():
            waiting.set_exception(ConnectionError(ENDED))
        workers, self._workers = self._workers, {}
        for spawned in workers.values():
            spawned.note_exit(-signal.SIGKILL, reason=reason)


def _kill_late(waiting: asyncio.Future[Spawned]) -> None:
    """Kill a process that was started for somebody who does not wait any more."""
    if not waiting.cancelled() and waiting.exception() is None:
        waiting.result().kill()
