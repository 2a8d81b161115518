"""The parent of all workers of a server: `python -P -m gradstream.worker.launcher_process FD`.

    server --start + four descriptors, kill--> launcher --fork--> workers
    server <--started, failed, ended---------- launcher

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

from gradstream.process_tree import Process, adopt_orphans, end_children, set_name
from gradstream.worker import main as worker

DESCRIPTORS = 4
"""Of a worker: channel, prints, standard output, standard error."""

READ_BYTES = 2**16
LEFT_S = 0.5
"""How long the end of a worker is held back for what it left behind; a killed process ends in a moment."""

END_S = 10.0
"""How long the launcher itself waits at its end."""


SIGNALS = (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Forked(NamedTuple):
    """What a new worker has of the launcher: two descriptors, and the launcher's process id."""

    channel: int
    prints: int
    launcher: int


class LauncherProcess:
    """The process. `run` returns None when the server has ended and nothing is left; in a worker, Forked."""

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
        """Handle what is ready; return False when the server is gone, and in a worker."""
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
            else:
                self._start(request["start"])
                if self._forked is not None:
                    return False
        return bool(data)

    def _start(self, number: int) -> None:
        """Start a worker with the next descriptors."""
        mine, self._descriptors = self._descriptors[:DESCRIPTORS], self._descriptors[DESCRIPTORS:]
        launcher = os.getpid()
        try:
            pid = os.fork()
        except OSError as error:
            self._send({"failed": number, "errno": error.errno or errno.EIO})
        else:
            if pid == 0:
                self._forked = self._become_worker(mine, launcher)
                return
            self._workers.add(pid)
            self._send({"started": number, "pid": pid})
        for descriptor in mine:
            os.close(descriptor)

    def _become_worker(self, mine: list[int], launcher: int) -> Forked:
        """Close what is the launcher's in this process, which is its fork."""
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
        return Forked(channel, prints, launcher)

    def _reap(self) -> None:
        """Note the ends of workers, and end what they have left behind before they are reported."""
        ended = list(self._ended())
        if ended:
            end_children(self._is_left, timeout_s=LEFT_S, reap=self._reap_left)
        for pid, code in ended:
            self._send({"ended": pid, "exit_code": code})

    def _ended(self) -> Iterator[tuple[int, int]]:
        """Yield the process id and the exit code of each worker that has ended; minus the signal's number."""
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
            yield pid, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

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
    """Be the launcher, or the worker that it has become."""
    worker.load_runtime()
    # What is there now is never freed: workers share it as long as no collection writes into it.
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as server:
        forked = LauncherProcess(server).run()
    if forked is not None:
        set_name(worker.PROCESS_NAME)
        worker.main(forked.channel, forked.prints, parent=forked.launcher)


if __name__ == "__main__":
    main()
