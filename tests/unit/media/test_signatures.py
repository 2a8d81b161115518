"""What bytes look like, in words."""

import pytest

from gradstream.media.signatures import described, is_certainly, kind_of


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
    assert kind_of(begin) == kind


def test_a_beginning_is_shown_in_full_safety() -> None:
    """Bytes are escaped and cut, so that a message stays one short line."""
    assert described(b"<html>\n" + b"x" * 100) == 'it begins with "<html>\\nxxxxxxxxxxxxxxxxx" (HTML text)'
    assert described(b"\xf9\x00") == 'it begins with "\\xf9\\x00"'


def test_two_bytes_are_no_proof() -> None:
    """In the middle of an MP3 anything may stand; only long signatures and text prove something else."""
    assert is_certainly(b'{"') is None
    assert is_certainly(b"OggS") == "an Ogg file"
    assert is_certainly(b"U" * 500) is None
