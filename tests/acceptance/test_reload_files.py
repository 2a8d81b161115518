"""Saved files reach the open page, however an editor, git or a network folder writes them."""

import os
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.acceptance.catalog_feed import follow_catalog
from tests.conftest import Serve, Server
from tests.patience import PATIENCE_S

YAML = "gradstream: 1\ntitle: {title}\ngenerator: echo.back\ninputs:\n  text: text\noutputs:\n  said: text\n"
PYTHON = "def back(text):\n    yield text\n"
FILES = {"demos/echo.yaml": YAML.format(title="Echo"), "demos/echo.py": PYTHON}
BROKEN = YAML.format(title="Torn").replace("outputs:", "ouputs:")

MANY = 500

RENEWAL_TRIES = 2000
"""Each takes a few milliseconds; the test's own time limit ends them if need be."""


def titled(title: str) -> str:
    """Return a sound demo."""
    return YAML.format(title=title)


def said(server: Server, address: str, text: str = "hello") -> str:
    """Run a demo to its end and return what was written into its output."""
    run = httpx.post(
        f"{server.url}/api/demos/{address}/runs", json={"inputs": {"text": text}}, timeout=PATIENCE_S
    ).json()["run"]
    httpx.get(f"{server.url}/api/runs/{run}/events", timeout=PATIENCE_S).read()
    outputs: dict[str, str] = httpx.get(f"{server.url}/api/runs/{run}", timeout=PATIENCE_S).json()["outputs"]
    return outputs["said"]


def save_in_place(path: Path, text: str) -> None:
    """Truncate and write."""
    path.write_text(text)


def save_by_rename(path: Path, text: str) -> None:
    """Write another file and put it in the place of the old one, as vim and many others do."""
    other = path.with_name(f".{path.name}.new")
    other.write_text(text)
    other.rename(path)


def save_with_backup(path: Path, text: str) -> None:
    """Move the old file away first: for a moment there is none."""
    path.rename(path.with_name(f"{path.name}~"))
    path.write_text(text)


