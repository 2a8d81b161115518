"""Files of a catalog that are not in the one style, and what they are in it.

paths --files_to_check--> file --format.style--> RepairedFile | FileLeft | None
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from gradstream.catalog.checked_file import read_data
from gradstream.catalog.repairs import RepairedFile
from gradstream.catalog.scan import FileToCheck, files_to_check
from gradstream.encoding import BYTE_ORDER_MARK
from gradstream.format.style.formatter import NotFormattableError, format_text
from gradstream.limits import size_in_words


class FileLeft(Struct, frozen=True, kw_only=True):
    """A file that stays as it is, and why."""

    shown: str
    reason: str


def restyle(paths: Sequence[Path], *, environ: Mapping[str, str]) -> Iterator[RepairedFile | FileLeft]:
    """Yield each of these files, and of those in these folders, that is not in the style or cannot be."""
    for target in files_to_check(paths, environ=environ):
        found = restyle_file(target)
        if found is not None:
            yield found


def restyle_file(target: FileToCheck) -> RepairedFile | FileLeft | None:
    """Return a file in the style, why it cannot be, or None if it is."""
    data = read_data(target.path, limits := target.context.limits)
    if isinstance(data, OSError):
        return FileLeft(shown=target.shown, reason=f"it cannot be read: {data.strerror}")
    if len(data) > limits.yaml_bytes:
        return FileLeft(shown=target.shown, reason=f"it is larger than {size_in_words(limits.yaml_bytes)}")
    try:
        before = data.decode("utf-8")
        text = before.lstrip(BYTE_ORDER_MARK)
        after = format_text(text, subject="catalog" if target.found is None else "demo")
    except UnicodeDecodeError:
        return FileLeft(shown=target.shown, reason="it is not UTF-8")
    except NotFormattableError as error:
        return FileLeft(shown=target.shown, reason=str(error))
    if after == text:
        return None
    mark = before[: len(before) - len(text)]
    return RepairedFile(path=target.path, shown=target.shown, before=before, after=mark + after)
