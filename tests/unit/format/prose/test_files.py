"""Files that texts name: what is served, and what is said of the others."""

from pathlib import Path

import pytest

from gradstream.format.prose.files import file_name, find_picture, read_pictures, settle
from tests.unit.format.demos import codes_of, demo_of

DEMO = "gradstream: 1\ngenerator: studio.anything\noutputs:\n  answer: text\n"


def lab(tmp_path: Path) -> Path:
    """Return a catalog with a picture, a demo and a file that is neither, and pictures outside of it."""
    root = tmp_path / "lab"
    root.mkdir()
    (tmp_path / "outside.png").write_bytes(b"")
    for name in ("in.png", "a map.svg", "other.yaml", "notes.txt"):
        (root / name).write_bytes(b"")
    (root / "link.png").symlink_to(tmp_path / "outside.png")
    return root


@pytest.mark.parametrize(
    "text",
    [
        "![a](in.png) ![b](<a map.svg>) ![c](a%20map.svg#x) [d](other.yaml) [e](https://example.org/x.png)",
        "![a](data:image/gif;base64,AAAA) [b](#below) [c](mailto:ada@example.org) [d](demos/e) `![f](g.png)`",
    ],
)
def test_what_leads_somewhere(tmp_path: Path, text: str) -> None:
    """Pictures and demos of the catalog, and links to the web and to pages, are nothing to speak of."""
    assert codes_of(lab(tmp_path), f"{DEMO}description: '{text}'\n") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("![a](missing.png)", "W-PICTURE"),
        ("![a](../outside.png)", "W-PICTURE"),
        ("![a](link.png)", "W-PICTURE"),
        ("![a](/etc/passwd)", "W-PICTURE"),
        ("![a](notes.txt)", "W-PICTURE"),
        ("![a](https://example.org/a.png)", "W-PICTURE"),
        ("![a](//example.org/a.png)", "W-PICTURE"),
        ("<img src=missing.png>", "W-PICTURE"),
        ("[a](missing.yaml)", "W-LINK"),
        ("[a](../other.yaml)", "W-LINK"),
        ("[a](notes.txt)", "W-LINK"),
    ],
)
def test_what_leads_nowhere(tmp_path: Path, text: str, code: str) -> None:
    """Each is a warning at the text, wherever in the demo it stands."""
    root = lab(tmp_path)
    assert codes_of(root, f"{DEMO}description: '{text}'\n") == [(code, 5)]
    assert codes_of(root, f"{DEMO}layout:\n  - columns: [[{{text: '{text}'}}], [answer]]\n") == [(code, 6)]
    field = f"inputs:\n  n:\n    type: text\n    description: '{text}'\n"
    assert codes_of(root, f"{DEMO}{field}") == [(code, 8)]


def test_only_named_pictures_are_found(tmp_path: Path) -> None:
    """A picture that no text names, and one that has become a link out of the catalog, is not served."""
    root = lab(tmp_path)
    demo = demo_of(root, f"{DEMO}description: '![a](in.png) ![b](link.png) ![c](missing.png)'\n")
    assert [name for name, version in demo.pictures.items() if version] == ["in.png"]
    places = {"folder": str(root), "root": str(root)}
    assert find_picture("in.png", demo.pictures, **places) == root / "in.png"
    for name in ("a map.svg", "link.png", "missing.png", "./in.png", str(root / "in.png")):
        assert find_picture(name, demo.pictures, **places) is None
    (root / "in.png").unlink()
    (root / "in.png").symlink_to(tmp_path / "outside.png")
    assert find_picture("in.png", demo.pictures, **places) is None


def test_a_version_changes_with_the_file(tmp_path: Path) -> None:
    """So a page that is open asks for the new picture."""
    root = lab(tmp_path)
    values = {"description": "![a](in.png)"}
    before = read_pictures(values, folder=str(root), root=str(root))
    (root / "in.png").write_bytes(b"more")
    assert read_pictures(values, folder=str(root), root=str(root)) != before


def test_addresses_are_exchanged_in_place() -> None:
    """What surrounds an address stays as it is, and so does an address for which there is no other."""
    text = "![a](<in.png> 'In') <img src=\"in.png\"> [b](other.yaml) [c](https://example.org)"
    shown = settle(text, lambda _, found: "X" if found.is_picture else None)
    assert shown == "![a](<X> 'In') <img src=\"X\"> [b](other.yaml) [c](https://example.org)"


def test_the_name_of_a_file() -> None:
    """An address is decoded, without a query and a fragment; those of the web are no files."""
    assert file_name("a%20map.png?raw=1#x") == "a map.png"
    for address in (
        "https://x.org/a.png",
        "//x.org/a.png",
        "data:image/png;base64,AA",
        "#top",
        "",
        "a%00.png",
    ):
        assert file_name(address) is None
