"""Which files the `demos:` globs of a catalog find, and the address of each.

demos/**/*.yaml   fixed part "demos"
demos/components/slider.yaml -> components.slider        demos/chat/demo.yaml -> chat
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from msgspec import Struct

from gradstream.format.patterns import MAGIC, matches

SUFFIXES = frozenset({".yaml", ".yml"})
INDEX = "demo"
"""`NAME/demo.yaml` is the demo NAME, so that a demo can have a folder of its own."""

CATALOG_FILE = "gradstream.yaml"
IGNORED_FOLDERS = frozenset({"__pycache__", "node_modules", "site-packages", "venv"})
"""Never hold demos and may hold a hundred thousand files; so may folders that begin with a dot."""


class Found(Struct, frozen=True, kw_only=True):
    """One file that a glob found. `path` is absolute, `file` relative to the root, with forward slashes."""

    path: Path
    file: str
    address: str
    is_sound: bool


def find_demos(root: Path, patterns: Sequence[str]) -> list[Found]:
    """Return the files below the root that one of the globs matches, in the order of their names."""
    found: dict[str, Found] = {}
    for pattern in patterns:
        fixed = fixed_part(pattern)
        parts = PurePosixPath(pattern).parts
        for path in files_below(root / fixed):
            below = path.relative_to(root)
            if below.as_posix() not in found and matches(below.parts, parts):
                found[below.as_posix()] = found_at(path, below.as_posix(), fixed=fixed)
    return [found[file] for file in sorted(found)]


def find_demo(root: Path, patterns: Sequence[str], path: Path) -> Found | None:
    """Return one absolute path as `find_demos` would; None where it would not find it."""
    exists = path.is_file() or (path.is_symlink() and not path.is_dir())
    if not exists or not _may_hold_demo(path):
        return None
    for pattern in patterns:
        fixed = fixed_part(pattern)
        if not path.is_relative_to(root / fixed) or not _is_looked_into(path.parent, root / fixed):
            continue
        below = path.relative_to(root)
        if matches(below.parts, PurePosixPath(pattern).parts):
            return found_at(path, below.as_posix(), fixed=fixed)
    return None


def files_below(folder: Path) -> Iterator[Path]:
    """Yield every file that may hold a demo, in the order of the names."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_ignored(name))
        for path in (Path(parent, name) for name in sorted(names)):
            if _may_hold_demo(path):
                yield path


def fixed_part(pattern: str) -> str:
    """Return the folders in front of the first part with a wildcard; addresses begin below them."""
    parts = PurePosixPath(pattern).parts[:-1]
    fixed = []
    for part in parts:
        if MAGIC & set(part):
            break
        fixed.append(part)
    return "/".join(fixed)


def found_at(path: Path, file: str, *, fixed: str) -> Found:
    """Return the file with the address that it has below the glob's fixed part."""
    file = legible(file)
    below = PurePosixPath(file).relative_to(fixed) if fixed else PurePosixPath(file)
    parts = [*below.parts[:-1], PurePosixPath(below.name).stem]
    if len(parts) > 1 and parts[-1] == INDEX:
        parts.pop()
    is_sound = is_utf8(path) and not any("." in part or " " in part for part in parts)
    address = ".".join(part.replace(".", "_").replace(" ", "_") for part in parts)
    return Found(path=path, file=file, address=address, is_sound=is_sound)


def is_utf8(path: Path) -> bool:
    """Tell whether a path can be written in UTF-8: Linux allows names of any bytes."""
    return legible(str(path)) == str(path)


def legible(name: str) -> str:
    """Return a file's name as it can be shown, with U+FFFD for bytes that are not UTF-8."""
    return os.fsencode(name).decode("utf-8", "replace")


def _is_looked_into(folder: Path, base: Path) -> bool:
    """Tell whether a walk from the base reaches the folder: it follows no links."""
    while folder != base:
        if is_ignored(folder.name) or folder.is_symlink():
            return False
        folder = folder.parent
    return True


def is_ignored(folder: str) -> bool:
    """Tell whether a folder of this name is never looked into."""
    return folder in IGNORED_FOLDERS or folder.startswith(".")


def _may_hold_demo(path: Path) -> bool:
    return path.suffix in SUFFIXES and path.name != CATALOG_FILE and not path.name.startswith(".")
