"""Syntax errors are reported in an author's words, at the place where the mistake is."""

import pytest

from tests.unit.document.reading import mistake_of, place_of


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a:\n\tb: 1\n", (2, 1, 2, 2), "a line is indented with a tab"),
        ("a: x\n\tb\n", (2, 1, 2, 2), "a line is indented with a tab"),
        ("a: @x\n", (1, 4, 1, 6), "text that begins with @ must be in quotes"),
        ("a: %x\n", (1, 4, 1, 6), "text that begins with % must be in quotes"),
        ("a: `x`\n", (1, 4, 1, 7), "text that begins with a backtick must be in quotes"),
        ("a: *\n", (1, 4, 1, 5), "text that begins with * must be in quotes"),
        ("a: &\n", (1, 4, 1, 5), "text that begins with & must be in quotes"),
        ("a: b: c\n", (1, 4, 1, 8), "a text with a colon in it must be in quotes"),
        ("a: 1\n b: 2\n", (2, 2, 2, 6), "`b` is not in the column of its neighbours"),
        ("a: 1\nb\nc: 2\n", (2, 1, 2, 2), "a line has no `key: value`"),
        ("a: 1\nb:2\nc: 3\n", (2, 1, 2, 4), "a line has no `key: value`"),
        ("a: 'x\nb: 2\n", (1, 4, 1, 5), "a quote is opened and never closed"),
        (
            'a: "\\q"\n',
            (1, 4, 1, 8),
            "a backslash in double quotes begins a special character, and this one does not exist",
        ),
        ("a: - b\n", (1, 4, 1, 7), "text that begins with - must be in quotes"),
        ("a: b\nc\n- d\n", (2, 1, 2, 2), "a line has no `key: value`"),
        ("a:\n  - b\n c: 1\n", (3, 2, 3, 6), "`c` is not in the column of its neighbours"),
        ('a: "x" y\n', (1, 4, 1, 9), "there is text after a closing quote"),
        ("- a\nb: c\n", (2, 1, 2, 5), "a list ends in the middle"),
        ("a: [1, 2\nb: 3\n", (1, 4, 1, 5), "a `[` is opened and not closed"),
        ("a: {b: 1\n", (1, 4, 1, 5), "a `{` is opened and not closed"),
        ("a: [\n", (1, 4, 1, 5), "a `[` is opened and not closed"),
        ("a: }\n", (1, 4, 1, 5), "text that begins with } must be in quotes"),
        ("a: |x\n  b\n", (1, 4, 1, 6), "text below a `|` begins on the next line"),
        (
            "%YAML 2.0\n---\na: 1\n",
            (1, 1, 1, 10),
            "the file asks for a version of YAML that is not supported",
        ),
        ("a: 1\n...\nb: 2\n", (2, 1, 2, 4), "something follows after the document's end"),
        ("a: 1\n---\nb: 2\n", (2, 1, 2, 4), "the file has a second document"),
        (
            "%YAML 1.2\na: 1\n",
            (2, 1, 2, 5),
            "a line that begins with % belongs at the top of a file, with `---` after it",
        ),
        ("'a' 'b'\n", (1, 5, 1, 8), "this does not fit what is before it"),
        ("%FOO\n", (1, 5, 1, 5), "this is not YAML"),
    ],
)
def test_mistakes(text: str, place: tuple[int, int, int, int], message: str) -> None:
    """Each usual mistake has its own words, and underlines what is wrong."""
    mistake = mistake_of(text)
    assert mistake.message == message
    assert place_of(mistake) == place
    assert all((mistake.expected, mistake.found, mistake.repair))


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("title: Echo: say it again\n", 'write "Echo: say it again"'),
        ("a: 1\nb:2\nc: 3\n", "write `b: 2`, with a space after the colon"),
        ("a: @ada # me\n", 'write "@ada"'),
        ('a: "x" y\n', "write '\"x\" y'"),
    ],
)
def test_repairs(text: str, repair: str) -> None:
    """Where it is clear what was meant, the repair is what to write."""
    assert mistake_of(text).repair == repair
