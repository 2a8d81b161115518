"""What a demo watches beside its code: files and globs that start at its YAML."""

from pathlib import Path

import pytest

from gradstream.components.registry import KINDS
from gradstream.document.read import read_text
from gradstream.format.draft import DemoPlace
from gradstream.format.load import DemoReading, load_demo
from gradstream.format.rules.watching import is_watched, watched_globs
from tests.unit.format.demos import MODULE

DEMO = "gradstream: 1\ngenerator: studio.anything\noutputs:\n  answer: text\nwatch: {watch}\n"


def load(root: Path, watch: str) -> DemoReading:
    """Load `root/demos/sketch.yaml` with this under `watch`."""
    folder = root / "demos"
    folder.mkdir(exist_ok=True)
    (root / "studio.py").write_text(MODULE)
    place = DemoPlace(address="sketch", file="demos/sketch.yaml", folder=str(folder), root=str(root))
    reading = read_text(DEMO.format(watch=watch), file="demos/sketch.yaml", environ={})
    return load_demo(reading, place=place, kinds=KINDS)


@pytest.mark.parametrize(
    ("watch", "path", "finds"),
    [
        ("words.txt", "demos/words.txt", True),
        ("words.txt", "demos/other.txt", False),
        ("words.txt", "words.txt", False),
        ("../words.txt", "words.txt", True),
        ("../data/*.json", "data/a.json", True),
        ("../data/*.json", "data/deep/a.json", False),
        ("../data/**/*.json", "data/a.json", True),
        ("../data/**/*.json", "data/very/deep/a.json", True),
        ("data/**", "demos/data/very/deep/a", True),
        ("[words.txt, a/b.csv]", "demos/a/b.csv", True),
        ('"*/weights.bin"', "demos/small/weights.bin", True),
    ],
)
def test_which_files_are_watched(tmp_path: Path, watch: str, path: str, *, finds: bool) -> None:
    """A path starts at the YAML's folder, and wildcards mean what they mean in the catalog's globs."""
    demo = load(tmp_path, watch).demo
    assert demo is not None
    assert is_watched(tmp_path / path, watched_globs(demo)) is finds


def test_a_folder_with_wildcards_in_its_name_is_no_wildcard(tmp_path: Path) -> None:
    """Only the pattern's own marks count, not those of the folder that it starts at."""
    root = tmp_path / "[ab]"
    root.mkdir()
    demo = load(root, "words.txt").demo
    assert demo is not None
    assert is_watched(root / "demos/words.txt", watched_globs(demo))
    assert not is_watched(tmp_path / "a/demos/words.txt", watched_globs(demo))


@pytest.mark.parametrize("pattern", ["../../words.txt", "/etc/hosts", "../../*/words.txt", "data\\words.txt"])
def test_paths_stay_in_the_catalog(tmp_path: Path, pattern: str) -> None:
    """Data outside of the catalog's folder is refused: nobody would expect a change there to count."""
    reading = load(tmp_path, f"[{pattern}]")
    assert [(each.code, each.span.line) for each in reading.diagnostics] == [("E-OUTSIDE", 5)]
    assert reading.demo is None


def test_what_finds_nothing_is_told(tmp_path: Path) -> None:
    """A path that finds no file is a warning, and a folder is told how to watch its files."""
    (tmp_path / "demos" / "data").mkdir(parents=True)
    (tmp_path / "demos" / "data" / "a.json").write_text("{}")
    found = load(tmp_path, "[data, words.txt, data/*.json, data/*.csv]").diagnostics
    spelling = "see that the file exists, and how it is spelled"
    assert [(each.code, each.message, each.repair) for each in found] == [
        ("W-WATCHES-NOTHING", "`data` is a folder, and files are watched", "write data/**/*"),
        ("W-WATCHES-NOTHING", "`words.txt` finds no file", spelling),
        ("W-WATCHES-NOTHING", "`data/*.csv` finds no file", spelling),
    ]
