"""`gradstream check` with paths: files by name from a hook, folders without a demo."""

import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.forked_command import run_command

ROOT = Path(__file__).parents[2]
GOOD = "gradstream: 1\ngenerator: made.back\ninputs:\n  text: text\noutputs:\n  said: text\n"
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command `gradstream` with these words."""
    return run_command(words, folder=folder)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a folder with a catalog, and with files of other tools around it."""
    (tmp_path / "lab/demos").mkdir(parents=True)
    for name in ("a", "b"):
        (tmp_path / f"lab/demos/{name}.yaml").write_text(GOOD)
    (tmp_path / "lab/made.py").write_text("def back(text):\n    yield text\n")
    (tmp_path / "lab/gradstream.yaml").write_text("gradstream: 1\n")
    (tmp_path / "compose.yaml").write_text("services: {}\n")
    return tmp_path


def test_files_by_name_and_what_is_not_a_demo(repository: Path) -> None:
    """Each is checked with the catalog around it; a file of something else is passed over with a word."""
    files = ("lab/demos/a.yaml", "lab/gradstream.yaml", "compose.yaml", "lab/made.py", "lab/demos/a.yaml")
    checked = run(repository, "check", *files)
    assert (checked.returncode, checked.stdout) == (0, "")
    assert checked.stderr == (
        "gradstream: passed over compose.yaml: not a demo, for want of `gradstream: 1`\n"
        "gradstream: passed over lab/made.py: not a YAML file\n"
        "1 good demo, no mistakes, no warnings\n"
    )


def test_a_repository_whose_catalog_is_in_a_folder(repository: Path) -> None:
    """From the root each catalog below is checked with its own modules, and what is in none beside them."""
    (repository / "notes").mkdir()
    (repository / "notes/a.yaml").write_text(GOOD)
    checked = run(repository, "check", "--no-import")
    assert checked.returncode == 1
    assert checked.stdout.startswith("notes/a.yaml:2:12: error E-NO-MODULE")
    assert checked.stderr == "2 good demos, 1 mistake, no warnings\n"
    (repository / "notes/a.yaml").unlink()
    assert run(repository, "check").returncode == 0


def test_a_demo_that_lacks_the_marker_is_not_passed_over(repository: Path) -> None:
    """Where all the rest is a demo's, the marker was forgotten."""
    (repository / "lab/demos/a.yaml").write_text(GOOD.replace("gradstream: 1\n", ""))
    checked = run(repository, "check", "--no-import", "lab/demos/a.yaml")
    assert checked.returncode == 1
    assert "lab/demos/a.yaml:1:1: error E-MISSING-KEY" in checked.stdout


def test_the_hooks_of_pre_commit(repository: Path) -> None:
    """One is given the names of changed files, the other checks a folder; both find a mistake in Python."""
    named, whole = HOOKS["gradstream-check-files"], HOOKS["gradstream-check"]
    changed = ("lab/demos/a.yaml", "compose.yaml")
    words = shlex.split(named["entry"])[1:]
    assert named.get("pass_filenames", True)
    assert run(repository, *words, *changed).returncode == 0
    (repository / "lab/made.py").write_text("def back(text):\n    yield text +\n")
    assert run(repository, *words, *changed).returncode == 1
    assert whole["pass_filenames"] is False
    assert run(repository / "lab", *shlex.split(whole["entry"])[1:]).returncode == 1


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, "no YAML file"),
        ({"notes.yaml": "a: 1\n"}, "YAML without `gradstream: 1`: notes.yaml"),
        ({"demos/x.txt": "", "demoz/a.yaml": GOOD, "B.YAML": GOOD}, "demos elsewhere: B.YAML, demoz/a.yaml"),
    ],
    ids=["nothing", "other files", "elsewhere"],
)
def test_a_folder_without_demos_could_not_be_checked(
    tmp_path: Path, files: dict[str, str], found: str
) -> None:
    """A job that checks nothing must not pass: exit code 2, what was searched, and what to do."""
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    checked = run(tmp_path, "check", "--strict")
    assert (checked.returncode, checked.stdout) == (2, "")
    first, searched, there, repair = checked.stderr.splitlines()
    assert first == "gradstream: no demo found in ."
    assert searched.startswith("  searched: ")
    assert there == f"  found:    {found}"
    assert repair.startswith("  repair:   ")
