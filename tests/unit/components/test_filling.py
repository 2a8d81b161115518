"""What a function yields into an input, as the value of the field."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from gradstream.components.filling import filled
from gradstream.components.types import UnusableYieldError
from gradstream.format.build import build_input
from tests.unit.components.fields import MemoryStore


def value_of(value: Any, kind: str, **keys: Any) -> Any:
    """Return what stands in a field of this kind after a yield."""
    return filled(value, build_input("field", {"type": kind, **keys}), MemoryStore())


@pytest.mark.parametrize(
    ("kind", "keys", "value", "shown"),
    [
        ("text", {}, "sea", "sea"),
        ("text", {}, None, ""),
        ("number", {}, np.float32(0.5), 0.5),
        ("slider", {"minimum": 2}, None, 2),
        ("slider", {"range": True, "maximum": 9}, (1, np.int64(4)), [1, 4]),
        ("date", {}, date(2026, 5, 17), "2026-05-17"),
        ("dropdown", {"choices": ["a", "b"]}, None, None),
        ("dropdown", {"choices": ["a", "b"], "multiple": True}, ("a",), ["a"]),
        ("checkbox", {}, np.bool_(1), True),
        ("json", {}, {"a": (1, 2)}, {"a": [1, 2]}),
    ],
)
def test_a_yield_becomes_a_value_of_the_field(
    kind: str, keys: dict[str, Any], value: Any, shown: Any
) -> None:
    """Numbers and arrays of any library are plain, and None empties the field."""
    assert value_of(value, kind, **keys) == shown


@pytest.mark.parametrize(
    ("kind", "keys", "value", "message"),
    [
        ("slider", {"maximum": 5}, 9, "Field is too large"),
        ("text", {"max_length": 2}, "sea", "Field is too long"),
        ("radio", {"choices": ["a", "b"]}, "c", "expected `a` or `b`"),
        ("text", {}, print, "cannot be said in JSON"),
    ],
)
def test_what_the_field_does_not_accept_ends_the_run(
    kind: str, keys: dict[str, Any], value: Any, message: str
) -> None:
    """The rules of values are those for visitors, and the message says which one is broken."""
    with pytest.raises(UnusableYieldError, match=message):
        value_of(value, kind, **keys)
