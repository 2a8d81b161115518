"""The socket to a process that imports demos: one request at a time, and its report."""

import asyncio

from gradstream.engines.local.exit_words import describe_exit
from gradstream.engines.local.imports.forked import ImportProcess
from gradstream.errors import ProtocolError, WorkerLostError
from gradstream.format.types import Demo
from gradstream.ipc.framing import Splitter, pack, unpack_update
from gradstream.ipc.protocol import Loaded, LoadRequest

READ_BYTES = 2**16

LINGER_S = 0.5
"""What a process has sent is waited for so long after its end; another process may hold the socket open."""

CLOSED_S = 3.0
"""A process that has closed its socket is killed after so long: it can report nothing more."""


class ReportChannel:
    """One process's."""

    def __init__(
        self, process: ImportProcess, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer
        self._splitter = Splitter()
        loop = asyncio.get_running_loop()
        process.ended.add_done_callback(lambda _: loop.call_later(LINGER_S, writer.transport.abort))

    @classmethod
    async def open(cls, process: ImportProcess) -> "ReportChannel":
        """Return the channel to a process that was forked."""
        return cls(process, *await asyncio.open_unix_connection(sock=process.sock))

    async def load(self, demo: Demo) -> Loaded:
        """Import a demo. Raises WorkerLostError, with the exit code, if the process ends before that."""
        try:
            self._writer.write(pack(LoadRequest(demo=demo)))
            report = await self._read()
        except (ConnectionError, ProtocolError):
            report = None
        if report is not None:
            return report
        await asyncio.wait({self._process.ended}, timeout=CLOSED_S)
        self._process.kill()
        await self._process.ended
        code = self._process.exit_code
        raise WorkerLostError(describe_exit(code), exit_code=code)

    def close(self) -> None:
        """Let the process end."""
        self._writer.close()

    async def _read(self) -> Loaded | None:
        """Return the next report; None if the process sends none any more."""
        while data := await self._reader.read(READ_BYTES):
            for payload in self._splitter.feed(data):
                update = unpack_update(payload)
                return update if isinstance(update, Loaded) else None
        return None
