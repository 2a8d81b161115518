"""Runs `gradstream` in a process that starts at once: it is forked from one that has imported everything.

Signals, exit codes, output and environment are those of the command, and so are the processes below it.
`tests/acceptance/test_module.py` and `tests/packaging` start the command as users do.
"""

import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from tests.patience import PATIENCE_S
from tests.zygote import Fork, Zygote

COMMANDS = ("check", "import_", "new", "run", "schema", "serve")
ZYGOTE = Zygote(*(f"gradstream.cli.{name}" for name in COMMANDS), "anyio._backends._asyncio")


class ForkedCommand:
    """A command that runs; `stdout` is its standard output, its standard error goes to a file."""

    def __init__(self, arguments: Sequence[str], *, folder: Path, stderr: Path) -> None:
        ours, theirs = os.pipe()
        log = os.open(stderr, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            self._fork = _fork(arguments, theirs, log, folder=folder)
        finally:
            os.close(theirs)
            os.close(log)
        self.stdout: TextIO = os.fdopen(ours, encoding="utf-8")
        self.pid = self._fork.pid

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal, if the command has not ended."""
        self._fork.send_signal(number)

    def kill(self) -> None:
        """End the command as a crash does, if it has not ended."""
        self._fork.send_signal(signal.SIGKILL)

    def wait(self, timeout_s: float) -> int:
        """Return the exit code, negative for the signal that ended the command. Raises TimeoutError."""
        return self._fork.wait(timeout_s)


def run_command(
    arguments: Sequence[str], *, folder: Path, environ: Mapping[str, str] | None = None, joined: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end. With `joined`, standard output has standard error too, in one order.

    What Python itself reads from `environ` at its start, such as PYTHONPATH, has no effect.
    """
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        error = stdout if joined else stderr
        fork = _fork(arguments, stdout.fileno(), error.fileno(), folder=folder, environ=environ)
        try:
            code = fork.wait(PATIENCE_S)
        finally:
            fork.send_signal(signal.SIGKILL)
        printed = []
        for file in (stdout, stderr):
            file.seek(0)
            printed.append(file.read().decode())
    return subprocess.CompletedProcess(["gradstream", *arguments], code, *printed)


def _fork(
    arguments: Sequence[str],
    stdout: int,
    stderr: int,
    *,
    folder: Path,
    environ: Mapping[str, str] | None = None,
) -> Fork:
    environ = os.environ if environ is None else environ
    return ZYGOTE.fork("command", arguments, (stdout, stderr), folder=folder, environ=environ)
