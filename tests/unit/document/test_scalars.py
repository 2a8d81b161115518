"""Plain scalars mean what YAML 1.2's core schema says."""

import math

import pytest

from gradstream.document.scalars import NumberTooLargeError, resolve


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("TRUE", True),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("+7", 7),
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("1e3", 1000.0),
        ("-.5", -0.5),
        ("1.", 1.0),
        ("6.02E+23", 6.02e23),
        ("9223372036854775807", 2**63 - 1),
        ("-9223372036854775808", -(2**63)),
        ("00000000000000000000000000001", 1),
    ],
)
def test_what_the_core_schema_knows(text: str, value: object) -> None:
    """Numbers, booleans and nothing are read, with their Python type."""
    assert resolve(text) == value
    assert type(resolve(text)) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "Yes",
        "NO",
        "1_000",
        "2024-01-01",
        "1:30",
        "0b11",
        "0o8",
        "0x",
        "1e",
        ".",
        "-",
        "+",
        "--",
        "1.2.3",
        "tRue",
        "nULL",
        "0x-1",
        "٣",
        "1e5x",
    ],
)
def test_everything_else_is_text(text: str) -> None:
    """What YAML 1.1 or Python would read as something else is text."""
    assert resolve(text) == text


def test_infinity_and_not_a_number() -> None:
    """The core schema's special floats are read; who cannot use them says so."""
    assert resolve(".inf") == math.inf
    assert resolve("-.INF") == -math.inf
    nothing = resolve(".NaN")
    assert isinstance(nothing, float)
    assert math.isnan(nothing)


@pytest.mark.parametrize("text", ["9223372036854775808", "-9223372036854775809", "9" * 5000, "0x" + "F" * 17])
def test_integers_beyond_64_bits_are_refused(text: str) -> None:
    """A whole number that no process can hand on is never changed silently."""
    with pytest.raises(NumberTooLargeError):
        resolve(text)
