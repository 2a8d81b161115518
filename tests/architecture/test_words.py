"""Prose for developers is plain technical English; the list is in words.yaml."""

import re
from pathlib import Path

import pytest

from tests.architecture.words import ROOT, Pattern, files_below, findings, main, read_words

WORDS = read_words()
WRONG = [Pattern(pattern=r"\bover yonder\b", write="there", example="over yonder")]
"""A pattern for files made here, which does not itself have to be avoided."""


@pytest.mark.parametrize("path", WORDS.clean)
def test_clean_parts_stay_clean(path: str) -> None:
    """No pattern of the list appears in a part of the tree that is marked as clean."""
    assert [str(each) for each in findings(ROOT / path, WORDS.patterns)] == []


@pytest.mark.parametrize("path", WORDS.clean)
def test_clean_parts_exist_and_are_covered(path: str) -> None:
    """No entry is left over from a folder that was moved, or is about texts with another tone."""
    assert files_below(ROOT / path)
    assert any(Path(path).is_relative_to(each) for each in WORDS.covers)


@pytest.mark.parametrize("pattern", WORDS.patterns, ids=lambda pattern: pattern.example)
def test_patterns_match_their_examples(pattern: Pattern, tmp_path: Path) -> None:
    """Each pattern finds its example in a comment, a docstring, a message, Markdown and YAML."""
    broken = pattern.example.replace(" ", "\n# ")
    texts = {
        "comment.py": f"x = 1\n# {broken}\n",
        "docstring.py": f'def f() -> None:\n    """{pattern.example}."""\n',
        "message.py": 'raise ValueError(\n    f"{name} '
        + pattern.example.replace(" ", ' "\n    "')
        + '"\n)\n',
        "page.md": f"# Title\n\n{pattern.example}\n",
        "data.yaml": f"title: {pattern.example}\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert [each.file for each in findings(tmp_path / name, [pattern], root=tmp_path)] == [name]


@pytest.mark.parametrize(
    "text", ["there is no such file", "this is no longer so", "it stands for a name", "tell apart"]
)
def test_ordinary_english_is_left_alone(text: str, tmp_path: Path) -> None:
    """What only resembles a pattern is not reported."""
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    assert list(findings(tmp_path, WORDS.patterns, root=tmp_path)) == []


def test_what_a_command_has_made_is_not_read(tmp_path: Path) -> None:
    """Installed packages and caches below a folder do not count as its prose."""
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "installed.py").write_bytes(b"# over yonder \xf0\n")
    (tmp_path / "room.py").write_text("# here\n", encoding="utf-8")
    assert files_below(tmp_path) == [tmp_path / "room.py"]


def test_a_finding_names_the_line_and_the_replacement(tmp_path: Path) -> None:
    """The line is that of the words, and code between is not read as prose."""
    (tmp_path / "room.py").write_text(
        '"""Title.\n\nGo over\nyonder."""\n\nover = yonder = "it"\n', encoding="utf-8"
    )
    (tmp_path / "page.md").write_text(
        "```python\nover yonder\n```\n`over yonder` over yonder\n", encoding="utf-8"
    )
    found = [str(each) for each in findings(tmp_path, WRONG, root=tmp_path)]
    assert found == [
        "page.md:4: 'over yonder'; write: there",
        "room.py:3: 'over yonder'; write: there",
    ]


def test_the_command_exits_with_1_on_findings(capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m tests.architecture.words PATH` prints findings as a linter does."""
    assert main([]) == 0
    assert capsys.readouterr().out == ""
    file = ROOT / "tests" / "architecture" / "words.yaml"
    assert main([str(file)]) == 1
    assert re.match(r"tests/architecture/words\.yaml:\d+: '[^']+'; write: .+\n", capsys.readouterr().out)
