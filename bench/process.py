"""A server under measurement: started, waited for, weighed with all of its processes, and ended."""

import asyncio
import contextlib
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator

import msgspec
import psutil

from bench.exchange import HOST, fetch, request
from bench.types import Command

POLL_S = 0.005
READY_S = 60
END_S = 15


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """A running server: its port, how long it took from spawn to the first page, and its processes."""

    port: int
    start_s: float
    process: psutil.Process

    def cpu_s(self) -> float:
        """Return the processor time used so far, of processes that have ended too."""
        times = [process.cpu_times() for process in self._alive()]
        ended = self.process.cpu_times()
        return sum(t.user + t.system for t in times) + ended.children_user + ended.children_system

    def resident_mib(self) -> float:
        """Return the sum of the processes' resident sets, shared pages counted in each."""
        return sum(process.memory_info().rss for process in self._alive()) / 2**20

    def threads(self) -> int:
        """Return the number of threads of all processes."""
        found = 0
        for process in self._alive():
            with contextlib.suppress(psutil.NoSuchProcess):  # an encoder that ended just now
                found += process.num_threads()
        return found

    def _alive(self) -> list[psutil.Process]:
        """Return the server's process and its descendants, less zombies, which have no memory any more."""
        family = [self.process, *self.process.children(recursive=True)]
        return [
            process for process in family if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
        ]


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.asynccontextmanager
async def serve(command: Command, *, port: int, page: str) -> AsyncIterator[Server]:
    """Run a server for the time of a block, from the moment its page is served."""
    with tempfile.TemporaryFile() as log:
        started = time.monotonic()
        process = subprocess.Popen(  # noqa: ASYNC220  spawning is part of what is measured, and nothing else runs
            command.argv,
            cwd=command.cwd,
            env={**os.environ, **command.env},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            try:
                await _first_page(process, port=port, page=page)
            except (TimeoutError, ChildProcessError) as error:
                log.seek(0)
                raise ChildProcessError(f"{command.argv}: {error}\n{log.read().decode()}") from None
            yield Server(port=port, start_s=time.monotonic() - started, process=psutil.Process(process.pid))
        finally:
            await asyncio.to_thread(_end, process)


async def _first_page(process: "subprocess.Popen[bytes]", *, port: int, page: str) -> None:
    async with asyncio.timeout(READY_S):
        while True:
            if process.poll() is not None:
                raise ChildProcessError(f"ended with {process.returncode} before it answered")
            with contextlib.suppress(OSError):
                answer = await fetch(port, request("GET", page, accept="text/html"))
                if answer.status == 200 and answer.body:
                    return
            await asyncio.sleep(POLL_S)


def _end(process: "subprocess.Popen[bytes]") -> None:
    family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    process.terminate()
    try:
        process.wait(END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for child in family:
        # What outlives its server would spoil the next measurement.
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()
