"""Plain values are compared and written as YAML does."""

import pytest

from gradstream.format.values import is_same, word, written


def test_true_is_not_one() -> None:
    """Values are the same as YAML sees them, not as Python does."""
    assert is_same(1, 1.0)
    assert not is_same(1, other=True)


def test_scalars_have_words() -> None:
    """A word has no quotes, and a bool is written as in YAML."""
    assert [word(each) for each in (True, 3, "cat")] == ["true", "3", "cat"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("cat", "cat"),
        ("a cat", "a cat"),
        ("true", '"true"'),
        ("3", '"3"'),
        ("a: b", '"a: b"'),
        ("", '""'),
        (3, "3"),
        (0.5, "0.5"),
        (True, "true"),
        (None, "null"),
        (["a", 1], "[a, 1]"),
        (["a, b"], '["a, b"]'),
    ],
)
def test_values_are_written_so_that_yaml_reads_them_back(value: object, text: str) -> None:
    """A text has quotes where YAML would read something else."""
    assert written(value) == text
