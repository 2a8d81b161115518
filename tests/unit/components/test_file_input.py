"""Files of any kind: which are accepted, what the function is given, and names that cannot be trusted."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gradstream.components.form import check_form
from gradstream.components.inputs.file_names import clean_name
from gradstream.components.registry import input_kind
from gradstream.components.types import UnusableInputError, Upload
from gradstream.format.types import Input
from tests.unit.components.fields import field

FILE = input_kind("file")
AS: Mapping[str, Any] = {way: {"as": way} for way in ("bytes", "text")}
BYTES, TEXT = field("file", **AS["bytes"]), field("file", **AS["text"])
TEXTS = field("file", multiple=True, **AS["text"])


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Upload:
    """Return an upload below a name of the server's, and work in a folder of one's own."""
    path = tmp_path / "0123.csv"
    path.write_bytes("né\n".encode())
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return Upload(path=str(path), name="days of May.csv", mime="text/plain", size=4)


def given(of: Input, value: Any, upload: Upload) -> Any:
    """Return what the function gets for the JSON of a request, or the codes of what is wrong with it."""
    checked = check_form([of], {"it": value}, find_upload=lambda key: upload if key == "a" else None)
    if checked.findings:
        return [finding.problem.code for finding in checked.findings]
    return FILE.decode(checked.values["it"], of)


def test_a_path_has_the_visitors_name(table: Upload) -> None:
    """The path ends in the name that the file had, in the run's own folder; two of one name stay apart."""
    one = Path(given(field("file"), {"file": "a"}, table))
    first, second = map(Path, given(field("file", multiple=True), [{"file": "a"}, {"file": "a"}], table))
    assert one.name == first.name == second.name == "days of May.csv"
    assert len({one, first, second}) == 3
    assert one.read_text("utf-8") == "né\n"
    assert one.is_relative_to(Path.cwd())


def test_bytes_and_text(table: Upload) -> None:
    """A function that wants no path is given what is in the file; text is UTF-8."""
    assert given(BYTES, {"file": "a"}, table) == b"n\xc3\xa9\n"
    assert given(TEXTS, [{"file": "a"}], table) == ["né\n"]
    Path(table.path).write_bytes(b"\xff\xfe")
    with pytest.raises(UnusableInputError, match="cannot be read as text"):
        given(TEXT, {"file": "a"}, table)


def test_nothing_chosen(table: Upload) -> None:
    """No file is None, or an empty list."""
    assert given(field("file"), None, table) is None
    assert given(field("file", multiple=True), None, table) == []
    assert given(field("file", multiple=True, required=True), [], table) == ["E-REQUIRED"]


@pytest.mark.parametrize(
    ("options", "value", "code"),
    [
        ({}, {"file": "b"}, "E-NO-UPLOAD"),
        ({}, {"path": "/etc/passwd"}, "E-TYPE"),
        ({}, [{"file": "a"}], "E-TYPE"),
        ({"multiple": True}, {"file": "a"}, "E-TYPE"),
        ({"multiple": True}, [{"file": "a"}, {"file": "b"}], "E-NO-UPLOAD"),
        ({"multiple": True}, [{"path": "/etc/passwd"}], "E-NO-UPLOAD"),
        ({"multiple": True}, ["a"], "E-NO-UPLOAD"),
        ({"accept": [".txt", "image/*"]}, {"file": "a"}, "E-FILE-KIND"),
        ({"multiple": True, "max_size": 3}, [{"file": "a"}], "E-FILE-SIZE"),
    ],
)
def test_what_is_refused(options: dict[str, Any], value: Any, code: str, table: Upload) -> None:
    """Only uploads are files, and each of several is checked."""
    assert given(field("file", **options), value, table) == [code]


