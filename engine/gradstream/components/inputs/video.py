"""The input kind `video`: a video from a visitor, in the file that `as:` and `format:` ask for.

Upload, with a part --check--> {"path", "name", "mime", …} --decode--> path | bytes
"""

from pathlib import Path
from typing import Any

from gradstream.components.inputs.media_file import Medium, check_recording, give_file, read_options
from gradstream.components.types import Plain, Problem
from gradstream.format.types import Input
from gradstream.media.time_range import TimeRange


class VideoInput:
    """Hands over a video; none is None. A part is exact to the picture, an mp4 unless `format` is given."""

    def check(self, value: object, field: Input) -> Plain | Problem:
        """Return where the file lies and which part is wanted, or what is wrong with it."""
        return None if value is None else check_recording(value, field, VIDEO)

    def decode(self, plain: Plain, field: Input) -> Any:
        """Return a path as text, or a file's bytes."""
        if plain is None:
            return None
        path = give_file(plain, field, VIDEO)
        return Path(path).read_bytes() if read_options(field).hand_over == "bytes" else path


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
