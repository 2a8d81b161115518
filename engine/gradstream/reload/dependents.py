"""Finds the demos that depend on saved code, as far as that is known without importing it.

saved file --> (folder, name) of each module that it may be part of --> demos with a generator in one of these
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from gradstream.catalog.types import CatalogSnapshot
from gradstream.format.types import Demo


def dependent_files(code: Iterable[Path], snapshot: CatalogSnapshot) -> Iterator[Path]:
    """Yield the files of demos whose check may have another result now; those with errors always may."""
    modules = {module for file in code for module in _modules(file)}
    if not modules:
        return
    for file, address in snapshot.files.items():
        demo = None if address in snapshot.stale else snapshot.demos.get(address)
        if demo is None or any(start in modules for start in _starts(demo)):
            yield Path(file)


def _modules(file: Path) -> Iterator[tuple[str, str]]:
    """Yield each folder that the file is below, with the top-level module that it belongs to there."""
    name = file.stem
    for folder in file.parents:
        yield str(folder), name
        name = folder.name


def _starts(demo: Demo) -> Iterator[tuple[str, str]]:
    for action in demo.actions:
        name = action.generator.text.partition(".")[0].partition(":")[0]
        for root in action.generator.roots:
            yield root, name
