"""Finished streams as files to keep: made once, in a process of its own, and kept with the run.

    head + segments --joined--> making-wav/stream.mp4 --gradstream.media.files.export--> download.wav

Bounds: AT_ONCE processes, TIMEOUT_S each, MAX_BYTES a file. Policy: further ones wait their turn; who
asks for what is being made already waits for the same; one that takes longer or grows larger is given up. A
request that ends changes nothing: what was begun is finished.
"""

import asyncio
import contextlib
import logging
import re
import resource
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from msgspec import Struct

from gradstream.ipc.protocol import INIT_INDEX
from gradstream.runs.run import Run
from gradstream.runs.streams import Stream
from gradstream.server.http.ranges import Piece

log = logging.getLogger(__name__)

MEDIA_TYPES = {
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
}
"""What a stream can be kept as."""

AT_ONCE = 2
"""Streams that are being made must not be slowed by those that are done."""

TIMEOUT_S = 600.0
"""Ten hours of sound as an MP3 take some minutes of a busy core."""

MAX_BYTES = 4 * 2**30
"""What a WAV can say of its own size. A day's stream in a fifth of that is a WAV of four times that."""

UNFIT_EXIT = 1
"""The converter's code for a stream that it cannot write so; the reason is on its stderr."""


class Unmade(Struct, frozen=True):
    """Why there is no such file; `is_ours` when the stream itself could have been one."""

    reason: str
    is_ours: bool


class Downloads:
    """An asynchronous context manager, inside which alone files can be made."""

    def __init__(self) -> None:
        self._tasks = asyncio.TaskGroup()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._making: dict[Path, asyncio.Task[Piece | Unmade]] = {}

    async def __aenter__(self) -> Self:
        """Be ready to make files."""
        await self._tasks.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give up what is being made."""
        for task in self._making.values():
            task.cancel()
        await self._tasks.__aexit__(kind, error, trace)

    async def file(self, run: Run, stream: Stream, suffix: str) -> Piece | Unmade:
        """Return a finished run's stream as a file of this kind, when it is there."""
        target = stream.folder / f"download.{suffix}"
        if target not in self._making:
            if made := _kept(target):
                return made
            making = self._tasks.create_task(self._made(run, stream, target))
            making.add_done_callback(lambda _: self._making.pop(target))
            self._making[target] = making
        return await asyncio.shield(self._making[target])

    async def _made(self, run: Run, stream: Stream, target: Path) -> Piece | Unmade:
        try:
            made = await self._make(run, stream, target)
        except Exception:
            # One that fails must not end the others, which a task that raises would.
            log.exception("run %s: %s could not be made", run.id, target.name)
            return Unmade("The server made a mistake; its log has more", is_ours=True)
        if isinstance(made, Unmade):
            log.warning("run %s: no %s: %s", run.id, target.name, made.reason)
        return made

    async def _make(self, run: Run, stream: Stream, target: Path) -> Piece | Unmade:
        # The converter's own unfinished files go with the folder, however it ends.
        folder = stream.folder / f"making-{target.suffix[1:]}"
        source, unfinished = folder / "stream.mp4", folder / target.name
        try:
            folder.mkdir(exist_ok=True)
            async with self._turns, asyncio.timeout(TIMEOUT_S):
                await asyncio.to_thread(_join, pieces_of(stream), source)
                unmade = await _converted(source, unfinished)
            made = unmade or _keep(unfinished, target)
        except TimeoutError:
            return Unmade(f"It took longer than {TIMEOUT_S:g} s", is_ours=True)
        except OSError as error:
            # Mostly a run that was forgotten in the meantime: its folder is gone.
            return Unmade(f"The file could not be written: {error.strerror}", is_ours=True)
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        if isinstance(made, Piece):
            run.streams.resize(made.size)
        return made


def pieces_of(stream: Stream) -> list[Piece]:
    """Return the files that make up what is kept of a stream, in order."""
    segments = [Piece(stream.path(n), one.size) for n, one in enumerate(stream.segments, stream.first)]
    return [Piece(stream.path(INIT_INDEX), stream.head_size), *segments]


def attachment(title: str, output: str, suffix: str) -> str:
    """Return the header that has a browser keep a file, under a name made of the demo's title."""
    name = re.sub(r"[^\w]+", "-", f"{title}-{output}").strip("-").lower() or "stream"
    plain = re.sub(r"[^a-z0-9_]+", "-", name).strip("-") or "stream"
    return f"attachment; filename=\"{plain}.{suffix}\"; filename*=UTF-8''{quote(name)}.{suffix}"


def _kept(path: Path) -> Piece | None:
    try:
        return Piece(path, path.stat().st_size)
    except FileNotFoundError:
        return None


def _keep(unfinished: Path, target: Path) -> Piece:
    """Give a whole file the name by which it is found."""
    unfinished.rename(target)
    return Piece(target, target.stat().st_size)


def _join(pieces: Sequence[Piece], target: Path) -> None:
    with target.open("wb") as joined:
        for piece in pieces:
            with piece.path.open("rb") as file:
                shutil.copyfileobj(file, joined)


async def _converted(source: Path, target: Path) -> Unmade | None:
    """Run the converter; return why it gave up, if it did."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "gradstream.media.files.export", str(source), str(target)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _bound_files(process.pid)
        _, told = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == 0:
        return None
    lines = told.decode(errors="replace").strip().splitlines() or [f"exit code {process.returncode}"]
    return Unmade(lines[-1], is_ours=process.returncode != UNFIT_EXIT)


def _bound_files(pid: int) -> None:
    """Let a process write no file beyond the bound, where the system knows how to say that of another."""
    if sys.platform == "linux":
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (MAX_BYTES, MAX_BYTES))
