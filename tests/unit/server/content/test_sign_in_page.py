"""The sign-in page, in all languages."""

import pytest

from gradstream.format.gate import CLOSED, Gate, proof_of
from gradstream.format.theme.types import Theme
from gradstream.server.content.catalog_json import theme_view
from gradstream.server.content.sign_in_page import SignInView, sign_in_html
from gradstream.server.content.sign_in_words import WORDS, words_for
from tests.conftest import ROOT

GATE = Gate(users={"ada": proof_of("correct horse")})


def view(**changes: object) -> SignInView:
    """Return what the page of a catalog says; `changes` are fields of the view."""
    fields: dict[str, object] = {"base": "./", "title": "Lab", "theme": theme_view(Theme()), "gate": GATE}
    return SignInView(**{**fields, **changes})  # type: ignore[arg-type]


def test_the_languages_are_those_of_the_page() -> None:
    """Who reads the page in a language signs in in that language."""
    spoken = (ROOT / "web" / "src" / "words" / "languages.ts").read_text(encoding="utf-8")
    for name, words in WORDS.items():
        assert f'  {name}: {{ tag: "{words.tag}", direction: "{words.direction}"' in spoken
    assert len(WORDS) == spoken.count("{ tag: ")
    assert words_for("pt-BR") is WORDS["pt"]
    assert words_for("sw") is words_for(None) is WORDS["en"]


@pytest.mark.parametrize("language", WORDS)
def test_what_is_said(language: str) -> None:
    """Each thing is said in words of its own, with what belongs in it."""
    words = WORDS[language]
    said = {
        "wrong": sign_in_html(view(is_wrong=True, name="ada"), words),
        "wait": sign_in_html(view(is_wrong=True, wait_s=17), words),
        "user": sign_in_html(view(user="b<b"), words),
        "closed": sign_in_html(view(gate=CLOSED), words),
        "programs": sign_in_html(view(gate=Gate(token=b"x")), words),
        "framed": sign_in_html(view(tab="demos/a"), words),
    }
    assert len(set(said.values())) == len(said)
    assert b"17" in said["wait"]
    assert b"<bdi>b&lt;b</bdi>" in said["user"]
    assert b'value="ada"' in said["wrong"]
    has_form = {name: b"<form" in page for name, page in said.items()}
    assert [name for name, has in has_form.items() if has] == ["wrong", "wait", "user"]
    assert all(b"{" not in page.partition(b"</style>")[2] for page in said.values())
