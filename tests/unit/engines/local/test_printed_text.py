"""Printed bytes as lines."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.engines.local.printed_text import LineAssembler, clean
from gradstream.limits import WORKER_LIMITS

KEY = "AKIA9/abcDEF/ghiJKL/mnoPQR+stu=="


def lines_of(chunks: list[bytes], *secrets: str) -> list[str]:
    """Return all lines of these chunks, the last one flushed."""
    assembler = LineAssembler(secrets)
    return [*(text for chunk in chunks for text in assembler.add(chunk)), *assembler.flush()]


def chunked(data: bytes, cuts: list[int]) -> list[bytes]:
    """Return the data, cut at these offsets."""
    places = sorted({min(cut, len(data)) for cut in cuts} | {0, len(data)})
    return [data[start:end] for start, end in itertools.pairwise(places)]


@given(st.text(alphabet="ab é\n\r\t\x1b[0mK31;"), st.lists(st.integers(0, 60)))
def test_lines_are_the_same_in_any_chunks(text: str, cuts: list[int]) -> None:
    """Where writes begin and end makes no difference, in the middle of a character or an escape either."""
    data = text.encode()
    assert lines_of(chunked(data, cuts)) == lines_of([data])


@pytest.mark.parametrize(
    ("printed", "lines"),
    [
        (b"one\ntwo", ["one", "two"]),
        (b"\n\n  \n", []),
        (b"windows\r\n", ["windows"]),
        (b"10%\r20%\r30%\n", ["30%"]),
        (b"10%\r20%\r", ["20%"]),
        (b"\r 5%|#    |\r10%|##   |", ["10%|##   |"]),
        (b"\x1b[31mred\x1b[0m and \x1b[1;38;5;200mbold\x1b[m\n", ["red and bold"]),
        (b"\x1b]0;title\x07shown\x1b]8;;http://x\x1b\\link\n", ["shownlink"]),
        (b"up\x1b[A\x1b[2Kdown\x1b(B\n", ["updown"]),
        ("\x9b31mred\x9b0m\n".encode(), ["red"]),
        (b"nul\x00bell\x07\n", ["nulbell"]),
        (b"caf\xe9\n", ["caf�"]),
        (b"tab\tstays\n", ["tab\tstays"]),
    ],
)
def test_a_line_is_what_a_person_reads(printed: bytes, lines: list[str]) -> None:
    """Bars have their last state, colours and control characters are gone, empty lines are left out."""
    assert lines_of([printed]) == lines


@given(st.binary())
def test_no_bytes_break_it(data: bytes) -> None:
    """Whatever is printed, no control character is left and nothing raises."""
    assert all(clean(line) == line for line in lines_of([data]))


@pytest.mark.parametrize("offset", [0, 1, 10, 31, 32, 33])
@pytest.mark.parametrize("size", [1000, 4096, 2**20])
def test_a_secret_where_a_long_line_is_cut(offset: int, size: int) -> None:
    """A line without end is passed on in pieces, in none of which is a part of a secret."""
    text = (("é" * (WORKER_LIMITS.line_bytes // 2))[: -offset or None] + KEY) * 4 + "end\n"
    data = text.encode()
    shown = "".join(lines_of([data[start : start + size] for start in range(0, len(data), size)], KEY))
    assert not any(KEY[start : start + 4] in shown for start in range(len(KEY) - 3))
    assert shown == text.replace(KEY, "•••").rstrip("\n")


def test_a_secret_in_colours_is_masked() -> None:
    """Secrets are masked after terminal sequences are removed, so that these cannot split one."""
    data = f"key {KEY[:9]}\x1b[1m{KEY[9:]}\n".encode()
    assert lines_of([data], KEY) == ["key •••"]
