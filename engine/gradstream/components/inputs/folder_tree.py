"""Where the files of a visitor's folder are put: their relative names are kept, and never trusted.

    ["in/a.jpg", "../../b.jpg", "in/A.jpg"] --safe_paths--> ["in/a.jpg", "_/_/b.jpg", "in/A (2).jpg"]

No part leads upwards or begins at the root, and no two files meet, also where a system ignores case.
"""

from collections.abc import Sequence
from pathlib import PurePosixPath

from gradstream.components.inputs.file_names import clean_name

MOST_LEVELS = 12
"""Folders within each other; what is deeper is put together, since a path has a length that systems bound."""


def safe_paths(names: Sequence[str]) -> list[PurePosixPath]:
    """Return a relative path for each name, all different, in the same order."""
    files: set[str] = set()
    folders: set[str] = set()
    paths: list[PurePosixPath] = []
    for name in names:
        path = _free(_cleaned(name), files, folders)
        files.add(_key(path))
        folders.update(_key(parent) for parent in path.parents)
        paths.append(path)
    return paths


def _cleaned(name: str) -> PurePosixPath:
    parts = [clean_name(part) for part in name.replace("\\", "/").split("/") if part] or [clean_name(name)]
    return PurePosixPath(*parts[:-1][: MOST_LEVELS - 1], parts[-1])


def _free(path: PurePosixPath, files: set[str], folders: set[str]) -> PurePosixPath:
    """Return the path with numbers where one of its folders is a file, or it is there already."""
    place = PurePosixPath()
    for part in path.parts[:-1]:
        place = _numbered(place / part, files)
    return _numbered(place / path.name, files | folders)


def _numbered(path: PurePosixPath, taken: set[str]) -> PurePosixPath:
    free, number = path, 1
    while _key(free) in taken:
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free


def _key(path: PurePosixPath) -> str:
    return str(path).casefold()
