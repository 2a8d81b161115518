"""Values and lists are called what an author would call them."""

import pytest

from gradstream.format.wording import all_of, describe, guess, label_of, one_of


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        (True, "`true`"),
        (3, "the number `3`"),
        (2.5, "the number `2.5`"),
        ("a\nb", "the text `a`"),
        ("x" * 100, f"the text `{'x' * 39}…`"),
        ([1], "a list"),
        (object(), "a value of type object"),
        ({}, "a mapping"),
    ],
)
def test_descriptions(value: object, words: str) -> None:
    """A value is named by its kind and shown in brief."""
    assert describe(value) == words


@pytest.mark.parametrize(
    ("name", "label"),
    [("max_length", "Max length"), ("URL", "URL"), ("a", "A"), ("n-best", "N best"), ("_x", "X")],
)
def test_labels(name: str, label: str) -> None:
    """A label is the name with its words apart and a capital in front."""
    assert label_of(name) == label


def test_lists_of_names() -> None:
    """Choices end with `or`; lists of all have commas only."""
    assert one_of(["a", True, 3]) == "`a`, `true` or `3`"
    assert one_of(["a"]) == "`a`"
    assert one_of([]) == ""
    assert all_of(["a", "b"]) == "`a`, `b`"


def test_guesses() -> None:
    """A near name is found whatever its case, and nothing is made up for a far one."""
    assert guess("Titel", ["title", "tags"]) == "title"
    assert guess("xyz", ["title", "tags"]) is None
