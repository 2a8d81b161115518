"""Whatever is swapped on disk is served: folders, links, mounts of orchestrators, the catalog's own folder.

Each swap is done for real, with notifications and with `--poll`; the page has the new title and the new code.
"""

import shutil
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.acceptance.catalog_feed import follow_catalog
from tests.acceptance.test_reload_files import said
from tests.conftest import Serve, Server

MODES = pytest.mark.parametrize("options", [(), ("--poll",)], ids=["told", "polled"])

CODE = "def back(text):\n    yield {word!r}\n"
YAML = "gradstream: 1\ntitle: {title}\ngenerator: echo.back\ninputs:\n  text: text\noutputs:\n  said: text\n"


def version(folder: Path, word: str) -> Path:
    """Write one version of a folder of demos: a title and a function that both say the word."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "echo.yaml").write_text(YAML.format(title=word))
    (folder / "echo.py").write_text(CODE.format(word=word))
    return folder


def replaced_folder(root: Path) -> Callable[[], None]:
    """Rename the folder of the demos away, and another one into its place."""
    version(root / "demos", "old")

    def swap() -> None:
        version(root / "next", "new")
        (root / "demos").rename(root / "previous")
        (root / "next").rename(root / "demos")

    return swap


def replaced_inner_folder(root: Path) -> Callable[[], None]:
    """Exchange a folder below that of the demos; `demo.yaml` in it is the demo."""
    version(root / "demos/echo", "old")
    (root / "demos/echo/echo.yaml").rename(root / "demos/echo/demo.yaml")

    def swap() -> None:
        version(root / "next", "new")
        (root / "next/echo.yaml").rename(root / "next/demo.yaml")
        (root / "demos/echo").rename(root / "previous")
        (root / "next").rename(root / "demos/echo")

    return swap


def saved_targets(root: Path) -> Callable[[], None]:
    """Save the targets of links: YAML and Python are kept elsewhere."""
    store = version(root.parent / "store", "old")
    (root / "demos").mkdir(parents=True)
    for name in ("echo.yaml", "echo.py"):
        (root / "demos" / name).symlink_to(store / name)
    return partial(_version_again, store)


def _version_again(store: Path) -> None:
    version(store, "new")


def chain_of_links(root: Path) -> Callable[[], None]:
    """Replace the second link of a chain."""
    first, second = version(root.parent / "first", "old"), version(root.parent / "second", "new")
    (root / "demos").mkdir(parents=True)
    between = root.parent / "between"
    between.symlink_to(first)
    for name in ("echo.yaml", "echo.py"):
        (root / "demos" / name).symlink_to(between / name)
    return lambda: point(between, second)


def orchestrator(root: Path) -> Callable[[], None]:
    """Swap as orchestrators do: links to `..data`, a link that is replaced by a rename."""
    demos = root / "demos"
    version(demos / "..2026_01", "old")
    (demos / "..data").symlink_to("..2026_01")
    for name in ("echo.yaml", "echo.py"):
        (demos / name).symlink_to(f"..data/{name}")

    def swap() -> None:
        version(demos / "..2026_02", "new")
        point(demos / "..data", Path("..2026_02"))
        shutil.rmtree(demos / "..2026_01")

    return swap


def linked_demos(root: Path) -> Callable[[], None]:
    """Point the folder of the demos, a link, to another release."""
    root.mkdir(parents=True)
    first, second = version(root.parent / "v1", "old"), version(root.parent / "v2", "new")
    (root / "demos").symlink_to(first)
    return lambda: point(root / "demos", second)


def linked_root(root: Path) -> Callable[[], None]:
    """Point the catalog itself, a link, to another release."""
    version(root.parent / "v1/demos", "old")
    version(root.parent / "v2/demos", "new")
    root.symlink_to(root.parent / "v1")
    return lambda: point(root, root.parent / "v2")


def replaced_root(root: Path) -> Callable[[], None]:
    """Rename the catalog's folder away, and another one into its place."""
    version(root / "demos", "old")
    version(root.parent / "next/demos", "new")

    def swap() -> None:
        root.rename(root.parent / "previous")
        (root.parent / "next").rename(root)

    return swap


