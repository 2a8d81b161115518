"""Finds the demos whose check may have another result after code was saved, without importing it.

    saved file --CodeLook--> demos for whose generators it is another place, or another function,
                             unless its new parameters take the same inputs
    folder that was added, removed or replaced --> demos with a generator that begins with a name in it

A file that many demos import, and no generator's path leads through, concerns none: the engine replaces the
workers that have imported it.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from gradstream.catalog.types import CatalogSnapshot
from gradstream.format.generator.binding import BINDING_CODES
from gradstream.format.generator.code_view import CodeLook
from gradstream.format.types import Demo


def dependent_files(
    code: Iterable[Path], folders: Iterable[Path], snapshot: CatalogSnapshot
) -> Iterator[Path]:
    """Yield the files of demos whose check may have another result now; those with errors always may."""
    look, names = CodeLook(code), {name for folder in folders for name in _names(folder)}
    if not (look or names):
        return
    for file, address in snapshot.files.items():
        demo = None if address in snapshot.stale else snapshot.demos.get(address)
        if demo is None or _begins_in(demo, names) or not _is_same(demo, look, snapshot):
            yield Path(file)


def _is_same(demo: Demo, look: CodeLook, snapshot: CatalogSnapshot) -> bool:
    views = snapshot.code.get(demo.address, ())
    if len(views) != len(demo.actions) or any(look.leads_to(each.path) for each in demo.validators):
        return False
    warned = any(each.code in BINDING_CODES for each in snapshot.warnings.get(demo.address, ()))
    return all(
        look.is_same(action, view, demo, is_warned=warned)
        for action, view in zip(demo.actions, views, strict=True)
    )


def _names(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each folder that the folder is below, with the top-level name that it belongs to there."""
    name = folder.name
    for parent in folder.parents:
        yield str(parent), name
        name = parent.name


def _begins_in(demo: Demo, names: set[tuple[str, str]]) -> bool:
    return bool(names) and any(start in names for start in _starts(demo))


def _starts(demo: Demo) -> Iterator[tuple[str, str]]:
    for path in demo.paths:
        name = path.text.partition(".")[0].partition(":")[0]
        for root in path.roots:
            yield root, name
