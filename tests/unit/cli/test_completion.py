"""Completion in shells: scripts that a shell can read, and what they offer."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gradstream.cli.completion import SCRIPTS, candidates
from gradstream.cli.main import main
from tests.patience import PATIENCE_S


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with two demos the current one."""
    (tmp_path / "demos" / "words").mkdir(parents=True)
    for name in ("poem", "words/story"):
        (tmp_path / "demos" / f"{name}.yaml").write_text("gradstream: 1\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["ser"], ["serve"]),
        (["run", ""], ["poem", "words.story"]),
        (["run", "w"], ["words.story"]),
        (["run", "poem", "--js"], ["--json"]),
        (["check", "--format", "s"], ["sarif"]),
        (["check", "--format", "sarif", ""], []),
        (["schema", ""], ["catalog", "demo"]),
        (["completion", ""], ["bash", "fish", "zsh"]),
        (["import", "--"], ["--diff", "--force", "--help", "--name", "--to"]),
        (["serve", ""], []),
        (["nothing", ""], []),
    ],
)
@pytest.mark.usefixtures("catalog")
def test_the_last_word_is_completed(
    words: list[str], found: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Commands, options, values of options and addresses; nothing where the shell's own files fit."""
    assert main(["completion", "words", "--", *words]) == 0
    assert capsys.readouterr().out.splitlines() == found


def test_every_command_is_offered() -> None:
    """The first word is one of the commands."""
    assert {"serve", "run", "check", "new", "import", "completion"} <= set(candidates([""]))


@pytest.mark.parametrize("shell", SCRIPTS)
def test_a_script_is_printed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A script asks the program for its words, and a shell that is installed reads it without a mistake."""
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert "gradstream completion words --" in script
    path = shutil.which(shell)
    if path is not None:
        read = subprocess.run(
            [path, "-n"], input=script, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
        assert (read.returncode, read.stderr) == (0, "")


OFFERED = {
    "bash": """
        source <(gradstream completion bash)
        offer() { COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _gradstream; printf '%s\\n' "${COMPREPLY[@]}"; }
    """,
    # Outside of the line editor, with the functions that zsh's completion has there.
    "zsh": """
        compdef() { }; compadd() { shift; print -l -- "$@" }; _files() { print }
        source <(gradstream completion zsh)
        offer() { words=("$@") CURRENT=$#; _gradstream }
    """,
    "fish": """
        gradstream completion fish | source
        function offer; complete --do-complete "$argv"; end
    """,
}
"""For each shell, a function that prints what is offered for the last word of a command."""


@pytest.mark.parametrize("shell", SCRIPTS)
def test_a_shell_offers_the_words(shell: str, catalog: Path) -> None:
    """The script, run by the shell itself, offers commands, options and addresses of demos."""
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not installed")
    code = f"{OFFERED[shell]}\noffer gradstream comp\noffer gradstream run ''\noffer gradstream import --d\n"
    script = catalog / f"offer.{shell}"
    script.write_text(code)
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [path, script], env=env, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ["completion", "poem", "words.story", "--diff"]
