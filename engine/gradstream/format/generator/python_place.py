"""Places in Python files, as diagnostics show them.

absolute file, line, columns --is it below the demo's folder or the catalog's?--> Span, quoted like YAML
no: an installed package, whose path no visitor should read --> None
"""

import os
from pathlib import Path, PurePath

from gradstream.diagnostics import Span
from gradstream.format.types import GeneratorPath

PACKAGE_FOLDERS = frozenset({"site-packages", "dist-packages"})
"""Of a virtual environment, which may be inside the catalog's folder."""


def is_own(file: str, path: GeneratorPath) -> bool:
    """Return whether an absolute file belongs to the author: it is below a root, and not installed."""
    parts = PurePath(file).parts
    return PACKAGE_FOLDERS.isdisjoint(parts) and any(
        PurePath(file).is_relative_to(root) for root in path.roots
    )


def python_span(
    file: str, path: GeneratorPath, *, line: int, column: int = 0, end_line: int = 0, end_column: int = 0
) -> Span | None:
    """Return a place in the author's Python; without a column, the line. None if it is not the author's."""
    if line < 1 or not is_own(file, path):
        return None
    if column < 1:
        end_line = line
        column, end_column = _columns(Path(file), line)
    if (end_line, end_column) <= (line, column):
        end_line, end_column = line, column + 1
    return Span(
        file=shown_file(file, path), line=line, column=column, end_line=end_line, end_column=end_column
    )


def shown_file(file: str, path: GeneratorPath) -> str:
    """Return a file's name relative to the same folder as that of the demo's YAML file."""
    folder = PurePath(path.span.file).parent
    return Path(os.path.normpath(folder / os.path.relpath(file, path.roots[0]))).as_posix()


def _columns(file: Path, line: int) -> tuple[int, int]:
    """Return the columns where a line's text begins and ends."""
    try:
        with file.open(encoding="utf-8", errors="replace") as source:
            for number, text in enumerate(source, 1):
                if number == line:
                    return len(text) - len(text.lstrip()) + 1, len(text.rstrip()) + 1
    except OSError:
        pass  # It was there a moment ago; the line's number is enough.
    return 1, 1
