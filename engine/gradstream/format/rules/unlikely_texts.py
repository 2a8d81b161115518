"""Texts that are valid and were hardly meant: a variable of a shell, an entity of HTML, a lost word.

token: $TOKEN             -> the word $TOKEN              meant: ${TOKEN}
title: Tom &amp; Jerry    -> the letters &amp;            meant: Tom & Jerry
title: &Co Demo           -> the text `Demo`, marked &Co  meant: "&Co Demo"
choices: [a, b, ...]      -> a choice of three points     meant: more of them
"""

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from gradstream.diagnostics import Fix
from gradstream.document.line_index import Stretch
from gradstream.document.types import Document, Route
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.mistakes.yaml_pitfalls import SHOWN_KEYS, SHOWN_LISTS

CODE = "W-UNLIKELY"
ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{2,5}|#x[0-9a-fA-F]{2,5});")
SHELL = re.compile(
    r"\$(?:env:)?(?P<plain>[A-Z][A-Z0-9_]{2,})|\$?\{\{\s*(?:\w+\.)*(?P<name>\w+)\s*\}\}"
    r"|%(?P<windows>[A-Z][A-Z0-9_]{2,})%"
    r"|(?:os\.)?(?:environ\[|environ\.get\(|getenv\(|process\.env\.|env\[|ENV\[)"
    r"[\"']?(?P<called>[A-Za-z]\w*)[\"']?[)\]]?"
)
HIDDEN = re.compile(r"[\x00\x07\x08\x0b\x0c\x1b]")
WINDOWS = re.compile(r"[A-Za-z]:(?:[\t\n\r\\]|[^\s/]*[\t\n\r]\w)")
FORMULA = re.compile(r"\$[^$]*[\t\n\r][a-z]{2,}[^$]*\$")
"""What a path of Windows or a formula of LaTeX has become of `\\t`, `\\n` and `\\r` in double quotes."""

PREFIXED = re.compile(r"(?P<prefix>[fFrRbBuU]{1,2})(?P<sign>[\"'])(?P<inner>[^\"']+)(?P=sign)")
PLACEHOLDER = re.compile(r"\.{3}|…|<(?:your|insert|my)\b[^<>]*>|\[(?:your|insert)\b[^\]]*\]", re.IGNORECASE)
"""What an example, or an answer of a chat, has where something is to be filled in."""

DIVIDED = re.compile(r"(?P<first>[^\W\d_]{2,})-[ \t]*\r?\n[ \t]*(?P<second>[^\W\d_]{2,})")
"""A word that is divided at the end of a line, between which YAML puts a space."""

MARK = re.compile(r"&(?P<name>[^\s,\[\]{}]+)[ \t]+$")


def check_texts(findings: Findings) -> None:
    """Note the texts of a document that say something else than their author most likely thinks."""
    _walk(findings.document.values, (), findings)


def _walk(value: Any, route: Route, findings: Findings) -> None:
    if isinstance(value, Mapping):
        for key, below in value.items():
            _walk(below, (*route, key), findings)
    elif isinstance(value, list):
        for index, below in enumerate(value):
            _walk(below, (*route, index), findings)
    elif isinstance(value, str) and not findings.document.names_at(route):
        for check in CHECKS:
            check(route, value, findings)


def _entity(route: Route, value: str, findings: Findings) -> None:
    """Find what a web page's source writes for signs, in a text that is shown as it is."""
    found = ENTITY.search(value)
    if found is None or not _is_shown(route) or "description" in route or "\n" in value:
        return
    plain = edits.text(html.unescape(value).replace("\u00a0", " "), in_braces=True)
    _add(
        route,
        findings,
        f"`{found.group()}` is shown as these letters: texts are not HTML",
        expected=f"`{html.unescape(found.group())}`",
        found=f"`{found.group()}`",
        repair=f"write {plain}",
        fixes=edits.replace_value(findings.document, route, plain),
    )


def _variable(route: Route, value: str, findings: Findings) -> None:
    """Find a variable of a shell or of a workflow as the whole value of a constant."""
    found = SHELL.fullmatch(value.strip())
    if found is None or "with" not in route or _is_quoted(findings.document, route):
        return
    name = next(each for each in found.groups() if each)
    written = f"${{{name}}}"
    _add(
        route,
        findings,
        f"the function is given the text `{value}`, and not the value of a variable",
        expected=f"`{written}` for the value of the variable `{name}`",
        found=f"the text `{value}`",
        repair=f"write {written}, or put the text in quotes if it is meant",
        fixes=(
            *edits.replace_value(findings.document, route, written),
            *edits.replace_value(findings.document, route, edits.quoted(value)),
        ),
    )


