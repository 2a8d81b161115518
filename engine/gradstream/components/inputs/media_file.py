"""What sound and video from a visitor share: the part that was chosen, its length, the file to hand over.

    Upload | {"file": Upload, "start_s", "end_s"} --check_recording--> {"path", "name", "mime", "start_s"?, …}
    --file_to_hand_over--> path of the visitor's own file if it fits, or of a new one in the run's folder

The worker alone decodes, so what does it is imported where it is needed: the server checks without it.
"""

import math
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from msgspec import Struct, convert

from gradstream.authoring import folder
from gradstream.components.inputs.file_checks import damaged, hand_over, misfit, not_uploaded, patterns
from gradstream.components.inputs.file_input import FileInput
from gradstream.components.types import UnusableInputError, Upload
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain
from gradstream.format.wording import describe
from gradstream.media.time_range import TimeRange

TIMES = ("start_s", "end_s")

SLACK_S = 0.1
"""Tolerance for lengths: players and decoders differ by a frame of sound."""


class MediaFileOptions(Struct, frozen=True, rename={"hand_over": "as"}):
    """The keys of an input that the value of either kind depends on; times in seconds, sizes in bytes."""

    accept: str | list[str] | None = None
    max_size: int | None = None
    max_duration: float | None = None
    hand_over: str = "path"
    format: str | None = None
    max_seconds: float | None = None
    """Of what is decoded or converted; a file that is handed over as it is may be longer."""


class Medium(Struct, frozen=True, kw_only=True):
    """What differs between sound and video: the words for them, and what converts their files."""

    accept: str
    noun: str
    form: str
    expected: str
    cut_format: str
    """What a part is written as where the demo does not ask for a format."""
    is_of: Callable[[str, str], bool]
    """Return whether the file at this path has that format. Raises MediaFileError."""
    write: Callable[[str, str, str, TimeRange], None]
    """Write a part of the file to a new path, in that format. Raises MediaFileError."""


class MediaInput(FileInput):
    """A kind of input that takes a recording, or a part of one."""

    page_events: ClassVar[tuple[str, ...]] = ("change", "clear", "play")

    part_keys = frozenset(TIMES)

    def unserved(self, config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield `sample`."""
        if "sample" in config:
            yield "sample", "a recording is handed over when it has ended"


def check_recording(value: object, field: Input, medium: Medium) -> Plain | InvalidValue:
    """Return where the file is and which part of it is wanted, or why it is not accepted."""
    given: dict[str, Any] = value if isinstance(value, dict) else {"file": value}
    upload = given.get("file")
    if not isinstance(upload, Upload):
        return not_uploaded(value, field, noun=medium.noun)
    options = read_options(field)
    wrong = misfit(
        upload,
        field,
        accepted=patterns(options.accept, usual=medium.accept),
        max_size=options.max_size,
        noun=medium.noun,
        # Sound alone and video use the same containers: the first bytes do not show which it is.
        other_mimes=[upload.mime.replace("video/", "audio/", 1)] if medium.accept == "audio/*" else [],
    )
    wrong = wrong or _misfit_times(given, field)
    if wrong is not None:
        return wrong
    return hand_over(upload) | {name: given[name] for name in TIMES if given.get(name) is not None}


def read_options(field: Input) -> MediaFileOptions:
    """Return an input's options."""
    return convert(field.options, MediaFileOptions)


def file_to_hand_over(plain: Plain, field: Input, medium: Medium) -> str:
    """Return the path of the file to hand over. Raises UnusableInputError."""
    options = read_options(field)
    part = part_of(plain)
    if part.is_all and options.format is None and options.max_duration is None:
        return str(plain["path"])
    with readable(plain, field, medium):
        check_length(plain, field)
        if part.is_all and (options.format is None or medium.is_of(plain["path"], options.format)):
            return str(plain["path"])
        form = options.format or medium.cut_format
        target = _new_file(field, f".{form}")
        medium.write(plain["path"], target, form, part)
    return target


def part_of(plain: Plain) -> TimeRange:
    """Return the part that a visitor chose."""
    return TimeRange(plain.get("start_s", 0.0), plain.get("end_s"))


@contextmanager
def readable(plain: Plain, field: Input, medium: Medium) -> Iterator[None]:
    """Turn MediaFileError, raised in the context, into an UnusableInputError that names the file."""
    from gradstream.media.files.decode import MediaFileError  # noqa: PLC0415 (heavy, and for workers only)

    try:
        yield
    except MediaFileError as error:
        raise damaged(plain, field, form=medium.form, expected=medium.expected) from error


def check_length(plain: Plain, field: Input) -> None:
    """Raise UnusableInputError for a part that is too long or starts after the end, MediaFileError."""
    options, part = read_options(field), part_of(plain)
    bounds = [one for one in (options.max_duration, options.max_seconds) if one is not None]
    longest_s = min(bounds, default=None)
    if longest_s is None and part.start_s == 0:
        return
    from gradstream.media.files.decode import read_duration_s  # noqa: PLC0415 (heavy, and for workers only)

    whole_s = read_duration_s(plain["path"])
    length_s = part.length_s(whole_s)
    if part.start_s > 0 and length_s <= 0:
        raise UnusableInputError(_nothing_left(field, start_s=part.start_s, whole_s=whole_s))
    if longest_s is not None and length_s > longest_s + SLACK_S:
        raise UnusableInputError(_too_long(plain, field, length_s=length_s, longest_s=longest_s))


def format_length(length_s: float) -> str:
    """Write a length as people say it: 0.8 s, 12.5 s, 3 min, 3 min 12 s."""
    if length_s < 60:
        return f"{math.ceil(round(length_s * 10, 3)) / 10:g} s"
    minutes, seconds = divmod(math.ceil(length_s), 60)
    return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"


def _new_file(field: Input, suffix: str) -> str:
    """Make an empty file in the run's own folder, which goes with the run, and return its path."""
    handle, path = tempfile.mkstemp(prefix=f"{field.name}-", suffix=suffix, dir=folder())
    os.close(handle)
    return path


def _nothing_left(field: Input, *, start_s: float, whole_s: float) -> InvalidValue:
    return InvalidValue(
        code="E-RANGE",
        message=f"{field.label} ends before {start_s:g} s",
        expected=f"a start before {format_length(whole_s)}",
        found=f"{start_s:g} s",
        repair="choose an earlier part",
    )


def _too_long(plain: Plain, field: Input, *, length_s: float, longest_s: float) -> InvalidValue:
    return InvalidValue(
        code="E-FILE-TOO-LONG",
        message=f"{field.label} is too long",
        expected=f"at most {format_length(longest_s)}",
        found=f"{plain['name']} with {format_length(length_s)}",
        repair=f"choose a part of at most {format_length(longest_s)}",
    )


def _misfit_times(given: dict[str, Any], field: Input) -> InvalidValue | None:
    for name in TIMES:
        time_s = given.get(name)
        if time_s is not None and not _is_time(time_s):
            return InvalidValue(
                code="E-TYPE",
                message=f"{field.label} is cut at times in seconds, and {name} is not one",
                expected="a number of seconds, 0 or more",
                found=describe(time_s),
                repair="send a number, such as 1.5",
            )
    start_s, end_s = given.get("start_s") or 0.0, given.get("end_s")
    if end_s is not None and start_s >= end_s:
        return InvalidValue(
            code="E-RANGE",
            message=f"{field.label} has nothing between its start and its end",
            expected="start_s below end_s",
            found=f"{start_s:g} s to {end_s:g} s",
            repair="choose a longer part",
        )
    return None


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < math.inf
