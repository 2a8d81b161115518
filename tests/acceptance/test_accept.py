"""`pytest --accept` rewrites the expected texts in files, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.patience import PATIENCE_S

TESTS = """
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", ["same", "reworded", "new", "gone"])
def test_report(name, exact):
    text = {"same": "one\\ntwo", "reworded": "ninety", "new": "first", "gone": ""}[name]
    exact.report(HERE / f"{name}.report", text)


def test_passage(exact):
    exact.passage(HERE / "page.md", "$ count\\n1 2\\n", "$ count\\n1 2 3\\n")


def test_without_a_file():
    raise AssertionError("not run with --accept")
"""
FILES = {
    "test_it.py": TESTS,
    "same.report": "one\ntwo\n",
    "reworded.report": "two\n",
    "gone.report": "mistake\n",
    "page.md": "Type:\n\n$ count\n1 2\n\nand\n\n$ count\n1 2 3\n",
}
ACCEPTED = {
    "test_it.py": TESTS,
    "same.report": "one\ntwo\n",
    "reworded.report": "ninety\n",
    "new.report": "first\n",
    "page.md": "Type:\n\n$ count\n1 2 3\n\nand\n\n$ count\n1 2 3\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a small suite: one expectation is met, all others differ."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run_pytest(folder: Path, *arguments: str, ci: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the small suite with the plugin, outside CI unless the variable is given."""
    environ = {name: value for name, value in os.environ.items() if name != "CI"}
    # Without bytecode, which would be one more file.
    environ |= {
        "PYTHONPATH": str(ROOT),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        **({"CI": ci} if ci else {}),
    }
    plugins = ["-p", "tests.exact", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", "--quiet", "--rootdir", ".", *plugins, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )


def contents(folder: Path) -> dict[str, str]:
    """Return the files of a folder with their texts."""
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_without_the_flag_texts_are_compared(folder: Path) -> None:
    """Each text that differs fails its test with the way to accept it, and no file changes."""
    done = run_pytest(folder)
    assert "5 failed, 1 passed" in done.stdout
    assert done.stdout.count("`make accept` writes it") >= 4
    assert contents(folder) == FILES


def test_the_flag_rewrites_what_differs(folder: Path) -> None:
    """Files are rewritten, added and removed; tests without such files do not run; then all texts agree."""
    done = run_pytest(folder, "--accept")
    assert done.returncode == 0, done.stdout
    assert "5 passed, 1 deselected" in done.stdout
    assert contents(folder) == ACCEPTED
    assert "1 failed, 4 passed" in run_pytest(folder, "--deselect", "test_it.py::test_passage").stdout


def test_an_ambiguous_passage_is_not_rewritten(folder: Path) -> None:
    """A passage that appears twice is reported, and the page stays as it is."""
    page = FILES["page.md"].replace("1 2 3", "1 2")
    (folder / "page.md").write_text(page, encoding="utf-8")
    done = run_pytest(folder, "--accept", "-k", "passage")
    assert done.returncode == 1
    assert "page.md has not exactly one passage" in done.stdout
    assert contents(folder) == FILES | {"page.md": page}


@pytest.mark.parametrize("ci", ["true", "1"])
def test_ci_refuses_the_flag(folder: Path, ci: str) -> None:
    """Where CI is set nothing is rewritten, and pytest exits with a usage error."""
    done = run_pytest(folder, "--accept", ci=ci)
    assert (done.returncode, "refused where CI is set" in done.stderr) == (pytest.ExitCode.USAGE_ERROR, True)
    assert contents(folder) == FILES
