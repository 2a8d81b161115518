"""Writes a stream's FLAC track as a `.flac` file: its frames after a STREAMINFO with the total length.

    fLaC | u8 last-block flag | u24 34 | STREAMINFO | frames

Source: RFC 9639, section 8.
"""

from typing import BinaryIO

from gradstream.media.mp4.boxes import STREAMINFO_BYTES
from gradstream.media.mp4.fragment_reader import FragmentedFile, SourceTrack

_TOTAL_BITS = 36
"""Width of the total number of samples, which precedes the MD5 checksum."""

_CHECKSUM_BYTES = 16


def write_flac(source: FragmentedFile, track: SourceTrack, target: BinaryIO) -> None:
    """Write the file. The checksum is 0, which means unknown, because nothing is decoded."""
    # Before it are version and flags of the box, and the header of the metadata block.
    streaminfo = track.codec_config(b"dfLa")[8 : 8 + STREAMINFO_BYTES]
    known = int.from_bytes(streaminfo[:-_CHECKSUM_BYTES]) >> _TOTAL_BITS << _TOTAL_BITS
    total = track.duration if track.duration < 1 << _TOTAL_BITS else 0
    head = (known | total).to_bytes(STREAMINFO_BYTES - _CHECKSUM_BYTES)
    target.write(b"fLaC" + bytes((0x80, 0, 0, STREAMINFO_BYTES)) + head + bytes(_CHECKSUM_BYTES))
    target.writelines(source.read(run) for run in source.runs if run.track is track)
