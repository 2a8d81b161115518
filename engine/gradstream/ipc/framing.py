"""Length-prefixed msgpack frames, the same for both ends of the channel.

message --pack--> u32 big-endian length, msgpack --Splitter--> payloads --unpack_…--> message
"""

from collections.abc import Iterator

import msgspec

from gradstream.components.plain import repair_texts
from gradstream.errors import ProtocolError
from gradstream.ipc.protocol import MAX_FRAME_BYTES, AnyRequest, AnyUpdate

HEADER_BYTES = 4

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
        raise ProtocolError(f"a frame has {len(payload)} bytes, at most {MAX_FRAME_BYTES} are allowed")
    return len(payload).to_bytes(HEADER_BYTES), payload


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
            if len(self._rest) < HEADER_BYTES + _length(self._rest, 0):
                return
            data = bytes(self._rest)
            self._rest.clear()
        view = memoryview(data)
        start = 0
        while True:
            end = start + HEADER_BYTES + _length(data, start)
            if len(data) - start < HEADER_BYTES or end > len(data):
                break
            yield view[start + HEADER_BYTES : end]
            start = end
        self._rest += view[start:]


def _length(data: bytes | bytearray, start: int) -> int:
    """Return the payload's length from the header at `start`; 0 while the header is incomplete."""
    if len(data) - start < HEADER_BYTES:
        return 0
    length = int.from_bytes(data[start : start + HEADER_BYTES])
    if length > MAX_FRAME_BYTES:
        raise ProtocolError(f"a frame has {length} bytes, at most {MAX_FRAME_BYTES} are allowed")
    return length
