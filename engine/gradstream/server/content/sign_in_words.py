"""The words of the sign-in page, in the languages of the page: it has no script that could load them.

sign_in_words.json --one `SignInWords` a language--> the page
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct, json


class SignInWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All words in one language; `{seconds}` and `{name}` are replaced."""

    tag: str
    direction: Literal["ltr", "rtl"]
    title: str
    name: str
    password: str
    submit: str
    wrong: str
    wait: str
    signed_in: str
    programs: str
    closed: str
    framed: str
    open_tab: str


WORDS: Mapping[str, SignInWords] = json.decode(
    Path(__file__).with_name("sign_in_words.json").read_bytes(), type=dict[str, SignInWords]
)
"""By language, as `web/src/words/languages.ts` names them."""


def words_for(language: str | None) -> SignInWords:
    """Return the words of a language such as de-CH; English where they are missing."""
    return WORDS.get((language or "").partition("-")[0].lower(), WORDS["en"])
