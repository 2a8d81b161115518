"""A thread's own current folder."""

import os
import sys
import threading
from pathlib import Path

import pytest

from gradstream.worker.loading.working_directory import enter_folder, own_thread


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
