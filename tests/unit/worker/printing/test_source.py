"""A run's prints on their way out of the worker."""

import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.ipc.prints import LINES_S, MAX_PIECE_BYTES, PrintedPiece, decode_piece
from gradstream.limits import WORKER_LIMITS
from gradstream.worker.printing.source import PrintSource

Pair = tuple[socket.socket, socket.socket]


LINES = WORKER_LIMITS.printed_lines * LINES_S
"""Lines that may be printed at once."""


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Return a socket pair whose reading end does not wait."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with ours, theirs:
        ours.setblocking(False)  # noqa: FBT003 (the standard library's signature)
        yield ours, theirs


def read(sock: socket.socket) -> Iterator[PrintedPiece]:
    """Yield what has arrived."""
    while True:
        try:
            yield decode_piece(sock.recv(2**17))
        except BlockingIOError:
            return


def sent(sock: socket.socket) -> bytes:
    """Return the bytes that have arrived, of both streams."""
    return b"".join(piece.data for piece in read(sock))


@given(st.lists(st.binary(max_size=200), max_size=20))
def test_bytes_arrive_as_they_are(writes: list[bytes]) -> None:
    """Within the budget nothing is changed, and each piece names where it was printed."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with ours, theirs:
        ours.setblocking(False)  # noqa: FBT003 (the standard library's signature)
        source = PrintSource(theirs.send, demo="d", run="r")
        arrived = b""
        for data in writes:
            source.write("stdout", data)
            pieces = list(read(ours))
            assert all((piece.stream, piece.demo, piece.run) == ("stdout", "d", "r") for piece in pieces)
            arrived += b"".join(piece.data for piece in pieces)
        assert arrived == b"".join(writes)


def test_no_piece_is_longer_than_a_datagram_may_be(pair: Pair) -> None:
    """A long write arrives in several pieces."""
    ours, theirs = pair
    PrintSource(theirs.send, demo="d").write("stderr", b"x" * (2 * MAX_PIECE_BYTES + 1))
    assert [len(piece.data) for piece in read(ours)] == [MAX_PIECE_BYTES, MAX_PIECE_BYTES, 1]


def test_lines_beyond_the_budget_are_counted(pair: Pair) -> None:
    """At the end a line says how many were left out, an unfinished one among them."""
    ours, theirs = pair
    source = PrintSource(theirs.send, demo="d")
    arrived = b""
    for number in range(LINES * 2):
        source.write("stdout", b"%d" % number)
        source.write("stdout", b"\n")
        arrived += sent(ours)
    source.write("stdout", b"unfinished")
    source.close()
    *shown, notice = (arrived + sent(ours)).decode().splitlines()
    assert notice.startswith(f"[{LINES * 2 + 1 - len(shown):,} lines left out")
    assert shown == [str(number) for number in range(len(shown))]
    assert len(shown) >= LINES


def test_the_rest_of_a_line_is_left_out_with_a_mark(pair: Pair) -> None:
    """A line longer than the budget is cut by "…", before which the beginning of a secret is masked."""
    ours, theirs = pair
    source = PrintSource(theirs.send, demo="d")
    arrived = b""
    for _ in range(200):
        source.write("stdout", b"x" * MAX_PIECE_BYTES)
        arrived += sent(ours)
    source.write("stdout", b"\n")
    source.close()
    line, notice = (arrived + sent(ours)).decode().splitlines()
    assert line.endswith("x…")
    assert notice.startswith("[1 line left out")


def test_without_a_server_nothing_raises(pair: Pair) -> None:
    """A print is no reason for a generator to fail."""
    ours, theirs = pair
    ours.close()
    source = PrintSource(theirs.send, demo="d")
    source.write("stdout", b"lost\n")
    source.close()