def linked_data(root: Path) -> Callable[[], None]:
    """Point a file under `watch`, a link, to other data."""
    demos = version(root / "demos", "old")
    (demos / "echo.yaml").write_text(YAML.format(title="old") + "watch: word.txt\n")
    code = "from pathlib import Path\nWORD = Path(__file__).with_name('word.txt').read_text()\n"
    (demos / "echo.py").write_text(code + "def back(text):\n    yield WORD\n")
    for word in ("old", "new"):
        (root.parent / word).write_text(word)
    (demos / "word.txt").symlink_to(root.parent / "old")

    def swap() -> None:
        point(demos / "word.txt", root.parent / "new")
        (demos / "echo.yaml").write_text(YAML.format(title="new") + "watch: word.txt\n")

    return swap


def globs_outside(root: Path) -> Callable[[], None]:
    """Point a folder that a glob names, a link out of the catalog, to another release."""
    root.mkdir(parents=True)
    (root / "gradstream.yaml").write_text("gradstream: 1\ndemos: linked/deep/*.yaml\n")
    version(root.parent / "v1/deep", "old")
    version(root.parent / "v2/deep", "new")
    (root / "linked").symlink_to(root.parent / "v1")
    return lambda: point(root / "linked", root.parent / "v2")


def linked_package(root: Path) -> Callable[[], None]:
    """Point the folder of a package, a link out of the catalog, to another release."""
    version(root / "demos", "old")
    for word in ("old", "new"):
        package = root.parent / f"release_{word}"
        package.mkdir()
        (package / "echo.py").write_text(CODE.format(word=word))
    (root / "demos/pack").symlink_to(root.parent / "release_old")
    (root / "demos/echo.py").unlink()
    (root / "demos/echo.yaml").write_text(in_package("old"))

    def swap() -> None:
        point(root / "demos/pack", root.parent / "release_new")
        (root / "demos/echo.yaml").write_text(in_package("new"))

    return swap


def in_package(title: str) -> str:
    """Return the demo with its function in a package."""
    return YAML.format(title=title).replace("echo.back", "pack.echo.back")


def module_to_package(root: Path) -> Callable[[], None]:
    """Make a package of a module; its file is removed last."""
    version(root / "demos", "old")

    def swap() -> None:
        (root / "demos/echo").mkdir()
        (root / "demos/echo/__init__.py").write_text(CODE.format(word="new"))
        (root / "demos/echo.py").unlink()
        (root / "demos/echo.yaml").write_text(YAML.format(title="new"))

    return swap


def package_to_module(root: Path) -> Callable[[], None]:
    """Make a module of a package."""
    version(root / "demos", "old")
    (root / "demos/echo").mkdir()
    (root / "demos/echo.py").rename(root / "demos/echo/__init__.py")

    def swap() -> None:
        shutil.rmtree(root / "demos/echo")
        version(root / "demos", "new")

    return swap


def folder_to_package(root: Path) -> Callable[[], None]:
    """Give a folder of modules its `__init__.py`, which replaces one of them."""
    version(root / "demos", "old")
    (root / "demos/pack").mkdir()
    (root / "demos/echo.py").rename(root / "demos/pack/echo.py")
    (root / "demos/echo.yaml").write_text(in_package("old"))

    def swap() -> None:
        init = "class echo:\n    @staticmethod\n    def back(text):\n        yield 'new'\n"
        (root / "demos/pack/echo.py").unlink()
        (root / "demos/pack/__init__.py").write_text(init)
        (root / "demos/echo.yaml").write_text(in_package("new"))

    return swap


def renamed_and_back(root: Path) -> Callable[[], None]:
    """Rename the folder of a demo away and, changed, back to its name."""
    version(root / "demos/echo", "old")
    (root / "demos/echo/echo.yaml").rename(root / "demos/echo/demo.yaml")

    def swap() -> None:
        (root / "demos/echo").rename(root / "demos/away")
        version(root / "demos/away", "new")
        (root / "demos/away/echo.yaml").replace(root / "demos/away/demo.yaml")
        (root / "demos/away").rename(root / "demos/echo")

    return swap


def module_in_capitals(root: Path) -> Callable[[], None]:
    """Rename a module by nothing but the case of its name."""
    version(root / "demos", "old")

    def swap() -> None:
        (root / "demos/echo.py").rename(root / "demos/Echo.py")
        (root / "demos/Echo.py").write_text(CODE.format(word="new"))
        (root / "demos/echo.yaml").write_text(YAML.format(title="new").replace("echo.back", "Echo.back"))

    return swap


