"""A conflict of git in a file is named as such, whatever YAML would say of its lines."""

import itertools
from pathlib import Path

import pytest

from gradstream.catalog.check_steps import check_paths
from gradstream.document.read import read_text
from tests.unit.catalog.folders import good, write
from tests.unit.document.reading import mistake_of, place_of

LINES = ["gradstream: 1", "title: x", "inputs:", "  text: text", "outputs:", "  answer: text"]
OURS, BASE, DIVIDER, THEIRS = "<<<<<<< HEAD", "||||||| 1f3c2ab", "=======", ">>>>>>> feature: the title"


def conflicting(start: int, end: int, *, base: bool, ending: str) -> str:
    """Return a demo in which both sides have the lines between."""
    side = LINES[start:end]
    middle = [BASE, *side] if base else []
    lines = [*LINES[:start], OURS, *side, *middle, DIVIDER, *side, THEIRS, *LINES[end:]]
    return ending.join(lines) + ending


@pytest.mark.parametrize("base", [False, True])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_conflict_anywhere(ending: str, *, base: bool) -> None:
    """Around any lines, an empty side too, the first marker is the place, and both sides are named."""
    for start, end in itertools.combinations_with_replacement(range(len(LINES) + 1), 2):
        mistake = mistake_of(conflicting(start, end, base=base, ending=ending))
        assert (mistake.code, place_of(mistake)) == ("E-CONFLICT", (start + 1, 1, start + 1, len(OURS) + 1))
        assert "`HEAD`" in mistake.found
        assert "`feature: the title`" in mistake.found


@pytest.mark.parametrize("margin", ["  ", "    ", "\t"])
def test_markers_that_an_editor_has_indented(margin: str) -> None:
    """They are found with the lines around them, at their first sign."""
    text = conflicting(3, 4, base=True, ending="\n")
    for marker in (OURS, BASE, DIVIDER, THEIRS):
        text = text.replace(marker, margin + marker)
    mistake = mistake_of(text)
    assert (mistake.code, place_of(mistake)[:2]) == ("E-CONFLICT", (4, len(margin) + 1))


@pytest.mark.parametrize("marker", [OURS, BASE, DIVIDER, THEIRS, "<<<<<<<", ">>>>>>>"])
def test_a_marker_that_was_left_behind(marker: str) -> None:
    """One line of a conflict that was resolved in part is named."""
    for index in range(1, len(LINES)):
        mistake = mistake_of("\n".join([*LINES[:index], marker, *LINES[index:]]))
        assert (mistake.code, mistake.span.line) == ("E-CONFLICT", index + 1)
        assert f"`{marker}`" in mistake.found


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> x\n",
        "# =======\na: 1\n",
        "a: '<<<<<<< HEAD'\n",
        "a: =======\n",
        "a:\n  <<<<<<<<\n",
    ],
)
def test_texts_without_a_conflict(text: str) -> None:
    """Markers stand at the beginning of a line: a text about them is a text."""
    assert read_text(text, file="demo.yaml", environ={}).diagnostics == ()


def test_in_the_file_of_the_catalog(tmp_path: Path) -> None:
    """The catalog's own file is read in the same way; a file that is no demo is nobody's concern."""
    write(tmp_path, demos__a=good())
    (tmp_path / "gradstream.yaml").write_text(f"gradstream: 1\n{OURS}\ntitle: a\n{DIVIDER}\n{THEIRS}\n")
    (tmp_path / "demos" / "other.yaml").write_text(f"{OURS}\nkey: 1\n{DIVIDER}\nkey: 2\n{THEIRS}\n")
    assert [each.code for each in check_paths([tmp_path], environ={}).diagnostics] == ["E-CONFLICT"]
