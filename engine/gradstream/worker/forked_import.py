"""Imports demos in a process that was forked for them: each LoadRequest is answered with its report.

    socket --LoadRequest--> load, inside a running loop as in a worker --Loaded--> socket

No runs follow, so there are no threads, and what is printed is dropped. The process ends with the socket.
"""

import asyncio
import os
import socket
import sys
from collections.abc import Callable, Iterator
from typing import NoReturn, TypeVar

from gradstream import authoring
from gradstream.ipc.framing import Splitter, pack, unpack_request
from gradstream.ipc.protocol import LoadRequest
from gradstream.worker import main as worker
from gradstream.worker.execution.forks import ForkWatch, end_fork
from gradstream.worker.execution.outside import OutsideLog
from gradstream.worker.loading.importer import load
from gradstream.worker.loading.memory import MemoryBound
from gradstream.worker.loading.module_files import SourceFiles
from gradstream.worker.loading.module_settings import ModuleSettings
from gradstream.worker.loading.shared_modules import SharedModules
from gradstream.worker.printing.source import PrintSource
from gradstream.worker.progress.tqdm_bars import watch_bars

READ_BYTES = 2**16

T = TypeVar("T")


class ImportedOnce(ModuleSettings):
    """Those of a process in which nothing is saved between two imports: what has failed, fails the same."""

    def __init__(self) -> None:
        super().__init__()
        self._failed: dict[str, BaseException] = {}

    def import_with_arguments(self, module: str, file: str, call: Callable[[], T]) -> T:
        """Import a module by `call`; one that could not be imported is not executed again."""
        if module in self._failed:
            raise self._failed[module]
        try:
            return super().import_with_arguments(module, file, call)
        except BaseException as error:
            if module not in sys.modules:
                self._failed[module] = error
            raise


def main(channel: int, unused: int, *, parent: int) -> NoReturn:
    """Serve the channel at this descriptor until it is closed."""
    try:
        worker.prepare(parent)
        os.close(unused)
        os.set_inheritable(channel, False)  # noqa: FBT003 (the standard library's signature)
        sock = socket.socket(fileno=channel)
        with asyncio.Runner(loop_factory=worker.new_loop()) as runner:
            runner.run(_serve(sock))
        os._exit(0)
    finally:
        # Neither exit handlers nor threads of the developer's code hold the process back.
        os._exit(1)


async def _serve(sock: socket.socket) -> None:
    """Answer requests until the other end is closed."""
    authoring.set_outside(OutsideLog(lambda _: None, secrets=set))
    settings, shared, memory = ImportedOnce(), SharedModules(), MemoryBound()
    sources, forks = SourceFiles(), ForkWatch(tuple)
    for request in _requests(sock):
        memory.set(request.demo.worker.memory_bytes)
        prints = PrintSource(lambda _: None, demo=request.demo.address)
        _, report = load(
            request.demo,
            before_import=watch_bars,
            settings=settings,
            shared=shared,
            sources=sources,
            prints=prints,
        )
        if forks.is_fork:
            end_fork(None, secrets=request.demo.secrets)
        sock.sendall(pack(report))
        # What an import has scheduled runs now, as it does in a worker.
        await asyncio.sleep(0)


def _requests(sock: socket.socket) -> Iterator[LoadRequest]:
    splitter = Splitter()
    while data := sock.recv(READ_BYTES):
        for payload in splitter.feed(data):
            request = unpack_request(payload)
            if isinstance(request, LoadRequest):
                yield request
