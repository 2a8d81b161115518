"""Short names for values, sizes and guesses in messages."""

from typing import Any

import pytest

from gradstream.components.wording import describe, enumerate_words, format_size, guess


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "nothing"),
        (True, "true"),
        (2.5, "the number 2.5"),
        ("a\n b", 'the text "a b"'),
        ("x" * 50, f'the text "{"x" * 39}…"'),
        ([1, 2], "a list of 2"),
        ({}, "a mapping"),
        (object(), "a value of type object"),
    ],
)
def test_values_have_names(value: Any, name: str) -> None:
    """A message never repeats more than a line of a value."""
    assert describe(value) == name


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0B"),
        (999, "999B"),
        (1000, "1kB"),
        (512_300, "512.3kB"),
        (20_000_000, "20MB"),
        (2_550_000_000, "2.5GB"),
    ],
)
def test_sizes_are_written_as_in_the_yaml(size: int, text: str) -> None:
    """One decimal at most, and none where it would be 0."""
    assert format_size(size) == text


def test_lists_and_guesses() -> None:
    """Lists read as sentences do; only a close name is a guess."""
    assert enumerate_words(["a"]) == "a"
    assert enumerate_words(["a", "b", "c"]) == "a, b or c"
    assert guess("stesp", ["steps", "seed"]) == "steps"
    assert guess("zzz", ["steps"]) is None
