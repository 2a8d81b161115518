"""JSON from visitors: given as it is, or as text that is read."""

from typing import Any

import pytest

from gradstream.components.registry import input_kind
from gradstream.format.kinds import InvalidValue
from tests.unit.components.fields import field

JSON = input_kind("json")


@pytest.mark.parametrize(
    ("value", "handed"),
    [
        ({"a": 1}, {"a": 1}),
        ('{"a": [1, 2.5, null]}', {"a": [1, 2.5, None]}),
        (" [] ", []),
        ("0", 0),
        ("true", True),
        ("null", None),
        ("", None),
        (None, None),
        (False, False),
    ],
)
def test_what_is_accepted(value: Any, handed: Any) -> None:
    """A value is handed over as it is and a text is read, and what was read is accepted again."""
    got = JSON.check(value, field("json"))
    assert got == handed
    assert type(got) is type(handed)
    assert JSON.check(got, field("json")) == handed


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1,\n "b": }', "It takes JSON, and this is none (line 2, column 7)"),
        ("{'é': 1}", "It takes JSON, and this is none (line 1, column 2)"),
        ("[1, 2", "It takes JSON, and this is none (it ends too early)"),
        ("[NaN]", "It takes JSON, and this is none (line 1, column 2)"),
        ('"abc"', "It takes JSON, and this is only a text"),
        ("[" * 100_000, "It takes JSON, and this is none"),
        ("1" * 1_000_001, "It is too long"),
        ("[" * 150 + "]" * 150, "It is nested too deeply"),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    """A mistake is told with its place, and no text harms the server."""
    got = JSON.check(text, field("json"))
    assert isinstance(got, InvalidValue)
    assert got.message == message
