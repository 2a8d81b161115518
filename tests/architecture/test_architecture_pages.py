"""Pages for developers describe the tree as it is: paths, packages, floors and frames."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from gradstream.engines.local.phase import Phase
from gradstream.ipc.protocol import AnyRequest, AnyUpdate
from tests.architecture.test_floors import ENGINE, FLOORS

ROOT = Path(__file__).parents[2]
ARCHITECTURE = ROOT / "docs" / "architecture"
WEB = ROOT / "web" / "src"
PAGES = [
    *sorted(ARCHITECTURE.glob("*.md")),
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
    ROOT / "docs" / "glossary.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "bench" / "README.md",
    ROOT / "web" / "README.md",
]
OVERVIEW = (ARCHITECTURE / "00-overview.md").read_text(encoding="utf-8")

FILE = re.compile(r"[\w.][\w./-]*\.(?:py|md|ya?ml|ts|css|schema\.json)")
FOLDER = re.compile(r"[\w.-]+/(?:[\w.-]+/)*")
TOKEN = re.compile(r"[^\s`()|,;:\[\]]+")
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \|", re.MULTILINE)
OUTSIDE = frozenset({"demos/x.yaml", "bench/results/", "build/contact-sheet/", "setup.py"})
"""Examples, and what is not committed."""


def named_paths(text: str) -> set[str]:
    """Return what a page names as a file or, with a slash at its end, as a folder, in prose and diagrams."""
    tokens = (each.strip("<->").rstrip(".") for each in TOKEN.findall(text))
    return {each for each in tokens if FILE.fullmatch(each) or FOLDER.fullmatch(each)} - OUTSIDE


def missing_paths(text: str, *, folder: Path) -> list[str]:
    """Return the paths that exist neither in the engine, the page or the root, nor in `folder`."""
    bases = (ENGINE, WEB, ROOT, folder)
    return sorted(each for each in named_paths(text) if not any((base / each).exists() for base in bases))


def packages() -> set[str]:
    """Return the folders of the engine that are packages, each with a slash at its end."""
    files = ENGINE.glob("*/**/__init__.py")
    return {f"{file.parent.relative_to(ENGINE).as_posix()}/" for file in files}


def floors_of_overview() -> dict[str, int]:
    """Return the floor of each package and module, as the table of the overview has them."""
    rows = ((int(number), re.findall(r"`(\w+)(?:/|\.py)`", names)) for number, names in ROW.findall(OVERVIEW))
    return {name: number for number, names in rows for name in names}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_named_path_exists(page: Path) -> None:
    """A file or folder that a page names is in the engine, `web/src`, the root, or its own folder."""
    assert missing_paths(page.read_text(encoding="utf-8"), folder=page.parent) == []


def test_a_path_that_does_not_exist_is_found() -> None:
    """Paths are recognised in code, links, diagrams and at the end of a sentence."""
    text = "`runs/nowhere.py`, [link](lost.md) --gone/--> Demo; see tests/never/. `runs/`, wire.md, GET /a.md"
    assert missing_paths(text, folder=ARCHITECTURE) == ["gone/", "lost.md", "runs/nowhere.py", "tests/never/"]


def test_every_package_is_in_the_overview() -> None:
    """The overview has a row for each package of the engine, also for those within others."""
    rows = set(re.findall(r"^\| `([\w/]+/)` \|", OVERVIEW, re.MULTILINE))
    assert rows == packages()


def test_the_overview_has_the_floors_that_are_tested() -> None:
    """The table of floors lists what exists of the floors in test_floors.py."""
    existing = {
        path.stem for path in ENGINE.iterdir() if path.suffix == ".py" or f"{path.name}/" in packages()
    }
    assert floors_of_overview() == {noun: floor for noun, floor in FLOORS.items() if noun in existing}


def test_every_phase_of_a_worker_is_documented() -> None:
    """The page on processes has a row for each phase of a supervisor, in the order of the code."""
    page = (ARCHITECTURE / "01-processes.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([A-Z]+)` \|", page, re.MULTILINE) == [phase.name for phase in Phase]


@pytest.mark.parametrize("frames", [AnyRequest, AnyUpdate], ids=["requests", "updates"])
def test_every_frame_is_documented(frames: Any) -> None:
    """The page on processes has a row for each message between server and worker."""
    page = (ARCHITECTURE / "01-processes.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert {frame.__name__ for frame in get_args(frames)} - rows == set()
