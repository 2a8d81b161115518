"""Runs `gradstream` in a process that starts at once: it is forked from one that has imported everything.

    ForkedCommand --fork server, one for each process of tests--> process --main(arguments)--> exit code

Signals, exit codes, output and environment are those of the command; only Python's start and its imports are
saved. `tests/acceptance/test_module.py` and `tests/packaging` start the command as users do.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TextIO

from gradstream.cli.main import main

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__, "gradstream.cli.serve", "anyio._backends._asyncio"])


class ForkedCommand:
    """A command that runs; `stdout` is its standard output, its standard error goes to a file."""

    def __init__(self, arguments: Sequence[str], *, folder: Path, stderr: Path) -> None:
        ours, theirs = FORKS.Pipe(duplex=False)
        self._process = FORKS.Process(
            target=_run, args=(list(arguments), folder, dict(os.environ), theirs, stderr), daemon=True
        )
        self._process.start()
        theirs.close()
        self.stdout: TextIO = os.fdopen(os.dup(ours.fileno()), encoding="utf-8")
        ours.close()
        assert self._process.pid is not None
        self.pid: int = self._process.pid

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal, if the command has not ended."""
        if self._process.is_alive():
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End the command as a crash does, if it has not ended."""
        self._process.kill()

    def wait(self, timeout_s: float) -> int:
        """Return the exit code, negative for the signal that ended the command. Raises TimeoutError."""
        self._process.join(timeout_s)
        if self._process.exitcode is None:
            raise TimeoutError(f"the command has not ended within {timeout_s} s")
        return self._process.exitcode


def _run(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], stdout: Connection, stderr: Path
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    os.dup2(stdout.fileno(), sys.stdout.fileno())
    stdout.close()
    log = os.open(stderr, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, sys.stderr.fileno())
    os.close(log)
    sys.argv = ["gradstream", *arguments]
    sys.exit(main())
