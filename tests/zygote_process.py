"""Be a zygote: `python -P zygote_process.py FD MODULE...`; tests/zygote.py has the other end.

A command has the launcher of its workers beside it from its start; it would start that later by itself.
"""

import asyncio
import gc
import json
import os
import selectors
import signal
import socket
import struct
import sys
import threading
from contextlib import suppress
from importlib import import_module
from typing import Any, NamedTuple

from gradstream.cli import main as cli
from gradstream.worker import launcher_process
from gradstream.worker import main as worker

NUMBER = struct.Struct("i")
READ_BYTES = 2**20
DESCRIPTORS = 3
SIGNALS = (signal.SIGCHLD, signal.SIGINT)


class _Order(NamedTuple):
    """What a fork has to do."""

    kind: str
    arguments: list[str]
    folder: str
    environ: dict[str, str]
    descriptors: list[int]


class _ZygoteProcess:
    """The process itself. `run` returns None when the tests have ended, and in a fork its order."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._forks: dict[int, socket.socket] = {}
        self._wake_in, self._wake_out = socket.socketpair()
        for one in (self._wake_in, self._wake_out):
            one.setblocking(False)  # noqa: FBT003 (the standard library's signature)

    def run(self) -> _Order | None:
        """Fork until there is nobody who orders any more."""
        signal.set_wakeup_fd(self._wake_out.fileno())
        for number in SIGNALS:
            signal.signal(number, lambda *_: None)
        order = None
        with selectors.DefaultSelector() as selector:
            selector.register(self._sock, selectors.EVENT_READ)
            selector.register(self._wake_in, selectors.EVENT_READ)
            while order is None:
                ready = [key.fileobj for key, _ in selector.select()]
                if self._wake_in in ready:
                    self._wake_in.recv(READ_BYTES)
                    self._reap()
                if self._sock in ready:
                    received = self._receive()
                    if received is None:
                        self._end_all()
                        return None
                    order = self._fork(received)
        return order

    def _receive(self) -> _Order | None:
        data, descriptors, *_ = socket.recv_fds(self._sock, READ_BYTES, DESCRIPTORS)
        while data and not data.endswith(b"\n"):
            data += self._sock.recv(READ_BYTES)
        return _Order(**json.loads(data), descriptors=descriptors) if data else None

    def _fork(self, order: _Order) -> _Order | None:
        """Fork; return what the fork has to do, in the fork."""
        status, *given = order.descriptors
        sock = socket.socket(fileno=status)
        if pid := os.fork():
            self._forks[pid] = sock
            for descriptor in given:
                os.close(descriptor)
            with suppress(OSError):
                # The test has ended.
                sock.sendall(NUMBER.pack(pid))
            return None
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for one in (self._sock, self._wake_in, self._wake_out, sock, *self._forks.values()):
            one.close()
        return order._replace(descriptors=given)

    def _reap(self) -> None:
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                pid, status = ended
                with self._forks.pop(pid) as sock, suppress(OSError):
                    sock.sendall(NUMBER.pack(os.waitstatus_to_exitcode(status)))

    def _end_all(self) -> None:
        for pid in self._forks:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


class _OwnLauncher:
    """The launcher of a command's workers: its child, forked beforehand, that waits for a socket to serve."""

    def __init__(self) -> None:
        """Fork it; `pid` is 0 in the fork, which goes on with `be`."""
        self._ours, self._theirs = socket.socketpair()
        self._is_used = False
        self.pid = os.fork()
        (self._theirs if self.pid else self._ours).close()

    def be(self) -> None:
        """Become the launcher, if the command wants one."""
        _drop_output()
        _, descriptors, *_ = socket.recv_fds(self._theirs, 1, 1)
        self._theirs.close()
        if descriptors:
            _be_launcher(*descriptors)

    def offer(self) -> None:
        """Let the command have this one as its first launcher."""
        launcher: Any = import_module("gradstream.engines.local.launcher")
        start_another = launcher.start_process

        async def start_process(sock: socket.socket, python: str | None = None) -> Any:
            if self._is_used or python is not None:
                return await start_another(sock, python)
            self._is_used = True
            socket.send_fds(self._ours, [b" "], [sock.fileno()])
            return _Child(self.pid)

        launcher.start_process = start_process

    def end_unused(self) -> None:
        """Let nothing be left of one that the command has not wanted."""
        self._ours.close()
        if not self._is_used:
            os.waitpid(self.pid, 0)


class _Child:
    """A child of this process, whose end a thread awaits."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()
        threading.Thread(target=self._wait, daemon=True).start()

    async def wait(self) -> None:
        """Wait for its end."""
        await self._ended.wait()

    def kill(self) -> None:
        """End it at once."""
        os.kill(self.pid, signal.SIGKILL)

    def _wait(self) -> None:
        os.waitpid(self.pid, 0)
        with suppress(RuntimeError):
            # The command has ended.
            self._loop.call_soon_threadsafe(self._ended.set)


def _begin(order: _Order) -> int | None:
    """Become what was ordered, and return its exit code."""
    os.environ.clear()
    os.environ.update(order.environ)
    os.chdir(order.folder)
    if order.kind == "launcher":
        _drop_output()
        _be_launcher(*order.descriptors)
        return None
    for target, descriptor in zip((1, 2), order.descriptors, strict=True):
        os.dup2(descriptor, target)
        os.close(descriptor)
    own = _OwnLauncher()
    if not own.pid:
        own.be()
        return None
    own.offer()
    sys.path.insert(0, order.folder)
    sys.argv = ["gradstream", *order.arguments]
    try:
        return cli.main()
    finally:
        own.end_unused()


def _be_launcher(descriptor: int) -> None:
    """Become the launcher that serves this socket."""
    os.setsid()
    sys.argv = [launcher_process.__file__, str(descriptor)]
    sys.modules["__main__"] = launcher_process
    launcher_process.main()


def _drop_output() -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.close(nothing)


if __name__ == "__main__":
    for module in sys.argv[2:]:
        import_module(module)
    worker.load_runtime()
    gc.freeze()
    ordered = _ZygoteProcess(socket.socket(fileno=int(sys.argv[1]))).run()
    sys.exit(None if ordered is None else _begin(ordered))
