"""`gradstream fmt` writes files in the style, or says which are not."""

from pathlib import Path

import pytest

from gradstream.cli.main import main

ROOT = Path(__file__).parents[3]
ODD = "title: One\ngradstream: 1\ngenerator: f.go\noutputs: {said: text}\n"
GOOD = "gradstream: 1\ntitle: One\ngenerator: f.go\noutputs:\n  said: text\n"


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a catalog of one file that is not in the style, and go there."""
    (tmp_path / "demos").mkdir()
    (tmp_path / "demos/one.yaml").write_bytes(b"\xef\xbb\xbf" + ODD.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_are_written(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A byte order mark stays; the second time there is nothing to do."""
    assert main(["fmt"]) == 0
    assert (catalog / "demos/one.yaml").read_bytes() == b"\xef\xbb\xbf" + GOOD.encode()
    assert capsys.readouterr().err == "demos/one.yaml written\n"
    assert main(["fmt"]) == 0
    assert capsys.readouterr().err == "all files are in the style\n"


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_nothing_is_written_where_only_a_look_was_asked_for(
    catalog: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is for machines, the difference for people."""
    assert main(["fmt", option, "demos/one.yaml"]) == 1
    assert (catalog / "demos/one.yaml").read_bytes().endswith(ODD.encode())
    printed = capsys.readouterr()
    assert printed.err == "demos/one.yaml is not in the style\n"
    assert ("title: One" in printed.out) == (option == "--diff")


def test_what_stays_as_it_is_is_reported(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not YAML is named, with the reason, and the others are written."""
    (catalog / "demos/bad.yaml").write_text("gradstream: 1\ntitle: [\n")
    (catalog / "demos/worse.yaml").write_bytes(b"gradstream: 1\ntitle: \xff\n")
    assert main(["fmt"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("demos/bad.yaml is left as it is: it is not YAML: ")
    assert said[1:] == ["demos/one.yaml written", "demos/worse.yaml is left as it is: it is not UTF-8"]


def test_a_path_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is done, and the path is named."""
    assert main(["fmt", "absent"]) == 2
    assert capsys.readouterr().err == "gradstream: absent does not exist\n"


def test_the_project_s_own_files_are_in_the_style(capsys: pytest.CaptureFixture[str]) -> None:
    """Demos, and what `gradstream new` writes."""
    templates = map(str, (ROOT / "engine/gradstream/templates").glob("*.yaml"))
    assert main(["fmt", "--diff", str(ROOT), *templates]) == 0, capsys.readouterr().out