@pytest.mark.parametrize("accept", [".csv", ".CSV", "text/*", "text/csv", "text/plain"])
def test_what_is_accepted(accept: str, table: Upload) -> None:
    """A suffix, the type of the first bytes, or the type that the name says."""
    assert isinstance(given(field("file", accept=[accept]), {"file": "a"}, table), str)


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("notes.txt", "notes.txt"),
        ("日記 2026.md", "日記 2026.md"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\a.txt", "a.txt"),
        ("..", "_"),
        (".bashrc", "_bashrc"),
        ("-rf", "_rf"),
        ("a\nb\x00.txt", "a_b_.txt"),
        ("what?.csv", "what_.csv"),
        ("", "file"),
        ("a/", "file"),
        ("a.txt. ", "a.txt_"),
        ("é" * 300 + ".json", "é" * 97 + ".json"),
    ],
)
def test_names_are_cleaned(name: str, cleaned: str) -> None:
    """What is left is one part of a path that every file system takes, with its suffix."""
    assert clean_name(name) == cleaned
    assert len(cleaned.encode()) <= 200


def in_folder(value: Any, upload: Upload, **options: Any) -> Any:
    """Return what a function gets for a folder, or the codes of what is wrong with it."""
    return given(field("file", folder=True, **options), value, upload)


def test_a_folder_keeps_its_relative_names(table: Upload) -> None:
    """Paths stand to each other as in the visitor's folder, below a folder of the run's own."""
    names = ["photos/2026/a.csv", "photos/b.csv", "photos/2026/c d.csv"]
    paths = [Path(path) for path in in_folder([{"file": "a", "path": name} for name in names], table)]
    root = paths[0].parents[2]
    assert root.parent == Path.cwd()
    assert [path.relative_to(root).as_posix() for path in paths] == names
    assert paths[2].read_text("utf-8") == "né\n"
    assert in_folder([], table) == in_folder(None, table) == []
    assert Path(in_folder([{"file": "a"}], table)[0]).name == "days of May.csv"
    assert in_folder([{"file": "a", "path": "x/a.csv"}], table, **AS["text"]) == ["né\n"]


HOSTILE = [
    "../../etc/passwd",
    "/etc/passwd",
    "..\\..\\boot.ini",
    "C:\\boot.ini",
    "a/./b",
    "a//b",
    "-rf/x",
    "nul\0l/a\nb",
    "",
    "/",
    "..",
    "a",
    "A",
    "a/b",
    "a/B",
    "x/" * 300 + "deep",
    "é" * 900,
]


def test_a_folders_names_are_never_trusted(table: Upload) -> None:
    """No name leads out of the run's folder or meets another, on no system; the upload stays as it is."""
    paths = [Path(path) for path in in_folder([{"file": "a", "path": name} for name in HOSTILE], table)]
    [root] = Path.cwd().iterdir()
    assert len({str(path).casefold() for path in paths}) == len(HOSTILE)
    for path in paths:
        assert path.resolve().is_relative_to(root)
        assert path.is_file()
        assert not {"..", "."} & set(path.relative_to(root).parts)
        assert len(path.relative_to(root).parts) <= 12
    assert Path(table.path).read_text("utf-8") == "né\n"


@pytest.mark.parametrize(
    ("value", "options", "code"),
    [
        ({"file": "a"}, {}, "E-TYPE"),
        ([{"file": "a", "path": 5}], {}, "E-TYPE"),
        ([{"file": "a", "path": "x" * 1001}], {}, "E-TYPE"),
        ([{"file": "b", "path": "x"}], {}, "E-NO-UPLOAD"),
        ([{"file": "a", "path": "x"}] * 3, {"max_files": 2}, "E-FILE-SIZE"),
        ([{"file": "a", "path": "x"}] * 3, {"max_total": 11}, "E-FILE-SIZE"),
        ([{"file": "a", "path": "x"}], {"accept": ".png"}, "E-FILE-KIND"),
    ],
)
def test_folders_that_are_refused(table: Upload, value: Any, options: dict[str, Any], code: str) -> None:
    """Too many files, too large ones in all, and what is no folder."""
    assert in_folder(value, table, **options) == [code]


def test_no_folder_where_none_is_asked_for(table: Upload) -> None:
    """An input without `folder: true` takes no paths."""
    assert given(field("file"), {"file": "a", "path": "x/y"}, table) == ["E-TYPE"]
    assert given(field("file", multiple=True), [{"file": "a", "path": "x/y"}], table) == ["E-TYPE"]
