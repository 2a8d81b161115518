"""The folders of the modules that workers have imported, as far as they are watched.

    below the catalog's folder      all
    elsewhere                       the outermost; that there are more is logged, once

Elsewhere are packages that are installed as editable, and what a `.pth` file or PYTHONPATH leads to.
"""

import logging
from collections.abc import Iterable
from pathlib import Path

MAX_OUTSIDE = 200
"""Folders outside the catalog that are watched. Each costs a `stat` twice a second."""

log = logging.getLogger(__name__)


class ImportedFolders:
    """Those of all workers so far."""

    def __init__(self) -> None:
        self.watched: frozenset[Path] = frozenset()
        self._has_left_out = False

    def add(self, address: str, files: Iterable[str], *, root: Path) -> None:
        """Add the folders of a demo's modules; `root` is the catalog's folder."""
        new = {Path(file).parent for file in files} - self.watched
        outside = sorted((one for one in new if not one.is_relative_to(root)), key=lambda one: len(one.parts))
        room = MAX_OUTSIDE - sum(not one.is_relative_to(root) for one in self.watched)
        left_out = outside[room:]
        self.watched |= new.difference(left_out)
        if left_out and not self._has_left_out:
            self._has_left_out = True
            log.warning(
                "%s imports modules from more folders outside the catalog than the %d that are watched: what "
                "is saved in %s and %d more is taken over by a restart of the server",
                address,
                MAX_OUTSIDE,
                left_out[0],
                len(left_out) - 1,
            )
