"""A pattern matches the texts that Python's `re` says, and is told of if it is of another kind."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gradstream.format.text_pattern.match import MAX_TEXT, matches
from gradstream.format.text_pattern.read import MAX_STATES, read_pattern
from gradstream.format.text_pattern.types import PatternProblem
from tests.effort import examples

atoms = st.sampled_from(
    ["a", "b", "é", ".", r"\d", r"\w", r"\s", r"\D", r"\W", r"\S", "[ab]", "[^a]", r"[a-c\d]", r"\.", "[-a]"]
)
patterns = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,}", "+?"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=examples(200))
@given(pattern=patterns, text=st.text("ab1é٣_ -.\n", max_size=6))
def test_a_pattern_matches_as_in_python(pattern: str, text: str) -> None:
    """The whole text is compared, with digits and letters of all scripts."""
    assume(not isinstance(read_pattern(pattern), PatternProblem))
    assert matches(pattern, text) == (re.fullmatch(pattern, text) is not None)


def test_classes_have_the_characters_that_they_have_in_python() -> None:
    r"""`\d`, `\w` and `\s` know all scripts."""
    signs = [chr(code) for code in (*range(0x250), 0x1680, 0x2003, 0x2028, 0x3000, 0xFEFF)]
    for name in (r"\d", r"\w", r"\s", r"\D", r"\W", r"\S"):
        found = [sign for sign in signs if matches(name, sign)]
        assert found == [sign for sign in signs if re.fullmatch(name, sign)]


def test_a_pattern_that_takes_others_for_ever_takes_one_pass() -> None:
    """Nested repetitions are decided in as many steps as the text has characters."""
    assert not matches("(a+)+b", "a" * MAX_TEXT)
    assert matches("^(a|a)*$", "a" * MAX_TEXT)
    assert isinstance(read_pattern("((){9999}){9999}"), PatternProblem)
    assert not matches("a*", "a" * (MAX_TEXT + 1))


@pytest.mark.parametrize(
    ("pattern", "found", "repair"),
    [
        ("(a", "`(` without its `)`", r"add `)`, or write `\(` for the character"),
        ("a)", "`)` without its `(`", r"remove it, or write `\)` for the character"),
        ("[a", "`[` without its `]`", r"add `]`, or write `\[` for the character"),
        ("[]", "a set without a character", r"write `\[` and `\]` for the characters"),
        ("[[a]", "`[` within a set", r"write `\[` for the character"),
        ("[z-a]", "a range from `z` to no later character", "turn it round"),
        (r"[\W]", r"`\W` within a set", "write the characters that are meant"),
        ("*a", "`*` with nothing before it", r"write `\*` for the character"),
        ("a**", "`*` after a repetition", "remove it, or put a group around"),
        ("a{3,1}", "`{3,1}`", "write `{1,3}`"),
        ("{", "`{` outside a count or a set", r"write `\{` for the character"),
        ("a$b", "`$` within the pattern", r"write `\$` for the character"),
        (r"\bword", r"`\b`", r"remove it, or write `\\` for a backslash"),
        ("a\\", "`\\`", r"remove it, or write `\\` for a backslash"),
        ("(?=a)b", "`(?=`", "write `(` without `?`, or check it in a `validator`"),
        ("(" * 21 + ")" * 21, "more than 20 groups within each other", "write fewer groups"),
        (
            f"a{{{MAX_STATES + 1}}}",
            "`a{501}`",
            "write `min_length` and `max_length` in place of large counts",
        ),
    ],
)
def test_what_is_not_understood_is_said(pattern: str, found: str, repair: str) -> None:
    """A pattern is refused with what is wrong and what to write."""
    problem = read_pattern(pattern)
    assert isinstance(problem, PatternProblem)
    assert (problem.found, problem.repair) == (found, repair)
