"""The input kind `video`: a video from a visitor, in the file that `as:` and `format:` ask for.

Upload, with a part --check--> {"path", "name", "mime", …} --decode--> path | bytes
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gradstream.components.inputs.kind import InputKind
from gradstream.components.inputs.media_file import (
    MediaInput,
    Medium,
    check_recording,
    file_to_hand_over,
    read_options,
)
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain
from gradstream.media.time_range import TimeRange


class VideoInput(MediaInput):
    """Hands over a video; none is None. A part is exact to the picture, an mp4 unless `format` is given."""

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return where the file is and which part of it is wanted, or why it is not accepted."""
        return None if value is None else check_recording(value, field, VIDEO)

    def decode(self, plain: Plain, field: Input) -> Any:
        """Return a path as text, or a file's bytes."""
        if plain is None:
            return None
        path = file_to_hand_over(plain, field, VIDEO)
        return Path(path).read_bytes() if read_options(field).hand_over == "bytes" else path

    def prepare(self) -> None:
        """Import what reads and converts video."""
        import gradstream.media.files.convert  # noqa: F401, PLC0415 (heavy, and for workers only)


KINDS: Mapping[str, InputKind] = {"video": VideoInput()}


def _is_of(path: str, form: str) -> bool:
    from gradstream.media.files.convert import has_video_format  # noqa: PLC0415 (heavy, and for workers only)

    return has_video_format(path, form)


def _write(path: str, target: str, form: str, time_range: TimeRange) -> None:
    from gradstream.media.files.convert import convert_video  # noqa: PLC0415 (heavy, and for workers only)

    convert_video(path, target, form=form, time_range=time_range)


VIDEO = Medium(
    accept="video/*",
    noun="video",
    form="a video",
    expected="a video in a common format, such as MP4, WebM or MOV",
    cut_format="mp4",
    is_of=_is_of,
    write=_write,
)
