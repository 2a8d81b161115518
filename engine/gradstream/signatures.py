"""File formats and the bytes that they begin with: one table for uploads and for messages about chunks.

Source: the specification of each format, and the WHATWG MIME Sniffing Standard, sections 6 and 7.
"""

import re

from msgspec import Struct


class Signature(Struct, frozen=True):
    """A format: the pattern of its first bytes, its MIME type, and its name with an article.

    `mime` is None for formats by which uploads are not distinguished, `name` where the bytes only say which
    family a file belongs to.
    """

    pattern: re.Pattern[bytes]
    mime: str | None
    name: str | None


def _signature(pattern: bytes, mime: str | None, name: str | None) -> Signature:
    return Signature(re.compile(pattern, re.DOTALL), mime, name)


SIGNATURES = (
    _signature(rb"\x89PNG\r\n\x1a\n", "image/png", "a PNG picture"),
    _signature(rb"\xff\xd8\xff", "image/jpeg", "a JPEG picture"),
    _signature(rb"GIF8[79]a", "image/gif", "a GIF picture"),
    _signature(rb"BM", "image/bmp", "a BMP picture"),
    _signature(rb"II\*\x00|MM\x00\*", "image/tiff", "a TIFF picture"),
    _signature(rb"%PDF-", "application/pdf", "a PDF document"),
    _signature(rb"PK\x03\x04", "application/zip", "a zip archive"),
    _signature(rb"\x1f\x8b\x08", "application/gzip", "gzipped data"),
    _signature(rb"(?:RIFF|RF64).{4}WEBP", "image/webp", "a WebP picture"),
    _signature(rb"(?:RIFF|RF64).{4}WAVE", "audio/wav", "a wav file"),
    _signature(rb"(?:RIFF|RF64).{4}AVI ", "video/avi", "an AVI file"),
    _signature(rb"RIFF|RF64", "application/octet-stream", None),
    _signature(rb"FORM.{4}AIF[FC]", "audio/aiff", "an AIFF file"),
    _signature(rb"fLaC", "audio/flac", "a FLAC file"),
    _signature(rb"ID3", "audio/mpeg", "an MP3 file"),
    _signature(rb"#!AMR", "audio/amr", "an AMR file"),
    _signature(rb"caff", None, "a Core Audio file"),
    # The first page's header has one segment (RFC 3533, section 6), so the codec's name is at byte 28.
    _signature(rb"OggS.{24}(?:\x01vorbis|OpusHead|\x7fFLAC|Speex  )", "audio/ogg", "an Ogg file"),
    _signature(rb"OggS", "application/ogg", "an Ogg file"),
    _signature(rb".{4}ftypavi[fs]", "image/avif", "an AVIF picture"),
    _signature(rb".{4}ftypheic", "image/heic", "a HEIC picture"),
    _signature(rb".{4}ftypmif1", "image/heif", "a HEIF picture"),
    _signature(rb".{4}ftypM4[AB] ", "audio/mp4", "an MP4 file"),
    _signature(rb".{4}ftypqt  ", "video/quicktime", "a QuickTime file"),
    _signature(rb".{4}ftyp3gp", "video/3gpp", "a 3GPP file"),
    _signature(rb".{4}ftyp", "video/mp4", "an MP4 file"),
    _signature(rb".{4}moof", None, "a fragment of an MP4 file"),
    _signature(rb"\x1aE\xdf\xa3.{0,52}matroska", "video/x-matroska", "a WebM or Matroska file"),
    _signature(rb"\x1aE\xdf\xa3", "video/webm", "a WebM or Matroska file"),
    _signature(rb"glTF", "model/gltf-binary", "a GLB file"),
    _signature(rb"ply\r?\n", None, "a PLY file"),
    _signature(rb"<!(?:DOCTYPE|doctype)|<html", None, "HTML text"),
    _signature(rb"<\?xml", None, "XML text"),
    _signature(rb"<svg", None, "an SVG picture"),
    _signature(rb'\{"|\[\{"', None, "JSON text"),
    _signature(rb"#EXTM3U", None, "a playlist"),
    _signature(rb"\x93NUMPY", None, "a NumPy file"),
    _signature(rb"\x80\x04\x95", None, "a Python pickle"),
)
"""In the order in which they are tried: where one pattern begins like another, the longer one first."""


def find_signature(head: bytes, *, min_bytes: int = 0) -> Signature | None:
    """Return the first signature that matches a file's first bytes, by at least `min_bytes` of them."""
    for signature in SIGNATURES:
        found = signature.pattern.match(head)
        if found is not None and len(found[0]) >= min_bytes:
            return signature
    return None
