"""Turn saved files into a new snapshot and new code.

changed paths --+-- YAML, and files that it names --> reread --> CatalogStore.swap --> pages, engine
                +-- Python, and what demos watch  --> engine.files_changed --> new workers

Folders of demos are watched whole; the catalog's root, and the folders of modules that workers imported,
only at their surface, so that a virtual environment or a `node_modules` beside the demos costs nothing.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from gradstream.background import keep_running
from gradstream.catalog.discovery import CATALOG_FILE, SUFFIXES, fixed_part
from gradstream.catalog.incremental import reread
from gradstream.catalog.last_good import keep_last_good
from gradstream.catalog.store import CatalogStore
from gradstream.catalog.types import Snapshot
from gradstream.engines.contract import Engine
from gradstream.format.rules.watching import Glob, is_watched, watched_globs
from gradstream.format.types import CatalogOptions
from gradstream.ipc.protocol import Loaded
from gradstream.reload.change_log import tell_changes
from gradstream.reload.dependents import resting_on
from gradstream.reload.polling import mark_of
from gradstream.reload.restart import needing_restart
from gradstream.reload.watch import Watch
from gradstream.settings import Settings

SETTLE_S = 0.02
"""Files are read when their sizes and times have held this long: editors truncate first and write afterwards,
and a git checkout writes one file after the other."""

SETTLE_ROUNDS = 25
"""After half a second of steady writing files are read as they are; the next change tells again."""

BELIEVED_S = 0.1
"""A demo is called broken when its mistake has been there this long: editors may save in several steps."""

CODE_SUFFIX = ".py"


class Reloader:
    """Watches a catalog's files for as long as `run` runs.

    `settings` are those in force; `settle` says which a start would make of a catalog's options.
    """

    def __init__(
        self,
        *,
        catalog: CatalogStore,
        engine: Engine,
        environ: Mapping[str, str],
        settings: Settings,
        settle: Callable[[CatalogOptions], Settings],
    ) -> None:
        self._catalog = catalog
        self._engine = engine
        self._environ = environ
        self._settings = settings
        self._settle = settle
        self._imported: frozenset[Path] = frozenset()
        self._beside: frozenset[str] = frozenset()
        self._globs: tuple[Glob, ...] = ()
        self._pending: set[Path] = set()
        self._news = asyncio.Event()
        watch = partial(Watch, begun=self._note_begun, poll=settings.poll)
        self._watches = (
            watch(self._whole_folders, wanted=self._is_wanted, recursive=True),
            watch(self._surface_folders, wanted=self._is_wanted_outside, recursive=False),
        )
        self._note_names(catalog.snapshot)

    async def run(self) -> None:
        """Watch until canceled."""
        undo = self._engine.watch(self._note_import)
        try:
            async with asyncio.TaskGroup() as tasks:
                for watch in self._watches:
                    work = partial(self._follow, watch)
                    tasks.create_task(keep_running(work, name="the watching of files"))
                tasks.create_task(keep_running(self._work, name="the reading of changed files"))
        finally:
            undo()

    async def apply(self, paths: Iterable[Path]) -> None:
        """Take in what changed at these absolute paths, as one change of the catalog."""
        changed = sorted(set(paths))
        renewed = self._engine.files_changed([str(path) for path in changed]) if changed else ()
        snapshot = self._catalog.snapshot
        folders = {path for path in changed if not self._is_wanted(path)}
        code = {path for path in changed if path.suffix == CODE_SUFFIX}
        stale = {path for path in changed if self._is_text(path)} | folders
        stale |= {*resting_on(code | folders, snapshot)}
        concerned = {*renewed, *_watching(changed, snapshot)}
        stale |= {Path(file) for file, address in snapshot.files.items() if address in concerned}
        if stale:
            self._swap(await self._reread(stale))
        self._renew_watches()

    async def _follow(self, watch: Watch) -> None:
        async for paths in watch.changes():
            self._pending |= paths
            self._news.set()

    async def _work(self) -> None:
        while True:
            await self._news.wait()
            await self.apply(await self._settled())

    async def _settled(self) -> set[Path]:
        """Wait until the changed files, and the set of them, have held still; take them."""
        before: Mapping[Path, object] = {}
        for _ in range(SETTLE_ROUNDS):
            now = {path: mark_of(path) for path in self._pending}
            if now == before:
                break
            before = now
            await asyncio.sleep(SETTLE_S)
        self._news.clear()
        settled, self._pending = self._pending, set()
        return settled

    async def _reread(self, paths: set[Path]) -> Snapshot:
        """Read files again; a mistake where there was none is believed when it is still there later."""
        before = self._catalog.snapshot
        began = asyncio.get_running_loop().time()
        after = await self._read(before, paths)
        if after.stale.keys() - before.stale.keys() or _has_mistakes(after) > _has_mistakes(before):
            await asyncio.sleep(max(0.0, began + BELIEVED_S - asyncio.get_running_loop().time()))
            after = await self._read(before, paths)
        return after

    async def _read(self, before: Snapshot, paths: set[Path]) -> Snapshot:
        after = await asyncio.to_thread(reread, before, paths, environ=self._environ)
        if Path(before.root, CATALOG_FILE) in paths:
            wanted = self._settle(after.options)
            found = needing_restart(self._settings, wanted, after.options)
            after = replace(after, diagnostics=(*after.diagnostics, *found))
        return keep_last_good(before, after)

    def _swap(self, snapshot: Snapshot) -> None:
        before = self._catalog.snapshot
        change = self._catalog.swap(snapshot)
        if change is None:
            return
        self._note_names(snapshot)
        self._engine.catalog_changed(snapshot.demos)
        tell_changes(change, before=before, after=snapshot)

    def _note_import(self, _address: str, report: Loaded) -> None:
        self._imported |= {Path(file).parent for file in report.files}
        self._renew_watches()

    def _renew_watches(self) -> None:
        for watch in self._watches:
            watch.renew()

    def _note_names(self, snapshot: Snapshot) -> None:
        """Note which files other than YAML and Python something rests on."""
        self._beside = frozenset(file for files in snapshot.beside.values() for file in files)
        watching = (demo for demo in snapshot.demos.values() if demo.watch)
        self._globs = tuple({glob for demo in watching for glob in watched_globs(demo)})

    def _is_wanted(self, path: Path) -> bool:
        return path.suffix == CODE_SUFFIX or self._is_text(path) or is_watched(path, self._globs)

    def _is_wanted_outside(self, path: Path) -> bool:
        """Tell whether anything rests on a path outside of the demos' folders, which may not exist yet."""
        return self._is_wanted(path) or any(folder.is_relative_to(path) for folder in self._named_folders())

    def _note_begun(self, folders: frozenset[Path]) -> None:
        """Look at folders anew that demos are in, or are meant to be in."""
        named = self._named_folders()
        self._pending |= {one for one in folders if any(each.is_relative_to(one) for each in named)}
        self._news.set()

    def _is_text(self, path: Path) -> bool:
        return path.suffix in SUFFIXES or str(path) in self._beside

    def _whole_folders(self) -> frozenset[Path]:
        return _outermost(folder for folder in self._named_folders() if folder.is_dir())

    def _named_folders(self) -> set[Path]:
        """Return the folders of the demos, and those in which globs look for data at any depth."""
        snapshot = self._catalog.snapshot
        folders = {Path(snapshot.root, fixed_part(pattern)) for pattern in snapshot.options.demos}
        return folders | {folder for folder, parts in self._globs if len(parts) > 1}

    def _surface_folders(self) -> frozenset[Path]:
        """Return folders whose own files count, and those in which a missing folder will appear."""
        whole = self._whole_folders()
        folders = {Path(self._catalog.snapshot.root), *self._imported}
        folders |= {folder for folder, _ in self._globs} | self._named_folders()
        folders |= {Path(file).parent for file in self._beside}
        existing = {_nearest(folder) for folder in folders}
        return frozenset(one for one in existing if whole.isdisjoint((one, *one.parents)))


def _watching(changed: Iterable[Path], snapshot: Snapshot) -> Iterator[str]:
    """Yield the addresses of demos that watch one of these paths."""
    for address, demo in snapshot.demos.items():
        if demo.watch and any(is_watched(path, watched_globs(demo)) for path in changed):
            yield address


def _nearest(folder: Path) -> Path:
    """Return the folder, or the one around it that exists."""
    return next(one for one in (folder, *folder.parents) if one.is_dir())


def _outermost(folders: Iterable[Path]) -> frozenset[Path]:
    every = frozenset(folders)
    return frozenset(one for one in every if every.isdisjoint(one.parents))


def _has_mistakes(snapshot: Snapshot) -> bool:
    """Tell whether the catalog's own file has mistakes."""
    return any(each.is_error for each in snapshot.diagnostics)
