"""The file in a multipart form: read as it comes, and nothing else of the form is kept.

body --parts--> the file in the field `file` --KEPT_BYTES in memory, the rest on disk--> FormFile
                all others, unread
                mistakes of the form --> ClientException: 400, 413
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from typing import BinaryIO, cast

from litestar.exceptions import ClientException
from msgspec import Struct
from multipart import MultipartSegment, ParserError, ParserLimitReached, PushMultipartParser
from multipart import parse_options_header as parse_options

FIELD = "file"

MOST_PARTS = 8
"""An upload is one part; a few more are accepted and ignored."""

MOST_HEADERS = 8
"""Of a part, which needs two."""

LONGEST_HEADER_BYTES = 4224
"""Of a part: what a name of a file takes, and more."""

LONGEST_BOUNDARY = 200
"""RFC 2046 allows 70."""

NO_FILE = f"The body must be a multipart form with a file in the field `{FIELD}`"
TOO_MANY_PARTS = f"A form may have at most {MOST_PARTS} parts; a file is one part, in the field `{FIELD}`"
TWO_FILES = f"A form may have one file, in the field `{FIELD}`; send each file in a form of its own"
LARGE_HEADERS = (
    f"A part of a form may have at most {MOST_HEADERS} headers of at most {LONGEST_HEADER_BYTES:,} bytes, "
    "the name of the file included"
)

KEPT_BYTES = 2**16
"""Of a file that is not complete: many at a time must not fill the memory."""


class FormFile(Struct, frozen=True):
    """A file as it was sent, at its beginning, and the name that it came with; the caller closes it."""

    source: BinaryIO
    name: str


async def read_form_file(content_type: str, chunks: AsyncIterator[bytes]) -> FormFile | None:
    """Return the file of a form; None where there is none. Raises ClientException and OSError."""
    parser = PushMultipartParser(
        _boundary(content_type),
        max_header_size=LONGEST_HEADER_BYTES,
        max_header_count=MOST_HEADERS,
    )
    with ExitStack() as undo:
        source = cast("BinaryIO", undo.enter_context(tempfile.SpooledTemporaryFile(max_size=KEPT_BYTES)))
        name = await _read_into(source, parser, chunks)
        if name is None:
            return None
        source.seek(0)
        undo.pop_all()
        return FormFile(source, name)


async def _read_into(
    source: BinaryIO, parser: PushMultipartParser, chunks: AsyncIterator[bytes]
) -> str | None:
    """Write the file of a form; return its name, None where there is none."""
    name, is_here, parts = None, False, 0
    with parser:
        while not parser.closed:
            # Without another chunk, the parser says what is missing.
            for event in _events(parser, await anext(chunks, b"")):
                if isinstance(event, MultipartSegment):
                    parts += 1
                    if parts > MOST_PARTS:
                        raise ClientException(TOO_MANY_PARTS, status_code=413)
                    is_here = event.name == FIELD and bool(event.filename)
                    if is_here and name is not None:
                        raise ClientException(TWO_FILES)
                    name = event.filename if is_here else name
                elif event and is_here:
                    await _write(source, bytes(event))
    return name


def _events(parser: PushMultipartParser, chunk: bytes) -> Iterator[MultipartSegment | bytearray | None]:
    try:
        yield from parser.parse(chunk)
    except ParserLimitReached as error:
        raise ClientException(LARGE_HEADERS, status_code=413) from error
    except (ParserError, UnicodeDecodeError, LookupError) as error:
        raise ClientException(f"The body is not a valid multipart form: {error}") from error


def _boundary(content_type: str) -> bytes:
    kind, options = parse_options(content_type)
    if kind.lower() != "multipart/form-data":
        raise ClientException(NO_FILE)
    boundary: str = options.get("boundary", "")
    if not (boundary.isascii() and 0 < len(boundary) <= LONGEST_BOUNDARY) or "\n" in boundary:
        raise ClientException(
            f"The content type of a multipart form names a boundary of 1 to {LONGEST_BOUNDARY} characters"
        )
    return boundary.encode()


async def _write(source: BinaryIO, data: bytes) -> None:
    if source.tell() + len(data) <= KEPT_BYTES:
        source.write(data)
    else:
        await asyncio.to_thread(source.write, data)
