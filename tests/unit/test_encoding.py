"""Text in another encoding than UTF-8 is named, and never passed over."""

from pathlib import Path

import pytest

from gradstream.catalog.check_steps import check_paths
from gradstream.catalog.scan import read_catalog
from gradstream.encoding import NotUtf8, decode, decode_to_show
from gradstream.report.terminal import render
from tests.unit.catalog.folders import good, write

WIDE = [
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-32-be",
]
MARK = "\ufeff"


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("mark", ["", MARK])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_wide_encodings(encoding: str, mark: str, ending: str) -> None:
    """With and without a mark, in both byte orders, the encoding is named and the text is shown."""
    text = f"# é{ending}gradstream: 1{ending}"
    decoded = decode((mark + text).encode(encoding))
    assert isinstance(decoded, NotUtf8)
    assert (decoded.found, decoded.shown.removeprefix(MARK)) == (encoding[:6].upper(), text)


@pytest.mark.parametrize(
    "data", [b"", b"a", b"\0", b"a\0", b"a\0b", b"a\0b\0c\0\0\0", b"\0\0\0\0", b"a: \0b\0"]
)
def test_zeros_alone_are_no_encoding(data: bytes) -> None:
    """A few zeros in a file are characters of it; they are refused where they stand."""
    assert decode(data) == data.decode()


@pytest.mark.parametrize("encoding", [*WIDE, "latin-1"])
def test_a_demo_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    """A folder's file with the marker is a broken demo; one without the marker is passed over."""
    write(tmp_path, demos__a=good())
    (tmp_path / "demos" / "b.yaml").write_bytes(good("Café").encode(encoding))
    (tmp_path / "demos" / "c.yaml").write_bytes("title: Café\n".encode(encoding))
    snapshot = read_catalog(tmp_path, environ={})
    assert (list(snapshot.demos), list(snapshot.broken)) == (["a"], ["b"])
    assert [each.code for each in check_paths([tmp_path], environ={}).diagnostics] == ["E-ENCODING"]


@pytest.mark.parametrize("encoding", WIDE)
def test_the_file_of_the_catalog(tmp_path: Path, encoding: str) -> None:
    """The catalog's own file is told in the same way."""
    write(tmp_path, demos__a=good())
    (tmp_path / "gradstream.yaml").write_bytes("gradstream: 1\n".encode(encoding))
    assert [each.code for each in check_paths([tmp_path], environ={}).diagnostics] == ["E-ENCODING"]


def test_half_a_character() -> None:
    """The beginning of a large file may end within a character."""
    assert decode_to_show("gradstream: 1".encode("utf-16")[:-1]).startswith("gradstream: ")
    assert decode_to_show("é".encode()[:1]) == "\ufffd"


@pytest.mark.parametrize("encoding", WIDE)
def test_the_report_shows_the_text(tmp_path: Path, encoding: str) -> None:
    """The lines around the place are shown as text, and not with a zero after each letter."""
    (tmp_path / "a.yaml").write_bytes((MARK + good("Café")).encode(encoding))
    shown = render(check_paths([tmp_path / "a.yaml"], environ={}).diagnostics, root=tmp_path)
    assert "2 | title: Café\n" in shown
