"""A program that tests share is replaced where it may hang."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from tests.browser import shared_program
from tests.browser.shared_program import SharedProgram

Sleeping = subprocess.Popen[bytes]


@contextmanager
def sleeping() -> Iterator[Sleeping]:
    """Start a program that never answers: what closes it waits for its end."""
    with subprocess.Popen(["sleep", "600"]) as process:
        yield process


def test_one_program_serves_all_tests() -> None:
    """It is started once, when it is first asked for."""
    shared = SharedProgram(sleeping)
    assert shared.get() is shared.get()
    shared.kill()


def test_what_was_killed_is_replaced() -> None:
    """The next test has another, which runs; of the first nothing is left."""
    shared = SharedProgram(sleeping)
    first = shared.get()
    shared.kill()
    assert not psutil.pid_exists(first.pid)
    second = shared.get()
    assert second.poll() is None
    shared.kill()
    assert not psutil.pid_exists(second.pid)


def test_what_does_not_close_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing it waits as long as a test waits, and no longer."""
    monkeypatch.setattr(shared_program, "PATIENCE_S", 0.01)
    shared = SharedProgram(sleeping)
    process = shared.get()
    shared.close()
    assert process.returncode is not None
    assert process.returncode < 0
