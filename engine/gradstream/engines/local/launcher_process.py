"""The parent of all workers of a server: a small process that starts them and ends a moment after it.

    server --StartRequest + four descriptors, kill--> launcher --spawn--> workers
    server <--started, failed, ended--------------- launcher

    a worker ends  --> its process group, and what it left behind in other sessions, is killed
    the server ends, in whatever way --> the socket is closed --> everything is killed, the launcher ends

Every process below a worker stays below the launcher, because the launcher adopts orphans. Messages are lines
of JSON over a socket pair, both ways.
"""

import errno
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from gradstream.process_tree import Process, adopt_orphans, end_children

DESCRIPTORS = 4
"""Of a worker: channel, prints, standard output, standard error."""

READ_BYTES = 2**16
LEFT_S = 0.5
"""How long the end of a worker is held back for what it left behind; a killed process ends in a moment."""

END_S = 10.0
"""How long the launcher itself waits at its end."""


class LauncherProcess:
    """The process. `run` returns when the server has ended and nothing is left."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._unread = b""
        self._descriptors: list[int] = []
        self._workers: dict[int, subprocess.Popen[bytes]] = {}
        self._wake_in, wake_out = socket.socketpair()
        for one in (self._wake_in, wake_out):
            one.setblocking(False)  # noqa: FBT003 (the standard library's signature)
        self._wake_out = wake_out

    def run(self) -> None:
        """Serve requests until the server closes the socket or ends."""
        signal.set_wakeup_fd(self._wake_out.fileno())
        # Handled and not ignored: a worker would inherit that. A terminal or a process manager sends a signal
        # to all processes, and it is the server that decides.
        for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: None)
        adopt_orphans()
        with selectors.DefaultSelector() as selector:
            selector.register(self._sock, selectors.EVENT_READ)
            selector.register(self._wake_in, selectors.EVENT_READ)
            while self._serve([key.fileobj for key, _ in selector.select()]):
                continue
        self._end_all()

    def _serve(self, ready: list[Any]) -> bool:
        """Handle what is ready; return False when the server is gone."""
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
                self._start(request["start"], request["command"])
        return bool(data)

    def _start(self, number: int, command: list[str]) -> None:
        """Start a worker with the next descriptors; its last argument is the id of this process."""
        mine, self._descriptors = self._descriptors[:DESCRIPTORS], self._descriptors[DESCRIPTORS:]
        channel, prints, stdout, stderr = mine
        try:
            worker = subprocess.Popen(  # noqa: S603 (the server's own command)
                [*command, str(channel), str(prints), str(os.getpid())],
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                pass_fds=[channel, prints],
                start_new_session=True,
            )
        except OSError as error:
            self._send({"failed": number, "errno": error.errno or errno.EIO, "file": error.filename})
        else:
            self._workers[worker.pid] = worker
            self._send({"started": number, "pid": worker.pid})
        finally:
            for descriptor in mine:
                os.close(descriptor)

    def _reap(self) -> None:
        """Note the ends of workers, and end what they have left behind before they are reported."""
        ended = [(worker.pid, worker.returncode) for worker in self._ended()]
        if ended:
            end_children(self._is_left, timeout_s=LEFT_S, reap=self._reap_left)
        for pid, code in ended:
            self._send({"ended": pid, "exit_code": code})

    def _ended(self) -> Iterator[subprocess.Popen[bytes]]:
        while True:
            try:
                status = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if status is None:
                return
            worker = self._workers.get(status.si_pid)
            if worker is None:
                self._reap_left(status.si_pid)
                continue
            # Before its id is free for another process.
            self._kill_group(worker.pid)
            del self._workers[worker.pid]
            worker.wait()
            yield worker

    def _is_left(self, process: Process) -> bool:
        return process.pid not in self._workers

    def _reap_left(self, pid: int) -> None:
        if pid not in self._workers:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)

    def _kill_group(self, pid: int) -> None:
        """Kill a worker with its process group, unless it was reaped."""
        if pid in self._workers:
            # macOS reports PermissionError for a process that has just ended.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)

    def _end_all(self) -> None:
        for pid in tuple(self._workers):
            self._kill_group(pid)
        self._workers.clear()
        end_children(lambda _: True, timeout_s=END_S, reap=self._reap_left)

    def _send(self, message: dict[str, Any]) -> None:
        with suppress(OSError):
            # The server is gone, and that is noticed next.
            self._sock.sendall(json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as server:
        LauncherProcess(server).run()
