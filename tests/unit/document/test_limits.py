"""A file's bounds hold before anything is built from it."""

import pytest

from tests.unit.document.reading import mistake_of, place_of, values_of

LADDER = "a0: &a0 [x]\n" + "".join(
    f"a{step + 1}: &a{step + 1} [{', '.join([f'*a{step}'] * 10)}]\n" for step in range(8)
)


def nested(depth: int) -> str:
    """Return brackets of this depth."""
    return "[" * depth + "]" * depth


def test_depth_64_is_read() -> None:
    """The deepest allowed nesting is a value."""
    value = values_of(nested(64))
    for _ in range(63):
        (value,) = value
    assert value == []


@pytest.mark.parametrize("text", [nested(65), "[" * 30_000, "{a: " * 5_000])
def test_deeper_is_a_mistake(text: str) -> None:
    """Deeper nesting is reported at the bracket that exceeds the limit, however many follow."""
    assert mistake_of(text).code == "E-TOO-DEEP"
    assert mistake_of(text).span.line == 1


def test_depth_counts_through_aliases() -> None:
    """An alias is as deep as what it refers to."""
    text = f"a: &a {nested(40)}\nb: {'[' * 30}*a{']' * 30}\n"
    assert mistake_of(text).code == "E-TOO-DEEP"


def test_a_ladder_of_aliases() -> None:
    """Aliases of aliases count as what they stand for."""
    mistake = mistake_of(LADDER)
    assert (mistake.code, mistake.span.line) == ("E-TOO-MANY-VALUES", 6)


def test_a_hundred_thousand_values() -> None:
    """The bound holds without aliases too."""
    assert mistake_of("[" + "1," * 100_001 + "]").code == "E-TOO-MANY-VALUES"
    assert len(values_of("[" + "1," * 90_000 + "]")) == 90_000


@pytest.mark.parametrize("text", ["a: &x [*x]\n", "&x {a: {b: *x}}\n", "&x\n- - *x\n"])
def test_an_alias_within_its_own_anchor(text: str) -> None:
    """A value that contains itself is reported at the alias."""
    mistake = mistake_of(text)
    assert mistake.code == "E-ALIAS-LOOP"
    start = text.index("*x") - text.rfind("\n", 0, text.index("*x"))
    assert place_of(mistake)[1] == start


def test_an_alias_of_nothing_names_what_there_is() -> None:
    """An unknown alias lists those that exist."""
    mistake = mistake_of("a: &known 1\nb: *unknown\n")
    assert (mistake.code, place_of(mistake)) == ("E-ALIAS-UNKNOWN", (2, 4, 2, 12))
    assert "`*known`" in mistake.expected
