"""What the bench's client writes down is taken apart truly, however the bytes were cut on their way."""

import pytest

from bench.exchange import Answer, Exchange, decode, server_sent_events
from bench.tools.gradio import Gradio
from bench.tools.gradstream import Blobs, Gradstream
from bench.types import Step

HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def recorded(*parts: bytes) -> Exchange:
    """Return an exchange to which the parts came one nanosecond after another, from 1."""
    exchange = Exchange(b"")
    exchange.arrivals.extend(enumerate(parts, start=1))
    return exchange


def chunk(data: bytes) -> bytes:
    """Frame a piece of a body."""
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


async def test_a_piece_has_arrived_with_its_last_byte() -> None:
    """A chunk in two segments counts from the second one; a cut-off chunk does not count."""
    whole = chunk(b"one") + chunk(b"two")
    answer = decode(recorded(HEAD + whole[:10], whole[10:], chunk(b"three")[:5]))
    assert (answer.status, answer.headers["transfer-encoding"]) == (200, "chunked")
    assert [(piece.at_ns, piece.data) for piece in answer.pieces] == [(1, b"one"), (2, b"two")]


async def test_a_body_may_end_with_its_connection() -> None:
    """An answer without chunks is one piece."""
    answer = decode(recorded(b"HTTP/1.1 404 Not Found\r\n\r\ngo", b"ne"))
    assert (answer.status, answer.body) == (404, b"gone")


async def test_no_answer_is_an_error() -> None:
    """A connection that closes without a word is not taken for an empty answer."""
    with pytest.raises(ConnectionError, match="no answer"):
        decode(recorded())


async def test_events_are_read_across_pieces() -> None:
    """An event that is spread over two pieces arrives with the second one; comments are no events."""
    answer: Answer = decode(recorded(HEAD + chunk(b": alive\n\nevent: set\nda"), chunk(b'ta: {"a":1}\n\n')))
    assert list(server_sent_events(answer)) == [(2, "set", b'{"a":1}')]


async def test_both_tools_tell_the_same_steps() -> None:
    """A growing text reads alike from gradstream's events and from Gradio's messages."""
    ours = chunk(
        b'event: running\ndata: {}\n\nevent: set\ndata: {"output":"text","value":"a"}\n\n'
        b'event: append\ndata: {"output":"text","text":"b"}\n\nevent: succeeded\ndata: {"duration_s":1}\n\n'
    )
    theirs = chunk(
        b'data: {"msg":"process_starts"}\n\n'
        b'data: {"msg":"process_generating","output":{"data":["a"]},"success":true}\n\n'
        b'data: {"msg":"process_generating","output":{"data":[[["append",[],"b"]]]},"success":true}\n\n'
        b'data: {"msg":"process_completed","output":{"data":["ab"]},"success":true}\n\n'
    )
    steps = [Step(1, "set", "a"), Step(1, "append", "b")]
    assert Gradstream().steps(recorded(HEAD + ours)) == steps
    assert Gradio().steps(recorded(HEAD + theirs)) == steps


async def test_pictures_are_seen_once_whole() -> None:
    """A picture's address that arrives in two parts is told once it is whole."""
    seen: list[str] = []
    blobs = Blobs(seen.append)
    blobs(b"HTTP/1.1 201 Created\r\nLocation: /api/runs/r1\r\n\r\n")
    blobs(b'event: set\ndata: {"value":{"blob":"abc')
    blobs(b'def"}}\n\n')
    assert seen == ["/api/runs/r1/blobs/abcdef"]
