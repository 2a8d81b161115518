"""Converts a stream to a downloadable file: `python -m gradstream.media.files.export SOURCE TARGET`.

    SOURCE, init and media segments -> .mp4           all tracks as they are, write_progressive
                                       .flac .m4a     the audio as it is, if it is FLAC or AAC
                                       .wav .mp3 …    otherwise decoded and encoded, transcode_audio

TARGET is written completely or not at all. Exit code 0; or 1, with one line on stderr that describes the
error.
"""

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from gradstream.errors import GradstreamError
from gradstream.media.mp4.flac_writer import write_flac
from gradstream.media.mp4.fragment_reader import FragmentedFile, SourceTrack
from gradstream.media.mp4.progressive import write_progressive

SUFFIXES = (".mp4", ".m4a", ".flac", ".wav", ".mp3")


class ExportError(GradstreamError):
    """Raised when a file cannot be made; the text is one sentence with the reason."""


def export(source: Path, target: Path) -> None:
    """Write a file in the format of the target's suffix; raises ExportError."""
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise ExportError(f"{target.name}: the suffix must be one of {known}, not {suffix!r}")
    # In the same folder, so that renaming is atomic, with a suffix that nothing looks for.
    partial = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        _write(source, partial, suffix)
        partial.replace(target)
    except (OSError, ValueError) as error:
        raise ExportError(f"{source.name} cannot be converted to {target.name}: {error}") from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            partial.unlink()


def _write(source: Path, partial: Path, suffix: str) -> None:
    with source.open("rb") as file:
        fragmented = FragmentedFile(file)
        if suffix == ".mp4":
            with partial.open("wb") as target:
                write_progressive(fragmented, target)
            return
        audio = _audio_track(fragmented)
        match suffix, audio.format:
            case ".m4a", b"mp4a":
                with partial.open("wb") as target:
                    write_progressive(fragmented, target, tracks=(audio,), brand=b"M4A ")
            case ".flac", b"fLaC":
                with partial.open("wb") as target:
                    write_flac(fragmented, audio, target)
            case _:
                _transcode(source, audio, partial, suffix)


def _audio_track(fragmented: FragmentedFile) -> SourceTrack:
    audio = fragmented.track(b"soun")
    if audio is None or not audio.sizes:
        raise ValueError("it contains no sound")
    return audio


def _transcode(source: Path, audio: SourceTrack, partial: Path, suffix: str) -> None:
    # Imports FFmpeg, which takes longer than copying a whole stream.
    from gradstream.media.files.transcode_audio import AUDIO_FILE_FORMATS, transcode_audio  # noqa: PLC0415

    transcode_audio(source, audio, partial, file_format=AUDIO_FILE_FORMATS[suffix])


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
