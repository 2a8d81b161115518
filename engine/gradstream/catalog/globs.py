"""Which files the `demos:` globs of a catalog find, and the address of each.

demos/**/*.yaml   fixed part "demos"
demos/components/slider.yaml -> components.slider        demos/chat/demo.yaml -> chat
"""

import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from msgspec import Struct

MAGIC = frozenset("*?[")
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
        for path in _files(root / fixed):
            below = path.relative_to(root)
            if below.as_posix() not in found and matches(below.parts, parts):
                found[below.as_posix()] = found_at(path, below.as_posix(), fixed=fixed)
    return [found[file] for file in sorted(found)]


def fixed_part(pattern: str) -> str:
    """Return the folders in front of the first part with a wildcard; addresses begin below them."""
    parts = PurePosixPath(pattern).parts[:-1]
    fixed = []
    for part in parts:
        if MAGIC & set(part):
            break
        fixed.append(part)
    return "/".join(fixed)


def matches(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Tell whether a path fits a glob, part by part: `**` is any number of folders, `*` part of a name."""
    if not pattern:
        return not parts
    if pattern[0] == "**" and len(pattern) > 1:
        return matches(parts, pattern[1:]) or (len(parts) > 1 and matches(parts[1:], pattern))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and matches(parts[1:], pattern[1:])


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if name not in IGNORED_FOLDERS and not name.startswith(".")
        )
        for name in sorted(names):
            path = Path(parent, name)
            if path.suffix in SUFFIXES and name != CATALOG_FILE and not name.startswith("."):
                yield path


def found_at(path: Path, file: str, *, fixed: str) -> Found:
    """Return the file with the address that it has below the glob's fixed part."""
    below = PurePosixPath(file).relative_to(fixed) if fixed else PurePosixPath(file)
    parts = [*below.parts[:-1], PurePosixPath(below.name).stem]
    if len(parts) > 1 and parts[-1] == INDEX:
        parts.pop()
    is_sound = not any("." in part or " " in part for part in parts)
    address = ".".join(part.replace(".", "_").replace(" ", "_") for part in parts)
    return Found(path=path, file=file, address=address, is_sound=is_sound)
