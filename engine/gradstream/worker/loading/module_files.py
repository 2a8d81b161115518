"""The developer's folders on `sys.path`, and the files that were imported from them."""

import importlib
import os
import sys
import sysconfig
from collections.abc import Sequence
from typing import Any

LIBRARY = tuple(os.path.realpath(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib"))
"""The folders of the standard library."""


def put_on_path(roots: Sequence[str]) -> None:
    """Put roots behind the standard library, so that they cannot hide it, and before installed packages."""
    real = [os.path.realpath(root) for root in roots]
    others = [place for place in sys.path if os.path.realpath(place) not in real]
    first = max((index for index, place in enumerate(others) if _is_standard(place)), default=-1) + 1
    sys.path[:] = [*others[:first], *real, *others[first:]]
    importlib.invalidate_caches()


def imported_files(roots: Sequence[str]) -> set[str]:
    """Return the absolute paths of all modules imported from below the roots, without installed packages.

    Where links lead to them, both paths.
    """
    files = map(file_of, tuple(sys.modules.values()))
    inside = _folders(roots)
    found = {file for file in files if file and _is_inside(file, inside)}
    # A package may be a link: who saves its file may do so at the one place or at the other.
    return found | {os.path.realpath(file) for file in found}


def is_developers(file: str, roots: Sequence[str]) -> bool:
    """Return whether a file is below the roots, and not in a package installed there."""
    return _is_inside(file, _folders(roots))


def file_of(module: Any) -> str | None:
    """Return a module's file, if it has one."""
    try:
        file = module.__file__
    except BaseException:  # noqa: BLE001 (anything can be in sys.modules, such as a lazy import that fails)
        return None
    return file if isinstance(file, str) else None


def is_same_file(left: str, right: str) -> bool:
    """Return whether two paths lead to the same file."""
    return os.path.realpath(left) == os.path.realpath(right)


def _folders(roots: Sequence[str]) -> tuple[str, ...]:
    return tuple(os.path.join(os.path.realpath(root), "") for root in roots)  # noqa: PTH118 (of strings)


def _is_inside(file: str, folders: tuple[str, ...]) -> bool:
    return file.startswith(folders) and "site-packages" not in file


def _is_standard(place: str) -> bool:
    return os.path.realpath(place).startswith(LIBRARY) and "-packages" not in place
