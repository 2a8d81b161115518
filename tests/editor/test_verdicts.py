"""An editor underlines what the engine refuses, as far as a schema can say it, and nothing else."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from gradstream.catalog.scaffold import create_from_template, templates
from gradstream.catalog.scan import read_file
from tests.editor.language_client import ROOT, LanguageClient

EXAMPLES = ROOT / "tests" / "examples"
ENVIRON = {"TITLE": "Tuned", "SCALE": "1.5", "TOKEN": "hush"}
BEYOND_FILE = Path(__file__).parent / "beyond_the_schema.txt"
MODELINE = re.compile(r"^# yaml-language-server:.*$", re.MULTILINE)
Verdicts = Mapping[Path, list[str]]


def cases(folder: str) -> list[Path]:
    """List the examples of one folder."""
    return sorted((EXAMPLES / folder).glob("*.yaml"))


def beyond_the_schema() -> dict[str, str]:
    """Return the listed cases with their reasons."""
    lines = BEYOND_FILE.read_text(encoding="utf-8").splitlines()
    said = [line.partition(": ") for line in lines if line and not line.startswith("#")]
    return {name: reason for name, _, reason in said}


BEYOND = beyond_the_schema()


@pytest.fixture(scope="session")
def verdicts(editor: LanguageClient) -> Verdicts:
    """Return the errors that the editor shows in each of the examples; all are opened at once.

    An example's own modeline is left out: the editor has the schema in its own way.
    """
    opened = {
        path: editor.open(f"demos/{path.name}", MODELINE.sub("", path.read_text(encoding="utf-8")))
        for folder in ("valid", "invalid")
        for path in cases(folder)
    }
    return {path: editor.errors(uri) for path, uri in opened.items()}


@pytest.mark.parametrize("path", cases("valid"), ids=lambda path: path.stem)
def test_nothing_is_underlined_in_what_is_valid(verdicts: Verdicts, path: Path) -> None:
    """A demo that the engine serves shows no error."""
    assert verdicts[path] == []


@pytest.mark.parametrize("path", cases("invalid"), ids=lambda path: path.stem)
def test_the_verdicts_agree(verdicts: Verdicts, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the engine refuses shows an error; what only the engine can know is listed, with the reason."""
    monkeypatch.chdir(path.parent)
    assert read_file(Path(path.name), environ=ENVIRON).demos == ()
    if path.stem in BEYOND:
        assert verdicts[path] == [], f"{path.stem} is seen after all: take its line out of {BEYOND_FILE.name}"
    else:
        assert verdicts[path] != [], (
            f"{path.stem} is not seen: let the schema say it, or say in {BEYOND_FILE.name} why it cannot"
        )


def test_a_key_of_another_tool_is_told_in_the_engine_s_words(editor: LanguageClient) -> None:
    """At the top, in inputs, outputs and actions: what to do about it, beside what the schema refuses."""
    text = (
        "gradstream: 1\ngenerator: a.b\nshare: true\n"
        "inputs:\n  it:\n    type: text\n    disabled: true\n"
        "outputs:\n  out:\n    type: text\n    elem_id: box\n"
    )
    with_actions = (
        "gradstream: 1\nactions:\n  go:\n    generator: a.b\n    on_change: text\noutputs:\n  out: text\n"
    )
    found = [
        *editor.findings("demos/foreign.yaml", text),
        *editor.findings("demos/with_actions.yaml", with_actions),
    ]
    said = {each["message"] for each in found}
    assert said >= {
        "Remove it: there is nothing like it here.",
        "Remove it: what visitors do not change is a constant below `with`.",
        "Remove it: colours and letters are the page's own.",
        "Remove it: a change runs the function with `live: true` at the top, or an action with `runs_on`.",
    }


def test_the_list_names_cases_that_exist_and_gives_reasons() -> None:
    """No line is left of an example that has gone, and none is without a reason."""
    assert set(BEYOND) <= {path.stem for path in cases("invalid")}
    assert all(BEYOND.values())


@pytest.mark.parametrize(
    "path", [ROOT / "gradstream.yaml", *sorted((ROOT / "demos").rglob("*.yaml"))], ids=lambda path: path.stem
)
def test_the_repository_s_own_files_show_no_error(repository: LanguageClient, path: Path) -> None:
    """Each demo names its schema in its first line, and fits it."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=")
    assert repository.check(path.relative_to(ROOT).as_posix(), text) == []


def test_a_new_demo_is_ready_for_an_editor(tmp_path: Path) -> None:
    """What `gradstream new` writes names a schema that is there, shows no error and completes."""
    for name in templates():
        create_from_template(tmp_path, f"my_{name}", template=name)
    with LanguageClient(tmp_path) as editor:
        for path in sorted((tmp_path / "demos").glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            assert editor.check(f"demos/{path.name}", text) == []
            labels = [each.label for each in editor.complete(f"demos/{path.name}", f"{text}\n|")]
            assert "on_disconnect" in labels
