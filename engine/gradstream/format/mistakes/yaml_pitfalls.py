"""What YAML reads otherwise than it was meant: a comma that begins a key, a `#` that begins a comment.

{type: text, label: Hello, world}   ->  a key `world`      meant: label: "Hello, world"
colour: #ff8800                     ->  no value           meant: colour: "#ff8800"
title: C# demo #1                   ->  the text `C# demo` meant: title: "C# demo #1"
"""

import re
from collections.abc import Iterator

from gradstream.diagnostics import Fix
from gradstream.document.line_index import Stretch
from gradstream.document.types import Document, Route
from gradstream.format.edits import edit
from gradstream.format.findings import Findings

BRACES = "{["

SHOWN_KEYS = frozenset({"title", "description", "label", "button", "placeholder", "author"})
"""Keys whose text visitors read."""

SHOWN_LISTS = frozenset({"choices", "tags", "columns"})
"""Keys whose members visitors read."""

CUT = re.compile(r"[ \t]+#[^\W_][^\r\n]*")
"""What follows a text that a number sign has cut: a comment that people write has a space after its sign."""


def split_by_comma(document: Document, route: Route) -> tuple[str, str] | None:
    """Return the key whose text a comma has cut in two, and the whole text; None where that is not so."""
    *around, name = route
    holder = document.values
    for step in around:
        holder = holder[step]
    names = list(holder)
    index = names.index(name)
    if holder[name] is not None or index == 0:
        return None
    before = names[index - 1]
    place = document.places.get((*around, name))
    if place is None or place.key is None or not isinstance(holder[before], str):
        return None
    text = document.source[: place.key.start].rstrip()
    return (before, f"{holder[before]}, {name}") if text.endswith(",") else None


def commented_out(document: Document, route: Route) -> str | None:
    """Return the comment in place of the value at the route, None if there is none."""
    place = document.places.get(route)
    if place is None or place.key is None:
        return None
    rest = document.source[place.key.end :].partition("\n")[0].lstrip(" :")
    return rest.rstrip() if rest.startswith("#") and not rest.startswith("# ") else None


def check_cut_texts(findings: Findings) -> None:
    """Note texts that visitors read and that a `#` ends, where a comment was hardly meant."""
    for route, text, rest in _cut_texts(findings.document):
        whole = text + rest
        quoted = f'"{whole}"' if '"' not in whole else f"'{whole}'"
        findings.add(
            route,
            "W-CUT-BY-COMMENT",
            f"a `#` after a space begins a comment: the text ends at `{text}`",
            severity="warning",
            expected="the whole text in quotes, or a comment with a space after its `#`",
            found=f"`{rest.strip()}` as a comment",
            repair=f"write {quoted}, in quotes",
            fixes=_cut_fixes(findings.document, route, quoted, rest),
        )


def _cut_fixes(document: Document, route: Route, quoted: str, rest: str) -> tuple[Fix, ...]:
    """Return both ways: the whole text in quotes, or a comment that is written like one."""
    end = document.places[route].value.end
    whole = Stretch(document.places[route].value.start, end + len(rest))
    sign = end + rest.index("#") + 1
    return (
        Fix(title=f"write {quoted}", edits=(edit(document, whole, quoted),)),
        Fix(title="write a space after the #", edits=(edit(document, Stretch(sign, sign), " "),)),
    )


def _cut_texts(document: Document) -> Iterator[tuple[Route, str, str]]:
    """Yield the route, the text as written and the comment right behind it, of each text that is cut."""
    for route, place in document.places.items():
        is_word = place.key is None and len(route) > 1 and route[-2] in SHOWN_LISTS
        if not is_word and (place.key is None or route[-1] not in SHOWN_KEYS):
            continue
        text = document.source[place.value.start : place.value.end]
        found = CUT.match(document.source, place.value.end)
        if found is not None and text and text[0] not in "\"'|>{[&*!" and "\n" not in text:
            yield route, text, found.group().rstrip()
