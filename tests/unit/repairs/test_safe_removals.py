"""`check --fix` removes a key of another tool where nothing is lost with it, and else leaves the choice."""

from pathlib import Path

import pytest

from gradstream.catalog.checked_file import check_data, read_context
from gradstream.catalog.discovery import demo_file_at
from gradstream.diagnostics import Diagnostic

DEMO = (
    "gradstream: 1\ngenerator: made.back\n{top}inputs:\n  text:\n    type: text\n{own}outputs:\n  it: text\n"
)
REMOVE = "remove it"
NOTE = "begin its name with x- to keep it as a note"


def titles(folder: Path, *, top: str = "", own: str = "") -> list[str]:
    """Return the repairs of the one mistake in a demo with these lines at its top, or in its input."""
    (folder / "made.py").write_text("def back(text):\n    yield text\n")
    found = demo_file_at(folder / "demo.yaml", "demo.yaml", fixed="")
    context = read_context(folder, environ={})
    (each,) = check_data(DEMO.format(top=top, own=own).encode(), found, context).diagnostics
    assert isinstance(each, Diagnostic)
    return [fix.title for fix in each.fixes]


@pytest.mark.parametrize("line", ["share: true\n", "theme_color: teal\n", "tabindex: 3\n"])
def test_a_key_that_says_nothing_here_is_removed(tmp_path: Path, line: str) -> None:
    """The page is the same without it."""
    assert titles(tmp_path, top=line) == [REMOVE]


@pytest.mark.parametrize("line", ["elem_id: box\n", "width: 200\n", "disabled: false\n"])
def test_so_is_one_of_an_input(tmp_path: Path, line: str) -> None:
    """Also one that withholds something, where it says that it does not."""
    assert titles(tmp_path, own=f"    {line}") == [REMOVE]


@pytest.mark.parametrize("value", ["|\n  p {\n    color: red\n  }", "[a, b]", "{a: 1}"])
def test_what_somebody_has_worked_on_is_left(tmp_path: Path, value: str) -> None:
    """A text of several lines, a list and a mapping may be kept as a note."""
    assert titles(tmp_path, top=f"css: {value}\n") == [REMOVE, NOTE]


@pytest.mark.parametrize("key", ["disabled", "hidden", "read_only"])
def test_a_key_that_withholds_something_is_left(tmp_path: Path, key: str) -> None:
    """Without it visitors could change what they should not."""
    assert titles(tmp_path, own=f"    {key}: true\n") == [REMOVE, NOTE]
