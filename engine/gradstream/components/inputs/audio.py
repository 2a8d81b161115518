"""The input kind `audio`: sound from a visitor, decoded in the worker to what `as:` and `format:` ask for.

Upload, with a part --check--> {"path", "name", "mime", …} --decode--> path | (rate, int16 array) | bytes
"""

from pathlib import Path
from typing import Any

from gradstream.components.inputs.media_file import (
    Medium,
    check_length,
    check_recording,
    give_file,
    part_of,
    read_options,
    readable,
)
from gradstream.components.types import Plain, Problem
from gradstream.format.types import Input
from gradstream.media.time_range import TimeRange


class AudioInput:
    """Hands over a sound; none is None. A part is exact to the sample, and a wav unless `format` is given."""

    def check(self, value: object, field: Input) -> Plain | Problem:
        """Return where the file lies and which part is wanted, or what is wrong with it."""
        return None if value is None else check_recording(value, field, SOUND)

    def decode(self, plain: Plain, field: Input) -> Any:
        """Return a path as text, a file's bytes, or `(rate, array)` with int16 of shape (n[, channels])."""
        if plain is None:
            return None
        hand_over = read_options(field).hand_over
        if hand_over == "numpy":
            return _read(plain, field)
        path = give_file(plain, field, SOUND)
        return Path(path).read_bytes() if hand_over == "bytes" else path


def _read(plain: Plain, field: Input) -> Any:
    from gradstream.media.files.decode import read_audio  # noqa: PLC0415 (heavy, and for workers only)

    with readable(plain, field, SOUND):
        check_length(plain, field)
        return read_audio(plain["path"], part_of(plain))


def _is_of(path: str, form: str) -> bool:
    from gradstream.media.files.convert import has_audio_format  # noqa: PLC0415 (heavy, and for workers only)

    return has_audio_format(path, form)


def _write(path: str, target: str, form: str, time_range: TimeRange) -> None:
    from gradstream.media.files.convert import convert_audio  # noqa: PLC0415 (heavy, and for workers only)

    convert_audio(path, target, form=form, time_range=time_range)


SOUND = Medium(
    accept="audio/*",
    noun="recording",
    form="sound",
    expected="sound in a common format, such as MP3, WAV, FLAC or M4A",
    cut_format="wav",
    is_of=_is_of,
    write=_write,
)
