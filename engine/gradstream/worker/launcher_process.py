"""The parent of all workers of a server: `python -P -m gradstream.worker.launcher_process FD`.

    server --start + four descriptors, kill, ping--> launcher --fork--> workers, imports of demos
    server <--started, failed, ended, pong---------- launcher --fork--> launcher with packages
    server <--preloaded------------------------------------------------ launcher with packages --fork--> ...

It has loaded the runtime and nothing of the developer's, and has a single thread. So a fork of it is a worker
that has just loaded the runtime, in a hundredth of the time, and shares the runtime's memory with the others.

    a worker ends  --> its process group, and what it left behind in other sessions, is killed
    the server ends, in whatever way --> the socket is closed --> everything is killed, the launcher ends

Every process below a worker stays below the launcher, because the launcher adopts orphans. Messages are lines
of JSON over a socket pair, both ways.
"""

import errno
import gc
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from gradstream.process_tree import (
    Process,
    adopt_orphans,
    end_children,
    end_with_parent,
    own_children,
    set_name,
)
from gradstream.worker import forked_import
from gradstream.worker import main as worker
from gradstream.worker.loading.preload import preload

DESCRIPTORS = 4
"""Of a worker: channel, prints, standard output, standard error."""

READ_BYTES = 2**16
LEFT_S = 0.5
"""How long the end of a worker is held back for what it left behind; a killed process ends in a moment."""

END_S = 10.0
"""How long the launcher itself waits at its end."""


UNFIT = 1
"""The exit code of a launcher that cannot have the packages that it should."""

PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes: getrusage(2) counts in KiB on Linux."""

SIGNALS = (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Forked(NamedTuple):
    """What a new process has of the launcher: two descriptors, and the launcher's process id.

    It is a worker; with `imports` it only imports demos, with `packages` it is a launcher that has these.
    """

    channel: int
    prints: int
    launcher: int
    imports: bool
    packages: tuple[str, ...]


class LauncherProcess:
    """The process. `run` returns None when the server has ended and nothing is left; in a fork, Forked."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._unread = b""
        self._descriptors: list[int] = []
        self._workers: set[int] = set()
        self._wake_in, wake_out = socket.socketpair()
        for one in (self._wake_in, wake_out):
            one.setblocking(False)  # noqa: FBT003 (the standard library's signature)
        self._wake_out = wake_out
        self._forked: Forked | None = None

    def run(self) -> Forked | None:
        """Serve requests until the server closes the socket or ends."""
        signal.set_wakeup_fd(self._wake_out.fileno())
        # Handled and not ignored: a worker would inherit that. A terminal or a process manager sends a signal
        # to all processes, and it is the server that decides.
        for number in SIGNALS:
            signal.signal(number, lambda *_: None)
        adopt_orphans()
        with selectors.DefaultSelector() as selector:
            selector.register(self._sock, selectors.EVENT_READ)
            selector.register(self._wake_in, selectors.EVENT_READ)
            while self._serve([key.fileobj for key, _ in selector.select()]):
                continue
        if self._forked is None:
            self._end_all()
        return self._forked

    def _serve(self, ready: list[Any]) -> bool:
        """Handle what is ready; return False when the server is gone, and in a fork."""
        if self._wake_in in ready:
            self._wake_in.recv(READ_BYTES)
            self._reap()
        return self._sock not in ready or self._receive()

    def _receive(self) -> bool:
        try:
            data, descriptors, *_ = socket.recv_fds(self._sock, READ_BYTES, 16 * DESCRIPTORS)
        except OSError:
            return False
        self._descriptors += descriptors
        *lines, self._unread = (self._unread + data).split(b"\n")
        for line in lines:
            request = json.loads(line)
            if "kill" in request:
                self._kill_group(request["kill"])
            elif "ping" in request:
                self._send({"pong": request["ping"]})
            else:
                self._start(request)
                if self._forked is not None:
                    return False
        return bool(data)

    def _start(self, request: dict[str, Any]) -> None:
        """Fork a process with the next descriptors."""
        number = request["start"]
        mine, self._descriptors = self._descriptors[:DESCRIPTORS], self._descriptors[DESCRIPTORS:]
        launcher = os.getpid()
        try:
            pid = os.fork()
        except OSError as error:
            answer = {"failed": number, "errno": error.errno or errno.EIO}
        else:
            if pid == 0:
                channel, prints = self._leave_launcher(mine)
                imports, packages = bool(request.get("imports")), tuple(request.get("packages", ()))
                self._forked = Forked(channel, prints, launcher, imports, packages)
                return
            self._workers.add(pid)
            answer = {"started": number, "pid": pid}
        for descriptor in mine:
            os.close(descriptor)
        self._send(answer)

    def _leave_launcher(self, mine: list[int]) -> tuple[int, int]:
        """Close what is the launcher's in this process, which is its fork; return channel and prints."""
        channel, prints, stdout, stderr = mine
        os.setsid()
        signal.set_wakeup_fd(-1)
        for number in SIGNALS:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        for target, descriptor in ((1, stdout), (2, stderr)):
            os.dup2(descriptor, target)
        for descriptor in (stdout, stderr, *self._descriptors):
            os.close(descriptor)
        for sock in (self._wake_in, self._wake_out):
            sock.close()
        return channel, prints

    def _reap(self) -> None:
        """Note the ends of workers, and end what they have left behind before they are reported."""
        ended = list(self._ended())
        if ended and own_children() - self._workers:
            end_children(self._is_left, timeout_s=LEFT_S, reap=self._reap_left)
        for pid, code, peak_bytes in ended:
            self._send({"ended": pid, "exit_code": code, "peak_bytes": peak_bytes})

    def _ended(self) -> Iterator[tuple[int, int, int]]:
        """Yield id, exit code (minus a signal's number) and peak in bytes of each process that has ended."""
        while True:
            try:
                status = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if status is None:
                return
            pid = status.si_pid
            if pid not in self._workers:
                self._reap_left(pid)
                continue
            # Before its id is free for another process.
            self._kill_group(pid)
            self._workers.remove(pid)
            _, ending, usage = os.wait4(pid, 0)
            yield pid, os.waitstatus_to_exitcode(ending), usage.ru_maxrss * PEAK_UNIT

    def _is_left(self, process: Process) -> bool:
        return process.pid not in self._workers

    def _reap_left(self, pid: int) -> None:
        if pid not in self._workers:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)

    def _kill_group(self, pid: int) -> None:
        """Kill a worker with its process group, unless it was reaped."""
        if pid in self._workers:
            # One that was just forked has no group yet; macOS reports PermissionError for one that has ended.
            for kill in (os.kill, os.killpg):
                with suppress(ProcessLookupError, PermissionError):
                    kill(pid, signal.SIGKILL)

    def _end_all(self) -> None:
        for pid in tuple(self._workers):
            self._kill_group(pid)
        self._workers.clear()
        end_children(lambda _: True, timeout_s=END_S, reap=self._reap_left)

    def _send(self, message: dict[str, Any]) -> None:
        with suppress(OSError):
            # The server is gone, and that is noticed next.
            self._sock.sendall(json.dumps(message).encode() + b"\n")


def main() -> None:
    """Be the launcher, or what it has become."""
    worker.load_runtime()
    server = socket.socket(fileno=int(sys.argv[1]))
    while True:
        # What is there now is never freed: forks share it as long as no collection writes into it.
        gc.freeze()
        with server:
            forked = LauncherProcess(server).run()
        if forked is None:
            return
        if not forked.packages:
            break
        server = _with_packages(forked)
    set_name(worker.PROCESS_NAME)
    if forked.imports:
        forked_import.main(forked.channel, forked.prints, parent=forked.launcher)
    else:
        worker.main(forked.channel, forked.prints, parent=forked.launcher)


def _with_packages(forked: Forked) -> socket.socket:
    """Import packages in a new launcher, and return its socket; ends the process if that cannot be done."""
    end_with_parent(forked.launcher)
    os.close(forked.prints)
    os.set_inheritable(forked.channel, False)  # noqa: FBT003 (the standard library's signature)
    names = preload(forked.packages)
    if names is None:
        os._exit(UNFIT)
    server = socket.socket(fileno=forked.channel)
    server.sendall(json.dumps({"preloaded": sorted(names)}).encode() + b"\n")
    return server


if __name__ == "__main__":
    main()
