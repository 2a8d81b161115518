r"""Mistakes that come from elsewhere: each is reported once, and its repair is what its author meant.

`cases.txt` has a name in brackets, the text, `---`, and the text after all certain repairs; or `says:` and
words of the report where the author has to decide. `loses:` has the words of the text that are not in the
repaired one: those of other tools, and what is said in another way. `gradstream: 1`, a generator and an
output are added to a text without them; one that begins with `!` is whole. `\u00a0` is a character by its
number.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from gradstream.catalog.checked_file import check_data, read_context
from gradstream.catalog.discovery import demo_file_at
from gradstream.diagnostics import Diagnostic
from gradstream.repairs.safe import repaired
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "examples"
CONTEXT = read_context(FOLDER, environ={})
FILE = replace(demo_file_at(FOLDER / "case.yaml", "case.yaml", fixed=""), file="case.yaml")
SEVERAL = frozenset(
    {
        "accept regex",
        "everything at once",
        "fn and stream",
        "gradio Chatbot",
        "gradio inputs strings",
        "gradio interface whole",
        "guillemets",
        "guillemets in tags",
        "json schema types",
        "keys caps",
        "numbers in quotes",
        "percent again",
        "semicolon after",
        "units px",
    }
)
"""Cases with several mistakes, each told once."""


class Case(Struct, frozen=True):
    """A text, and what it becomes or what is said of it."""

    name: str
    before: str
    after: str = ""
    says: str = ""
    loses: tuple[str, ...] = ()


def whole(text: str) -> str:
    """Return a text as a demo's file."""
    text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    if text.startswith("!"):
        return text[1:].lstrip("\n")
    parts = [] if re.search("^gradstream", text, re.MULTILINE) else ["gradstream: 1\n"]
    parts += [] if re.search("^generator", text, re.MULTILINE) else ["generator: studio.anything\n"]
    parts += [text] if re.search("^outputs", text, re.MULTILINE) else [text, "outputs:\n  answer: text\n"]
    return "".join(parts)


def read_cases() -> list[Case]:
    """Return all cases."""
    cases = []
    for part in re.split(
        r"^\[", Path(__file__).with_name("cases.txt").read_text("utf-8"), flags=re.MULTILINE
    )[1:]:
        name, _, body = part.partition("]\n")
        before, _, after = body.partition("---\n")
        says = after.removeprefix("says:").strip() if after.startswith("says:") else ""
        after, _, loses = after.partition("loses: ")
        cases.append(Case(name, whole(before), "" if says else whole(after), says, tuple(loses.split())))
    return cases


WORD = re.compile(r"[^\W\d_]\w+")


@lru_cache(maxsize=8)
def find(text: str) -> Sequence[Diagnostic]:
    """Check a text."""
    return check_data(text.encode(), FILE, CONTEXT, asked=True).diagnostics


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_it_is_reported_once_and_repaired_as_it_was_meant(case: Case) -> None:
    """There are no echoes, and `check --fix` makes of it what was meant; a second time changes nothing."""
    found = find(case.before)
    assert len(found) == 1 or case.name in SEVERAL, [each.message for each in found]
    after = repaired(case.before, find)
    if case.says:
        assert case.says in f"{found[0].message}; {found[0].repair}"
        assert after == case.before
    else:
        assert after == case.after
        assert find(after) == ()
    assert repaired(after, find) == after


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_a_repair_loses_no_word_but_those_that_the_case_names(case: Case) -> None:
    """What an author has written is in the repaired file, in its place or as a comment."""
    after = (case.after or case.before).casefold()
    lost = [word for word in dict.fromkeys(WORD.findall(case.before)) if word.casefold() not in after]
    assert tuple(lost) == case.loses