def _escaped(route: Route, value: str, findings: Findings) -> None:
    """Find a backslash in double quotes that has become a tab, a line's end or a sign that nobody sees."""
    place = edits.place_of(findings.document, route)
    if place is None or not (HIDDEN.search(value) or WINDOWS.match(value) or FORMULA.search(value)):
        return
    written = findings.document.source[place.value.start : place.value.end]
    if not re.fullmatch(r'"[^"\r\n]*"', written) or "\\" not in written:
        return
    single = edits.quoted(written[1:-1])
    found = re.search(r"\\[abefnrtv0]\w*", written)
    shown = found.group() if found else written
    _add(
        route,
        findings,
        f"`{shown}` in double quotes is a sign that is not seen, and not these letters",
        expected="single quotes, in which a backslash is plain",
        found=f"`{written}`",
        repair=f"write {single}",
        fixes=edits.replace_value(findings.document, route, single),
    )


def _prefixed(route: Route, value: str, findings: Findings) -> None:
    """Find a text with a letter before its quotes, as Python has it."""
    found = PREFIXED.fullmatch(value)
    if found is None or _is_quoted(findings.document, route):
        return
    plain = edits.quoted(found["inner"])
    _add(
        route,
        findings,
        f"`{found['prefix']}` and the quotes belong to the text: YAML has no such prefix",
        expected="the text alone, or in quotes",
        found=f"`{value}`",
        repair=f"write {plain}",
        fixes=edits.replace_value(findings.document, route, plain),
    )


def _mark(route: Route, value: str, findings: Findings) -> None:
    """Find a first word with `&`, which YAML takes for a mark that nothing refers to."""
    document = findings.document
    place = edits.place_of(document, route)
    if place is None or not _is_shown(route):
        return
    start = edits.line_start(document.source, place.value.start)
    found = MARK.search(document.source[start : place.value.start])
    text, at = value, place.value.start
    if found is None:
        inner = re.match(r"&(?P<name>[^\s,\[\]{}]+)[ \t]+", document.source[at : place.value.end])
        if inner is None:
            return
        name, begin = inner["name"], at
    else:
        name, begin = found["name"], start + found.start()
    if re.search(rf"\*{re.escape(name)}(?![\w-])", document.source):
        return
    whole = f'"&{name} {text}"'
    stretch = Stretch(begin, place.value.end)
    _add(
        route,
        findings,
        f"`&{name}` is a mark of YAML, and not a part of the text, which is `{text}`",
        expected="text that begins with & in quotes",
        found=f"`&{name}`, and nothing that refers to it",
        repair=f"write {whole}",
        fixes=(Fix(title=f"write {whole}", edits=(edits.edit(document, stretch, whole),)),),
    )


def _placeholder(route: Route, value: str, findings: Findings) -> None:
    """Find what stands for something that was to be filled in."""
    if PLACEHOLDER.fullmatch(value.strip()) is None or not _is_shown(route):
        return
    _add(
        route,
        findings,
        f"`{value}` is shown as it is written: nothing has been put in its place",
        expected="what is meant",
        found=f"`{value}`",
        repair="write what is meant, or remove it",
        fixes=(),
    )


def _divided(route: Route, value: str, findings: Findings) -> None:
    """Find a word that is divided at the end of a line, which is shown with a hyphen and a space."""
    document = findings.document
    place = edits.place_of(document, route)
    if place is None or not _is_shown(route) or document.source[place.value.start] == "|":
        return
    found = DIVIDED.search(document.source, place.value.start, place.value.end)
    if found is None or f"{found['first']}- {found['second']}" not in value:
        return
    stretch = Stretch(*found.span())
    ways = (f"{found['first']}{found['second']}", f"{found['first']}-{found['second']}")
    _add(
        route,
        findings,
        f"`{found['first']}- {found['second']}` is shown with a space: its two lines are one text",
        expected=f"`{ways[0]}` or `{ways[1]}`",
        found=f"`{found['first']}-` at the end of a line",
        repair=f"write `{ways[0]}`, or `{ways[1]}`, on one line",
        fixes=tuple(Fix(title=f"write {way}", edits=(edits.edit(document, stretch, way),)) for way in ways),
    )


def _add(
    route: Route,
    findings: Findings,
    message: str,
    *,
    expected: str,
    found: str,
    repair: str,
    fixes: tuple[Fix, ...],
) -> None:
    findings.add(
        route,
        CODE,
        message,
        severity="warning",
        expected=expected,
        found=found,
        repair=repair,
        fixes=fixes,
    )


def _is_shown(route: Route) -> bool:
    keys = [step for step in route if isinstance(step, str)]
    return bool(keys) and (keys[-1] in SHOWN_KEYS or (keys[-1] in SHOWN_LISTS and isinstance(route[-1], int)))


def _is_quoted(document: Document, route: Route) -> bool:
    place = edits.place_of(document, route)
    return place is None or document.source[place.value.start] in "\"'|>"


CHECKS: tuple[Callable[[Route, str, Findings], None], ...] = (
    _entity,
    _variable,
    _escaped,
    _prefixed,
    _mark,
    _placeholder,
    _divided,
)
