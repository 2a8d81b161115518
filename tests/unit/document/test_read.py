"""Bytes of every kind become a document or a clear diagnostic."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gradstream.diagnostics import Diagnostic
from gradstream.document.read import read
from gradstream.document.types import Document
from tests.effort import examples
from tests.unit.document.reading import ENVIRON, place_of, reading_of

WORDS = (
    "  ",
    ": ",
    "- ",
    ", ",
    "&x ",
    "*x",
    "!!int ",
    "${NAME}",
    "${",
    "<<",
    "---",
    "...",
    "x-y",
    ".inf",
    "\r\n",
)
PIECES = st.sampled_from((*WORDS, *"aé1{}[]'\"|>#?%@`~\\\n\t\r\ufeff\x85"))


def mistake_in(data: bytes) -> Diagnostic:
    """Return the only diagnostic of a file that cannot be read."""
    reading = read(data, file="demo.yaml", environ=ENVIRON)
    assert reading.document is None
    (mistake,) = reading.diagnostics
    return mistake


def document_in(data: bytes) -> Document:
    """Return the document of a sound file."""
    reading = read(data, file="demo.yaml", environ=ENVIRON)
    assert reading.diagnostics == ()
    assert reading.document is not None
    return reading.document


def test_a_byte_order_mark_is_passed_over() -> None:
    """A mark before the text changes neither values nor columns."""
    document = document_in("\ufefftitle: x\r\nb: 2\r\n".encode())
    assert document.values == {"title": "x", "b": 2}
    assert document.key_span(("title",)).column == 1
    assert document.span(("b",)).line == 2


@pytest.mark.parametrize("data", [b"", b"# only a comment\n", b"\n\n", b"---\n", b"\xef\xbb\xbf"])
def test_files_that_say_nothing(data: bytes) -> None:
    """An empty file is a document without values, and no mistake by itself."""
    assert document_in(data).values is None


def test_bytes_that_are_no_utf8() -> None:
    """The place of the first invalid byte is reported in code points."""
    mistake = mistake_in("a: 1\nb: é".encode() + b"\xe9")
    assert (mistake.code, place_of(mistake)) == ("E-ENCODING", (2, 5, 2, 6))


def test_utf16_is_named() -> None:
    """The encoding that Windows programs like is recognized."""
    assert mistake_in("a: 1".encode("utf-16")).found == "UTF-16"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\ufffe"])
def test_control_characters(character: str) -> None:
    """A character that YAML forbids has its place and its number."""
    mistake = mistake_in(f"a: 1\nb: x{character}".encode())
    assert (mistake.code, place_of(mistake)) == ("E-CONTROL-CHARACTER", (2, 5, 2, 6))
    assert mistake.found == f"U+{ord(character):04X}"


def test_a_file_over_one_mebibyte() -> None:
    """A file over the limit is not parsed at all, and its beginning still shows what it is."""
    reading = read(b"gradstream: 1\n" + b"# \n" * 400_000, file="demo.yaml", environ={})
    assert [each.code for each in reading.diagnostics] == ["E-FILE-TOO-LARGE"]
    assert reading.source.startswith("gradstream: 1\n")


def test_the_source_is_kept_as_written() -> None:
    """What is shown as source has no value of the environment in it."""
    reading = reading_of("title: ${NAME}\n")
    assert reading.source == "title: ${NAME}\n"


@settings(max_examples=examples(300))
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    """Whatever the bytes, there is a document or a diagnostic, never an exception."""
    reading = read(data, file="demo.yaml", environ=ENVIRON)
    assert reading.document is not None or reading.diagnostics


@settings(max_examples=examples(500))
@example("\ufeff\r\n: ")
@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_yaml_breaks_the_reader(text: str) -> None:
    """Whatever the syntax, every diagnostic has a place within the text and says what to do."""
    reading = reading_of(text)
    assert reading.document is not None or reading.diagnostics
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for mistake in reading.diagnostics:
        assert 1 <= mistake.span.line <= len(lines)
        assert 1 <= mistake.span.column <= len(lines[mistake.span.line - 1]) + 1
        assert mistake.message
        assert mistake.repair


@settings(max_examples=examples(100))
@given(st.lists(PIECES, max_size=25).map("".join))
def test_every_node_has_its_place(text: str) -> None:
    """Each key and each member of a list has a route in the table."""
    document = reading_of(text).document
    if document is None:
        return
    pending: list[tuple[tuple[str | int, ...], object]] = [((), document.values)]
    while pending:
        route, value = pending.pop()
        assert route in document.places
        if isinstance(value, dict):
            pending += [((*route, key), member) for key, member in value.items()]
        elif isinstance(value, list):
            pending += [((*route, index), member) for index, member in enumerate(value)]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "a picture (PNG)"),
        (b"%PDF-1.7\n", "a document (PDF)"),
        (b"PK\x03\x04\x14\0", "an archive (ZIP), or a document of an office program"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "a sound (WAV)"),
    ],
)
def test_a_file_that_is_not_text_is_named(data: bytes, kind: str) -> None:
    """A picture under a wrong name is not a question of its encoding."""
    (mistake,) = read(data, file="demo.yaml", environ={}).diagnostics
    assert (mistake.code, mistake.found) == ("E-ENCODING", kind)
    assert mistake.message == f"this is {kind}, and not text"
