"""Length-prefixed msgpack frames, the same for both ends of the channel.

message --pack--> u32 big-endian length, msgpack --Splitter--> payloads --unpack_…--> message
"""

from collections.abc import Iterator
from struct import Struct

import msgspec

from gradstream.components.plain import repair_texts
from gradstream.errors import ProtocolError
from gradstream.ipc.protocol import MAX_FRAME_BYTES, AnyRequest, AnyUpdate

_header = Struct(">I")
HEADER_BYTES = _header.size

_encoder = msgspec.msgpack.Encoder()
_requests: msgspec.msgpack.Decoder[AnyRequest] = msgspec.msgpack.Decoder(AnyRequest)
_updates: msgspec.msgpack.Decoder[AnyUpdate] = msgspec.msgpack.Decoder(AnyUpdate)


def pack(message: AnyRequest | AnyUpdate) -> bytes:
    """Return a frame. Raises ProtocolError if it is too long."""
    return b"".join(pack_parts(message))


def pack_parts(message: AnyRequest | AnyUpdate) -> tuple[bytes, bytes]:
    """Return header and payload of a frame, to join many. Raises ProtocolError if the frame is too long.

    Halves of surrogate pairs become U+FFFD.
    """
    try:
        payload = _encoder.encode(message)
    except UnicodeEncodeError:
        # The text of an exception or the name of a file may not be valid UTF-8; it is sent nevertheless.
        payload = _encoder.encode(repair_texts(msgspec.to_builtins(message, builtin_types=(bytes,))))
    if len(payload) > MAX_FRAME_BYTES:
        raise _too_long(len(payload))
    return _header.pack(len(payload)), payload


def unpack_request(payload: bytes | memoryview) -> AnyRequest:
    """Decode a message from the server. Raises ProtocolError."""
    try:
        return _requests.decode(payload)
    except msgspec.MsgspecError as error:
        raise ProtocolError(f"invalid request: {error}") from error


def unpack_update(payload: bytes | memoryview) -> AnyUpdate:
    """Decode a message from a worker. Raises ProtocolError."""
    try:
        return _updates.decode(payload)
    except msgspec.MsgspecError as error:
        raise ProtocolError(f"invalid update: {error}") from error


class Splitter:
    """Splits a stream of bytes into payloads; keeps at most one incomplete frame."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes | memoryview]:
        """Yield each complete payload, which is valid until the next is requested. Raises ProtocolError."""
        if self._rest:
            self._rest += data
            if not _is_whole(self._rest):
                return
            data = bytes(self._rest)
            self._rest.clear()
        view = memoryview(data)
        start, available = 0, len(data)
        while (first := start + HEADER_BYTES) <= available:
            (length,) = _header.unpack_from(data, start)
            if length > MAX_FRAME_BYTES:
                raise _too_long(length)
            if first + length > available:
                break
            start = first + length
            yield view[first:start]
        self._rest += view[start:]


def _is_whole(data: bytearray) -> bool:
    """Return whether a frame is complete. Raises ProtocolError if it is too long."""
    if len(data) < HEADER_BYTES:
        return False
    (length,) = _header.unpack_from(data)
    if length > MAX_FRAME_BYTES:
        raise _too_long(length)
    return len(data) >= HEADER_BYTES + int(length)


def _too_long(length: int) -> ProtocolError:
    return ProtocolError(f"a frame has {length} bytes, at most {MAX_FRAME_BYTES} are allowed")
