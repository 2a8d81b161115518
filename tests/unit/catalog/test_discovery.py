"""Globs find demos, and each file's path gives its address."""

from pathlib import Path

import pytest

from gradstream.catalog.discovery import find_demos, fixed_part
from gradstream.format.patterns import matches
from gradstream.format.types import CatalogOptions

DEFAULT = CatalogOptions(title="").demos


def addresses(root: Path, patterns: tuple[str, ...], *files: str) -> dict[str, str]:
    """Create the files and return those that are found, with their addresses."""
    for file in files:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("gradstream: 1\n")
    return {each.file: each.address for each in find_demos(root, patterns)}


def test_addresses(tmp_path: Path) -> None:
    """Folders are joined by dots, the glob's fixed part is left out, and NAME/demo.yaml is NAME."""
    assert addresses(
        tmp_path,
        DEFAULT,
        "demos/count.yaml",
        "demos/components/slider.yml",
        "demos/chat/demo.yaml",
        "demos/deep/er/demo.yml",
        "demos/demo.yaml",
        "elsewhere/other.yaml",
        "demos/notes.txt",
    ) == {
        "demos/chat/demo.yaml": "chat",
        "demos/components/slider.yml": "components.slider",
        "demos/count.yaml": "count",
        "demos/deep/er/demo.yml": "deep.er",
        "demos/demo.yaml": "demo",
    }


def test_names_with_a_dot_or_a_space(tmp_path: Path) -> None:
    """Such a file is found, is not sound, and has an address to show its mistake under."""
    addresses(tmp_path, DEFAULT, "demos/a b.yaml", "demos/c.d.yaml", "demos/e.f/g.yaml", "demos/fine.yaml")
    found = {each.file: (each.address, each.has_valid_name) for each in find_demos(tmp_path, DEFAULT)}
    assert found == {
        "demos/a b.yaml": ("a_b", False),
        "demos/c.d.yaml": ("c_d", False),
        "demos/e.f/g.yaml": ("e_f.g", False),
        "demos/fine.yaml": ("fine", True),
    }


def test_what_is_passed_over(tmp_path: Path) -> None:
    """Hidden files and folders, packages of npm, and gradstream.yaml itself hold no demos."""
    files = (".hidden.yaml", ".git/x.yaml", "node_modules/x.yaml", "gradstream.yaml", "sub/gradstream.yaml")
    assert addresses(tmp_path, ("**/*.yaml",), *files, "seen.yaml") == {"seen.yaml": "seen"}


def test_a_file_that_two_globs_find_is_one_demo(tmp_path: Path) -> None:
    """The first glob gives the address."""
    assert addresses(tmp_path, ("lab/*.yaml", "**/*.yaml"), "lab/a.yaml", "b.yaml") == {
        "b.yaml": "b",
        "lab/a.yaml": "a",
    }


@pytest.mark.parametrize(
    ("pattern", "fixed"),
    [
        ("demos/**/*.yaml", "demos"),
        ("*.yaml", ""),
        ("a/b/c.yaml", "a/b"),
        ("a/*/demo.yaml", "a"),
        ("a/[bc]/d.yaml", "a"),
    ],
)
def test_fixed_parts(pattern: str, fixed: str) -> None:
    """Folders before the first wildcard are not part of addresses."""
    assert fixed_part(pattern) == fixed


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("demos/**/*.yaml", "demos/a.yaml", True),
        ("demos/**/*.yaml", "demos/a/b/c.yaml", True),
        ("demos/*.yaml", "demos/a/b.yaml", False),
        ("demos/*/demo.yaml", "demos/a/demo.yaml", True),
        ("demos/?.yaml", "demos/ab.yaml", False),
        ("demos/[ab].yaml", "demos/b.yaml", True),
        ("demos/[z-a].yaml", "demos/b.yaml", False),
        ("**", "a/b.yaml", False),
        ("demos", "demos/a.yaml", False),
    ],
)
def test_matching(pattern: str, path: str, *, fits: bool) -> None:
    """`*` stays within a name, `**` crosses folders, and a strange pattern matches nothing."""
    assert matches(path.split("/"), pattern.split("/")) is fits
