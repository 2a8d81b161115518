"""The input kind `audio`: sound from a visitor, decoded in the worker to what `as:` and `format:` ask for.

Upload, with a part --check--> {"path", "name", "mime", …} --decode--> path | (rate, int16 array) | bytes
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gradstream.components.inputs.kind import InputKind
from gradstream.components.inputs.media_file import (
    MediaInput,
    Medium,
    check_length,
    check_recording,
    file_to_hand_over,
    part_of,
    read_options,
    readable,
)
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain
from gradstream.media.time_range import TimeRange


class AudioInput(MediaInput):
    """Hands over a sound; none is None. A part is exact to the sample, and a wav unless `format` is given."""

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return where the file is and which part of it is wanted, or why it is not accepted."""
        return None if value is None else check_recording(value, field, SOUND)

    def decode(self, plain: Plain, field: Input) -> Any:
        """Return a path as text, a file's bytes, or `(rate, array)` with int16 of shape (n[, channels])."""
        if plain is None:
            return None
        hand_over = read_options(field).hand_over
        if hand_over == "numpy":
            return _read(plain, field)
        path = file_to_hand_over(plain, field, SOUND)
        return Path(path).read_bytes() if hand_over == "bytes" else path

    def prepare(self) -> None:
        """Import what reads and converts sound."""
        import gradstream.media.files.convert  # noqa: F401, PLC0415 (heavy, and for workers only)


KINDS: Mapping[str, InputKind] = {"audio": AudioInput()}


def _read(plain: Plain, field: Input) -> Any:
    from gradstream.media.files.decode import read_audio  # noqa: PLC0415 (heavy, and for workers only)

    with readable(plain, field, SOUND):
        check_length(plain, field)
        return read_audio(plain["path"], part_of(plain), most_s=read_options(field).max_seconds)


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
