"""`python -m gradstream` is the command `gradstream`."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"], ["nothing"], []])
def test_the_module_is_the_command(arguments: list[str]) -> None:
    """Output and exit code are the same, whichever way it is called."""
    ended = [
        subprocess.run([sys.executable, "-m", name, *arguments], capture_output=True, text=True, check=False)
        for name in ("gradstream", "gradstream.cli.main")
    ]
    assert len({(one.returncode, one.stdout, one.stderr) for one in ended}) == 1
    assert ended[0].returncode == (0 if "--" in "".join(arguments) else 2)
