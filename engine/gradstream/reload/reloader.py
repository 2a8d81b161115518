"""Turns saved files into a new snapshot and new code.

changed paths --+-- YAML, and files that it names --> reread --> CatalogStore.swap --> pages, engine
                +-- Python, and what demos watch  --> engine.files_changed --> new workers

links, folders --swaps--> what was replaced: read again as a whole

Folders of demos are watched whole; the catalog's root, and the folders of modules that workers imported,
without the folders inside them, so that a virtual environment or a `node_modules` beside the demos costs
nothing.
"""

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from gradstream.background import Background
from gradstream.catalog.discovery import CATALOG_FILE, SUFFIXES, fixed_part
from gradstream.catalog.incremental import own_files, reread
from gradstream.catalog.last_good import keep_last_good
from gradstream.catalog.store import CatalogStore
from gradstream.catalog.types import CatalogSnapshot
from gradstream.engines.contract import Engine
from gradstream.format.rules.watching import Glob, is_watched, watched_globs
from gradstream.format.types import CatalogOptions
from gradstream.ipc.protocol import Loaded
from gradstream.reload.change_log import log_changes
from gradstream.reload.dependents import dependent_files
from gradstream.reload.imported_folders import ImportedFolders
from gradstream.reload.polling import files_below, stamp_of
from gradstream.reload.restart import needing_restart
from gradstream.reload.swaps import Swap, SwapPoll
from gradstream.reload.watch import FolderWatch
from gradstream.settings import Settings

SETTLE_S = 0.02
"""Files are read once their sizes and times have been stable for this long: editors truncate a file before
they write it, and a git checkout writes one file after the other."""

SETTLE_ROUNDS = 25
"""After half a second of continuous writing, files are read as they are; the next change starts over."""

CONFIRM_S = 0.1
"""A new error is reported only if it is still there after this time: editors may save in several steps."""

RESTART_S = 0.1
"""Within this time a watch has started over."""

CODE_SUFFIX = ".py"


