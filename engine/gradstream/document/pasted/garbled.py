"""Text in UTF-8 that a program has read in a coding of Windows, and saved so: `fÃ¼r` for `für`.

fÃ¼r --Windows-1252--> 66 C3 BC 72 --UTF-8--> für
"""

import re
from collections.abc import Iterator

from gradstream.document.line_index import Stretch
from gradstream.document.mistakes import Mistake
from gradstream.document.pasted.guess import pasted

LOST = "\ufffd"
"""What programs write for bytes that they cannot read; nobody knows which sign it was."""

CODING = "cp1252"
BEYOND_ASCII = re.compile(
    r"[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]{2,}"
)
"""Runs of signs that bytes over 7F can be in that coding."""

MOST_TIMES = 3
"""How often a file was saved so, at most: more is not readable to anybody."""


MESSAGE = "the text was read in another coding than its own, and saved so"


def look_at_garbled(text: str) -> Iterator[Mistake]:
    """Yield the text as it was before it was read in the wrong coding, if it was."""
    parts = mended(text)
    if parts:
        stretch, meant = parts[0]
        yield pasted(
            stretch,
            MESSAGE,
            expected=f"`{meant}`, in UTF-8",
            found=f"`{text[stretch.start : stretch.end]}`",
            repair=f"write `{meant}`, and so on",
            parts=parts,
        )


def mended(text: str) -> list[tuple[Stretch, str]]:
    """Return the parts of a text that were read in the wrong coding, each with what it was."""
    if text.isascii():
        return []
    found = []
    for run in BEYOND_ASCII.finditer(text):
        meant = _read_again(run.group())
        if meant != run.group():
            found.append((Stretch(*run.span()), meant))
    return found


def _read_again(run: str) -> str:
    """Return what the signs were; the same where their bytes are not UTF-8."""
    for _ in range(MOST_TIMES):
        try:
            run = b"".join(_byte(sign) for sign in run).decode()
        except (UnicodeDecodeError, UnicodeEncodeError):
            return run
    return run


def _byte(sign: str) -> bytes:
    """Return a sign's byte; the five that the coding leaves out stand for themselves in most programs."""
    return bytes([ord(sign)]) if 0x80 <= ord(sign) < 0xA0 else sign.encode(CODING)
