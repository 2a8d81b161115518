"""Files in any form, under names that a visitor's system allows."""

import io
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pytest
from jsonschema import Draft7Validator
from msgspec.structs import replace

from gradstream.components.outputs.delivery import AppendEdits
from gradstream.components.registry import output_kind
from gradstream.components.types import UnusableYieldError
from tests.unit.components.fields import MemoryStore, output

OF = output("file")
KIND = output_kind("file")


def kept(value: Any) -> list[tuple[str, bytes]]:
    """Return names and contents of what is offered of a yield."""
    store = MemoryStore()
    shown = KIND.encode(value, OF, store)
    Draft7Validator(KIND.json_schema(OF)).validate(shown)
    assert [file["size"] for file in shown] == [len(store.kept[int(file["blob"])][0]) for file in shown]
    return [(file["name"], store.kept[int(file["blob"])][0]) for file in shown]


def test_every_form(tmp_path: Path) -> None:
    """Paths, pairs, mappings and open files, alone and in lists."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"1,2")
    assert kept(path) == kept(str(path)) == [("a.csv", b"1,2")]
    assert kept(("b.txt", "words")) == [("b.txt", b"words")]
    assert kept([("b.bin", bytearray(b"x")), {"name": "c", "data": memoryview(b"")}]) == [
        ("b.bin", b"x"),
        ("c", b""),
    ]
    with NamedTemporaryFile(dir=tmp_path, suffix=".dat") as file:
        file.write(b"written")
        assert kept(file) == [(Path(file.name).name, b"written")]
        assert file.tell() == 7
    assert KIND.as_text(KIND.encode([("a", b""), ("b", b"")], OF, MemoryStore())) == "a\nb"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\x.txt", "x.txt"),
        ('a"b<c>|?*:.txt', "a_b_c_____.txt"),
        ("line\nbreak\0.txt", "line_break_.txt"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".csv", "x" * 196 + ".csv"),
        ("\ud800.txt", "\ufffd.txt"),
        ("страница.txt", "страница.txt"),
    ],
)
def test_names_are_safe(name: str, shown: str) -> None:
    """A name is never a path, and a visitor's system can write it."""
    assert kept((name, b"x")) == [(shown, b"x")]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (b"x", "1 bytes have no name: yield (name, bytes)"),
        (5, "expected a path, (name, bytes), {'name', 'data'}, an open file, or a list of these, got int"),
        (("a", 5), "expected a file's content as bytes or text, got int"),
        ({"name": "a"}, "got a mapping with name"),
        (io.BytesIO(b"x"), "got _io.BytesIO"),
        ("absent.csv", "the file absent.csv cannot be read: No such file or directory"),
        ("/dev/zero", "zero is not a file with an end"),
    ],
)
def test_what_is_no_file(value: Any, words: str) -> None:
    """The message says what was found and what is accepted, and no folder of the server."""
    with pytest.raises(UnusableYieldError) as caught:
        KIND.encode(value, OF, MemoryStore())
    assert words in str(caught.value)
    assert "/dev" not in str(caught.value)


def test_files_are_added() -> None:
    """Each step costs its own files."""
    of, store = replace(OF, updates="append"), MemoryStore()
    delivery = KIND.delivery(of)
    assert isinstance(delivery, AppendEdits)
    first = delivery.join(None, ("a", b"1"), of, store)
    second = delivery.join(first.value, [("b", b"2")], of, store)
    assert [file["name"] for file in second.value] == ["a", "b"]
    assert [path for _, path, _ in second.edits] == [[1]]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """Its size is looked at first: one of a terabyte, which takes no room on the disk, is refused at once."""
    path = tmp_path / "huge.bin"
    with path.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(
        UnusableYieldError, match=r"^the file huge\.bin has 1\.1e\+06 MB; a value has at most"
    ):
        KIND.encode(path, OF, MemoryStore())
