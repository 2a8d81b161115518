"""Sees what is imported while generators run, before it is read.

    import in a run --find_spec--> the developer's file --> reported: saving it renews the worker
                    +--saved after the run's other code---> a warning in the run's log

A module that a function imports when it is called is read as it is then. If it was saved together with others
that are imported already, old and new code are mixed in that run. The next run has the new code of all.
"""

import os
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

from msgspec import Struct

from gradstream import authoring
from gradstream.worker.loading.module_files import SourceFiles, is_source


class LateRun(Struct, frozen=True, kw_only=True):
    """What must be known of a run: when its demo was imported and when it began, in ns, and its log."""

    demo: str
    imported_ns: int
    began_ns: int
    warn: Callable[[str], None]


class LateImports:
    """A finder for `sys.meta_path`, before all others. It finds nothing itself.

    `report` receives each file; `run_of` returns the run of a context.
    """

    def __init__(
        self,
        *,
        sources: SourceFiles,
        report: Callable[[str], None],
        run_of: Callable[[authoring.RunContext], LateRun | None],
    ) -> None:
        self._sources = sources
        self._report = report
        self._run_of = run_of

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return None; called by Python's import system."""
        context = authoring.current()
        run = None if context is None else self._run_of(context)
        if run is not None:
            try:
                self._look(fullname, path, run)
            except Exception:  # noqa: BLE001 (whatever a path is that a library has set, the import goes on)
                return None
        return None

    def _look(self, name: str, path: Sequence[str] | None, run: LateRun) -> None:
        if path is None and name in sys.stdlib_module_names:
            return
        places = [place for place in (sys.path if path is None else path) if is_source(place)]
        spec = PathFinder.find_spec(name, places) if places else None
        if spec is None or spec.origin is None or not spec.has_location:
            return
        self._report(spec.origin)
        if self._is_mixed(spec.origin, run):
            run.warn(
                f"{Path(spec.origin).name} was saved after the code of this run of {run.demo} had been "
                "imported, and is imported only now: the run mixes old and new code, the next one will not"
            )

    def _is_mixed(self, file: str, run: LateRun) -> bool:
        """Return whether a file is newer than the run, or than other code that the run goes on with."""
        saved_ns = _saved_ns(file)
        if saved_ns <= run.imported_ns:
            return False
        return saved_ns > run.began_ns or any(
            _saved_ns(other) > run.imported_ns for other in self._sources.imported()
        )


def _saved_ns(file: str) -> int:
    """Return when a file was changed, or put in its place; 0 if there is none."""
    try:
        found = os.stat(file)  # noqa: PTH116 (of strings)
    except OSError:
        return 0
    return max(found.st_mtime_ns, found.st_ctime_ns)
