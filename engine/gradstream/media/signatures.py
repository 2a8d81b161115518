"""Identifies a file format by its first bytes, for messages about chunks that cannot be decoded."""

from gradstream.signatures import find_signature

_SHOWN_BYTES = 24
"""Number of bytes that a message shows."""

_CERTAIN_BYTES = 4
"""A signature of at least this many bytes does not occur by chance."""

_MIN_TEXT_BYTES = 32
"""This many printable bytes, with a space among them, are text: encoded media does not contain them."""


def identify(head: bytes) -> str | None:
    """Return the kind of file that starts with these bytes, with its article; None when it is unknown."""
    signature = find_signature(head)
    if signature is not None and signature.name is not None:
        return signature.name
    if head and not head.strip(b"\x00"):
        return "nothing but zeros"
    return "text" if _is_text(head[:256]) else None


def identify_certain(head: bytes) -> str | None:
    """Return the kind of file only if these bytes cannot be from the middle of another one."""
    signature = find_signature(head, min_bytes=_CERTAIN_BYTES)
    if signature is not None and signature.name is not None:
        return signature.name
    return "text" if _is_text(head[:256]) else None


def describe_bytes(head: bytes) -> str:
    """Return a clause that quotes the first bytes and names the kind of file."""
    # As in a hex dump: escapes with a backslash would look like folders.
    shown = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in head[:_SHOWN_BYTES])
    kind = identify(head)
    return f'it begins with "{shown}"' + (f" ({kind})" if kind else "")


def _is_text(head: bytes) -> bool:
    printable = all(32 <= byte < 127 or byte in b"\t\r\n" for byte in head)
    return printable and len(head) >= _MIN_TEXT_BYTES and any(byte in b" \n" for byte in head)
