"""What docs/authoring tells its readers to do works, to the letter."""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct, yaml

from tests.acceptance.documented import Printed, Write, gradstream, play, steps, unnamed
from tests.conftest import ROOT
from tests.exact import Exact

AUTHORING = ROOT / "docs" / "authoring"
PLAYED = ("tutorial", "recipes", "actions", "from-gradio", "from-streamlit", "importing")
PARTS = 4
"""The runs of a page are spread over as many tests, each with a time limit of its own."""

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```$|`[^`\n]*`", re.DOTALL | re.MULTILINE)
PAGES = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))


def _page(name: str) -> str:
    return (AUTHORING / f"{name}.md").read_text(encoding="utf-8")


def _runs(folder: Path) -> Iterator[list[str]]:
    """Yield what starts each action of each demo in a folder, with the values of the first example."""
    for file in sorted((folder / "demos").rglob("*.yaml")):
        demo: dict[str, Any] = yaml.decode(file.read_bytes())
        given = [f"{name}={value}" for name, value in _example(demo, file.parent).items()]
        for action in demo.get("actions", [None]):
            chosen = ["--action", action] if action else []
            yield ["run", file.stem, *chosen, *(word for value in given for word in ("--input", value))]


def _example(demo: dict[str, Any], folder: Path) -> dict[str, Any]:
    match demo.get("examples"):
        case str(name):
            with (folder / name).open(encoding="utf-8", newline="") as rows:
                return next(csv.DictReader(rows))
        case [dict(first), *_]:
            return first
        case dict(named):
            first = next(iter(named.values()))
            assert isinstance(first, dict)
            return first
        case _:
            return {}


class Played(Struct, frozen=True):
    """A page, the folder that its reader has in the end, and what the commands printed."""

    page: Path
    folder: Path
    printed: list[Printed]


@pytest.fixture(scope="session", params=PLAYED)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Do all that a page says."""
    folder = tmp_path_factory.mktemp(request.param)
    printed = play(_page(request.param), folder)
    return Played(page=AUTHORING / f"{request.param}.md", folder=folder, printed=printed)


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> str:
    """Set the secret that a recipe uses, and return it."""
    monkeypatch.setenv("WEATHER_TOKEN", "hush")
    return "hush"


def test_commands_print_what_a_page_shows(played: Played, exact: Exact) -> None:
    """The output of a command is the text below it, to the letter."""
    for each in played.printed:
        exact.passage(played.page, each.shown, each.actual)


@pytest.mark.usefixtures("token")
def test_a_page_leads_to_demos_without_remarks(played: Played) -> None:
    """A reader who has followed a page has nothing left to correct."""
    assert gradstream(played.folder, ["check", "--strict"])[0] == 0


@pytest.mark.parametrize("part", range(PARTS))
def test_the_demos_of_a_page_run(played: Played, part: int, token: str) -> None:
    """Each action of each demo succeeds with the values of its first example, and shows no secret."""
    for arguments in list(_runs(played.folder))[part::PARTS]:
        code, printed = gradstream(played.folder, [*arguments, "--out", "."])
        assert code == 0, f"{arguments}:\n{printed}"
        assert token not in printed


def test_the_tutorial_explains_the_file_that_is_there() -> None:
    """What it shows of `story.yaml` says what `gradstream new` writes."""
    (shown,) = (yaml.decode(block) for block in unnamed(_page("tutorial"), "yaml"))
    template = ROOT / "engine" / "gradstream" / "templates" / "text.yaml"
    written: dict[str, Any] = yaml.decode(template.read_bytes())
    written["title"], written["generator"] = "Story", "story.write"
    assert shown == {key: value for key, value in written.items() if key != "examples"}


@pytest.mark.parametrize("name", PLAYED)
def test_what_is_shown_in_part_is_right_as_well(name: str) -> None:
    """YAML and Python that are no whole files can be read by what reads such files."""
    page = _page(name)
    for block in unnamed(page, "yaml"):
        assert isinstance(yaml.decode(block), dict)
    for block in unnamed(page, "python"):
        ast.parse(block)
    for step in steps(page):
        if isinstance(step, Write) and step.name.endswith((".yaml", ".yml")):
            assert isinstance(yaml.decode(step.text), dict)


def _anchors(page: str) -> set[str]:
    """Return the anchors that a code host makes of a page's headings."""
    titles = re.findall(r"^#+ (.*)$", FENCED.sub(_keep_words, page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def _keep_words(found: re.Match[str]) -> str:
    return "" if found[0].startswith("```") else found[0].strip("`")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    """Links lead to a file of this repository and to a heading in it; authors' pages have no other links."""
    for target in LINK.findall(FENCED.sub("", path.read_text(encoding="utf-8"))):
        if "://" in target and not path.is_relative_to(AUTHORING):
            continue
        file, _, anchor = target.partition("#")
        assert "://" not in target
        found = (path.parent / file).resolve() if file else path
        assert found.is_relative_to(ROOT)
        assert found.exists(), target
        assert not anchor or anchor in _anchors(found.read_text(encoding="utf-8")), target
