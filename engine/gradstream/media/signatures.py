"""Names what bytes are by their beginning, for messages about chunks that cannot be decoded."""

from gradstream.signatures import find_signature

_SHOWN_BYTES = 24
"""So much of a beginning is shown."""

_CERTAIN_BYTES = 4
"""A signature of so many bytes is no accident."""

_LEAST_TEXT = 32
"""So many printable bytes, a space among them, are text; encoded sound never has them."""


def identify(begin: bytes) -> str | None:
    """Return what a file is that begins with these bytes, with its article; None when they say nothing."""
    signature = find_signature(begin)
    if signature is not None and signature.name is not None:
        return signature.name
    if begin and not begin.strip(b"\x00"):
        return "nothing but zeros"
    return "text" if _is_text(begin[:256]) else None


def identify_certain(begin: bytes) -> str | None:
    """Return what a file is only where these bytes could not be the middle of something else."""
    signature = find_signature(begin, min_bytes=_CERTAIN_BYTES)
    if signature is not None and signature.name is not None:
        return signature.name
    return "text" if _is_text(begin[:256]) else None


def describe_bytes(begin: bytes) -> str:
    """Return a clause that shows how bytes begin, and says what that is."""
    shown = begin[:_SHOWN_BYTES].decode("latin-1").encode("unicode_escape").decode()
    kind = identify(begin)
    return f'it begins with "{shown}"' + (f" ({kind})" if kind else "")


def _is_text(begin: bytes) -> bool:
    printable = all(32 <= byte < 127 or byte in b"\t\r\n" for byte in begin)
    return printable and len(begin) >= _LEAST_TEXT and any(byte in b" \n" for byte in begin)
