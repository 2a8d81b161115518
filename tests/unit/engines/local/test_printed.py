"""What Python code in a worker prints is read in turns."""

import os
import socket

from gradstream.engines.local.printed import MOST_PIECES, PrintedLine, PrintReader
from gradstream.ipc.prints import PrintedPiece, encode_piece


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
