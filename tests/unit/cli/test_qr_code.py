"""The QR code of an address is drawn where a camera can see it."""

import io

import pytest

from gradstream.cli.qr_code import show_code

ADDRESS = "http://192.168.1.20:8000"


class Output(io.TextIOWrapper):
    """A standard output: a terminal or not, in some encoding."""

    def __init__(self, *, is_terminal: bool, encoding: str) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="")
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        """Return whether a person looks at it."""
        return self.is_terminal


def shown(monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool, encoding: str) -> str:
    """Return what is written for the address."""
    output = Output(is_terminal=is_terminal, encoding=encoding)
    monkeypatch.setattr("sys.stdout", output)
    show_code(ADDRESS)
    output.flush()
    written = output.buffer
    assert isinstance(written, io.BytesIO)
    return written.getvalue().decode(encoding)


def test_a_terminal_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A square: two rows of modules in each line, and the same number of modules in a row."""
    text = shown(monkeypatch, is_terminal=True, encoding="utf-8")
    assert "\N{UPPER HALF BLOCK}" in text or "\N{LOWER HALF BLOCK}" in text
    # Version 2 has 25 modules, and a border of 2 at each side.
    assert len(text.splitlines()) == pytest.approx((25 + 4) / 2, abs=1)


@pytest.mark.parametrize(("is_terminal", "encoding"), [(False, "utf-8"), (True, "ascii"), (True, "latin-1")])
def test_nothing_else_does(monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool, encoding: str) -> None:
    """A log file stays a log, and no encoding error ends the server."""
    assert shown(monkeypatch, is_terminal=is_terminal, encoding=encoding) == ""