def point(link: Path, target: Path) -> None:
    """Replace a link at once, as `ln -sfn` and orchestrators do."""
    other = link.with_name(f"{link.name}_new")
    other.symlink_to(target)
    other.replace(link)


SWAPS = (
    replaced_folder,
    replaced_inner_folder,
    saved_targets,
    chain_of_links,
    orchestrator,
    linked_demos,
    linked_root,
    replaced_root,
    linked_data,
    globs_outside,
    linked_package,
    module_to_package,
    package_to_module,
    folder_to_package,
    renamed_and_back,
    module_in_capitals,
)


def until_said(server: Server, word: str) -> None:
    """Run the demo until it says the word; the test's own limit ends a wait in vain."""
    while said(server, "echo") != word:
        time.sleep(0.1)


def served_file(root: Path) -> Path:
    """Return the file of the only demo, links followed."""
    for folder in ("demos", "demos/echo", "linked/deep"):
        for name in ("echo.yaml", "demo.yaml"):
            if (root / folder / name).is_file():
                return root / folder / name
    raise AssertionError("there is no demo")


@MODES
@pytest.mark.parametrize("prepare", SWAPS)
def test_a_swap_is_served(
    serve: Serve, tmp_path: Path, prepare: Callable[[Path], Callable[[], None]], options: tuple[str, ...]
) -> None:
    """The page has the new title, at the same address, and the next run the new code; then a save is seen."""
    swap = prepare(tmp_path / "catalog0")
    server = serve({}, *options)
    with follow_catalog(server) as feed:
        assert feed.titles() == ["old"]
        assert said(server, "echo") == "old"
        swap()
        feed.until_titles("new")
        until_said(server, "new")
        path = served_file(tmp_path / "catalog0")
        path.write_text(path.read_text().replace("title: new", "title: saved"))
        feed.until_titles("saved")


@MODES
@pytest.mark.parametrize("how", ["deleted", "renamed", "emptied"])
def test_a_catalog_that_goes_and_comes_back(
    serve: Serve, tmp_path: Path, how: str, options: tuple[str, ...]
) -> None:
    """Its demos have the same addresses as before, and are followed as before, again and again."""
    root = tmp_path / "catalog0"
    version(root / "demos", "first")
    server = serve({}, *options)
    with follow_catalog(server) as feed:
        for word in ("second", "third"):
            if how == "renamed":
                root.rename(tmp_path / "away")
            else:
                shutil.rmtree(root)
            if how == "emptied":
                root.mkdir()
            feed.until_titles()
            if how == "renamed":
                (tmp_path / "away").rename(root)
            version(root / "demos", word)
            feed.until_titles(word)
            assert [demo["address"] for demo in feed.catalog()["demos"]] == ["echo"]
            until_said(server, word)
            (root / "demos/echo.yaml").write_text(YAML.format(title=f"{word} saved"))
            feed.until_titles(f"{word} saved")


@MODES
def test_a_package_that_no_worker_has_imported(serve: Serve, options: tuple[str, ...]) -> None:
    """A function in a package that a generator names is missed and found as its file is saved."""
    files = {
        "lab/__init__.py": "",
        "lab/m.py": "def went(text):\n    yield 'here'\n",
        "demos/echo.yaml": YAML.format(title="Package").replace("echo.back", "lab.m.go"),
        "demos/later.yaml": YAML.format(title="Later").replace("echo.back", "tools.deep.m.go"),
    }
    server = serve(files, *options)
    with follow_catalog(server) as feed:
        assert feed.demo("echo")["status"] == "broken"
        (server.folder / "lab/m.py").write_text("def go(text):\n    yield 'here'\n")
        feed.until(lambda: feed.demo("echo")["status"] == "ready")
        (server.folder / "lab/m.py").write_text("def went(text):\n    yield 'here'\n")
        feed.until(lambda: bool(feed.demo("echo")["is_stale"]))
        (server.folder / "tools/deep").mkdir(parents=True)
        (server.folder / "tools/deep/m.py").write_text("def went(text):\n    yield 'here'\n")
        (server.folder / "tools/deep/m.py").write_text("def go(text):\n    yield 'here'\n")
        feed.until(lambda: feed.demo("later")["status"] == "ready")
