"""Kept verdicts save reading, and never say anything else than reading does."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gradstream.catalog.check_cache import CACHE_FOLDER, CheckCache
from gradstream.catalog.checked_file import read_context, read_data
from gradstream.catalog.discovery import find_demos
from gradstream.catalog.scan import read_catalog
from gradstream.catalog.types import CatalogSnapshot
from tests.unit.catalog.folders import TOOLS, good, write

FEW = 5

EXAMPLES = Path(__file__).parents[2] / "examples"
ENVIRON = {"TOKEN": "hush-hush", "STEPS": "5"}

Change = Callable[[Path], object]


def read(root: Path) -> CatalogSnapshot:
    """Read a catalog with what is kept, as if its files had been written long ago."""
    later_ns = time.time_ns() + 10**9
    return read_catalog(root, environ=ENVIRON, cache=CheckCache(root, began_ns=later_ns))


def kept(root: Path) -> list[str]:
    """Return the addresses of demos that would not be read again."""
    context = read_context(root, environ=ENVIRON)
    verdicts = CheckCache(root)
    verdicts.load(context)
    addresses = []
    for found in find_demos(root, context.catalog.options.demos):
        data = read_data(found.path)
        assert isinstance(data, bytes)
        if verdicts.find(found, data, context) is not None:
            addresses.append(found.address)
    return addresses


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a catalog be worth keeping that is read in a moment."""
    monkeypatch.setattr("gradstream.catalog.check_cache.FEWEST", FEW)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a catalog of enough demos to be kept, with one of each way to rest on other files."""
    many = {f"demos__many__d{number:02}": good(f"Demo {number}") for number in range(FEW)}
    write(
        tmp_path,
        gradstream="gradstream: 1\ntitle: Lab\n",
        demos__plain=good(),
        demos__rows=good() + "examples: rows.csv\n",
        demos__pictured=good() + "thumbnail: picture.png\n",
        demos__warned=good().replace("tools.", "tools:"),
        demos__packed=good().replace("tools.", "pack.part."),
        **{"demos__rows.csv": "text\none\n", "demos__picture.png": "", "other.png": ""},
        **{"pack__part.py": TOOLS},
        **many,
    )
    return tmp_path


def test_what_is_kept_is_what_was_read(root: Path) -> None:
    """The second start finds every good demo, and has the same snapshot as a full reading."""
    first = read(root)
    assert first == read_catalog(root, environ=ENVIRON)
    assert set(kept(root)) == set(first.demos)
    assert read(root) == first


def test_every_valid_example_survives(tmp_path: Path) -> None:
    """Whatever the format can say comes back as the same values of the same types."""
    for name in ("one", "two", "three"):
        shutil.copytree(EXAMPLES / "valid", tmp_path / "demos" / name)
    shutil.copy(EXAMPLES / "studio.py", tmp_path)
    first = read(tmp_path)
    assert len(kept(tmp_path)) > len(first.demos) / 2
    second = read(tmp_path)
    assert second == first
    assert repr(second.demos) == repr(first.demos)


def package(folder: Path, text: str) -> None:
    """Write a package."""
    folder.mkdir()
    (folder / "__init__.py").write_text(text)


CHANGES: dict[str, Change] = {
    "the text": lambda root: write(root, demos__plain=good("Other")),
    "a mistake": lambda root: write(root, demos__plain=good().replace("outputs", "ouputs")),
    "the marker": lambda root: write(root, demos__plain="title: none\n"),
    "the function's name": lambda root: (root / "tools.py").write_text("def other(text):\n    yield text\n"),
    "the function's inputs": lambda root: (root / "tools.py").write_text("def echo(a, b):\n    yield a\n"),
    "Python that cannot be read": lambda root: (root / "tools.py").write_text("def echo(text:\n"),
    "no module": lambda root: (root / "tools.py").unlink(),
    "a nearer module": lambda root: (root / "demos/tools.py").write_text("def other():\n    yield 1\n"),
    "a nearer package": lambda root: package(root / "demos/tools", ""),
    "a module of a package": lambda root: (root / "pack/part.py").write_text("echo = 1\n"),
    "a package in place of a module": lambda root: package(root / "pack/part", "echo = 1\n"),
    "a row": lambda root: (root / "demos/rows.csv").write_text("text\none\ntwo\n"),
    "a wrong row": lambda root: (root / "demos/rows.csv").write_text("texd\none\n"),
    "no rows": lambda root: (root / "demos/rows.csv").unlink(),
    "no picture": lambda root: (root / "demos/picture.png").unlink(),
    "a default": lambda root: write(root, gradstream="gradstream: 1\ntitle: Lab\ndefaults: {author: Ada}\n"),
    "a wrong default": lambda root: write(root, gradstream="gradstream: 1\ndefaults: {order: many}\n"),
    "a glob": lambda root: write(root, gradstream="gradstream: 1\ndemos: demos/many/*.yaml\n"),
    "no catalog file": lambda root: (root / "gradstream.yaml").unlink(),
    "the same address": lambda root: write(root, demos__plain__demo=good()),
    "another name": lambda root: (root / "demos/plain.yaml").rename(root / "demos/simple.yaml"),
    "a bad name": lambda root: (root / "demos/plain.yaml").rename(root / "demos/plain one.yaml"),
    "another folder": lambda root: (root / "demos/many").rename(root / "demos/lots"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_changed_is_read_again(root: Path, change: Change) -> None:
    """After any change a start with what was kept has what a full reading has."""
    first = read(root)
    change(root)
    second = read_catalog(root, environ=ENVIRON)
    assert second != first
    assert read(root) == second
    assert read(root) == second


def test_a_picture_that_leads_outside_is_found(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A thumbnail that has become a link out of the catalog is refused as at first."""
    read(root)
    outside = tmp_path_factory.mktemp("outside") / "picture.png"
    outside.write_text("")
    (root / "demos/picture.png").unlink()
    (root / "demos/picture.png").symlink_to(outside)
    assert list(read(root).broken) == ["pictured"]


