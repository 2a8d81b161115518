"""`gradstream check`: findings without a server, fit for CI."""

import contextlib
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.forked_command import run_command

GOOD = "gradstream: 1\ngenerator: made.back\ninputs:\n  text: text\noutputs:\n  said: text\n"


def _check(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_command(["check", *arguments], folder=folder)


def _write(folder: Path, yaml: str, python: str = "def back(text):\n    yield text\n") -> None:
    (folder / "demo_one.yaml").write_text(yaml)
    (folder / "made.py").write_text(python)


def test_a_good_folder_exits_with_0_and_says_nothing_on_standard_output(tmp_path: Path) -> None:
    """No findings, no output but a count on standard error."""
    _write(tmp_path, GOOD)
    checked = _check(tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "")
    assert checked.stderr == "1 good demo, no mistakes, no warnings\n"


def test_json_is_all_there_is_on_standard_output(tmp_path: Path) -> None:
    """The report has the wire's fields, places count from 1, and a file needs no catalog around it."""
    _write(tmp_path, GOOD.replace("text: text", "text: txet"))
    checked = _check(tmp_path, "--format", "json", "demo_one.yaml")
    report = json.loads(checked.stdout)
    assert checked.returncode == 1
    assert report["version"] == 1
    (found,) = report["diagnostics"]
    assert (found["file"], found["line"], found["column"]) == ("demo_one.yaml", 4, 9)
    assert set(found) == {
        *("file", "line", "column", "end_line", "end_column"),
        *("severity", "code", "message", "expected", "found", "repair", "fixes"),
    }
    edit = {"line": 4, "column": 9, "end_line": 4, "end_column": 13, "text": "text"}
    assert found["fixes"] == [{"title": "write text", "edits": [edit]}]


def test_other_programs_are_told_in_their_own_forms(tmp_path: Path) -> None:
    """SARIF is one document on standard output; GitHub's commands are lines of a workflow's log."""
    _write(tmp_path, GOOD.replace("text: text", "text: txet"))
    log = json.loads(_check(tmp_path, "--no-import", "--format", "sarif").stdout)
    (result,) = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("demo_one.yaml", 4)
    checked = _check(tmp_path, "--no-import", "--format", "github")
    assert checked.returncode == 1
    assert checked.stdout.startswith("::error file=demo_one.yaml,line=4,col=9,")


def test_an_import_that_fails_is_a_finding_at_the_line_of_python(tmp_path: Path) -> None:
    """What only running the import can tell is told as well, unless it is not wanted."""
    _write(tmp_path, GOOD, "raise RuntimeError('no model')\n\ndef back(text):\n    yield text\n")
    checked = _check(tmp_path)
    assert checked.returncode == 1
    assert "made.py:1:1: error" in checked.stdout
    assert "no model" in checked.stdout
    assert _check(tmp_path, "--no-import").returncode == 0


def test_a_path_that_does_not_exist_could_not_be_checked(tmp_path: Path) -> None:
    """That is exit code 2, not a finding."""
    checked = _check(tmp_path, "nowhere.yaml")
    assert checked.returncode == 2
    assert "nowhere.yaml does not exist" in checked.stderr


def test_progress_is_shown_on_a_terminal_and_taken_back(tmp_path: Path) -> None:
    """A long catalog says which demo is being imported; nothing of it stays."""
    _write(tmp_path, GOOD)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "gradstream.cli.main", "check"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        said = b""
        with contextlib.suppress(OSError):  # a terminal that nobody has open any more says so by an error
            while part := os.read(ours, 4096):
                said += part
    os.close(ours)
    assert process.returncode == 0
    assert b"importing 1 of 1: demo_one" in said
    assert said.replace(b"\r\n", b"\n").endswith(b"\r\x1b[K1 good demo, no mistakes, no warnings\n")


def test_a_file_that_only_lacks_the_marker_is_told(tmp_path: Path) -> None:
    """What looks like a demo and is passed over is a warning; any other YAML is nobody's business."""
    _write(tmp_path, GOOD)
    (tmp_path / "forgotten.yaml").write_text(GOOD.replace("gradstream: 1\n", ""))
    (tmp_path / "compose.yaml").write_text("services:\n  web:\n    image: nginx\n")
    checked = _check(tmp_path, "--no-import")
    assert checked.returncode == 0
    assert checked.stdout.startswith("forgotten.yaml:1:1: warning W-NO-MARKER: the file looks like a demo")
    assert "compose.yaml" not in checked.stdout
    assert _check(tmp_path, "--no-import", "--strict").returncode == 1


def test_an_import_that_does_not_end_is_told(tmp_path: Path) -> None:
    """Each demo's import has a limit; a module that sleeps is a finding, and nothing is left running."""
    _write(tmp_path, GOOD, "import time\ntime.sleep(600)\n\ndef back(text):\n    yield text\n")
    checked = _check(tmp_path, "--timeout", "1")
    assert checked.returncode == 1
    assert "demo_one.yaml:2:12: error E-IMPORT-SLOW" in checked.stdout
    assert "did not end within 1 s" in checked.stdout


def test_certain_repairs_are_shown_and_made(tmp_path: Path) -> None:
    """`--diff` shows them and writes nothing; `--fix` makes them, and reports what is left."""
    wrong = GOOD.replace("text: text", "text: txet")
    _write(tmp_path, wrong)
    shown = _check(tmp_path, "--no-import", "--diff")
    assert shown.returncode == 1
    assert "-  text: txet\n+  text: text\n" in shown.stdout
    assert shown.stderr.startswith("1 file can be repaired\n")
    assert (tmp_path / "demo_one.yaml").read_text() == wrong
    fixed = _check(tmp_path, "--no-import", "--fix", "--format", "json")
    assert fixed.returncode == 0
    assert json.loads(fixed.stdout)["diagnostics"] == []
    assert "+  text: text\n" in fixed.stderr
    assert (tmp_path / "demo_one.yaml").read_text() == GOOD
