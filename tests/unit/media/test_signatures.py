"""What bytes look like, in words."""

import pytest

from gradstream.media.signatures import describe_bytes, identify, identify_certain
from gradstream.redaction.paths import without_folders


@pytest.mark.parametrize(
    ("begin", "kind"),
    [
        (b"<!DOCTYPE html>", "HTML text"),
        (b'{"error": "not found"}', "JSON text"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "a wav file"),
        (b"\x00\x00\x00\x20ftypisom", "an MP4 file"),
        (bytes(64), "nothing but zeros"),
        (b"The server is busy, please try again later.", "text"),
        (b"\x12\x34\x56\x78", None),
        (b"", None),
    ],
)
def test_common_kinds_are_named(begin: bytes, kind: str | None) -> None:
    """The kinds that are often yielded by mistake have names."""
    assert identify(begin) == kind


def test_a_beginning_is_shown_in_full_safety() -> None:
    """Bytes are dots where they are no letters, and cut: a message stays one short line, and is no path."""
    assert describe_bytes(b"<html>\n" + b"x" * 100) == f'it begins with "<html>.{"x" * 17}" (HTML text)'
    assert describe_bytes(b"\xf9\x00") == 'it begins with ".."'
    png = describe_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert without_folders(png) == png == 'it begins with ".PNG........IHDR" (a PNG picture)'


def test_two_bytes_are_no_proof() -> None:
    """In the middle of an MP3 anything may stand; only long signatures and text prove something else."""
    assert identify_certain(b'{"') is None
    assert identify_certain(b"OggS") == "an Ogg file"
    assert identify_certain(b"U" * 500) is None
