"""`gradstream schema`: one file that an editor can be given."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.forked_command import run_command


def _schema(*arguments: str) -> subprocess.CompletedProcess[str]:
    return run_command(["schema", *arguments], folder=Path.cwd())


@pytest.mark.parametrize(("subject", "key"), [("demo", "generator"), ("catalog", "demos")])
def test_a_schema_is_printed_or_written(subject: str, key: str, tmp_path: Path) -> None:
    """Standard output has the schema and nothing else; `--out` writes the same."""
    printed = _schema(subject)
    assert (printed.returncode, printed.stderr) == (0, "")
    assert key in json.loads(printed.stdout)["properties"]
    written = _schema(subject, "--out", str(tmp_path / "it.json"))
    assert (written.returncode, written.stdout) == (0, "")
    assert (tmp_path / "it.json").read_text(encoding="utf-8") == printed.stdout


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """That is exit code 2 and one line."""
    refused = _schema("--out", str(tmp_path / "nowhere" / "it.json"))
    assert refused.returncode == 2
    assert refused.stderr.endswith("cannot be written: No such file or directory\n")
