"""Write a stream's fragments as a finished file: `python -m gradstream.media.files.export SOURCE TARGET`.

    SOURCE, head and fragments -> .mp4           every track as it is, finished_file
                                  .flac .m4a     the sound as it is where it is FLAC or AAC
                                  .wav .mp3 …    else decoded and encoded again, transcode_audio

TARGET appears whole or not at all. Exit code 0; or 1, with one line on stderr that says what is wrong.
"""

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from gradstream.media.mp4.flac_writer import write_flac
from gradstream.media.mp4.fragment_reader import FragmentedFile, SourceTrack
from gradstream.media.mp4.progressive import write_progressive

SUFFIXES = (".mp4", ".m4a", ".flac", ".wav", ".mp3")


class ExportError(Exception):
    """Raised with one sentence that says why a download cannot be made."""


def export(source: Path, target: Path) -> None:
    """Write a finished file in the form that the target's suffix names; raises ExportError."""
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise ExportError(f"{target.name}: its suffix has to be one of {known}, not {suffix!r}")
    # Beside the target, so that renaming is one step; the suffix is of no file that anybody looks for.
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        _write(source, part, suffix)
        part.replace(target)
    except (OSError, ValueError) as error:
        raise ExportError(f"{source.name} cannot become {target.name}: {error}") from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            part.unlink()


def _write(source: Path, part: Path, suffix: str) -> None:
    with source.open("rb") as file:
        fragments = FragmentedFile(file)
        if suffix == ".mp4":
            with part.open("wb") as target:
                write_progressive(fragments, target)
            return
        sound = _sound(fragments)
        match suffix, sound.format:
            case ".m4a", b"mp4a":
                with part.open("wb") as target:
                    write_progressive(fragments, target, tracks=(sound,), brand=b"M4A ")
            case ".flac", b"fLaC":
                with part.open("wb") as target:
                    write_flac(fragments, sound, target)
            case _:
                _encode_again(source, sound, part, suffix)


def _sound(fragments: FragmentedFile) -> SourceTrack:
    sound = fragments.track(b"soun")
    if sound is None or not sound.sizes:
        raise ValueError("there is no sound in it")
    return sound


def _encode_again(source: Path, sound: SourceTrack, part: Path, suffix: str) -> None:
    # Loads FFmpeg, which takes longer than copying a whole stream.
    from gradstream.media.files.transcode_audio import AUDIO_FILE_FORMATS, transcode_audio  # noqa: PLC0415

    transcode_audio(source, sound, part, form=AUDIO_FILE_FORMATS[suffix])


def main(arguments: Sequence[str]) -> int:
    """Run the command; return its exit code."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m gradstream.media.files.export SOURCE TARGET\n")
        return 1
    source, target = map(Path, arguments)
    try:
        export(source, target)
    except ExportError as error:
        sys.stderr.write(f"gradstream: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
