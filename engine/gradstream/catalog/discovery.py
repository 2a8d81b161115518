"""Finds the files that the `demos:` globs of a catalog match, and derives the address of each.

demos/**/*.yaml   fixed part "demos"
demos/components/slider.yaml -> components.slider        demos/chat/demo.yaml -> chat
"""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from msgspec import Struct

from gradstream.format.patterns import MAGIC, matches

SUFFIXES = frozenset({".yaml", ".yml"})
INDEX = "demo"
"""`NAME/demo.yaml` is the demo NAME, so that a demo can have its own folder."""

CATALOG_FILE = "gradstream.yaml"
IGNORED_FOLDERS = frozenset({"__pycache__", "node_modules", "site-packages", "venv"})
"""Skipped, like folders whose names begin with a dot: no demos, but perhaps a hundred thousand files."""


class DemoFile(Struct, frozen=True, kw_only=True):
    """A file that a glob matches. `path` is absolute, `file` relative to the root, with forward slashes.

    `has_valid_name`: its address is its name unchanged, without characters replaced. `renames` has the
    folders and the file whose names keep it from that, each with a name that would do.
    """

    path: Path
    file: str
    address: str
    has_valid_name: bool
    renames: tuple[tuple[str, str], ...] = ()


def find_demos(root: Path, patterns: Sequence[str]) -> list[DemoFile]:
    """Return the files below the root that one of the globs matches, sorted by name."""
    found: dict[str, DemoFile] = {}
    for pattern in patterns:
        fixed = fixed_part(pattern)
        parts = PurePosixPath(pattern).parts
        for path in files_below(root / fixed):
            below = path.relative_to(root)
            if below.as_posix() not in found and matches(below.parts, parts):
                found[below.as_posix()] = demo_file_at(path, below.as_posix(), fixed=fixed)
    return [found[file] for file in sorted(found)]


def find_demo(root: Path, patterns: Sequence[str], path: Path) -> DemoFile | None:
    """Return the file at an absolute path as `find_demos` would; None if it would not."""
    exists = path.is_file() or (path.is_symlink() and not path.is_dir())
    if not exists or not _may_hold_demo(path):
        return None
    for pattern in patterns:
        fixed = fixed_part(pattern)
        if not path.is_relative_to(root / fixed) or not _is_reachable(path.parent, root / fixed):
            continue
        below = path.relative_to(root)
        if matches(below.parts, PurePosixPath(pattern).parts):
            return demo_file_at(path, below.as_posix(), fixed=fixed)
    return None


def files_below(folder: Path) -> Iterator[Path]:
    """Yield every file that may be a demo, sorted by name."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_ignored(name))
        for path in (Path(parent, name) for name in sorted(names)):
            if _may_hold_demo(path):
                yield path


def fixed_part(pattern: str) -> str:
    """Return the folders before the first part with a wildcard; addresses are relative to them."""
    parts = PurePosixPath(pattern).parts[:-1]
    fixed = []
    for part in parts:
        if MAGIC & set(part):
            break
        fixed.append(part)
    return "/".join(fixed)


def demo_file_at(path: Path, file: str, *, fixed: str) -> DemoFile:
    """Return the file with its address, which is relative to the glob's fixed part."""
    file = legible(file)
    below = PurePosixPath(file).relative_to(fixed) if fixed else PurePosixPath(file)
    parts = [*below.parts[:-1], PurePosixPath(below.name).stem]
    if len(parts) > 1 and parts[-1] == INDEX:
        parts.pop()
    renames = [(part, plain_name(part)) for part in below.parts[:-1] if _is_bad(part)]
    name = PurePosixPath(below.name)
    if _is_bad(name.stem):
        renames.append((name.name, plain_name(name.stem) + name.suffix))
    return DemoFile(
        path=path,
        file=file,
        address=".".join(part.replace(".", "_").replace(" ", "_") for part in parts),
        has_valid_name=is_utf8(path) and not renames,
        renames=tuple(renames),
    )


def plain_name(part: str) -> str:
    """Return a name of letters, digits, dashes and underscores for a folder, or a file without its suffix."""
    return re.sub(r"[^\w-]+", "_", part).strip("_") or "demo"


def _is_bad(part: str) -> bool:
    return "." in part or " " in part


def is_utf8(path: Path) -> bool:
    """Return whether a path can be encoded in UTF-8: Linux allows names of any bytes."""
    return legible(str(path)) == str(path)


def legible(name: str) -> str:
    """Return a file's name for display, with U+FFFD for bytes that are not UTF-8."""
    return os.fsencode(name).decode("utf-8", "replace")


def _is_reachable(folder: Path, base: Path) -> bool:
    """Return whether a walk from the base, which follows no links, reaches the folder."""
    while folder != base:
        if is_ignored(folder.name) or folder.is_symlink():
            return False
        folder = folder.parent
    return True


def is_ignored(folder: str) -> bool:
    """Return whether folders of this name are skipped."""
    return folder in IGNORED_FOLDERS or folder.startswith(".")


def _may_hold_demo(path: Path) -> bool:
    return path.suffix in SUFFIXES and path.name != CATALOG_FILE and not path.name.startswith(".")
