"""Imports installed packages in a process that demos which begin with them are forked from.

Such a process must have one thread: locks that another one held would stay locked in its forks. Libraries of
linear algebra are kept from starting threads as they are loaded; a package that starts one all the same is
not imported in advance.
"""

import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Variables that libraries of linear algebra read as they are loaded."""

THREADS = "/proc/self/task"


def preload(packages: Sequence[str]) -> set[str] | None:
    """Import modules; return the top-level names that came with them, None if the process is not usable."""
    before = set(sys.modules)
    sys.dont_write_bytecode = True
    try:
        with _one_thread():
            for name in packages:
                importlib.import_module(name)
    except BaseException:  # noqa: BLE001 (reported where a demo itself imports it)
        return None
    if len(os.listdir(THREADS)) > 1:  # noqa: PTH208 (only counted)
        return None
    return {name.partition(".")[0] for name in sys.modules.keys() - before}


@contextmanager
def _one_thread() -> Iterator[None]:
    kept = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in kept.items():
            os.environ.pop(name, None)
            os.environ.update({} if value is None else {name: value})
