"""Serves files, or ranges of them, which players request when they seek.

    Range: bytes=0-499 | 500- | -500  --> 206 and Content-Range, or 416
    several ranges, another unit, invalid syntax --> 200 and everything

Source: RFC 9110, section 14. Several files can be served as one.
"""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any

from litestar import Response
from msgspec import Struct

from gradstream.file_ref import FileSlice, StoredFile
from gradstream.server.http.openapi import Answer
from gradstream.server.http.problems import problem
from gradstream.server.http.streaming_response import Piecewise
from gradstream.server.types import Chunks, HttpRequest

BLOCK_BYTES = 2**18
"""Read at once: large enough for a low cost per block, small enough for a thousand readers."""

RANGE_ANSWERS = {
    206: Answer("The requested range.", {"type": "string", "format": "binary"}, "*/*"),
    416: Answer.problem("`Range` starts past the end.", headers={"Content-Range": "The size."}),
}

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


ReadSlices = Callable[[Sequence[FileSlice]], Awaitable[bytes]]
"""Returns the bytes of slices of files, joined. Raises FileNotFoundError when a file is gone."""


class Part(Struct, frozen=True):
    """Bytes from `start` to before `stop`."""

    start: int
    stop: int


async def file_answer(
    request: HttpRequest,
    files: Sequence[StoredFile],
    *,
    read: ReadSlices,
    media_type: str,
    headers: Mapping[str, str],
) -> Response[Any]:
    """Return a response with joined files, or a range of them; raises FileNotFoundError if one is gone."""
    size = sum(file.size for file in files)
    header = request.headers.get("range", "")
    # Responses have no validator that `If-Range` could match, so it means everything.
    part = None if "if-range" in request.headers else parse_range(header, size)
    if part is not None and part.start >= part.stop:
        gone = {"Content-Range": f"bytes */{size}"}
        return problem(416, f"The range starts past the end ({size} bytes)", headers=gone)
    headers = {**headers, "Accept-Ranges": "bytes"}
    if part is None:
        return await _answer(
            blocks(files, Part(0, size)), size, read=read, media_type=media_type, headers=headers, status=200
        )
    headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return await _answer(
        blocks(files, part),
        part.stop - part.start,
        read=read,
        media_type=media_type,
        headers=headers,
        status=206,
    )


def parse_range(text: str, size: int) -> Part | None:
    """Parse a Range header; None means everything, and an empty range that it starts past the end."""
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
    parts: Iterator[list[FileSlice]],
    length: int,
    *,
    read: ReadSlices,
    media_type: str,
    headers: Mapping[str, str],
    status: int,
) -> Response[Any]:
    # Read before the response starts: a file that is gone can still be reported.
    first = await read(next(parts, []))
    if len(first) == length:
        return Response(first, status_code=status, media_type=media_type, headers=dict(headers))
    headers = {**headers, "Content-Length": str(length)}
    return Piecewise(_chunks(first, parts, read), media_type=media_type, headers=headers, status_code=status)


async def _chunks(first: bytes, parts: Iterator[list[FileSlice]], read: ReadSlices) -> Chunks:
    yield first
    for slices in parts:
        yield await read(slices)


def blocks(files: Sequence[StoredFile], part: Part) -> Iterator[list[FileSlice]]:
    """Divide a part of joined files into blocks of BLOCK_BYTES, of which the last may be shorter."""
    block: list[FileSlice] = []
    room = BLOCK_BYTES
    offset = 0
    for file in files:
        start, stop = max(0, part.start - offset), min(file.size, part.stop - offset)
        offset += file.size
        while start < stop:
            end = min(stop, start + room)
            block.append(FileSlice(file.ref, start, end))
            room -= end - start
            start = end
            if room == 0:
                yield block
                block, room = [], BLOCK_BYTES
    if block:
        yield block
