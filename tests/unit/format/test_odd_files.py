"""Right files that look odd: nothing is said of them, `fmt` keeps their meaning, and `--fix` leaves them.

`odd_files.txt` has each after `=== NAME`; `<BOM>`, `<CR>`, `<WORDS>` and `<END>` are a byte order mark, a
carriage return, many words, and an end without a line break.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from gradstream.catalog.checked_file import check_file, read_context
from gradstream.catalog.discovery import demo_file_at
from gradstream.document.read import read_text
from gradstream.format.style.formatter import NotFormattableError, format_text
from gradstream.repairs.safe import repaired
from tests.conftest import ROOT, write_catalog
from tests.unit.format.shapes.test_cases import find

MODULE = """
def go():
    yield ""
def one(a):
    yield a
def two(a, b):
    yield a
def type_(type):
    yield type
def keys(label, name, value, state):
    yield label
def ops(all, not_, field, x):
    yield x
def sides(left, right):
    yield left
def stateful(total, names):
    yield ""
"""
SIGNS = {"<BOM>": "\ufeff", "<CR>": "\r", "<WORDS>": "word " * 400, "<END>\n": ""}
COMMENT = re.compile(r"(?m)(?:^|\s)(#\s.*?)\r?$")
EXPLICIT = "keys that are explicit"
"""A notation that `fmt` does not write, and says so."""


def read_files() -> dict[str, str]:
    """Return the files by name."""
    text = Path(__file__).with_name("odd_files.txt").read_text("utf-8")
    for written, sign in SIGNS.items():
        text = text.replace(written, sign)
    parts = [part.partition("\n") for part in text.split("=== ")[1:]]
    return {name: body for name, _, body in parts}


FILES = read_files()


def right_files() -> list[Path]:
    """Return the demos of this repository, and the examples of files that are right."""
    return sorted([*ROOT.glob("demos/**/*.yaml"), *ROOT.glob("tests/examples/valid/**/*.yaml")])


@pytest.mark.parametrize("path", right_files(), ids=lambda path: path.stem)
def test_no_right_file_is_taken_for_another_tool_s(path: Path) -> None:
    """What is recognised of other tools is not in files that are right."""
    found = {each.code for each in find(path.read_text("utf-8"))}
    assert not found & {"E-SHAPE", "E-PASTED", "E-YAML", "E-NOTATION", "E-UNKNOWN-KEY", "E-TYPE"}


def values_of(text: str) -> Any:
    """Return the plain values of a text."""
    document = read_text(text, file="x", environ={}).document
    assert document is not None
    return document.values


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_said_of_it(tmp_path: Path, name: str) -> None:
    """There is no error and no warning, and so nothing that `check --fix` would change."""
    root = write_catalog(tmp_path, {"m.py": MODULE})
    path = root / "odd.yaml"
    path.write_bytes(FILES[name].encode())
    checked = check_file(demo_file_at(path, path.name, fixed=""), read_context(root, environ={}))
    assert (checked.demo is not None, checked.diagnostics) == (True, ())
    text = FILES[name].removeprefix("\ufeff")
    assert repaired(text, find) == text


@pytest.mark.parametrize("name", FILES)
def test_the_usual_style_has_the_same_meaning_and_comments(name: str) -> None:
    """A second time changes nothing."""
    text = FILES[name].removeprefix("\ufeff")
    if name == EXPLICIT:
        with pytest.raises(NotFormattableError):
            format_text(text, subject="demo")
        return
    styled = format_text(text, subject="demo")
    assert values_of(styled) == values_of(text)
    assert sorted(COMMENT.findall(styled)) == sorted(COMMENT.findall(text))
    assert format_text(styled, subject="demo") == styled
