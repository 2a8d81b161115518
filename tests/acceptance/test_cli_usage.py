"""The command line: what is wrong is answered in words, whatever is written."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.forked_command import run_command
from tests.patience import PATIENCE_S

LONG = "x" * 5_000
WRONG = {
    ("serv",): "did you mean serve?",
    ("chek", "."): "did you mean check?",
    ("serve", "--prot", "9"): "usage: gradstream serve",
    ("serve", "--prot=9"): "did you mean --port?",
    ("serve", "--port", "99999"): "expected a port from 0 to 65535, found '99999'",
    ("serve", "--port", "-1"): "expected a port from 0 to 65535, found '-1'",
    ("serve", "--port", "9" * 5_000): "expected a port from 0 to 65535",
    ("serve", "--port", "\u0661"): "expected a port from 0 to 65535",
    ("serve", "--port", ""): "expected a port from 0 to 65535",
    ("serve", "--log", "jsn"): "did you mean json?",
    ("serve", "--host", "a" * 100): "cannot listen on",
    ("serve", "--host", "no such host"): "cannot listen on",
    ("serve", "--host", "\u2603.example"): "cannot listen on",
    ("serve", LONG): "File name too long",
    ("serve", "nowhere"): "is not a folder",
    ("check", "--timeout", "nan"): "expected a positive number of seconds, found 'nan'",
    ("check", "--timeout", "-1"): "expected a positive number of seconds",
    ("check", "--timeout", "inf"): "expected a positive number of seconds",
    ("check", "--timeout", "1e999"): "expected a positive number of seconds",
    ("check", "--format", "sarf"): "did you mean sarif?",
    ("check", LONG): "File name too long",
    ("run", "nowhere"): "there is no demo nowhere",
    ("run", "nowhere.yaml"): "there is no demo nowhere.yaml",
    ("run", LONG): "there is no demo",
    ("run", "x", "--input", "novalue", "--inptu", "a=b"): "did you mean --input?",
    ("run", "poem", "text=hello"): "write --input text=hello",
    ("new", "a-b"): "cannot be a demo's name",
    ("new", "demo", "--folder", LONG): "File name too long",
    ("new", "demo", "--folder", "file"): "Not a directory",
    ("new", "demo", "--template", "chta"): "did you mean chat?",
    ("schema", "--unknown"): "usage: gradstream schema",
}


def _gradstream(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_command(arguments, folder=folder)


@pytest.mark.parametrize("arguments", WRONG, ids=lambda arguments: " ".join(arguments)[:40])
def test_nothing_that_is_written_ends_in_a_traceback(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Exit code 2, and what was expected."""
    (tmp_path / "file").touch()
    ended = _gradstream(tmp_path, *arguments)
    assert "Traceback" not in ended.stderr
    assert WRONG[arguments] in ended.stderr
    assert ended.returncode == 2
    assert len(ended.stderr) < 2_000 or LONG in arguments or "9" * 5_000 in arguments


def test_without_a_command_the_commands_are_listed(tmp_path: Path) -> None:
    """The first thing that anyone types shows what there is, with an example."""
    ended = _gradstream(tmp_path)
    assert ended.returncode == 2
    assert all(f"\n    {command} " in ended.stderr for command in ("serve", "run", "check", "new", "schema"))
    assert "gradstream new my_demo" in ended.stderr


def test_a_reader_that_has_ended_is_no_error(tmp_path: Path) -> None:
    """As in `gradstream schema | head -1`: the exit code is that of shells, without a word."""
    command = [sys.executable, "-m", "gradstream.cli.main", "schema"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(PATIENCE_S) == 141


def test_a_file_needs_no_catalog_around_it(tmp_path: Path) -> None:
    """`gradstream run FILE` runs it from anywhere, whatever demos are in the present folder."""
    demo = tmp_path / "elsewhere" / "lonely"
    demo.mkdir(parents=True)
    (demo / "one.yaml").write_text("gradstream: 1\ngenerator: one.run\noutputs:\n  out: text\n")
    (demo / "one.py").write_text("def run():\n    yield 'ran'\n")
    here = tmp_path / "here"
    (here / "demos").mkdir(parents=True)
    (here / "demos/broken.yaml").write_text("gradstream: 1\noutput: {}\n")
    for given in ("../elsewhere/lonely/one.yaml", str(demo / "one.yaml")):
        ran = _gradstream(here, "run", given)
        assert (ran.returncode, ran.stdout) == (0, "ran\n"), ran.stderr
    (demo / "one.yaml").write_text("gradstream: 1\ngenerator: one.run\noutput:\n  out: text\n")
    ran = _gradstream(here, "run", "../elsewhere/lonely/one.yaml")
    assert ran.returncode == 1
    assert "../elsewhere/lonely/one.yaml:3:1: error E-UNKNOWN-KEY" in ran.stderr
