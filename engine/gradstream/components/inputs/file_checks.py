"""What every kind of input that takes files requires of one, and the messages about those it refuses.

value is an Upload? --misfit--> InvalidValue | None --hand_over--> {"path", "name", "mime"}
"""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from gradstream.components.types import UnusableInputError, Upload
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.units import format_size
from gradstream.format.values import Plain
from gradstream.format.wording import describe, one_of

SAME_TYPES: Mapping[str, str] = {
    "audio/m4a": "audio/mp4",
    "audio/mp3": "audio/mpeg",
    "audio/vnd.wave": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/x-aiff": "audio/aiff",
    "audio/x-flac": "audio/flac",
    "audio/x-m4a": "audio/mp4",
    "audio/x-wav": "audio/wav",
    "image/jpg": "image/jpeg",
    "video/x-m4v": "video/mp4",
    "video/x-msvideo": "video/avi",
}
"""Other names of media types, which authors write and systems report, and the names used here."""


ANY = "*/*"
"""The pattern that all files match."""


def patterns(accept: str | Sequence[str] | None, *, usual: str) -> list[str]:
    """Return what is accepted: suffixes with their dot and media types, in small letters."""
    if accept is None:
        return [usual]
    listed = accept.split(",") if isinstance(accept, str) else accept
    return [pattern.strip().lower() for pattern in listed]


def misfit(
    upload: Upload,
    field: Input,
    *,
    accepted: Sequence[str],
    max_size: int | None,
    noun: str,
    other_mimes: Sequence[str] = (),
) -> InvalidValue | None:
    """Return why the file is not accepted, None if it is; `other_mimes` are its other possible types."""
    mimes = [upload.mime, *other_mimes]
    if not any(_matches(upload.name, mimes, pattern) for pattern in accepted):
        return InvalidValue(
            code="E-FILE-KIND",
            message=f"{field.label} does not take this kind of file",
            expected=one_of(accepted),
            found=f"{upload.name} ({upload.mime})",
            repair="choose another file",
        )
    if max_size is not None and upload.size > max_size:
        return InvalidValue(
            code="E-FILE-SIZE",
            message=f"{field.label} is too large a file",
            expected=f"at most {format_size(max_size, is_bound=True)}",
            found=f"{upload.name} with {format_size(upload.size)}",
            repair=f"choose a smaller {noun}",
        )
    return None


def hand_over(upload: Upload) -> dict[str, Any]:
    """Return what a worker gets to know about a file."""
    return {"path": upload.path, "name": upload.name, "mime": upload.mime}


def not_uploaded(value: object, field: Input, *, noun: str) -> InvalidValue:
    """Return that a value is not an upload."""
    return InvalidValue(
        code="E-TYPE",
        message=f"{field.label} takes an uploaded {noun}",
        expected='{"file": id} with the id of an upload',
        found=describe(value),
        repair="send the file to /api/uploads first",
    )


def damaged(plain: Plain, field: Input, *, form: str, expected: str) -> UnusableInputError:
    """Return the exception for a file that cannot be read as a `form`."""
    return UnusableInputError(
        InvalidValue(
            code="E-FILE-DAMAGED",
            message=f"{field.label} cannot be read as {form}",
            expected=expected,
            found=plain["name"],
            repair="save it again in another program, or choose another file",
        )
    )


def _matches(name: str, mimes: Sequence[str], pattern: str) -> bool:
    if pattern == ANY:
        return True
    if pattern.startswith("."):
        return PurePath(name).suffix.lower() == pattern
    if pattern.endswith("/*"):
        return any(mime.lower().startswith(pattern[:-1]) for mime in mimes)
    return _known(pattern) in {_known(mime) for mime in mimes}


def _known(mime: str) -> str:
    return SAME_TYPES.get(mime.lower(), mime.lower())
