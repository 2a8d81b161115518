"""Turn saved files into a new snapshot and new code.

changed paths --+-- YAML, CSV --> reread --> CatalogStore.swap --> pages, engine
                +-- Python    --> engine.files_changed --> new workers

Folders of demos are watched whole; the catalog's root, and the folders of modules that workers imported,
only at their surface, so that a virtual environment or a `node_modules` beside the demos costs nothing.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from pathlib import Path

from watchfiles import Change, awatch

from gradstream.catalog.scan import reread
from gradstream.catalog.store import CatalogStore
from gradstream.catalog.types import Snapshot
from gradstream.runs.types import Engine
from gradstream.worker.protocol import Loaded

log = logging.getLogger(__name__)

STEP_MS = 10
"""How often the watcher looks: its default of 50 ms would be most of the delay; each look costs a little."""

DEBOUNCE_MS = 60
"""The longest time that a burst of changes (a git checkout) is gathered before it is told."""

SETTLE_S = 0.02
"""A file is read when its size and time have held this long: editors truncate first and write afterwards."""

SETTLE_ROUNDS = 25
"""After half a second of steady writing a file is read as it is; its next change tells again."""

TEXT_SUFFIXES = frozenset({".yaml", ".yml", ".csv"})
CODE_SUFFIX = ".py"
IGNORED_FOLDERS = frozenset({"__pycache__", "node_modules", "site-packages"})


class Reloader:
    """Watches a catalog's files for as long as `run` runs."""

    def __init__(self, *, catalog: CatalogStore, engine: Engine, environ: Mapping[str, str]) -> None:
        self._catalog = catalog
        self._engine = engine
        self._environ = environ
        self._imported: frozenset[Path] = frozenset()
        self._turn = asyncio.Lock()
        self._watches = (
            _Watch(self._whole_folders, recursive=True),
            _Watch(self._surface_folders, recursive=False),
        )

    async def run(self) -> None:
        """Watch until canceled."""
        undo = self._engine.watch(self._note_import)
        try:
            async with asyncio.TaskGroup() as tasks:
                for watch in self._watches:
                    tasks.create_task(self._follow(watch))
        finally:
            undo()

    async def apply(self, paths: Iterable[Path]) -> None:
        """Take in what changed at these absolute paths."""
        changed = sorted(set(paths))
        await asyncio.gather(*(_settle(path) for path in changed))
        async with self._turn:
            code = [path for path in changed if path.suffix == CODE_SUFFIX]
            renewed = (
                frozenset(self._engine.files_changed([str(path) for path in code])) if code else frozenset()
            )
            stale = [path for path in changed if path.suffix in TEXT_SUFFIXES]
            stale += self._resting_on(code, renewed=renewed)
            if stale:
                self._swap(
                    await asyncio.to_thread(reread, self._catalog.snapshot, stale, environ=self._environ)
                )

    def _resting_on(self, code: list[Path], *, renewed: frozenset[str]) -> list[Path]:
        """Return the demos' files of which something known without importing may rest on this code."""
        snapshot = self._catalog.snapshot
        return [
            Path(file)
            for file, address in snapshot.files.items()
            if address in renewed or (code and _may_rest_on(code, address, snapshot=snapshot))
        ]

    def _swap(self, snapshot: Snapshot) -> None:
        change = self._catalog.swap(snapshot)
        if change is None:
            return
        self._engine.catalog_changed(snapshot.demos)
        self._look_elsewhere()
        for address in change.demos:
            broken = snapshot.broken.get(address)
            if broken is None:
                log.info("%s is as its file says now", address)
            else:
                log.warning("%s has mistakes; its page shows them until they are mended", broken.file)
        for address in change.removed:
            log.info("%s is gone", address)

    def _note_import(self, _address: str, report: Loaded) -> None:
        self._imported |= {Path(file).parent for file in report.files}
        self._look_elsewhere()

    def _look_elsewhere(self) -> None:
        for watch in self._watches:
            watch.look_again()

    def _whole_folders(self) -> frozenset[Path]:
        return _demo_folders(self._catalog.snapshot)

    def _surface_folders(self) -> frozenset[Path]:
        whole = self._whole_folders()
        folders = {Path(self._catalog.snapshot.root), *self._imported}
        return frozenset(folder for folder in folders if not any(folder.is_relative_to(one) for one in whole))

    async def _follow(self, watch: "_Watch") -> None:
        async for paths in watch.changes():
            await self.apply(paths)


class _Watch:
    """A set of folders that is looked at, and starts anew when the set has become another."""

    def __init__(self, folders: Callable[[], frozenset[Path]], *, recursive: bool) -> None:
        self._folders = folders
        self._recursive = recursive
        self._watched: frozenset[Path] = frozenset()
        self._other = asyncio.Event()

    def look_again(self) -> None:
        """Start anew if the set of folders has changed."""
        if self._folders() != self._watched:
            self._other.set()

    async def changes(self) -> AsyncIterator[set[Path]]:
        """Yield what changed, in batches, without end."""
        while True:
            self._other.clear()
            self._watched = self._folders()
            existing = [folder for folder in self._watched if folder.is_dir()]
            if not existing:
                await self._other.wait()
                continue
            async for batch in awatch(
                *existing,
                watch_filter=_is_of_interest(existing),
                step=STEP_MS,
                debounce=DEBOUNCE_MS,
                recursive=self._recursive,
                stop_event=self._other,
                ignore_permission_denied=True,
            ):
                yield {Path(path) for _, path in batch}


def _is_of_interest(folders: list[Path]) -> Callable[[Change, str], bool]:
    """Return a filter for texts and code that are not in hidden or foreign folders below the watched ones."""

    def check(_change: Change, name: str) -> bool:
        path = Path(name)
        if path.suffix not in TEXT_SUFFIXES and path.suffix != CODE_SUFFIX:
            return False
        below = next((path.relative_to(one).parts[:-1] for one in folders if path.is_relative_to(one)), ())
        return not any(part in IGNORED_FOLDERS or part.startswith(".") for part in below)

    return check


def _demo_folders(snapshot: Snapshot) -> frozenset[Path]:
    """Return the fixed parts of the catalog's globs."""
    folders = set()
    for pattern in snapshot.options.demos:
        folder = Path(snapshot.root)
        for part in Path(pattern).parts[:-1]:
            if any(mark in part for mark in "*?["):
                break
            folder /= part
        folders.add(folder)
    return frozenset(folder for folder in folders if folder.is_dir())


def _may_rest_on(code: list[Path], address: str, *, snapshot: Snapshot) -> bool:
    demo = snapshot.demos.get(address)
    if demo is None:
        return True
    paths = [action.generator for action in demo.actions]
    tops = {(root, path.text.split(".")[0].split(":")[0]) for path in paths for root in path.roots}
    return any(_top_module(file, root) == name for file in code for root, name in tops)


def _top_module(file: Path, root: str) -> str | None:
    if not file.is_relative_to(root):
        return None
    return file.relative_to(root).parts[0].removesuffix(CODE_SUFFIX)


async def _settle(path: Path) -> None:
    """Wait until the file has held still; one that is gone is still."""
    before = _mark(path)
    for _ in range(SETTLE_ROUNDS):
        if before is None:
            return
        await asyncio.sleep(SETTLE_S)
        now = _mark(path)
        if now == before:
            return
        before = now


def _mark(path: Path) -> tuple[int, int] | None:
    """Return the file's size and time; None when it is gone."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns
