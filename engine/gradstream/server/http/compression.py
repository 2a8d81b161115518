"""Answers that are compressed for clients that accept it.

a page's HTML ----gzip, whole---------------------------------> answer
pieces of a feed --gzip, each can be read when it has arrived--> answer
messages of a WebSocket --permessage-deflate, none that is small or large--> frames

What was sent before is what later pieces are compressed with: an event of a token of 88 bytes becomes
about 20, for 2 µs of a processor. A feed or a WebSocket keeps some 32 KiB for it.
"""

import asyncio
import gzip
import zlib
from collections.abc import Sequence
from contextlib import aclosing
from typing import Any

from websockets.extensions.base import Extension
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame, Opcode

from gradstream.server.types import Chunks

HTML_LEVEL = 5
"""Most of the compression for a fifth of the time: the HTML is generated for each request."""

FEED_LEVEL = 1
"""Events repeat their keys, which the fastest level finds too."""

WINDOW_BITS = 12
"""How far back repetitions are found: 4 KiB."""
MEMORY_LEVEL = 5
"""With both a compressor keeps 32 KiB, an eighth of zlib's default."""
GZIP_HEADER = 16
"""What is added to the window's bits for gzip's header and end."""

IN_THREAD_BYTES = 32 * 2**10
"""A piece of a feed that is larger is compressed in a thread."""

COMPRESSED_FROM_BYTES = 256
"""A smaller message fits into one packet anyway."""
COMPRESSED_TO_BYTES = 64 * 2**10
"""A larger one would hold the event loop for milliseconds."""


def accepted_encodings(header: str) -> frozenset[str]:
    """Return the names of the encodings that an Accept-Encoding header allows."""
    accepted = set()
    for item in header.lower().split(","):
        name, _, weight = item.partition(";")
        if weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            accepted.add(name.strip())
    return frozenset(accepted)


def gzipped(content: bytes) -> bytes:
    """Compress a generated page; equal content gives equal bytes."""
    return gzip.compress(content, HTML_LEVEL, mtime=0)


async def gzipped_pieces(pieces: Chunks) -> Chunks:
    """Compress each piece so that a client can read it when it has arrived; `pieces` is closed at the end."""
    compressor = zlib.compressobj(FEED_LEVEL, zlib.DEFLATED, GZIP_HEADER + WINDOW_BITS, MEMORY_LEVEL)
    async with aclosing(pieces):
        async for piece in pieces:
            if len(piece) > IN_THREAD_BYTES:
                yield await asyncio.to_thread(_compressed, compressor, piece)
            else:
                yield _compressed(compressor, piece)
    yield compressor.flush()


def _compressed(compressor: Any, piece: bytes) -> bytes:
    data: bytes = compressor.compress(piece) + compressor.flush(zlib.Z_SYNC_FLUSH)
    return data


class _SparingDeflate(PerMessageDeflate):
    """Compresses what is worth it: each message says for itself whether it is compressed (RFC 7692, 6)."""

    def encode(self, frame: Frame) -> Frame:
        is_whole = frame.fin and frame.opcode is Opcode.TEXT
        if is_whole and COMPRESSED_FROM_BYTES <= len(frame.data) <= COMPRESSED_TO_BYTES:
            return super().encode(frame)
        return frame


class SparingDeflateFactory(ServerPerMessageDeflateFactory):
    """Offers compression to a client that asks for it."""

    def __init__(self) -> None:
        super().__init__(
            server_max_window_bits=WINDOW_BITS,
            client_max_window_bits=WINDOW_BITS,
            compress_settings={"level": FEED_LEVEL, "memLevel": MEMORY_LEVEL},
        )

    def process_request_params(
        self, params: Sequence[Any], accepted_extensions: Sequence[Extension]
    ) -> tuple[list[Any], PerMessageDeflate]:
        """Return the answer's parameters, and what compresses and decompresses."""
        answer, agreed = super().process_request_params(params, accepted_extensions)
        return answer, _SparingDeflate(
            agreed.remote_no_context_takeover,
            agreed.local_no_context_takeover,
            agreed.remote_max_window_bits,
            agreed.local_max_window_bits,
            agreed.compress_settings,
        )
