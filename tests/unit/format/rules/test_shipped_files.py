"""Defaults and examples that are files beside the YAML: found, confined to the catalog, and never silent."""

from pathlib import Path

import pytest

from gradstream.components.form import check_form
from gradstream.components.registry import KINDS
from gradstream.components.shipped import as_upload
from gradstream.components.types import Upload
from gradstream.format.load import DemoReading
from gradstream.format.rules.shipped_files import example_files, find_shipped
from tests.unit.format.demos import read_demo

MASKED = "image\n    mask: true"
OTHER = "name another file, or change what the input accepts"
UNMASKED = "write `mask: true` at the input, or the picture's path alone"

DEMO = """gradstream: 1
generator: studio.anything
inputs:
  x:
    type: {kind}
    default: {default}
outputs:
  answer: text
examples:
  - x: {example}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a catalog's folder with two files, and one beside the catalog."""
    root = tmp_path / "catalog"
    (root / "samples").mkdir(parents=True)
    (root / "samples" / "lion.jpg").write_bytes(b"lion")
    (root / "notes.txt").write_text("notes")
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    (root / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    return root


def load(folder: Path, kind: str, default: str, example: str) -> DemoReading:
    """Load a demo whose one input has this default and this example."""
    return read_demo(folder, DEMO.format(kind=kind, default=default, example=example))


@pytest.mark.parametrize("kind", ["image", "file", "{kind}\n    multiple: true"])
def test_files_are_named_by_their_path_in_the_catalog(kind: str, folder: Path) -> None:
    """The page is given a name, and the name leads to the file and to no other."""
    is_several = "multiple" in kind
    loaded = load(folder, kind.format(kind="file"), "samples/lion.jpg", "./samples/../samples/lion.jpg")
    assert loaded.diagnostics == ()
    demo = loaded.demo
    assert demo is not None
    named = {"file": "samples/lion.jpg"}
    assert demo.inputs[0].default == demo.examples[0].inputs["x"] == ([named] if is_several else named)
    assert find_shipped(demo, "samples/lion.jpg", kinds=KINDS) == folder / "samples" / "lion.jpg"
    for other in ("notes.txt", "samples", "../secret.jpg", str(folder / "samples" / "lion.jpg"), ""):
        assert find_shipped(demo, other, kinds=KINDS) is None


def test_a_picture_brings_its_mask(folder: Path) -> None:
    """Both are named on the wire, served and watched, and the form finds both."""
    (folder / "samples" / "mask.png").write_bytes(b"mask")
    written = "{image: samples/lion.jpg, mask: samples/mask.png}"
    loaded = load(folder, "image\n    mask: true", written, written)
    assert (loaded.diagnostics, loaded.demo is None) == ((), False)
    demo = loaded.demo
    assert demo is not None
    named = {"file": "samples/lion.jpg", "mask": "samples/mask.png"}
    assert demo.inputs[0].default == demo.examples[0].inputs["x"] == named
    assert demo.examples[0].label == "X samples/lion.jpg + samples/mask.png"
    for name in named.values():
        assert find_shipped(demo, name, kinds=KINDS) == folder / name
        assert str(folder / name) in loaded.beside
    assert {path.name for path in example_files(demo, 0, kinds=KINDS)} == {"lion.jpg", "mask.png"}

    def found(name: str) -> Upload | None:
        path = find_shipped(demo, name, kinds=KINDS)
        return None if path is None else as_upload(path)

    checked = check_form(demo.inputs, {"x": named}, find_upload=found)
    assert checked.values["x"]["mask"]["path"] == str(folder / "samples" / "mask.png")


def test_a_file_that_has_gone_is_a_finding(folder: Path) -> None:
    """Between the check and the run a file may vanish, or become a link out of the catalog."""
    demo = load(folder, "file", "samples/lion.jpg", "notes.txt").demo
    assert demo is not None
    (folder / "notes.txt").unlink()
    (folder / "notes.txt").symlink_to(folder.parent / "secret.jpg")
    assert find_shipped(demo, "notes.txt", kinds=KINDS) is None
    checked = check_form(demo.inputs, {"x": {"file": "notes.txt"}}, find_upload=lambda _: None)
    assert [finding.problem.code for finding in checked.findings] == ["E-NO-UPLOAD"]


@pytest.mark.parametrize(
    ("kind", "value", "remedy"),
    [
        ("image", "samples/none.jpg", "correct the path, or put the file there"),
        ("image", "samples", "correct the path, or put the file there"),
        ("image", "https://example.org/lion.jpg", "download it, and write its path"),
        ("image", "../secret.jpg", "copy the file into the catalog"),
        ("image", "/etc/hostname", "copy the file into the catalog"),
        ("image", "link.jpg", "copy the file into the catalog"),
        ("image", "notes.txt", "name another file, or change what the input accepts"),
        ("audio", "samples/lion.jpg", "name another file, or change what the input accepts"),
        ("file", "[notes.txt]", "write a path such as samples/one.csv"),
    ],
)
def test_what_is_no_such_file_is_told(kind: str, value: str, remedy: str, folder: Path) -> None:
    """As a default and in an example, a value that leads to no fitting file is an error with a repair."""
    loaded = load(folder, kind, value, value)
    assert [(each.code, each.repair) for each in loaded.diagnostics] == [
        ("E-DEFAULT", remedy),
        ("E-EXAMPLE", remedy),
    ]


@pytest.mark.parametrize(
    ("kind", "value", "remedy"),
    [
        (MASKED, "{image: samples/lion.jpg, mask: a.png}", "correct the path, or put the file there"),
        (MASKED, "{image: samples/lion.jpg, mask: 7}", "write a path such as samples/one.csv"),
        (MASKED, "{image: samples/lion.jpg, mask: notes.txt}", OTHER),
        (MASKED, "{mask: samples/lion.jpg}", "write `image` and `mask`"),
        (MASKED, "{image: samples/lion.jpg, layers: samples/lion.jpg}", "write `image` and `mask`"),
        ("image", "{image: samples/lion.jpg, mask: samples/lion.jpg}", UNMASKED),
    ],
)
def test_what_is_no_mask_is_told(kind: str, value: str, remedy: str, folder: Path) -> None:
    """A mask is a picture of the catalog as its picture is, and belongs to an input with `mask`."""
    loaded = load(folder, kind, "samples/lion.jpg", value)
    assert [(each.code, each.repair) for each in loaded.diagnostics] == [("E-EXAMPLE", remedy)]


def test_a_number_is_no_file(folder: Path) -> None:
    """What is no path is an error in an example too."""
    loaded = load(folder, "image", "samples/lion.jpg", "5")
    assert [(each.code, each.repair) for each in loaded.diagnostics] == [
        ("E-EXAMPLE", "write a path such as samples/one.csv")
    ]


def test_the_files_are_watched(folder: Path) -> None:
    """A file that appears, or changes, is read about again."""
    loaded = load(folder, "file\n    multiple: true", "[samples/lion.jpg, later.csv]", "notes.txt")
    watched = {Path(each).relative_to(folder).as_posix() for each in loaded.beside}
    assert {"samples/lion.jpg", "later.csv", "notes.txt"} <= watched


def test_json_that_looks_like_a_file_names_none(folder: Path) -> None:
    """Only inputs that take files lead to files: a visitor cannot use what a JSON default happens to hold."""
    demo = load(folder, "json", "{file: notes.txt}", "[{file: notes.txt}]").demo
    assert demo is not None
    assert find_shipped(demo, "notes.txt", kinds=KINDS) is None


CHAT = """gradstream: 1
generator: studio.anything
inputs:
  message: text
outputs:
  talk:
    type: chat
    avatars:
      user: samples/lion.jpg
      assistant: {assistant}
"""


def test_avatars_are_files_of_the_demo(folder: Path) -> None:
    """They are named by their paths in the catalog, and served as pictures of inputs are."""
    demo = read_demo(folder, CHAT.format(assistant="./samples/lion.jpg")).demo
    assert demo is not None
    assert demo.outputs[0].options["avatars"] == {"user": "samples/lion.jpg", "assistant": "samples/lion.jpg"}
    assert find_shipped(demo, "samples/lion.jpg", kinds=KINDS) == folder / "samples" / "lion.jpg"
    assert find_shipped(demo, "notes.txt", kinds=KINDS) is None


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("samples/none.png", "E-FILE-MISSING"),
        ("../secret.jpg", "E-OUTSIDE"),
        ("link.jpg", "E-OUTSIDE"),
        ("notes.txt", "E-TEXT"),
        ("5", "E-TYPE"),
    ],
)
def test_an_avatar_that_cannot_be_shown_is_told(path: str, code: str, folder: Path) -> None:
    """It is never a broken picture on the page."""
    reading = read_demo(folder, CHAT.format(assistant=path))
    assert reading.demo is None
    assert [finding.code for finding in reading.diagnostics] == [code]