def test_nothing_of_the_environment_is_kept(root: Path) -> None:
    """A demo that takes values from the environment is read each time, and no value is ever written."""
    write(root, demos__secret=good("${TOKEN}") + "worker: {shared: '${TOKEN}'}\n")
    write(root, demos__escaped=good('"\\x24{TOKEN}"'), demos__usual=good("${NOT_SET:-hush-hush}"))
    read(root)
    assert {"secret", "escaped", "usual"}.isdisjoint(kept(root))
    assert "plain" in kept(root)
    assert b"hush" not in (root / CACHE_FOLDER / "verdicts").read_bytes()
    other = read_catalog(root, environ={"TOKEN": "else"}, cache=CheckCache(root))
    assert (other.demos["secret"].secrets, other.demos["escaped"].title) == (("else",), "else")


def test_defaults_from_the_environment_keep_nothing(root: Path) -> None:
    """What the catalog lays below its demos counts as well."""
    write(root, gradstream="gradstream: 1\ndefaults:\n  author: ${TOKEN}\n")
    read(root)
    assert not (root / CACHE_FOLDER).exists()


def test_data_that_is_watched_is_looked_for_each_time(root: Path) -> None:
    """What `watch` finds can change without any file that a verdict knows."""
    write(root, demos__watching=good() + "watch: '*.txt'\n")
    assert [each.code for each in read(root).warnings["watching"]] == ["W-WATCHES-NOTHING"]
    (root / "demos/words.txt").write_text("here")
    assert "watching" not in read(root).warnings


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda data: data[:-1],
        lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
        lambda data: bytes([data[0] ^ 1]) + data[1:],
        lambda _: b"\xc1" * 100,
    ],
    ids=["empty", "cut", "flipped", "of another engine", "foreign"],
)
def test_a_spoiled_cache_is_passed_over(root: Path, spoil: Callable[[bytes], bytes]) -> None:
    """What cannot be trusted is not used, and is whole again after the next start."""
    first = read(root)
    file = root / CACHE_FOLDER / "verdicts"
    file.write_bytes(spoil(file.read_bytes()))
    assert kept(root) == []
    assert read(root) == first
    assert set(kept(root)) == set(first.demos)


def test_a_folder_that_cannot_be_written_to_does_without(root: Path) -> None:
    """A file where the folder should be stands for everything that keeps a cache from being written."""
    (root / ".gradstream").write_text("")
    assert read(root) == read_catalog(root, environ=ENVIRON)


def test_a_small_catalog_leaves_nothing_behind(tmp_path: Path) -> None:
    """Nothing is written beside a handful of demos."""
    write(tmp_path, demos__plain=good())
    read(tmp_path)
    assert not (tmp_path / ".gradstream").exists()


def test_what_changes_meanwhile_is_not_kept(root: Path) -> None:
    """A verdict on code that was saved during the start may be one on the code before."""
    long_ago = CheckCache(root, began_ns=time.time_ns() - 10**12)
    read_catalog(root, environ=ENVIRON, cache=long_ago)
    assert kept(root) == []


def test_the_cache_is_no_part_of_a_repository(root: Path) -> None:
    """Git passes over what is kept, and over nothing else."""
    read(root)
    assert (root / CACHE_FOLDER / ".gitignore").read_text() == "*\n"
    assert [path.name for path in sorted((root / CACHE_FOLDER).iterdir())] == [".gitignore", "verdicts"]


def test_more_than_a_cache_may_have(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is neither written nor read, and all is checked again."""
    with monkeypatch.context() as patch:
        patch.setattr("gradstream.catalog.check_cache.MAX_BYTES", 1000)
        first = read(root)
    assert kept(root) == []
    assert read(root) == first
    assert kept(root) != []
    monkeypatch.setattr("gradstream.catalog.check_cache.MAX_BYTES", 1000)
    assert kept(root) == []
