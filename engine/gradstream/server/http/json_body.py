"""A body in JSON, decoded within bounds: no body costs more than its bytes.

bytes --measure--> refused (422) | --decode--> struct | refused (400)

Counting what is outside of texts takes a few passes over the bytes, so a body with millions of values is
refused before any of them is made. Large bodies are read in a thread.
"""

import asyncio
from typing import TypeVar

from litestar.exceptions import ClientException
from msgspec import DecodeError, ValidationError, json

from gradstream.limits import Limits

SMALL_BYTES = 2**16
"""Decoded in a fraction of a millisecond: a thread would cost more."""

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
    most = limits.body_values
    bare = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    too_many = f"The body has more than {most:,} values"
    # A text is a value or the name of one.
    if bare.count(b'"') > 4 * most:
        return too_many
    outside = b"".join(bare.split(b'"')[::2])
    if outside.count(b",") + outside.count(b"[") + outside.count(b"{") > most:
        return too_many
    # One search for a row of zeros: a step in Python for each number could be millions of them.
    if b"0" * (limits.body_digits + 1) in outside.translate(_DIGITS):
        return f"The body has a number with more than {limits.body_digits:,} characters"
    return _too_deep(limits) if _is_deeper(outside, limits.body_depth) else None


def _is_deeper(outside: bytes, most: int) -> bool:
    if outside.count(b"]") + outside.count(b"}") > outside.count(b"[") + outside.count(b"{"):
        return False  # It is not JSON, and its decoder sees that sooner than this.
    depth = 0
    for bracket in outside.translate(None, delete=_OTHERS):
        depth += 1 if bracket in b"[{" else -1
        if depth > most:
            return True
    return False


def _too_deep(limits: Limits) -> str:
    return f"The body is nested more than {limits.body_depth:,} levels deep"
