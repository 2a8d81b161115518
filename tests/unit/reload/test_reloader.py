"""The reloader takes in saved files: one change of the catalog for all that was saved together."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from gradstream import settings
from gradstream.background import Background
from gradstream.catalog.scan import read_catalog
from gradstream.catalog.store import CatalogChange, CatalogStore
from gradstream.format.types import Demo
from gradstream.reload.reloader import Reloader
from tests.unit.catalog.folders import good, write
from tests.unit.played_engine import PlayedEngine

MANY = 500


class Engine(PlayedEngine):
    """Records the changes of files and of the catalog that it receives."""

    def __init__(self) -> None:
        super().__init__()
        self.files: list[Sequence[str]] = []
        self.catalogs: list[Mapping[str, Demo]] = []

    def files_changed(self, paths: Sequence[str]) -> Sequence[str]:
        """Note the files; no worker rests on them."""
        self.files.append(paths)
        return ()

    def catalog_changed(self, demos: Mapping[str, Demo]) -> None:
        """Note the catalog."""
        self.catalogs.append(demos)


class Lab:
    """A catalog with a reloader, and the changes that were reported."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.engine = Engine()
        self.background = Background()
        self.changes: list[CatalogChange] = []
        self.store = CatalogStore(read_catalog(root, environ={}))
        self.store.subscribe(self.changes.append)
        make_settings = partial(settings.merge, host="127.0.0.1")
        self.reloader = Reloader(
            catalog=self.store,
            engine=self.engine,
            background=self.background,
            environ={},
            settings=make_settings(self.store.snapshot.options),
            make_settings=make_settings,
        )

    async def save(self, **files: str) -> None:
        """Write files, and have them taken in together."""
        write(self.root, **files)
        names = [(name if "." in name else f"{name}.yaml").replace("__", "/") for name in files]
        await self.reloader.apply(self.root / name for name in names)


async def test_many_files_are_one_change(tmp_path: Path) -> None:
    """Pages hear once of 500 files that were saved together, and the engine has them all at once."""
    write(tmp_path, **{f"demos__d{number}": good("Old") for number in range(MANY)})
    lab = Lab(tmp_path)
    await lab.save(**{f"demos__d{number}": good("New") for number in range(MANY)})
    (change,) = lab.changes
    assert len(change.demos) == MANY
    assert [{demo.title for demo in demos.values()} for demos in lab.engine.catalogs] == [{"New"}]


async def test_what_says_the_same_is_no_change(tmp_path: Path) -> None:
    """A file that is saved as it was changes nothing for anybody."""
    write(tmp_path, demos__a=good())
    lab = Lab(tmp_path)
    await lab.save(demos__a=good())
    assert (lab.changes, lab.engine.catalogs) == ([], [])


async def test_code_that_a_reading_rests_on(tmp_path: Path) -> None:
    """A function that loses its name breaks the demos that name it, and only those are read again."""
    write(
        tmp_path,
        demos__a=good(),
        demos__b=good().replace("tools", "other"),
        **{"other.py": "def echo(text): ..."},
    )
    lab = Lab(tmp_path)
    before = lab.store.snapshot
    await lab.save(**{"other.py": "def ecko(text): ..."})
    assert [change.demos for change in lab.changes] == [("b",)]
    assert list(lab.store.snapshot.stale) == ["b"]
    assert lab.store.snapshot.demos["a"] is before.demos["a"]
    assert lab.engine.files == [[str(tmp_path / "other.py")]]
    await lab.save(**{"other.py": "def echo(text): ..."})
    assert lab.store.snapshot.stale == {}


async def test_a_module_that_was_missing_mends_a_stale_demo(tmp_path: Path) -> None:
    """A demo was saved before its new module: the module counts, though no worker has imported it."""
    write(tmp_path, demos__a=good())
    lab = Lab(tmp_path)
    await lab.save(demos__a=good().replace("tools", "later"))
    assert list(lab.store.snapshot.stale) == ["a"]
    await lab.save(**{"later.py": "def echo(text): ..."})
    assert lab.store.snapshot.stale == {}
    assert lab.store.snapshot.demos["a"].actions[0].generator.text == "later.echo"


async def test_what_needs_a_restart_is_told_until_it_is_taken_back(tmp_path: Path) -> None:
    """A port is in force from the next start on; a host that the command line has is not waited for."""
    write(tmp_path, gradstream="gradstream: 1\ntitle: Lab\n", demos__a=good())
    lab = Lab(tmp_path)
    await lab.save(gradstream="gradstream: 1\ntitle: Lab\nserver:\n  host: 0.0.0.0\n  port: 9000\n")
    (found,) = lab.store.snapshot.diagnostics
    assert (found.code, found.severity, found.span.line) == ("W-NEEDS-RESTART", "warning", 5)
    assert found.message == "`server.port` has changed, and is what it was when the server started"
    await lab.save(demos__a=good("Other"))
    assert lab.store.snapshot.diagnostics == (found,)
    await lab.save(gradstream="gradstream: 1\ntitle: Lab\n")
    assert list(lab.store.snapshot.diagnostics) == []
