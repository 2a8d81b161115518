"""One table of file formats serves uploads and messages."""

import pytest

from gradstream.signatures import SIGNATURES, find_signature

HEADS = {
    b"\x89PNG\r\n\x1a\n": "a PNG picture",
    b"\xff\xd8\xff\xe0": "a JPEG picture",
    b"GIF89a": "a GIF picture",
    b"BM\x00\x00": "a BMP picture",
    b"II*\x00": "a TIFF picture",
    b"%PDF-1.7": "a PDF document",
    b"PK\x03\x04": "a zip archive",
    b"\x1f\x8b\x08": "gzipped data",
    b"RIFF\x00\x00\x00\x00WEBPVP8 ": "a WebP picture",
    b"RF64\xff\xff\xff\xffWAVEds64": "a wav file",
    b"RIFF\x00\x00\x00\x00AVI LIST": "an AVI file",
    b"RIFF\x00\x00\x00\x00RMID": None,
    b"FORM\x00\x00\x00\x00AIFC": "an AIFF file",
    b"fLaC\x00": "a FLAC file",
    b"ID3\x04": "an MP3 file",
    b"#!AMR\n": "an AMR file",
    b"caff\x00\x01": "a Core Audio file",
    b"OggS\x00\x02" + bytes(22) + b"OpusHead": "an Ogg file",
    b"OggS\x00\x02" + bytes(22) + b"\x80theora": "an Ogg file",
    b"\x00\x00\x00\x1cftypavif": "an AVIF picture",
    b"\x00\x00\x00\x1cftypheic": "a HEIC picture",
    b"\x00\x00\x00\x1cftypmif1": "a HEIF picture",
    b"\x00\x00\x00\x1cftypM4A ": "an MP4 file",
    b"\x00\x00\x00\x14ftypqt  ": "a QuickTime file",
    b"\x00\x00\x00\x1cftyp3gp4": "a 3GPP file",
    b"\x00\x00\x00\x20ftypisom": "an MP4 file",
    b"\x00\x00\x00\x68moof": "a fragment of an MP4 file",
    b"\x1aE\xdf\xa3\xa3B\x86\x81\x01B\x82\x88matroska": "a WebM or Matroska file",
    b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm": "a WebM or Matroska file",
    b"glTF\x02\x00\x00\x00": "a GLB file",
    b"ply\nformat ascii 1.0\n": "a PLY file",
    b"<!DOCTYPE html>": "HTML text",
    b'<?xml version="1.0"?>': "XML text",
    b"<svg xmlns": "an SVG picture",
    b'[{"a": 1}]': "JSON text",
    b"#EXTM3U\n": "a playlist",
    b"\x93NUMPY\x01\x00": "a NumPy file",
    b"\x80\x04\x95": "a Python pickle",
}


@pytest.mark.parametrize(("head", "name"), HEADS.items())
def test_each_format_has_its_name(head: bytes, name: str | None) -> None:
    """A format is recognised by its first bytes, also where several formats share a container."""
    signature = find_signature(head)
    assert signature is not None
    assert signature.name == name


def test_no_signature_is_hidden_by_an_earlier_one() -> None:
    """Every row of the table can be found, because the longer of two patterns is tried first."""
    assert {id(find_signature(head)) for head in HEADS} == {id(one) for one in SIGNATURES}


def test_short_matches_can_be_excluded() -> None:
    """A match of fewer bytes than asked for is skipped."""
    assert find_signature(b"BM", min_bytes=2) is not None
    assert find_signature(b"BM", min_bytes=4) is None
