"""The QR code of an address, for the camera of a phone."""

import sys


def show_code(address: str) -> None:
    """Draw the code on a terminal that can show it; nothing in a file, in a pipe or in another encoding."""
    if not sys.stdout.isatty() or not _is_drawn(sys.stdout.encoding):
        return
    import segno  # noqa: PLC0415 (few servers are started for others in the network, and by hand)

    segno.make(address, micro=False, error="l").terminal(out=sys.stdout, border=2, compact=True)


def _is_drawn(encoding: str) -> bool:
    """Return whether half blocks can be written."""
    try:
        "\N{UPPER HALF BLOCK}".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