class Reloader:
    """Watches a catalog's files for as long as `run` runs.

    `settings` are in force; `make_settings` returns those that a start would derive from a catalog's options.
    """

    def __init__(
        self,
        *,
        catalog: CatalogStore,
        engine: Engine,
        background: Background,
        environ: Mapping[str, str],
        settings: Settings,
        make_settings: Callable[[CatalogOptions], Settings],
    ) -> None:
        self._catalog = catalog
        self._engine = engine
        self._background = background
        self._environ = environ
        self._settings = settings
        self._make_settings = make_settings
        self._imported = ImportedFolders()
        self._modules: set[Path] = set()
        self._beside: frozenset[str] = frozenset()
        self._beside_folders: frozenset[Path] = frozenset()
        self._globs: tuple[Glob, ...] = ()
        self._pending: set[Path] = set()
        self._news = asyncio.Event()
        watch = partial(FolderWatch, started=self._note_started, poll=settings.poll)
        self._watches = (
            watch(self._whole_folders, wanted=self._is_wanted, recursive=True),
            watch(self._surface_folders, wanted=self._is_wanted_outside, recursive=False),
        )
        self._swaps = SwapPoll(self._replaceable)
        self._note_names(catalog.snapshot)
        self._swaps.begin()

    async def run(self) -> None:
        """FolderWatch until canceled."""
        undo = self._engine.watch(self._note_import)
        try:
            async with asyncio.TaskGroup() as tasks:
                for work, name in (
                    (partial(self._follow, self._watches[0]), "the watching of the demos' folders"),
                    (partial(self._follow, self._watches[1]), "the watching of other folders"),
                    (self._follow_swaps, "the search for replaced folders and links"),
                    (self._work, "the reading of changed files"),
                ):
                    tasks.create_task(self._background.keep_running(work, name=name))
        finally:
            undo()

    async def apply(self, paths: Iterable[Path]) -> None:
        """Apply what changed at these absolute paths, as one change of the catalog."""
        given = set(paths)
        # A package is wanted by its name, and is a folder, or a link to one, all the same.
        folders = {path for path in given if not (path.suffix and self._is_wanted(path))}
        changed = sorted(given | await asyncio.to_thread(self._inside, folders))
        renewed = self._engine.files_changed([str(path) for path in changed]) if changed else ()
        snapshot = self._catalog.snapshot
        code = {path for path in changed if path.suffix == CODE_SUFFIX}
        stale = {path for path in changed if self._is_text(path)} - code | folders
        stale |= await asyncio.to_thread(lambda: {*dependent_files(code, folders, snapshot)})
        concerned = {*renewed, *_watching(changed, snapshot)}
        stale |= {Path(file) for file, address in snapshot.files.items() if address in concerned}
        if stale:
            self._swap(await self._reread(stale))
        self._renew_watches()

    async def _follow(self, watch: FolderWatch) -> None:
        async for paths in watch.changes():
            self._pending |= paths
            self._news.set()

    async def _follow_swaps(self) -> None:
        self._swaps.note(await asyncio.to_thread(self._links))
        async for swap in self._swaps.changes():
            self._pending |= await self._take(swap)
            self._news.set()

    async def _take(self, swap: Swap) -> set[Path]:
        """Watch replaced folders again, and return what must be read again."""
        if swap.folders:
            for watch in self._watches:
                watch.restart()
            # What is saved from then on is seen by the watches, and before by the reading.
            await asyncio.sleep(RESTART_S)
        self._swaps.note(await asyncio.to_thread(self._links))
        return {*swap.folders, *swap.links, *swap.before}

    async def _work(self) -> None:
        while True:
            await self._news.wait()
            paths = await self._settled()
            try:
                swap = await self._swaps.look()
                if swap is not None:
                    paths |= await self._take(swap)
                await self.apply(paths)
            except Exception:
                # Read again when this work starts again, with what is saved until then.
                self._pending |= paths
                self._news.set()
                raise

    async def _settled(self) -> set[Path]:
        """Wait until the set of changed files, and their contents, are stable; remove and return the set."""
        before: Mapping[Path, object] = {}
        for _ in range(SETTLE_ROUNDS):
            now = {path: stamp_of(path) for path in self._pending}
            if now == before:
                break
            before = now
            await asyncio.sleep(SETTLE_S)
        self._news.clear()
        settled, self._pending = self._pending, set()
        self._swaps.note(settled)
        return settled

    async def _reread(self, paths: set[Path]) -> CatalogSnapshot:
        """Read files again; if that gives new errors, once more after CONFIRM_S."""
        before = self._catalog.snapshot
        began = asyncio.get_running_loop().time()
        after = await self._read(before, paths)
        if after.stale.keys() - before.stale.keys() or _has_errors(after) > _has_errors(before):
            await asyncio.sleep(max(0.0, began + CONFIRM_S - asyncio.get_running_loop().time()))
            after = await self._read(before, paths)
        return after

    async def _read(self, before: CatalogSnapshot, paths: set[Path]) -> CatalogSnapshot:
        after = await asyncio.to_thread(reread, before, paths, environ=self._environ)
        if Path(before.root, CATALOG_FILE) in paths:
            wanted = self._make_settings(after.options)
            found = needing_restart(self._settings, wanted, after.options)
            after = replace(after, diagnostics=(*after.diagnostics, *found))
        return keep_last_good(before, after, environ=self._environ)

    def _swap(self, snapshot: CatalogSnapshot) -> None:
        before = self._catalog.snapshot
        change = self._catalog.swap(snapshot)
        if change is None:
            return
        self._note_names(snapshot)
        self._engine.catalog_changed(snapshot.demos)
        log_changes(change, before=before, after=snapshot)

    def _note_import(self, address: str, report: Loaded) -> None:
        self._modules |= {Path(file) for file in report.files}
        self._imported.add(address, report.files, root=Path(self._catalog.snapshot.root))
        self._renew_watches()

    def _renew_watches(self) -> None:
        for watch in self._watches:
            watch.renew()

    def _note_names(self, snapshot: CatalogSnapshot) -> None:
        """Remember the files other than YAML and Python that demos, or the look of the pages, depend on."""
        named = (file for files in snapshot.beside.values() for file in files)
        beside = frozenset((*named, *own_files(snapshot)))
        if beside != self._beside:
            self._beside = beside
            # Of many demos in few folders.
            folders = {os.path.dirname(file) for file in beside}  # noqa: PTH120 (of strings)
            self._beside_folders = frozenset(map(Path, folders))
        watching = (demo for demo in snapshot.demos.values() if demo.watch)
        self._globs = tuple({glob for demo in watching for glob in watched_globs(demo)})

    def _is_wanted(self, path: Path) -> bool:
        return path.suffix == CODE_SUFFIX or self._is_text(path) or is_watched(path, self._globs)

    def _is_wanted_outside(self, path: Path) -> bool:
        """Return whether anything depends on a path outside the demos' folders, which may not exist yet."""
        return self._is_wanted(path) or any(folder.is_relative_to(path) for folder in self._named_folders())

    def _note_started(self, folders: frozenset[Path]) -> None:
        """Read folders again that demos are in, or are expected in."""
        named = self._named_folders()
        self._pending |= {one for one in folders if any(each.is_relative_to(one) for each in named)}
        self._news.set()

    def _replaceable(self) -> frozenset[Path]:
        """Return the folders that may be replaced as a whole, missing ones too."""
        root = Path(self._catalog.snapshot.root)
        return self._whole_folders() | self._surface_folders() | self._named_folders() | {root}

    def _links(self) -> set[Path]:
        """Return the links to files that something depends on."""
        whole = self._whole_folders()
        return {
            path
            for folder in whole | self._surface_folders()
            for path in files_below(folder, recursive=folder in whole)
            if path.is_symlink() and self._is_wanted(path)
        }

    def _inside(self, folders: set[Path]) -> set[Path]:
        """Return what is in folders that were added, removed or replaced, and the modules that were."""
        found = {path for folder in folders for path in files_below(folder, recursive=self._is_deep(folder))}
        real = {Path(os.path.realpath(folder)) for folder in folders}
        modules = {path for path in self._modules if not (real | folders).isdisjoint(path.parents)}
        return {path for path in found if self._is_wanted(path)} | modules

    def _is_deep(self, folder: Path) -> bool:
        return not self._whole_folders().isdisjoint((folder, *folder.parents))

    def _is_text(self, path: Path) -> bool:
        return path.suffix in SUFFIXES or str(path) in self._beside

    def _whole_folders(self) -> frozenset[Path]:
        return _outermost(folder for folder in self._named_folders() if folder.is_dir())

    def _named_folders(self) -> set[Path]:
        """Return the folders of the demos, and those in which globs find data at any depth."""
        snapshot = self._catalog.snapshot
        folders = {Path(snapshot.root, fixed_part(pattern)) for pattern in snapshot.options.demos}
        return folders | {folder for folder, parts in self._globs if len(parts) > 1}

    def _surface_folders(self) -> frozenset[Path]:
        """Return folders to watch without those inside them, also where a missing folder may appear."""
        whole = self._whole_folders()
        folders = {Path(self._catalog.snapshot.root), *self._imported.watched}
        folders |= {folder for folder, _ in self._globs} | self._named_folders()
        folders |= self._beside_folders
        existing = {_nearest(folder) for folder in folders}
        return frozenset(one for one in existing if whole.isdisjoint((one, *one.parents)))


def _watching(changed: Iterable[Path], snapshot: CatalogSnapshot) -> Iterator[str]:
    """Yield the addresses of demos that watch one of these paths."""
    for address, demo in snapshot.demos.items():
        if demo.watch and any(is_watched(path, watched_globs(demo)) for path in changed):
            yield address


def _nearest(folder: Path) -> Path:
    """Return the folder, or the nearest existing one that it is in."""
    return next(one for one in (folder, *folder.parents) if one.is_dir())


def _outermost(folders: Iterable[Path]) -> frozenset[Path]:
    every = frozenset(folders)
    return frozenset(one for one in every if every.isdisjoint(one.parents))


def _has_errors(snapshot: CatalogSnapshot) -> bool:
    """Return whether `gradstream.yaml` has errors."""
    return any(each.is_error for each in snapshot.diagnostics)
