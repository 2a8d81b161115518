"""Temporary folders go with their server, or when the next one starts, and never before."""

import fcntl
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from gradstream.runs import scratch
from gradstream.runs.scratch import OWNER, remove_abandoned, scratch_folder

DIES = """
import os, signal
from gradstream.runs.scratch import scratch_folder
with scratch_folder() as scratch:
    (scratch.path / "runs").mkdir()
    print(scratch.path, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)


def left_by_a_killed_process() -> Path:
    """Return the folder of a process that was killed with it."""
    done = subprocess.run([sys.executable, "-c", DIES], stdout=subprocess.PIPE, text=True, check=False)
    folder = Path(done.stdout.strip())
    assert (folder / "runs").is_dir()
    return folder


def test_folders_of_dead_servers_are_removed() -> None:
    """One that was killed has left its folder; the own one and what is not of a server stay."""
    dead = left_by_a_killed_process()
    other = dead.parent / "gradstream-notes"
    other.mkdir()
    link = dead.parent / "gradstream-link"
    link.symlink_to(other)
    with scratch_folder() as own:
        assert remove_abandoned() == 1
        left = (dead.exists(), own.path.exists(), other.exists(), link.is_symlink())
        assert left == (False, True, True, True)
    assert not own.path.exists()


def test_a_folder_that_is_removed_is_made_again(caplog: pytest.LogCaptureFixture) -> None:
    """It is this user's alone and locked, as the first was, and goes in the end."""
    with scratch_folder() as own:
        own.keep()
        shutil.rmtree(own.path)
        own.keep()
        assert stat.S_IMODE(own.path.stat().st_mode) == 0o700
        with (own.path / OWNER).open("rb") as file, pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        assert caplog.text.count("the temporary folder was removed") == 1
    assert not own.path.exists()


def test_a_folder_that_is_locked_is_a_living_servers() -> None:
    """Its process may be out of sight, as in another container: the lock counts."""
    dead = left_by_a_killed_process()
    with (dead / OWNER).open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert remove_abandoned() == 0
    assert remove_abandoned() == 1


def test_a_folder_of_a_living_process_stays_without_a_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a network folder has no locks, process id and start decide; a later process is another."""
    dead = left_by_a_killed_process()
    mine = scratch._started(os.getpid())
    (dead / OWNER).write_text(f'{{"pid": {os.getpid()}, "started": {mine}}}')
    assert remove_abandoned() == 0
    monkeypatch.setattr(scratch, "_started", lambda _: 1)
    assert remove_abandoned() == 1


def test_a_folder_without_a_name_is_left_for_a_while() -> None:
    """Its server may be just about to write it."""
    dead = left_by_a_killed_process()
    (dead / OWNER).write_bytes(b"")
    assert remove_abandoned() == 0
    os.utime(dead, (0, 0))
    assert remove_abandoned() == 1
