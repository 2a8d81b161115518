"""Which demos rest on saved code as far as can be known without importing it.

file of Python --> (folder, name) of each module that it may be part of --generators that begin so--> demos
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from gradstream.catalog.types import Snapshot
from gradstream.format.types import Demo


def resting_on(code: Iterable[Path], snapshot: Snapshot) -> Iterator[Path]:
    """Yield the demos' files whose reading may come out otherwise now: those with mistakes always may."""
    modules = {module for file in code for module in _modules(file)}
    if not modules:
        return
    for file, address in snapshot.files.items():
        demo = None if address in snapshot.stale else snapshot.demos.get(address)
        if demo is None or any(start in modules for start in _starts(demo)):
            yield Path(file)


def _modules(file: Path) -> Iterator[tuple[str, str]]:
    """Yield each folder around the file with the top-level module that the file is part of there."""
    name = file.stem
    for folder in file.parents:
        yield str(folder), name
        name = folder.name


def _starts(demo: Demo) -> Iterator[tuple[str, str]]:
    for action in demo.actions:
        name = action.generator.text.partition(".")[0].partition(":")[0]
        for root in action.generator.roots:
            yield root, name
