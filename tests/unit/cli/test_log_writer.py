"""The thread that writes the log."""

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gradstream.cli.log_writer import MAX_LINES, LogWriter


def _loss(lines: int) -> str:
    return f"{lines} left out"


@given(st.lists(st.text(max_size=40)))
def test_lines_are_written_in_order(lines: list[str]) -> None:
    """Whatever is written arrives whole and in order, unpaired surrogates escaped."""
    ours, theirs = os.pipe()
    writer = LogWriter(theirs)
    writer.start(describe_loss=_loss)
    for line in lines:
        writer.write(line)
    writer.close()
    os.close(theirs)
    with os.fdopen(ours, "rb") as reading:
        expected = "".join(f"{line}\n" for line in lines)
        assert reading.read() == expected.encode("utf-8", "backslashreplace")


def test_an_unread_pipe_makes_nobody_wait_and_every_line_is_accounted_for() -> None:
    """Lines beyond the bound are counted; read at last, lines and counted losses are all that was written."""
    ours, theirs = os.pipe()
    writer = LogWriter(theirs, max_lines=50)
    writer.start(describe_loss=_loss)
    for number in range(10_000):
        writer.write(f"{number} {'x' * 200}")
    with os.fdopen(ours, "rb") as reading:
        kept, lost = 0, 0
        while kept + lost < 10_000:
            line = reading.readline()
            lost += int(line.split()[0]) if line.endswith(b"left out\n") else 0
            kept += not line.endswith(b"left out\n")
        writer.close()
        os.close(theirs)
        assert reading.read() == b""
    assert lost > 0
    assert kept + lost == 10_000


def test_a_bound_of_bytes_holds_but_for_one_line() -> None:
    """A line longer than the bound is written if nothing else waits; others are counted."""
    ours, theirs = os.pipe()
    writer = LogWriter(theirs, max_bytes=100_000)
    writer.write("x" * 1_000_000)
    writer.write("y")
    writer.start(describe_loss=_loss)
    with os.fdopen(ours, "rb") as reading:
        assert reading.readline() == b"x" * 1_000_000 + b"\n"
        assert reading.readline() == b"1 left out\n"
        writer.close()
        os.close(theirs)


def test_a_descriptor_that_cannot_be_written_is_passed_over(tmp_path: Path) -> None:
    """An error of the system ends neither the thread nor those who log."""
    empty = tmp_path / "empty"
    empty.touch()
    reading = os.open(empty, os.O_RDONLY)
    writer = LogWriter(reading)
    writer.start(describe_loss=_loss)
    writer.write("lost")
    writer.close()
    os.close(reading)


def test_more_lines_than_may_wait() -> None:
    """What was written first is kept, up to the bound; the others are counted."""
    ours, theirs = os.pipe()
    writer = LogWriter(theirs)
    for _ in range(MAX_LINES + 7):
        writer.write("x")
    writer.start(describe_loss=_loss)
    with os.fdopen(ours, "rb") as reading:
        lines = [reading.readline() for _ in range(MAX_LINES + 1)]
        writer.close()
        os.close(theirs)
    assert lines == [b"x\n"] * MAX_LINES + [b"7 left out\n"]
