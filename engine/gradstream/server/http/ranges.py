"""Files, or parts of them, as answers: what a player asks for that seeks.

    Range: bytes=0-499 | 500- | -500  --> 206 and Content-Range, or 416
    several ranges, another unit, nonsense --> 200 and everything

Source: RFC 9110, section 14. Several files one after the other can be answered as one.
"""

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from litestar import Response
from msgspec import Struct

from gradstream.server.http.openapi import Answer
from gradstream.server.http.problems import problem
from gradstream.server.http.streaming_response import Piecewise
from gradstream.server.types import Chunks, HttpRequest

BLOCK_BYTES = 2**18
"""Read at once, in a thread: large enough that going there does not count, small for a thousand readers."""

RANGE_ANSWERS = {
    206: Answer("The part that `Range` asks for.", {"type": "string", "format": "binary"}, "*/*"),
    416: Answer.problem("`Range` begins behind the end.", headers={"Content-Range": "The size."}),
}

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class Piece(Struct, frozen=True):
    """A whole file of a known size."""

    path: Path
    size: int


class Part(Struct, frozen=True):
    """Bytes from `start` to before `stop`."""

    start: int
    stop: int


async def file_answer(
    request: HttpRequest,
    pieces: Sequence[Piece],
    *,
    media_type: str,
    headers: Mapping[str, str],
) -> Response[Any]:
    """Answer with files joined, or the part that is asked for; raises OSError when a file is gone."""
    size = sum(piece.size for piece in pieces)
    asked = request.headers.get("range", "")
    # There are no validators here, so none can be met: `If-Range` asks for everything.
    part = None if "if-range" in request.headers else parse_range(asked, size)
    if part is not None and part.start >= part.stop:
        gone = {"Content-Range": f"bytes */{size}"}
        return problem(416, f"There are {size} bytes, and {asked} is behind them", headers=gone)
    headers = {**headers, "Accept-Ranges": "bytes"}
    if part is None:
        return await _answer(pieces, Part(0, size), media_type=media_type, headers=headers, status=200)
    headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return await _answer(pieces, part, media_type=media_type, headers=headers, status=206)


def parse_range(text: str, size: int) -> Part | None:
    """Read a Range header; None for everything, and an empty part when nothing of it is there."""
    found = _RANGE.fullmatch(text.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":
        return Part(max(0, size - int(found[2])), size)
    first, last = int(found[1]), int(found[2]) if found[2] else size - 1
    if last < first and found[2]:
        return None
    return Part(first, min(last + 1, size))


async def _answer(
    pieces: Sequence[Piece], part: Part, *, media_type: str, headers: Mapping[str, str], status: int
) -> Response[Any]:
    blocks = read_blocks(pieces, part)
    # Read before anything is answered: what is gone can still be told.
    first = await asyncio.to_thread(next, blocks, b"")
    length = part.stop - part.start
    if len(first) == length:
        return Response(first, status_code=status, media_type=media_type, headers=dict(headers))
    headers = {**headers, "Content-Length": str(length)}
    return Piecewise(_chunks(first, blocks), media_type=media_type, headers=headers, status_code=status)


async def _chunks(first: bytes, blocks: Iterator[bytes]) -> Chunks:
    block = first
    while block:
        yield block
        block = await asyncio.to_thread(next, blocks, b"")


def read_blocks(pieces: Sequence[Piece], part: Part) -> Iterator[bytes]:
    """Yield the bytes of a part in blocks of BLOCK_BYTES, however small the files; the last is shorter."""
    block = bytearray()
    offset = 0
    for piece in pieces:
        start, stop = max(0, part.start - offset), min(piece.size, part.stop - offset)
        offset += piece.size
        if start >= stop:
            continue
        with piece.path.open("rb") as file:
            file.seek(start)
            while start < stop and (read := file.read(min(stop - start, BLOCK_BYTES - len(block)))):
                start += len(read)
                block += read
                if len(block) == BLOCK_BYTES:
                    yield bytes(block)
                    block.clear()
    if block:
        yield bytes(block)
