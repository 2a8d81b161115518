"""Answers that are compressed for clients that accept it.

a page's HTML ----gzip, whole-------------------------------------------> answer
pieces of a feed --gzip: a small one as it is, a larger one by itself----> answer
messages of a WebSocket --permessage-deflate, none that is small or large--> frames

A small piece, such as the event of a token, fits into one packet anyway, and to compress it would cost a
sixth of all that is done for it. No piece refers to one before: nothing is kept for a feed that waits.
"""

import gzip
import zlib
from collections.abc import Sequence
from struct import Struct
from typing import Any

from websockets.extensions.base import Extension
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame, Opcode

HTML_LEVEL = 5
"""Most of the compression for a fifth of the time: the HTML is generated for each request."""

FEED_LEVEL = 1
"""Events repeat their keys, which the fastest level finds too."""

WINDOW_BITS = 12
"""How far back repetitions are found: 4 KiB."""
MEMORY_LEVEL = 5
"""With both a compressor takes 32 KiB while it works, an eighth of zlib's default."""

IN_THREAD_BYTES = 32 * 2**10
"""A piece of a feed that is larger is compressed in a thread."""

PACKET_BYTES = 1200
"""A smaller piece of a feed is sent as it is: it fits into one packet."""

COMPRESSED_FROM_BYTES = 256
"""A smaller message of a WebSocket is sent as it is: several of them share a packet."""
COMPRESSED_TO_BYTES = 64 * 2**10
"""A larger message would hold the event loop for milliseconds."""

_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
"""A gzip file of no known time and system (RFC 1952, 2.3)."""
_STORED = Struct("<BHH")
"""The beginning of a block that is not compressed: its size, and that of all other bits (RFC 1951, 3.2.4)."""
_LAST = b"\x03\0"
"""An empty block that is the last one."""
_SUMS = Struct("<II")


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


class Gzip:
    """A gzip file that is made piece by piece, of which each piece can be read as it arrives."""

    def __init__(self) -> None:
        self._head = _HEAD
        self._checksum = 0
        self._size = 0

    def add(self, piece: bytes) -> bytes:
        """Return the next bytes of the file; of a piece beyond `IN_THREAD_BYTES` to be called in a thread."""
        head, self._head = self._head, b""
        size = len(piece)
        self._checksum = zlib.crc32(piece, self._checksum)
        self._size += size
        if size < PACKET_BYTES:
            return head + _STORED.pack(0, size, size ^ 0xFFFF) + piece
        return head + _compressed(piece)

    def end(self) -> bytes:
        """Return the last bytes of the file."""
        return self._head + _LAST + _SUMS.pack(self._checksum, self._size & 0xFFFFFFFF)


def _compressed(piece: bytes) -> bytes:
    """Return blocks that end with a byte and are not the last ones."""
    compressor = zlib.compressobj(FEED_LEVEL, zlib.DEFLATED, -WINDOW_BITS, MEMORY_LEVEL)
    return compressor.compress(piece) + compressor.flush(zlib.Z_SYNC_FLUSH)


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
            server_no_context_takeover=True,
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
