"""Length-prefixed msgpack frames, the same for both ends of the channel.

Request | Update --pack--> u32 big-endian length, msgpack --Splitter--> payloads --unpack_…--> Request |
Update
"""

from collections.abc import Iterator

import msgspec

from gradstream.components.plain import mend_texts
from gradstream.errors import ProtocolError
from gradstream.ipc.protocol import MAX_FRAME_BYTES, AnyRequest, AnyUpdate

HEADER_BYTES = 4

_encoder = msgspec.msgpack.Encoder()
_requests: msgspec.msgpack.Decoder[AnyRequest] = msgspec.msgpack.Decoder(AnyRequest)
_updates: msgspec.msgpack.Decoder[AnyUpdate] = msgspec.msgpack.Decoder(AnyUpdate)


def pack(message: AnyRequest | AnyUpdate) -> bytes:
    """Return a whole frame. Raises ProtocolError when it is too long."""
    return b"".join(pack_parts(message))


def pack_parts(message: AnyRequest | AnyUpdate) -> tuple[bytes, bytes]:
    """Return header and payload of a frame, for whoever joins many. Raises ProtocolError if too long.

    Halves of surrogate pairs become U+FFFD.
    """
    try:
        payload = _encoder.encode(message)
    except UnicodeEncodeError:
        # An exception's text, or a file's name, that UTF-8 cannot say; it is no reason to send nothing.
        payload = _encoder.encode(mend_texts(msgspec.to_builtins(message, builtin_types=(bytes,))))
    if len(payload) > MAX_FRAME_BYTES:
        raise ProtocolError(f"a frame of {len(payload)} bytes; the longest has {MAX_FRAME_BYTES}")
    return len(payload).to_bytes(HEADER_BYTES), payload


def unpack_request(payload: bytes | memoryview) -> AnyRequest:
    """Decode what a server sent. Raises ProtocolError."""
    try:
        return _requests.decode(payload)
    except msgspec.MsgspecError as error:
        raise ProtocolError(f"not a request: {error}") from error


def unpack_update(payload: bytes | memoryview) -> AnyUpdate:
    """Decode what a worker sent. Raises ProtocolError."""
    try:
        return _updates.decode(payload)
    except msgspec.MsgspecError as error:
        raise ProtocolError(f"not an update: {error}") from error


class Splitter:
    """Cuts a stream of bytes into payloads; holds at most one unfinished frame."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes | memoryview]:
        """Yield each payload that is whole now; use it before asking for the next. Raises ProtocolError."""
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
    """Return the payload's length by the header at `start`; 0 while the header itself is not whole."""
    if len(data) - start < HEADER_BYTES:
        return 0
    length = int.from_bytes(data[start : start + HEADER_BYTES])
    if length > MAX_FRAME_BYTES:
        raise ProtocolError(f"a frame of {length} bytes; the longest has {MAX_FRAME_BYTES}")
    return length
