"""Nodes become values with places; aliases, variables and ignored keys are dealt with."""

import pytest

from gradstream.diagnostics import Span
from tests.unit.document.reading import document_of, mistake_of, place_of, reading_of, values_of


def placed(span: Span) -> tuple[int, int, int, int]:
    """Return a span's four numbers."""
    return span.line, span.column, span.end_line, span.end_column


TEXT = """\
title: Count
inputs:
  steps: {type: slider, minimum: 1}
tags:
- image
- "two words"
text: |
  first
  second

empty:
last: 1
"""


@pytest.mark.parametrize(
    ("route", "key", "value"),
    [
        (("title",), (1, 1, 1, 6), (1, 8, 1, 13)),
        (("inputs",), (2, 1, 2, 7), (3, 3, 3, 36)),
        (("inputs", "steps"), (3, 3, 3, 8), (3, 10, 3, 36)),
        (("inputs", "steps", "minimum"), (3, 25, 3, 32), (3, 34, 3, 35)),
        (("tags",), (4, 1, 4, 5), (5, 1, 6, 14)),
        (("tags", 1), (6, 3, 6, 14), (6, 3, 6, 14)),
        (("text",), (7, 1, 7, 5), (7, 7, 9, 9)),
        (("empty",), (11, 1, 11, 6), (11, 1, 11, 6)),
        (("last",), (12, 1, 12, 5), (12, 7, 12, 8)),
    ],
)
def test_places(route: tuple[str | int, ...], key: tuple[int, ...], value: tuple[int, ...]) -> None:
    """Each key and value has exact ends: no trailing blank lines, and an empty value is its key."""
    document = document_of(TEXT)
    assert placed(document.key_span(route)) == key
    assert placed(document.span(route)) == value


def test_a_place_that_does_not_exist_is_the_nearest_around_it() -> None:
    """What is missing is pointed at where it should be."""
    document = document_of(TEXT)
    assert document.key_span(("inputs", "steps", "maximum")) == document.key_span(("inputs", "steps"))


def test_aliases_point_at_the_alias() -> None:
    """Everything that comes by an alias has the alias's place."""
    document = document_of("x-shared: &shared\n  type: slider\nsteps: *shared\n")
    assert document.values == {"steps": {"type": "slider"}}
    assert placed(document.span(("steps", "type"))) == (3, 8, 3, 15)


def test_keys_that_begin_with_x_are_dropped_anywhere() -> None:
    """Notes are not values, at any depth, and mistakes in them are ignored."""
    text = "x-a: ${NOBODY}\nb:\n  x-c: !odd 1\n  d:\n  - x-e: 1\n    f: 2\n"
    assert values_of(text) == {"b": {"d": [{"f": 2}]}}


def test_keys_are_text() -> None:
    """A key is what is written, whatever it would mean as a value."""
    assert values_of("1: a\ntrue: b\nno: c\n~: d\n") == {"1": "a", "true": "b", "no": "c", "~": "d"}


def test_a_key_given_twice_is_told_at_the_second() -> None:
    """The first value stays, the second is a mistake that names the first's line."""
    reading = reading_of("a: 1\nb: 2\na: 3\n")
    (mistake,) = reading.diagnostics
    assert (mistake.code, place_of(mistake)) == ("E-DUPLICATE-KEY", (3, 1, 3, 2))
    assert "line 1" in mistake.found
    assert reading.document is not None
    assert reading.document.values == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<<: {a: 1}\n", "E-MERGE-KEY"),
        ("? [a]\n: 1\n", "E-KEY"),
        ("a: !!int x\n", "E-TAG"),
        ("a: !!python/name:os.system\n", "E-TAG"),
        ("a: !!set {b}\n", "E-TAG"),
        ("a: !!bool 1\n", "E-TAG"),
        ("a: .inf\n", "E-NUMBER"),
        ("a: 1e999\n", "E-NUMBER"),
        ("a: 99999999999999999999\n", "E-NUMBER"),
    ],
)
def test_what_cannot_be_a_value(text: str, code: str) -> None:
    """Each unusable key or value is one mistake, and a hole in the document."""
    assert mistake_of(text).code == code


def test_a_quoted_merge_key_is_a_key() -> None:
    """Quotes make `<<` a name like any other."""
    assert values_of('"<<": 1\n') == {"<<": 1}


def test_core_tags_are_obeyed() -> None:
    """Tags of the core schema say what a scalar is."""
    assert values_of("a: !!str 5\nb: !!float 3\nc: !!null ''\n") == {"a": "5", "b": 3.0, "c": None}


def test_a_plain_result_is_resolved_again_and_a_quoted_one_stays_text() -> None:
    """A variable's value means what the same text would mean in its place."""
    text = "a: ${COUNT}\nb: '${COUNT}'\nc: \"${COUNT}\"\nd: 1${COUNT}\ne: ${YES}\nf: |-\n  ${COUNT}\n"
    assert values_of(text) == {"a": 5, "b": "5", "c": "5", "d": 15, "e": True, "f": "5"}


def test_a_missing_variable_is_told_where_it_is_written() -> None:
    """The place is the variable's own, in long texts too, and the value becomes a hole."""
    reading = reading_of("text: |\n  first\n  then ${NOBODY}\n")
    (mistake,) = reading.diagnostics
    assert (mistake.code, place_of(mistake)) == ("E-VARIABLE-MISSING", (3, 8, 3, 17))
    assert reading.document is not None
    assert reading.document.holes == {("text",)}


@pytest.mark.parametrize(
    "text", ["a: {b: ${NAME}}\n", "a: [${NAME}, 1]\n", "a: [1, ${NAME:-x}]\n", "a: {${NAME}: 1}\n"]
)
def test_a_variable_in_braces_has_a_diagnostic_of_its_own(text: str) -> None:
    """Missing quotes are reported at the variable, with what to write."""
    mistake = mistake_of(text)
    start = text.index("$") + 1
    assert (mistake.code, mistake.span.column) == ("E-VARIABLE-IN-BRACES", start)
    assert '"${NAME' in mistake.repair


def test_in_quotes_a_variable_may_stand_in_braces() -> None:
    """What the diagnostic recommends works."""
    assert values_of('a: {b: "${NAME}"}\n') == {"a": {"b": "Ada"}}


@pytest.mark.parametrize(
    ("text", "route", "secret"),
    [
        ("with:\n  token: ${NAME}\n", ("with", "token"), True),
        ("actions:\n  go:\n    with:\n      token: x${NAME}\n", ("actions", "go", "with", "token"), True),
        ("worker:\n  shared: ${NAME}\n", ("worker", "shared"), True),
        ("x-s: &s ${NAME}\naccess:\n  token: *s\n", ("access", "token"), True),
        ("with:\n  token: plain\n", ("with", "token"), False),
        ("title: ${NAME}\n", ("title",), False),
    ],
)
def test_which_values_are_secret(text: str, route: tuple[str, ...], *, secret: bool) -> None:
    """A value from the environment under with, worker or access is a secret, by an alias too."""
    document = document_of(text)
    assert document.is_secret(route) is secret


def test_the_secrets_of_a_document() -> None:
    """Secrets are known as text, each once; what is too short to be one is left out."""
    text = "title: ${LONG}\nwith:\n  a: x ${LONG}\n  b: ${LONG}\n  c: ${LONG}\n  d: ${COUNT}\n  e: ${YES}\n"
    assert document_of(text).secret_values() == ("x long enough", "long enough")
