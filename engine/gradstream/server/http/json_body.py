"""A body in JSON, decoded within bounds: no body costs more than its bytes.

bytes --measure--> refused (422) | --decode--> struct | refused (400)

Counting what is outside of texts takes a few passes over the bytes, so a body with millions of values is
refused before any of them is made. Large bodies are read in a thread, slice by slice: a call in C holds the
interpreter lock for as long as it takes, and only the decoder itself needs a whole body.
"""

import asyncio
from collections.abc import Iterator
from typing import TypeVar

from litestar.exceptions import ClientException
from msgspec import DecodeError, ValidationError, json

from gradstream.limits import Limits

SMALL_BYTES = 2**16
"""Decoded in a fraction of a millisecond: a thread would cost more."""

SLICE_BYTES = 2**20
"""The slowest pass over so many bytes takes some 6 ms."""

FLAT = 500
"""So many levels can be decoded on any stack."""

_BRACKETS = b"[]{}"
_OTHERS = bytes(set(range(256)) - set(_BRACKETS))
_DIGITS = bytes(ord("0") if byte in b"0123456789.eE+-" else ord(" ") for byte in range(256))
"""Translates whatever numbers consist of to zeros."""

Body = TypeVar("Body")


async def decode_body(data: bytes, type_: type[Body], *, limits: Limits) -> Body:
    """Return a body; an empty one stands for `{}`. Raises ClientException."""
    # A thread's own stack has room for nesting that this one may not have.
    if len(data) <= SMALL_BYTES and data.count(b"[") + data.count(b"{") < FLAT:
        return _decoded(data, type_, limits)
    return await asyncio.to_thread(_decoded, data, type_, limits)


def _decoded(data: bytes, type_: type[Body], limits: Limits) -> Body:
    excess = _excess(data, limits)
    if excess is not None:
        raise ClientException(excess, status_code=422)
    try:
        return json.decode(data or b"{}", type=type_)
    except (ValidationError, DecodeError, UnicodeDecodeError) as error:
        raise ClientException(str(error)) from error
    except RecursionError as error:
        raise ClientException(_too_deep(limits), status_code=422) from error


def _excess(data: bytes, limits: Limits) -> str | None:
    """Return which bound a body exceeds."""
    count = _Count(limits)
    return next((excess for piece in _slices(data) if (excess := count.add(piece)) is not None), None)


def _slices(data: bytes) -> Iterator[bytes]:
    """Yield a body in pieces of which none ends within an escape."""
    start = 0
    while start < len(data):
        piece = data[start : start + SLICE_BYTES]
        if (len(piece) - len(piece.rstrip(b"\\"))) % 2 and len(piece) == SLICE_BYTES:
            piece = piece[:-1]
        yield piece
        start += len(piece)


class _Count:
    """What is outside of the texts of one body, counted piece by piece."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._quotes = self._values = self._depth = self._opened = self._closed = 0
        self._digits = b""
        """The end of the last piece, as far as it may belong to a number: a zero for each character."""

    def add(self, piece: bytes) -> str | None:
        """Count a piece; return which bound is exceeded now."""
        most = self._limits.body_values
        bare = piece.replace(b"\\\\", b"").replace(b'\\"', b"")
        is_inside = self._quotes % 2
        self._quotes += bare.count(b'"')
        too_many = f"The body has more than {most:,} values"
        # A text is a value or the name of one.
        if self._quotes > 4 * most:
            return too_many
        outside = b"".join(bare.split(b'"')[is_inside::2])
        opened = outside.count(b"[") + outside.count(b"{")
        self._values += outside.count(b",") + opened
        if self._values > most:
            return too_many
        self._opened += opened
        self._closed += outside.count(b"]") + outside.count(b"}")
        return self._long_number(outside) or self._deep(outside)

    def _long_number(self, outside: bytes) -> str | None:
        # One search for a row of zeros: a step in Python for each number could be millions of them.
        most = self._limits.body_digits
        zeros = self._digits + outside.translate(_DIGITS)
        if b"0" * (most + 1) in zeros:
            return f"The body has a number with more than {most:,} characters"
        self._digits = zeros[max(len(zeros.rstrip(b"0")), len(zeros) - most) :]
        return None

    def _deep(self, outside: bytes) -> str | None:
        if self._closed > self._opened:
            return None  # It is not JSON, and its decoder sees that sooner than this.
        for bracket in outside.translate(None, delete=_OTHERS):
            self._depth += 1 if bracket in b"[{" else -1
            if self._depth > self._limits.body_depth:
                return _too_deep(self._limits)
        return None


def _too_deep(limits: Limits) -> str:
    return f"The body is nested more than {limits.body_depth:,} levels deep"
