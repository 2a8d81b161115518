"""Kills a process in the instant in which nobody can have heard of it yet, or stops it."""

import signal
import time
from contextlib import suppress
from pathlib import Path

import psutil

from tests.patience import PATIENCE_S


def kill_while_the_loop_stands(process: psutil.Process) -> None:
    """Kill a process and return when it has ended, so that the caller's event loop had no turn meanwhile."""
    process.kill()
    give_up_at = time.monotonic() + PATIENCE_S
    with suppress(psutil.NoSuchProcess):
        while process.status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < give_up_at
            time.sleep(0.01)


def stop(process: psutil.Process) -> None:
    """Stop a process and return when none of its threads goes on."""
    process.send_signal(signal.SIGSTOP)
    give_up_at = time.monotonic() + PATIENCE_S
    while not all(state == "T" for state in _states(process.pid)):
        assert time.monotonic() < give_up_at
        time.sleep(0.01)


def _states(pid: int) -> list[str]:
    stats = [file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/stat")]
    return [stat.rpartition(")")[2].split()[0] for stat in stats]
