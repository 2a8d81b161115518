"""An author's values must fit their inputs."""

from typing import Any

import pytest

from gradstream.format.rules.values import is_same, misfit


@pytest.mark.parametrize(
    ("config", "value", "expected"),
    [
        ({"type": "text"}, "x", None),
        ({"type": "text"}, 5, "text"),
        ({"type": "text", "max_length": 2}, "abc", "at most 2 characters"),
        ({"type": "number"}, 2.5, None),
        ({"type": "number", "minimum": 0}, 2.5, "a whole number"),
        ({"type": "number", "minimum": 0}, 2.0, None),
        ({"type": "number"}, True, "a number"),
        ({"type": "number"}, "3", "a number"),
        ({"type": "slider"}, 101, "at most 100"),
        ({"type": "slider"}, -1, "at least 0"),
        ({"type": "slider", "minimum": -5, "maximum": 5}, -5, None),
        ({"type": "checkbox"}, False, None),
        ({"type": "checkbox"}, 0, "true or false"),
        ({"type": "radio", "choices": ["a", 1]}, 1, None),
        ({"type": "radio", "choices": ["a", 1]}, True, "`a` or `1`"),
        ({"type": "radio", "choices": ["a", 1]}, ["a"], "one of the choices"),
        ({"type": "radio", "choices": [{"value": "b"}]}, "b", None),
        ({"type": "dropdown", "choices": ["a"], "multiple": True}, ["a"], None),
        ({"type": "dropdown", "choices": ["a"], "multiple": True}, "a", "a list of choices"),
        ({"type": "dropdown", "choices": ["a"], "multiple": True}, ["a", "b"], "`a`"),
        ({"type": "dropdown", "choices": ["a"], "allow_custom": True}, "b", None),
        ({}, object(), None),
    ],
)
def test_misfits(config: dict[str, Any], value: object, expected: str | None) -> None:
    """A value that does not fit says what was expected; a component that is not known accepts anything."""
    wrong = misfit(config, value)
    assert (wrong.expected if wrong else None) == expected


def test_true_is_not_one() -> None:
    """Values are the same as YAML sees them, not as Python does."""
    assert is_same(1, 1.0)
    assert not is_same(1, other=True)
