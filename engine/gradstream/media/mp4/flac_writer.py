"""A stream's FLAC as a `.flac` file: its frames as they are, behind a STREAMINFO that knows their number.

    fLaC | u8 last-block flag | u24 34 | STREAMINFO | frames

Source: RFC 9639, section 8.
"""

from typing import BinaryIO

from gradstream.media.mp4.boxes import STREAMINFO_BYTES
from gradstream.media.mp4.fragment_reader import FragmentedFile, SourceTrack

_TOTAL_BITS = 36
"""Width of the number of samples, which stands before the 16 bytes of a checksum."""

_CHECKSUM_BYTES = 16


def write_flac(source: FragmentedFile, track: SourceTrack, target: BinaryIO) -> None:
    """Write a FLAC track's file. The checksum stays unknown, which is 0: nothing is decoded."""
    # The box begins with version, flags and the metadata block's own head.
    streaminfo = track.codec_config(b"dfLa")[8 : 8 + STREAMINFO_BYTES]
    known = int.from_bytes(streaminfo[:-_CHECKSUM_BYTES]) >> _TOTAL_BITS << _TOTAL_BITS
    total = track.duration if track.duration < 1 << _TOTAL_BITS else 0
    head = (known | total).to_bytes(STREAMINFO_BYTES - _CHECKSUM_BYTES)
    target.write(b"fLaC" + bytes((0x80, 0, 0, STREAMINFO_BYTES)) + head + bytes(_CHECKSUM_BYTES))
    target.writelines(source.read(piece) for piece in source.pieces if piece.track is track)
