"""A thread's own current folder."""

import os
import resource
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gradstream.worker.loading.working_directory import LoopFolders, RunFolder, enter_folder, own_thread


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives a thread its own folder")
def test_a_thread_leaves_others_where_they_are(tmp_path: Path) -> None:
    """A thread that has its own folder changes it alone; one that has not changes nothing."""
    before = Path.cwd()
    seen: list[Path] = []

    def work(*, owned: bool) -> None:
        if owned:
            own_thread()
        enter_folder(str(tmp_path), alone=False)
        seen.append(Path.cwd())

    for owned in (True, False):
        thread = threading.Thread(target=work, kwargs={"owned": owned})
        thread.start()
        thread.join()
    assert seen == [tmp_path, before]
    assert Path.cwd() == before
    assert Path(os.curdir).resolve() == before


def in_thread_of_its_own(work: Callable[[], None]) -> None:
    """Do something where a change of the current folder concerns nobody else."""
    with ThreadPoolExecutor(1, initializer=own_thread) as pool:
        pool.submit(work).result()


def open_files() -> int:
    """Return how many descriptors this process has."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives a thread its own folder")
@pytest.mark.parametrize("is_removed", [False, True])
def test_a_run_is_where_it_was_until_it_is_over(tmp_path: Path, *, is_removed: bool) -> None:
    """Also in a folder that it has removed; what goes on afterwards is in no other run's folder."""
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()

    def work() -> None:
        folders, home, before = LoopFolders(), Path.cwd(), open_files()
        run, other = RunFolder(str(first)), RunFolder(str(second))
        inode = first.stat().st_ino
        if is_removed:
            first.rmdir()
        for folder, number in ((run, inode), (other, second.stat().st_ino), (run, inode)):
            folders.enter(folder)
            assert Path().stat().st_ino == number
        folders.leave(run)
        folders.leave(other)
        assert (Path.cwd(), open_files()) == (home, before)
        folders.enter(other)
        folders.enter(run)
        assert Path.cwd() == (home if is_removed else first)

    in_thread_of_its_own(work)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives a thread its own folder")
def test_folders_are_entered_by_path_when_descriptors_are_used_up(tmp_path: Path) -> None:
    """A thousand runs may need more than the system gives."""

    def work() -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        folders = LoopFolders()
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
        try:
            folder = RunFolder(str(tmp_path))
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        folders.enter(folder)
        assert Path.cwd() == tmp_path
        folders.leave(folder)

    in_thread_of_its_own(work)
