"""The marker alone makes a YAML file a demo."""

import pytest

from gradstream.document.read import read_text
from gradstream.format.marker import is_demo


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("gradstream: 1\n", True),
        ("title: x\ngradstream: 7\n", True),
        ("'gradstream': 1\ntitle: [\n", True),
        ("gradstream: 1\ntitle: a: b\n", True),
        ("+gradstream: 1\n+title: x\n", True),
        ("> gradstream: 1\n> inputs:\n>   n: text\n", True),
        (">>> gradstream: 1\n", True),
        ("1 gradstream: 1\n2 title: x\n", True),
        ("12: gradstream: 1\n13: title: x\n", True),
        ("gradstream = 1\ntitle = 'x'\n", True),
        ('"gradstream: 1"\n"title: x"\n', True),
        ("my-gradstream: 1\n", False),
        ("- gradstream: 1\n", False),
        ("title: gradstream\n", False),
        ("nested:\n  gradstream: 1\n", False),
        ("a: [\n  gradstream: 1\n", False),
        ("", False),
        ("- gradstream\n", False),
    ],
)
def test_marker(text: str, *, marked: bool) -> None:
    """The key at the top counts, in a file with a syntax mistake too."""
    assert is_demo(read_text(text, file="f", environ={})) is marked
