"""Secrets are taken out of texts."""

import json
from urllib.parse import quote, quote_plus

import pytest

from gradstream.redaction import HIDDEN, hide


def test_the_longest_secret_goes_first() -> None:
    """A secret that contains another leaves nothing of itself behind."""
    assert hide("abcdef and abc", {"abc", "abcdef"}) == f"{HIDDEN} and {HIDDEN}"


def test_a_text_without_secrets_stays_as_it_is() -> None:
    """Nothing is hidden where there is nothing to hide."""
    assert hide("as it is", ()) == "as it is"


PEM = """-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASC
BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj
-----END PRIVATE KEY-----
"""


@pytest.mark.parametrize(
    "shown", [PEM, repr(PEM), json.dumps({"key": PEM}), " ".join(PEM.split()), PEM.strip()]
)
def test_a_secret_of_several_lines(shown: str) -> None:
    """It is found across line breaks, however they are written, and so is each of its lines."""
    hidden = hide(f"key: {shown}", {PEM})
    assert not any(line in hidden for line in PEM.splitlines())
    for line in PEM.splitlines():
        assert hide(f"  | {line}", {PEM}) == f"  | {HIDDEN}"


def test_short_lines_of_a_secret_stay() -> None:
    """A brace on a line of its own is part of many texts and gives nothing away."""
    assert hide("a {} b", {'{\n"key": "abcdef"\n}'}) == "a {} b"


@pytest.mark.parametrize("write", [quote, quote_plus, repr, json.dumps, lambda text: quote(text, safe="")])
def test_a_secret_as_other_programs_write_it(write: object) -> None:
    """In a URL, in a `repr` and in JSON it is hidden as well."""
    value = "a/b+c==\"d\\e\tf'g"
    assert callable(write)
    hidden = hide(f"at {write(value)}.", {value})
    assert hidden.strip("at .'\"") == HIDDEN


def test_a_secret_that_was_cut() -> None:
    """The beginning of a secret before a "…" is masked; other texts before one stay."""
    assert hide("found abcdefgh… and more", {"abcdefghijkl"}) == f"found {HIDDEN}… and more"
    assert hide("Loading… abc…", {"abcdefghijkl"}) == "Loading… abc…"
