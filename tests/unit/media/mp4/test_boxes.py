"""Boxes have the bytes that the standards ask for."""

import pytest

from gradstream.media.mp4.boxes import audio_sample_entry, box, dfla, dops, esds, full_box
from gradstream.media.types import AudioTrack

STREAMINFO = bytes.fromhex("04800480000000000000" + "0bb802f0" + "00" * 20)
"""48 kHz, two channels, 16 bits."""


def test_box() -> None:
    """A box is its whole length, its letters, and its parts."""
    assert box(b"free", b"ab", b"c") == b"\0\0\0\x0bfreeabc"
    assert full_box(b"tfdt", b"x", version=1, flags=0x20) == b"\0\0\0\x0dtfdt\x01\0\0\x20x"


def test_flac_configuration() -> None:
    """FLAC's box has version, flags, the header of a last metadata block of 34 bytes, and STREAMINFO."""
    assert dfla(STREAMINFO) == b"\0\0\0\x32dfLa" + bytes(4) + b"\x80\0\0\x22" + STREAMINFO


def test_flac_configuration_of_another_length() -> None:
    """STREAMINFO of another length is an error."""
    with pytest.raises(ValueError, match=r"^expected 34 bytes of STREAMINFO, got 4$"):
        dfla(b"fLaC")


def test_opus_configuration() -> None:
    """Opus's numbers are turned from little to big endian; its version is 0, and a mapping is kept."""
    opus_head = b"\x01\x02\x38\x01\x80\xbb\0\0\xff\xff\x01\x01\x01\x00\x01"
    assert dops(opus_head) == b"\0\0\0\x17dOps" + b"\0\x02\x01\x38\0\0\xbb\x80\xff\xff\x01\x01\x01\x00\x01"


def test_aac_configuration() -> None:
    """AAC's box has the descriptors of a stream, its decoder (object type 0x40) and the configuration."""
    expected = "03 17 000000  04 0f 40 15 000000 00000000 00000000  05 00 06 01 02"
    empty = bytes.fromhex(expected.replace(" ", ""))
    assert esds(b"") == b"\0\0\0\x25esds" + bytes(4) + empty
    assert b"\x05\x02\x11\x90" in esds(b"\x11\x90")


@pytest.mark.parametrize(
    ("rate_hz", "written_hz"), [(44_100, 44_100), (48_000, 48_000), (96_000, 48_000), (192_000, 48_000)]
)
def test_rates_beyond_16_bits(rate_hz: int, written_hz: int) -> None:
    """A sample entry has the rate, halved until it fits."""
    track = AudioTrack(codec="flac", rate_hz=rate_hz, channels=2, config=STREAMINFO)
    entry = audio_sample_entry(track)
    assert entry[4:8] == b"fLaC"
    assert int.from_bytes(entry[32:34]) == written_hz
    assert (int.from_bytes(entry[24:26]), int.from_bytes(entry[26:28])) == (2, 16)
