"""What Python code in a worker prints is read in turns."""

import asyncio
import os
import socket
from contextlib import suppress

import pytest

from gradstream.engines.local.output_pipe import BYTES_PER_S, READ_BYTES
from gradstream.engines.local.printed import MOST_PIECES, PrintedLine, PrintReader
from gradstream.ipc.prints import PrintedPiece, encode_piece


async def test_what_waits_is_read_out_of_turn_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a burst is read at once, up to what may be read in a second; the rest waits for its turn."""
    loop = asyncio.get_running_loop()
    now = loop.time()
    monkeypatch.setattr(loop, "time", lambda: now)
    lines: list[PrintedLine] = []
    reader = PrintReader(lines.append)
    stdout = os.dup(reader.descriptors[0])
    os.set_blocking(stdout, False)
    reader.start()
    os.write(stdout, b"one\n")
    reader.read_waiting()
    assert lines == [PrintedLine("stdout", None, None, "one")]
    written = 0
    with suppress(BlockingIOError):
        while written < 2 * BYTES_PER_S:
            written += os.write(stdout, bytes(READ_BYTES))
            reader.read_waiting()
    assert BYTES_PER_S <= written <= BYTES_PER_S + 2 * READ_BYTES
    os.close(stdout)
    reader.close()


async def test_a_worker_that_prints_without_end() -> None:
    """Reading ends after so many pieces, even where each that was read makes room for the next."""
    lines: list[PrintedLine] = []
    piece = encode_piece(PrintedPiece("stdout", "demo", "run", b"more\n"))

    def print_again(line: PrintedLine) -> None:
        lines.append(line)
        if len(lines) < 2 * MOST_PIECES:
            worker.send(piece)

    reader = PrintReader(print_again)
    with socket.socket(fileno=os.dup(reader.descriptors[2])) as worker:
        reader.start()
        worker.send(piece)
        reader.read_pieces()
        assert len(lines) == MOST_PIECES
        reader.read_pieces()
        assert lines == [PrintedLine("stdout", "demo", "run", "more")] * (2 * MOST_PIECES)
        reader.close()
