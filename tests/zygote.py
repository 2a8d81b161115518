"""A process that has imported what others need: each of those is its fork, and starts at once.

    test --order + descriptors--> zygote --fork--> command, or launcher of workers
    test <--process id, exit code-- zygote

Only Python's start and its imports are saved. A fork ends as any Python process does.
"""

import atexit
import json
import os
import selectors
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

PROCESS = Path(__file__).with_name("zygote_process.py")
NUMBER = struct.Struct("i")
"""What the zygote says of a fork: first its process id, at its end the exit code."""


class Fork:
    """A process, as the test has it that ordered it."""

    def __init__(self, status: socket.socket) -> None:
        self.status = status
        (self.pid,) = NUMBER.unpack(self.status.recv(NUMBER.size))
        self.exit_code: int | None = None

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal, if the process has not ended."""
        with suppress(TimeoutError):
            self.wait(0)
        if self.exit_code is None:
            os.kill(self.pid, number)

    def wait(self, timeout_s: float) -> int:
        """Return the exit code, negative for the signal that ended the process. Raises TimeoutError."""
        if self.exit_code is None:
            with selectors.DefaultSelector() as selector:
                selector.register(self.status, selectors.EVENT_READ)
                if not selector.select(timeout_s):
                    raise TimeoutError(f"process {self.pid} has not ended within {timeout_s} s")
            self.note(self.status.recv(NUMBER.size))
        assert self.exit_code is not None
        return self.exit_code

    def note(self, status: bytes) -> None:
        """Note what the zygote has said at the end; nothing if it was killed, and all its forks with it."""
        (self.exit_code,) = NUMBER.unpack(status) if status else (-signal.SIGKILL,)
        self.status.close()


class Zygote:
    """The process, as tests have it; it is started when it is needed first. `pid` is None until then."""

    def __init__(self, *modules: str) -> None:
        self._modules = modules
        self._sock: socket.socket | None = None
        self.pid: int | None = None

    def fork(
        self,
        kind: Literal["command", "launcher"],
        arguments: Sequence[str],
        descriptors: Sequence[int],
        *,
        folder: Path,
        environ: Mapping[str, str],
    ) -> Fork:
        """Start a fork with descriptors: standard output and standard error, or the socket of a launcher."""
        ours, theirs = socket.socketpair()
        order = {"kind": kind, "arguments": arguments, "folder": str(folder), "environ": dict(environ)}
        with theirs:
            data, sock = json.dumps(order).encode() + b"\n", self._started()
            sent = socket.send_fds(sock, [data], [theirs.fileno(), *descriptors])
            sock.sendall(data[sent:])
        return Fork(ours)

    def _started(self) -> socket.socket:
        if self._sock is None:
            self._sock, theirs = socket.socketpair()
            with theirs:
                process = subprocess.Popen(
                    [sys.executable, "-P", PROCESS, str(theirs.fileno()), *self._modules],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    start_new_session=True,
                )
            self.pid = process.pid
            atexit.register(_end, process, self._sock)
        return self._sock


def _end(process: subprocess.Popen[bytes], sock: socket.socket) -> None:
    """End a zygote and its forks; it ends too when this process is killed, which closes the socket."""
    sock.close()
    process.wait()
