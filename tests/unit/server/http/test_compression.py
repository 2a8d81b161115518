"""What is compressed can be read as soon as it has arrived, and only what is worth it is compressed."""

import os
import zlib

import pytest
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode

from gradstream.server.http.compression import (
    COMPRESSED_FROM_BYTES,
    COMPRESSED_TO_BYTES,
    IN_THREAD_BYTES,
    MEMORY_LEVEL,
    WINDOW_BITS,
    Gzip,
    SparingDeflateFactory,
    accepted_encodings,
)

EVENTS = [
    *(
        f'id: {seq}\nevent: append\ndata: {{"type":"append","seq":{seq},"text":"{seq}"}}\n\n'.encode()
        for seq in range(99)
    ),
    b": alive\n\n",
    os.urandom(IN_THREAD_BYTES + 1),
    b"\n\n" * IN_THREAD_BYTES,
    b"",
    b'["insert",["rows",1],[1,"sample 1",0.02]],' * 40,
]


def test_each_piece_of_a_feed_is_read_when_it_has_arrived() -> None:
    """No event waits in the compressor, whatever its size, and the whole is a complete gzip file."""
    decompressor = zlib.decompressobj(zlib.MAX_WBITS | 16)
    gzip = Gzip()
    pieces = [*map(gzip.add, EVENTS), gzip.end()]
    assert [decompressor.decompress(piece) for piece in pieces] == [*EVENTS, b""]
    assert decompressor.eof
    assert len(pieces[1]) == len(EVENTS[1]) + 5
    assert len(pieces[-2]) < len(EVENTS[-1]) / 2


def test_a_feed_without_a_piece_is_a_complete_file() -> None:
    """Of a run that has nothing more to tell."""
    assert zlib.decompress(Gzip().end(), zlib.MAX_WBITS | 16) == b""


@pytest.mark.parametrize(
    ("header", "accepts"),
    [("gzip, deflate, br", True), ("gzip;q=0, br", False), ("", False), ("br;q=1, GZIP ; q=0.5", True)],
)
def test_what_a_client_accepts(header: str, *, accepts: bool) -> None:
    """A weight of 0 is a refusal."""
    assert ("gzip" in accepted_encodings(header)) == accepts


@pytest.mark.parametrize(
    ("frame", "is_compressed"),
    [
        (Frame(Opcode.TEXT, b"x" * (COMPRESSED_FROM_BYTES - 1)), False),
        (Frame(Opcode.TEXT, b"x" * COMPRESSED_FROM_BYTES), True),
        (Frame(Opcode.TEXT, b"x" * COMPRESSED_TO_BYTES), True),
        (Frame(Opcode.TEXT, b"x" * (COMPRESSED_TO_BYTES + 1)), False),
        (Frame(Opcode.TEXT, b"x" * 1000, fin=False), False),
        (Frame(Opcode.CONT, b"x" * 1000), False),
        (Frame(Opcode.PING, b"x" * 100), False),
    ],
    ids=["small", "worth it", "at most", "large", "begun", "continued", "ping"],
)
def test_messages_of_a_socket(frame: Frame, *, is_compressed: bool) -> None:
    """Each message says whether it is compressed, and those between do not disturb the ones after."""
    _, server = SparingDeflateFactory().process_request_params([("client_max_window_bits", None)], [])
    client = PerMessageDeflate(
        remote_no_context_takeover=True,
        local_no_context_takeover=False,
        remote_max_window_bits=WINDOW_BITS,
        local_max_window_bits=WINDOW_BITS,
        compress_settings={"memLevel": MEMORY_LEVEL},
    )
    around = Frame(Opcode.TEXT, b"a message that is worth it " * 20)
    for sent, rsv1 in ((around, True), (frame, is_compressed), (around, True)):
        encoded = server.encode(sent)
        assert encoded.rsv1 == rsv1
        if sent.opcode is not Opcode.CONT:
            assert client.decode(encoded).data == sent.data
