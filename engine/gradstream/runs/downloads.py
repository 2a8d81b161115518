"""Finished streams as files to download: made once, and kept with the run.

    init + segments --joined--> making-wav/stream.mp4 --runs.export--> download.wav

Bounds: `downloads` exports, `download_bytes` a file, `download_s` an export. Policy: further ones wait for
their turn; requests for a file that is being made share it; one that takes longer or grows larger is
canceled. A request that ends early changes nothing: its file is still made.
"""

import asyncio
import logging
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

from gradstream.ipc.protocol import INIT_INDEX
from gradstream.limits import Limits
from gradstream.runs.contract import ExportFailure
from gradstream.runs.control import INTERNAL_ERROR
from gradstream.runs.export import export
from gradstream.runs.stored_run import StoredRun
from gradstream.runs.streams import StreamFiles

log = logging.getLogger(__name__)


class Download(Struct, frozen=True):
    """A file that was made; `size` in bytes."""

    path: Path
    size: int


class Downloads:
    """Makes files inside its asynchronous context manager."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._tasks = asyncio.TaskGroup()
        self._turns = asyncio.Semaphore(limits.downloads)
        self._making: dict[Path, asyncio.Task[Download | ExportFailure]] = {}

    async def __aenter__(self) -> Self:
        """Be ready to make files."""
        await self._tasks.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cancel what is being made."""
        for task in self._making.values():
            task.cancel()
        await self._tasks.__aexit__(kind, error, trace)

    async def file(self, run: StoredRun, stream: StreamFiles, suffix: str) -> Download | ExportFailure:
        """Return a finished run's stream as a file of this kind, once it is made."""
        target = stream.folder / f"download.{suffix}"
        if target not in self._making:
            if kept := _kept(target):
                return kept
            making = self._tasks.create_task(self._made(run, stream, target))
            making.add_done_callback(lambda _: self._making.pop(target))
            self._making[target] = making
        return await asyncio.shield(self._making[target])

    async def _made(self, run: StoredRun, stream: StreamFiles, target: Path) -> Download | ExportFailure:
        try:
            made = await self._make(run, stream, target)
        except Exception:
            # A task that raises would cancel all others of its group.
            log.exception("%s could not be made", target.name, extra=run.record.log_fields)
            return ExportFailure(INTERNAL_ERROR, is_ours=True)
        if isinstance(made, ExportFailure):
            log.warning("no %s: %s", target.name, made.reason, extra=run.record.log_fields)
        return made

    async def _make(self, run: StoredRun, stream: StreamFiles, target: Path) -> Download | ExportFailure:
        # The exporter's unfinished files are removed with the folder, however it ends.
        folder = stream.folder / f"making-{target.suffix[1:]}"
        source, unfinished = folder / "stream.mp4", folder / target.name
        try:
            folder.mkdir(exist_ok=True)
            async with self._turns:
                await asyncio.to_thread(_join, _files(stream), source)
                failure = await export(
                    source,
                    unfinished,
                    max_bytes=self._limits.download_bytes,
                    timeout_s=self._limits.download_s,
                )
            made = failure or _keep(unfinished, target)
        except OSError as error:
            # Usually a run that was forgotten in the meantime: its folder is gone.
            return ExportFailure(f"The file could not be written: {error.strerror}", is_ours=True)
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        if isinstance(made, Download):
            run.streams.resize(made.size)
        return made


def _kept(path: Path) -> Download | None:
    try:
        return Download(path, path.stat().st_size)
    except FileNotFoundError:
        return None


def _keep(unfinished: Path, target: Path) -> Download:
    """Give a complete file its final name, by which it is found."""
    unfinished.rename(target)
    return Download(target, target.stat().st_size)


def _files(stream: StreamFiles) -> list[Path]:
    return [stream.path(index) for index in (INIT_INDEX, *range(stream.first, stream.end))]


def _join(files: Sequence[Path], target: Path) -> None:
    with target.open("wb") as joined:
        for path in files:
            with path.open("rb") as file:
                shutil.copyfileobj(file, joined)
