"""Secrets are taken out of texts."""

import json
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.redaction.mask import HIDDEN, Mask, StreamMask, hide, mask_of


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


ACCESS_KEY = "AKIA9/abcDEF/ghiJKL/mnoPQR+stu=="
ACCOUNT = {
    "type": "service_account",
    "private_key_id": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
    "private_key": PEM,
    "client_email": "demo@example.iam.example.com",
}


@given(st.integers(0, len(ACCESS_KEY) - 12), st.integers(12, len(ACCESS_KEY)), st.text(max_size=20))
def test_a_long_piece_of_a_secret(start: int, length: int, before: str) -> None:
    """Twelve adjacent characters, from wherever in it, are masked."""
    piece = ACCESS_KEY[start : start + length]
    assert piece not in hide(f"{before} {piece} after", {ACCESS_KEY})


def test_a_piece_without_line_breaks() -> None:
    """The text of a key without its line breaks, or with others, is masked."""
    body = "".join(PEM.splitlines()[1:-1])
    assert hide(body, {PEM}) == HIDDEN
    assert hide(f"{body[:40]}\n{body[40:]}", {PEM}) == f"{HIDDEN}\n{HIDDEN}"


def test_a_key_whose_line_breaks_are_escaped() -> None:
    """A variable often has a backslash and an n for each line break, and the code puts them back."""
    assert hide(PEM, {PEM.replace("\n", "\\n")}).replace(HIDDEN, "").strip() == ""


@pytest.mark.parametrize("indent", [None, 2])
def test_what_is_within_json(indent: int | None) -> None:
    """Each value of a service account is a secret, and so is each line of its key."""
    secret = json.dumps(ACCOUNT, indent=indent)
    for value in (*ACCOUNT.values(), *PEM.splitlines()):
        assert hide(f"found {value} there", {secret}).replace(HIDDEN, "").split() == ["found", "there"]


def test_the_password_of_an_address() -> None:
    """A driver says the password alone, as it is and quoted."""
    secret = {"postgres://ada:p%40ss-w0rd@db.example.com/lab"}
    assert hide("refused p@ss-w0rd or p%40ss-w0rd", secret) == f"refused {HIDDEN} or {HIDDEN}"
    assert (
        hide("see https://db.example.com/lab/index.html", secret)
        == "see https://db.example.com/lab/index.html"
    )


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        (
            "https://hooks.example.com/services/T0/B0/abcdefghijkl",
            "404 for https://hooks.example.com/services",
        ),
        ("/srv/models/private/weights.bin", "File /srv/models/private/code.py, line 3"),
        ("please answer in a friendly way", "She said: answer in a friendly manner"),
    ],
)
def test_what_other_texts_have_too(secret: str, text: str) -> None:
    """The host of an address, the folders of a path and the words of a sentence are no pieces."""
    assert hide(text, {secret}) == text
    assert hide(f"a {secret} b", {secret}) == f"a {HIDDEN} b"


@given(st.text("abc", min_size=4, max_size=9), st.text("abc", max_size=40), st.lists(st.integers(0, 40)))
def test_a_text_that_grows_is_masked_like_a_whole_one(secret: str, text: str, cuts: list[int]) -> None:
    """Whatever its pieces are, no secret is in what a growing text shows, and nothing else is missing."""
    growing = StreamMask(mask_of([secret]))
    ends = [*sorted(cut for cut in cuts if cut < len(text)), len(text)]
    pieces = [growing.add(text[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
    shown = "".join(pieces)
    assert secret not in shown
    shown += growing.flush()
    assert secret not in shown
    whole = mask_of([secret]).hide_open(text)
    assert shown.replace(HIDDEN, "•") == whole.replace(HIDDEN, "•")


class CountingText(str):
    """A text that counts the characters of which copies are made."""

    __slots__ = ()
    copied = 0

    def __getitem__(self, place: Any) -> str:
        found = super().__getitem__(place)
        CountingText.copied += len(found)
        return CountingText(found)


@pytest.mark.parametrize("secret", ["a" * 40, "a" * 2**15, "ab" * 2**14, "a" * 2**14 + "b" + "a" * 2**14])
@pytest.mark.parametrize("ending", ["", "a", "b", "…", "ba…"])
def test_equal_characters_cost_no_more_than_others(secret: str, ending: str) -> None:
    """Of a text and a secret of 32,768 alike characters, each is looked at a few times."""
    CountingText.copied = 0
    text = CountingText("a" * 2**15 + ending)
    mask = Mask([secret])
    mask.hide(text)
    mask.hide_open(text)
    assert CountingText.copied <= 200 * len(text)


def test_the_longest_beginning_is_found_among_many() -> None:
    """Where a text has more places that look like a beginning than are tried one by one."""
    secret = "a" * 50 + "b" + "a" * 50 + "c"
    for text in ("a" * 80, "a" * 50 + "b" + "a" * 30, "a" * 49 + "b" + "a" * 70, "b" + "a" * 51 + "b" + "a"):
        longest = max(n for n in range(len(secret)) if text.endswith(secret[:n]))
        assert Mask([secret]).begun_at(text, shortest=4) == len(text) - longest


def test_a_stream_of_equal_characters() -> None:
    """Character by character, a text is not searched from its beginning each time."""
    searched = 0

    class Counting(Mask):
        def spans(self, text: str) -> list[tuple[int, int]]:
            nonlocal searched
            searched += len(text)
            return super().spans(text)

    stream = StreamMask(Counting(["a" * 5000 + "b"]))
    shown = "".join(stream.add("a") for _ in range(5000)) + stream.add("b") + stream.flush()
    assert shown == "•••"
    assert searched <= 4 * 5001
