"""What README shows is what happens."""

import re
import subprocess
from pathlib import Path
from textwrap import dedent, indent

import pytest

from tests.conftest import ROOT
from tests.exact import Exact
from tests.forked_command import run_command

FILE = ROOT / "README.md"
README = FILE.read_text(encoding="utf-8")


def _block(language: str) -> str:
    """Return README's first code block in a language, with the indentation of a list around it."""
    found = re.search(rf"^ *```{language}\n(.*?)^ *```$", README, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """Write README's demo and its generator to a folder."""
    demos = tmp_path / "demos"
    demos.mkdir()
    (demos / "fake_diffusion.yaml").write_text(dedent(_block("yaml")))
    (demos / "fake_diffusion.py").write_text(dedent(_block("python")))
    return tmp_path


def _gradstream(catalog: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_command(arguments, folder=catalog)


def test_the_demo_runs_as_it_stands(catalog: Path) -> None:
    """The YAML and the Python of README are a demo without remarks, and the command beside them runs it."""
    checked = _gradstream(catalog, "check")
    assert (checked.returncode, checked.stdout) == (0, "")
    arguments = re.findall(r"^\$ gradstream (run .*)$", README, re.MULTILINE)[0].split()
    ran = _gradstream(catalog, *arguments)
    assert ran.returncode == 0, ran.stderr
    assert len(ran.stdout.splitlines()) == 4


def test_the_mistake_is_reported_as_shown(catalog: Path, exact: Exact) -> None:
    """The misspelled key of README gives the very report that README shows."""
    file = catalog / "demos/fake_diffusion.yaml"
    file.write_text(file.read_text().replace("streaming", "stremaing"))
    checked = _gradstream(catalog, "check")
    assert checked.returncode == 1
    shown = _block("text")
    indentation = shown.removesuffix(shown.lstrip(" "))
    exact.passage(FILE, shown, indent(checked.stdout, indentation))