def save_in_steps(path: Path, text: str) -> None:
    """Truncate, write one half and then the other, each to the disk."""
    with path.open("w") as file:
        for part in (text[: len(text) // 2], text[len(text) // 2 :]):
            file.write(part)
            file.flush()
            os.fsync(file.fileno())


@pytest.mark.parametrize("options", [(), ("--poll",)], ids=["told", "polled"])
@pytest.mark.parametrize("save", [save_in_place, save_by_rename, save_with_backup, save_in_steps])
def test_every_way_of_saving_is_seen(
    serve: Serve, save: Callable[[Path, str], None], options: tuple[str, ...]
) -> None:
    """The page has the new title each time, two saves within one second included."""
    server = serve(FILES, *options)
    with follow_catalog(server) as feed:
        for title in ("First", "Other", "Third"):
            save(server.folder / "demos/echo.yaml", titled(title))
            feed.until_titles(title)
        assert all(change["demos"] == ["echo"] for change in feed.changes)


@pytest.mark.parametrize("options", [(), ("--poll",)], ids=["told", "polled"])
def test_files_and_folders_come_and_go(serve: Serve, options: tuple[str, ...]) -> None:
    """Adding, renaming and deleting files changes the catalog; so does a folder that is moved in or out."""
    server = serve(FILES, *options)
    demos = server.folder / "demos"
    with follow_catalog(server) as feed:
        (demos / "new.yaml").write_text(titled("New"))
        feed.until_titles("Echo", "New")
        (demos / "new.yaml").rename(demos / "other.yaml")
        feed.until(lambda: [demo["address"] for demo in feed.catalog()["demos"]] == ["echo", "other"])
        (demos / "other.yaml").unlink()
        feed.until_titles("Echo")
        elsewhere = server.folder.with_name("elsewhere")
        elsewhere.mkdir()
        (elsewhere / "inner.yaml").write_text(titled("Inner"))
        (elsewhere / "echo.py").write_text(PYTHON)
        elsewhere.rename(demos / "moved")
        feed.until_titles("Echo", "Inner")
        (demos / "moved").rename(elsewhere)
        feed.until_titles("Echo")


@pytest.mark.parametrize("options", [(), ("--poll",)], ids=["told", "polled"])
def test_a_folder_that_is_named_may_come_later(serve: Serve, options: tuple[str, ...]) -> None:
    """Demos in a folder that did not exist at the start are found, and so are later files in it."""
    catalog = "gradstream: 1\ndemos: lab/deep/*.yaml\n"
    server = serve({"gradstream.yaml": catalog, "echo.py": PYTHON}, *options)
    with follow_catalog(server) as feed:
        folder = server.folder / "lab/deep"
        folder.mkdir(parents=True)
        (folder / "one.yaml").write_text(titled("One"))
        feed.until_titles("One")
        (folder / "two.yaml").write_text(titled("Two"))
        feed.until_titles("One", "Two")
        (server.folder / "lab").rename(server.folder / "other")
        feed.until_titles()
        (server.folder / "other").rename(server.folder / "lab")
        feed.until_titles("One", "Two")


@pytest.mark.parametrize("options", [(), ("--poll",)], ids=["told", "polled"])
def test_an_empty_folder_becomes_a_catalog(serve: Serve, options: tuple[str, ...]) -> None:
    """A first file beside nothing is a demo; with a folder `demos`, that is where demos are."""
    server = serve({"notes.txt": ""}, *options)
    with follow_catalog(server) as feed:
        (server.folder / "echo.py").write_text(PYTHON)
        (server.folder / "echo.yaml").write_text(titled("Beside"))
        feed.until_titles("Beside")
        (server.folder / "demos").mkdir()
        (server.folder / "demos/echo.yaml").write_text(titled("Within"))
        feed.until_titles("Within")


def test_many_files_at_once_are_few_changes(serve: Serve) -> None:
    """A checkout of 500 files is taken over whole, and the page is not told 500 times."""
    server = serve({**FILES, **{f"demos/many/d{n:03}.yaml": titled(f"Old {n}") for n in range(MANY)}})
    # The generator is found beside the demos of the folder.
    (server.folder / "demos/many/echo.py").write_text(PYTHON)
    with follow_catalog(server) as feed:
        feed.until(lambda: all(demo["status"] == "ready" for demo in feed.catalog()["demos"]))
        feed.changes.clear()
        for number in range(MANY):
            save_by_rename(server.folder / f"demos/many/d{number:03}.yaml", titled(f"New {number}"))
        feed.until(lambda: sum(title.startswith("New") for title in feed.titles()) == MANY)
        assert len(feed.changes) < MANY / 10


@pytest.mark.parametrize("options", [(), ("--poll",)], ids=["told", "polled"])
def test_a_mistake_leaves_the_good_demo(serve: Serve, options: tuple[str, ...]) -> None:
    """A broken save is told beside the demo as it was; the next good one ends that."""
    server = serve(FILES, *options)
    path = server.folder / "demos/echo.yaml"
    with follow_catalog(server) as feed:
        path.write_text(BROKEN)
        feed.until(lambda: bool(feed.demo("echo")["is_stale"]))
        stale = feed.demo("echo")
        assert (stale["title"], stale["status"]) == ("Echo", "ready")
        assert [found["code"] for found in stale["diagnostics"]] == ["E-UNKNOWN-KEY"]
        assert said(server, "echo") == "hello"
        path.write_text(titled("Mended"))
        feed.until_titles("Mended")
        assert not feed.demo("echo")["is_stale"]
    server.read_log(until="demos/echo.yaml has errors; its page keeps the previous version")


def test_a_file_that_a_demo_names_is_a_part_of_it(serve: Serve) -> None:
    """Examples in a CSV file are read again, and a thumbnail that was missing mends its demo."""
    yaml = titled("Echo") + "examples: rows.csv\n"
    files = {**FILES, "demos/echo.yaml": yaml, "demos/rows.csv": "text\none\n"}
    files["demos/bare.yaml"] = titled("Bare") + "thumbnail: pictures/bare.png\n"
    server = serve(files)
    with follow_catalog(server) as feed:
        (server.folder / "demos/rows.csv").write_text("text\none\ntwo\n")
        feed.until(lambda: len(feed.demo("echo")["examples"]) == 2)
        assert feed.demo("bare")["status"] == "broken"
        (server.folder / "demos/pictures").mkdir()
        (server.folder / "demos/pictures/bare.png").write_bytes(b"")
        feed.until(lambda: feed.demo("bare")["status"] == "ready")


def test_pictures_of_texts_are_served_and_followed(serve: Serve) -> None:
    """A picture in a description is there once its file is, and its address changes when the file does."""
    yaml = titled("Echo") + "description: '![map](map.png)'\n"
    own = "gradstream: 1\ntitle: Lab\ndescription: '![logo](demos/logo.png)'\n"
    server = serve({**FILES, "demos/echo.yaml": yaml, "gradstream.yaml": own})
    with follow_catalog(server) as feed:
        assert [each["code"] for each in feed.demo("echo")["diagnostics"]] == ["W-PICTURE"]
        assert [each["code"] for each in feed.catalog()["diagnostics"]] == ["W-PICTURE"]
        (server.folder / "demos/map.png").write_bytes(b"first")
        (server.folder / "demos/logo.png").write_bytes(b"logo")
        feed.until(lambda: not feed.demo("echo")["diagnostics"] and not feed.catalog()["diagnostics"])
        first, logo = (_picture(view["description"]) for view in (feed.demo("echo"), feed.catalog()))
        assert (feed.client.get(first).content, feed.client.get(logo).content) == (b"first", b"logo")
        (server.folder / "demos/map.png").write_bytes(b"the second")
        feed.until(lambda: _picture(feed.demo("echo")["description"]) != first)
        assert feed.client.get(_picture(feed.demo("echo")["description"])).content == b"the second"


def _picture(description: str) -> str:
    return "/" + description.partition("](")[2].removesuffix(")")


def test_the_catalogs_own_file_is_taken_over(serve: Serve) -> None:
    """A title and defaults change at once; a port waits for a restart, and page and terminal say so."""
    server = serve({**FILES, "gradstream.yaml": "gradstream: 1\ntitle: Lab\n"})
    path = server.folder / "gradstream.yaml"
    with follow_catalog(server) as feed:
        path.write_text("gradstream: 1\ntitle: Studio\ndefaults: {author: Ada}\n")
        feed.until(lambda: feed.catalog()["title"] == "Studio")
        assert feed.demo("echo")["author"] == "Ada"
        assert feed.catalog()["diagnostics"] == []
        path.write_text("gradstream: 1\ntitle: Studio\nlimits:\n  upload: 3MB\n")
        feed.until(lambda: bool(feed.catalog()["diagnostics"]))
        (found,) = feed.catalog()["diagnostics"]
        assert (found["code"], found["line"]) == ("W-NEEDS-RESTART", 4)
        server.read_log(until="gradstream.yaml:4:3: warning W-NEEDS-RESTART")
        path.write_text("gradstream: 1\ntitle: Back\n")
        feed.until(lambda: feed.catalog()["title"] == "Back")
        assert feed.catalog()["diagnostics"] == []


def test_a_mistake_in_the_catalogs_own_file_leaves_the_catalog(serve: Serve) -> None:
    """Globs, title and defaults stay as they were until the file is mended."""
    good = "gradstream: 1\ntitle: Lab\ndemos: lab/*.yaml\ndefaults: {author: Ada}\n"
    server = serve({"gradstream.yaml": good, "lab/echo.yaml": titled("Echo"), "lab/echo.py": PYTHON})
    with follow_catalog(server) as feed:
        (server.folder / "gradstream.yaml").write_text("gradstream: 1\ntitle: Torn: in two\n")
        feed.until(lambda: bool(feed.catalog()["diagnostics"]))
        assert (feed.catalog()["title"], feed.titles()) == ("Lab", ["Echo"])
        (server.folder / "lab/echo.yaml").write_text(titled("Saved"))
        feed.until_titles("Saved")
        assert feed.demo("echo")["author"] == "Ada"
        (server.folder / "gradstream.yaml").write_text(good.replace("Lab", "Studio"))
        feed.until(lambda: feed.catalog()["title"] == "Studio")
        assert feed.catalog()["diagnostics"] == []


@pytest.mark.parametrize("options", [(), ("--poll",)], ids=["told", "polled"])
def test_watched_data_is_taken_over(serve: Serve, options: tuple[str, ...]) -> None:
    """A data file outside of the demos' folder, listed under `watch`, gives the next runs a new worker."""
    code = "from pathlib import Path\nWORDS = (Path(__file__).parents[1] / 'data/words.txt').read_text()\n"
    files = {
        "demos/echo.yaml": titled("Echo") + "watch: ../data/*.txt\n",
        "demos/echo.py": code + "def back(text):\n    yield WORDS\n",
        "data/words.txt": "old",
    }
    server = serve(files, *options)
    assert said(server, "echo") == "old"
    (server.folder / "data/words.txt").write_text("new")
    for _ in range(RENEWAL_TRIES):
        if said(server, "echo") == "new":
            return
    raise AssertionError("the new data were never used")


def test_data_that_was_missing_ends_its_warning(serve: Serve) -> None:
    """`watch` finds nothing until the file is there."""
    server = serve({**FILES, "demos/echo.yaml": titled("Echo") + "watch: words.txt\n"})
    with follow_catalog(server) as feed:
        assert [found["code"] for found in feed.demo("echo")["diagnostics"]] == ["W-WATCHES-NOTHING"]
        (server.folder / "demos/words.txt").write_text("here")
        feed.until(lambda: feed.demo("echo")["diagnostics"] == [])


OUTSIDE = """
import sys
from pathlib import Path
sys.path.append(str(Path(__file__).parents[2] / "outside"))
import early.deep
def back(text):
    import late.deep
    yield f"{early.deep.WORD} {late.deep.WORD}"
"""


def test_code_outside_the_catalog_is_followed(serve: Serve, tmp_path: Path) -> None:
    """A package in a folder of its own, as one that is installed as editable, is watched; also a late one."""
    outside = tmp_path / "outside"
    for name in ("early", "late"):
        (outside / name).mkdir(parents=True)
        (outside / name / "deep.py").write_text("WORD = 'old'\n")
    server = serve({**FILES, "demos/echo.py": OUTSIDE})
    assert said(server, "echo") == "old old"
    for name, expected in (("late", "old new"), ("early", "new new")):
        (outside / name / "deep.py").write_text("WORD = 'new'\n")
        for _ in range(RENEWAL_TRIES):
            if said(server, "echo") == expected:
                break
        else:
            raise AssertionError(f"{name} was never taken over")
