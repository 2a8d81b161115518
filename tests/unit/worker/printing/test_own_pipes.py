"""What the worker knows of the pipes that it writes to."""

import os
import subprocess
import sys

import pytest

CODE = """
import os
from gradstream.worker.printing.own_pipes import OwnPipes
pipes = OwnPipes()
found = [pipes.hold_something()]
os.write(1, b"x")
found.append(pipes.hold_something())
os.close(1)
found.append(pipes.hold_something())
os.write(2, repr(found).encode())
"""


def run(stdout: int) -> str:
    """Run the code with this standard output, which nobody reads meanwhile."""
    command = [sys.executable, "-c", CODE]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, check=True).stderr.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not say how much is in a pipe")
def test_what_nobody_has_read_is_known() -> None:
    """Also when the developer's code has closed the descriptor."""
    reader, writer = os.pipe()
    assert run(writer) == "[False, True, True]"
    os.close(writer)
    assert os.read(reader, 2) == b"x"
    os.close(reader)


def test_anything_else_than_a_pipe_holds_nothing() -> None:
    """A worker whose output is a file, as when someone starts it by hand, has nothing to announce."""
    assert run(subprocess.DEVNULL) == "[False, False, False]"
