"""The repairs of files that are certain: as a difference to look at, and written to the files.

paths --files_to_check--> file + check --repairs.safe--> RepairedFile(before, after) --write--> the file
"""

import difflib
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from msgspec import Struct

from gradstream.catalog.checked_file import check_catalog_text, check_data, read_data
from gradstream.catalog.discovery import CATALOG_FILE
from gradstream.catalog.scan import FileToCheck, files_to_check
from gradstream.diagnostics import Diagnostic, Fix
from gradstream.encoding import BYTE_ORDER_MARK
from gradstream.errors import GradstreamError
from gradstream.repairs.edits import apply
from gradstream.repairs.safe import repaired


class FileChangedError(GradstreamError):
    """Raised where a file has been saved by somebody else since it was checked; nothing was written."""


class RepairedFile(Struct, frozen=True, kw_only=True):
    """A file that can be repaired: `shown` is its name in reports, both texts are whole."""

    path: Path
    shown: str
    before: str
    after: str

    def difference(self) -> str:
        """Return what changes, as a unified difference that `patch` reads."""
        lines = difflib.unified_diff(
            _lines(self.before), _lines(self.after), fromfile=self.shown, tofile=self.shown
        )
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
        )

    def write(self) -> None:
        """Put the repaired text in the file's place, whole or not at all.

        Raises FileChangedError, and OSError where the file cannot be written.
        """
        path = self.path.resolve()
        if path.read_bytes() != self.before.encode():
            raise FileChangedError(f"{self.shown} has been changed meanwhile; it was left as it is")
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as temporary:
            temporary.write(self.after.encode())
        try:
            shutil.copymode(path, temporary.name)
            Path(temporary.name).replace(path)
        except OSError:
            Path(temporary.name).unlink(missing_ok=True)
            raise


def with_fix(path: Path, *, shown: str, source: str, fix: Fix) -> RepairedFile:
    """Return a file with one fix made; `source` is the text that the fix was found in.

    Raises FileChangedError where the file has another text, and OSError where it cannot be read.
    """
    before = path.read_bytes().decode("utf-8", "replace")
    text = before.lstrip(BYTE_ORDER_MARK)
    changed = apply(text, fix.edits) if text == source else None
    if changed is None:
        raise FileChangedError(f"{shown} has been changed meanwhile; it was left as it is")
    mark = before[: len(before) - len(text)]
    return RepairedFile(path=path, shown=shown, before=before, after=mark + changed.text)


def repairs_of(paths: Sequence[Path], *, environ: Mapping[str, str]) -> Iterator[RepairedFile]:
    """Yield each file of these files and folders that has a certain repair."""
    for target in files_to_check(paths, environ=environ):
        found = repair_file(target)
        if found is not None:
            yield found


def repair_file(target: FileToCheck) -> RepairedFile | None:
    """Return a file with its certain repairs; None if it has none, or cannot be read as text."""
    data = read_data(target.path, limits := target.context.limits)
    if isinstance(data, OSError) or len(data) > limits.yaml_bytes:
        return None
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    text = whole.lstrip(BYTE_ORDER_MARK)
    after = repaired(text, text_check(target))
    if after == text:
        return None
    mark = whole[: len(whole) - len(text)]
    return RepairedFile(path=target.path, shown=target.shown, before=whole, after=mark + after)


def text_check(target: FileToCheck) -> Callable[[str], Sequence[Diagnostic]]:
    """Return what checks a text as if it were the file's."""
    context, found = target.context, target.found
    if found is None:
        return lambda text: check_catalog_text(text, context, file=target.shown or CATALOG_FILE)
    return lambda text: check_data(text.encode(), found, context, asked=target.asked).diagnostics


def _lines(text: str) -> list[str]:
    """Return the lines with their breaks, as `patch` counts them."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)
