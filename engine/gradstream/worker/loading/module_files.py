"""The developer's folders on `sys.path`, and the files that were imported from them.

beside the demo, in the catalog's folder      the developer's
elsewhere, but in no folder of packages       the developer's: installed as editable, by a .pth, PYTHONPATH
the standard library, site-packages, this package, what the process had before      not the developer's
"""

import importlib
import os
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gradstream.format.generator.python_place import PACKAGE_FOLDERS

LIBRARY = tuple(os.path.realpath(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib"))
"""The folders of the standard library."""

_INSTALLED = tuple(f"{os.sep}{name}{os.sep}" for name in PACKAGE_FOLDERS)

_OTHERS = tuple(
    os.path.join(folder, "")  # noqa: PTH118 (of strings)
    for folder in (
        *LIBRARY,
        *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib")),
        str(Path(__file__).parents[2]),
    )
)
"""Folders in which nothing is the developer's: the standard library's, also over a link, and our own."""


def put_on_path(roots: Sequence[str]) -> None:
    """Put roots behind the standard library, so that they cannot hide it, and before installed packages."""
    real = [os.path.realpath(root) for root in roots]
    others = [place for place in sys.path if os.path.realpath(place) not in real]
    first = max((index for index, place in enumerate(others) if _is_standard(place)), default=-1) + 1
    sys.path[:] = [*others[:first], *real, *others[first:]]
    importlib.invalidate_caches()


class SourceFiles:
    """The developer's modules in this process: all that are not in `sys.modules` when this is created."""

    def __init__(self) -> None:
        self._others = frozenset(sys.modules)
        self._real: dict[str, str] = {}

    def imported(self) -> set[str]:
        """Return the absolute paths of all that were imported so far, over links and as they are."""
        modules = tuple(sys.modules.items())
        files = [file_of(module) for name, module in modules if name not in self._others]
        found = {file for file in files if file and is_source(file)}
        # A package may be a link: who saves its file may do so at the one place or at the other.
        for file in found - self._real.keys():
            self._real[file] = os.path.realpath(file)
        return found | {self._real[file] for file in found}


def is_source(path: str) -> bool:
    """Return whether a file or a folder may be the developer's: it is not where packages are installed."""
    return os.path.isabs(path) and not (is_installed(path) or path.startswith(_OTHERS))  # noqa: PTH117


def is_installed(path: str) -> bool:
    """Return whether a file or a folder is in, or is, a folder of installed packages."""
    whole = path + os.sep
    return any(folder in whole for folder in _INSTALLED)


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
    return file.startswith(folders) and not is_installed(file)


def _is_standard(place: str) -> bool:
    return os.path.realpath(place).startswith(LIBRARY) and not is_installed(place)
