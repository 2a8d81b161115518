"""Frames cut out of any stream of bytes, whatever the pieces."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.errors import ProtocolError
from gradstream.events.types import Record
from gradstream.ipc.framing import Splitter, pack, unpack_request, unpack_update
from gradstream.ipc.protocol import (
    MAX_FRAME_BYTES,
    AnyUpdate,
    Blob,
    CreditRequest,
    Ended,
    Ending,
    Events,
    PingRequest,
    Pong,
)

UPDATES: list[AnyUpdate] = [
    Pong(token=7),
    Events(run="r", records=(Record("set", "out", b'"output":"out","value":1}'),)),
    Blob(run="r", digest="d", mime="image/png", data=bytes(70_000)),
    Pong(token=8),
]


@given(st.lists(st.integers(1, 400), max_size=300))
def test_pieces_do_not_matter(lengths: list[int]) -> None:
    """The same messages come out in the same order, however the bytes arrive."""
    stream = b"".join(pack(update) for update in UPDATES)
    splitter, got = Splitter(), []
    start = 0
    for length in [*lengths, len(stream)]:
        got += [unpack_update(payload) for payload in splitter.feed(stream[start : start + length])]
        start += length
    assert got == UPDATES


def test_requests_come_back() -> None:
    """What a server packs, a worker unpacks."""
    for request in (PingRequest(token=1), CreditRequest(run="r", size=2)):
        (payload,) = Splitter().feed(pack(request))
        assert unpack_request(payload) == request


def test_what_is_no_frame_breaks_the_protocol() -> None:
    """A length beyond the bound and bytes that are not a message are reported as such."""
    with pytest.raises(ProtocolError, match="a frame has 4294967295 bytes"):
        list(Splitter().feed(b"\xff" * 8))
    with pytest.raises(ProtocolError, match="invalid update"):
        unpack_update(b"\x91\xa3abc")
    with pytest.raises(ProtocolError, match="invalid request"):
        unpack_request(b"")


def test_a_frame_too_long_is_not_sent() -> None:
    """The sender finds out, not the reader."""
    with pytest.raises(ProtocolError, match="at most 67108864 are allowed"):
        pack(Blob(run="r", digest="d", mime="m", data=bytes(MAX_FRAME_BYTES)))


def ended(*, message: str, state: dict[str, Any]) -> Ended:
    """Return the end of a run."""
    return Ended(run="r", ending=Ending(fault="developer", message=message, state=state))


def test_texts_that_utf8_cannot_say_are_mended() -> None:
    """Halves of surrogate pairs become U+FFFD wherever they stand, and bytes stay as they are."""
    state = {"\ud800": ["\udc00", {"b": "\ud83d\ude00"}]}
    (payload,) = Splitter().feed(pack(ended(message="a\ud83d", state=state)))
    mended = {"\ufffd": ["\ufffd", {"b": "\U0001f600"}]}
    assert unpack_update(payload) == ended(message="a\ufffd", state=mended)
    (payload,) = Splitter().feed(pack(Blob("\ud800", "0", "image/png", b"\xff\x00")))
    assert unpack_update(payload) == Blob("\ufffd", "0", "image/png", b"\xff\x00")
