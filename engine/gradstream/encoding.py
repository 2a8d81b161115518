"""A file's bytes -> text, or which encoding they are in instead of UTF-8.

UTF-16 and UTF-32 are told by their mark, or by the zeros beside the first character (YAML 1.2.2, 5.2).
They are named and never accepted: what one tool reads in them, the next one does not.
"""

import codecs

from msgspec import Struct

BYTE_ORDER_MARK = "\ufeff"
REPAIR = "save the file as UTF-8"
HINTS = {"UTF-16": "; in Windows PowerShell, `| Out-File -Encoding utf8` instead of `>`"}
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 first: its little-endian mark begins with that of UTF-16."""

FIRST_CHARACTER: dict[tuple[bool, ...], str] = {
    (False, True, True, True): "utf-32-le",
    (True, True, True, False): "utf-32-be",
    (False, True, False, True): "utf-16-le",
    (True, False, True, False): "utf-16-be",
}
"""Which of the first four bytes are zero where a text begins with two characters of ASCII."""


OTHER_FILES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF-", "a document (PDF)"),
    (b"PK\x03\x04", "an archive (ZIP), or a document of an office program"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database (SQLite)"),
    (b"ID3", "a sound (MP3)"),
    (b"OggS", "a sound or a video (Ogg)"),
    (b"{\\rtf", "a document (RTF)"),
)
"""How files begin that are not text, or not plain text."""


class NotUtf8(Struct, frozen=True, kw_only=True):
    """Bytes that are not UTF-8: what they are, their text as far as it can be shown, and where they begin."""

    found: str
    shown: str
    at: int
    repair: str


def kind_of_file(data: bytes) -> str | None:
    """Return what a file is that is not plain text, by its first bytes; None for anything else."""
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE"):
        return "a picture (WebP)" if data[8:12] == b"WEBP" else "a sound (WAV)"
    return next((kind for start, kind in OTHER_FILES if data.startswith(start)), None)


def decode(data: bytes) -> str | NotUtf8:
    """Return the text of UTF-8, without a byte order mark."""
    wide = _wide(data)
    if wide is not None:
        name, text = wide
        return NotUtf8(found=name, shown=text, at=0, repair=f"{REPAIR}{HINTS.get(name, '')}")
    try:
        return data.decode("utf-8").removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        valid = data[: error.start].decode("utf-8")
        shown = data.decode("utf-8", "replace")
        return NotUtf8(found="bytes that are not valid UTF-8", shown=shown, at=len(valid), repair=REPAIR)


def decode_to_show(data: bytes) -> str:
    """Return the text of any bytes, to look at: what is in no encoding known here becomes U+FFFD."""
    text = decode(data)
    return text if isinstance(text, str) else text.shown


def _wide(data: bytes) -> tuple[str, str] | None:
    """Return the name and the text of UTF-16 or UTF-32; None for anything else."""
    marked = next((name for mark, name in MARKS if data.startswith(mark)), None)
    encoding = marked or FIRST_CHARACTER.get(tuple(byte == 0 for byte in data[:4]))
    if encoding is None:
        return None
    text = data.decode(encoding, "replace").removeprefix(BYTE_ORDER_MARK)
    if marked is None and "\0" in text:
        return None
    return encoding[:6].upper(), text
