"""Values with what clings to them: typographic quotes, bullets, dashes, wide commas, two ends of a range.

default: „cheerful“    - a           [words;starter]    range: 1..5
- b
- c
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from gradstream.diagnostics import Fix
from gradstream.document.pasted.signs import named as sign_named
from gradstream.document.pasted.signs import odd_sign, plain
from gradstream.document.types import Route
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.mistakes.numerals import range_in
from gradstream.format.mistakes.value_repairs import two_bounds
from gradstream.format.mistakes.yaml_pitfalls import SHOWN_KEYS
from gradstream.format.shapes.blocks import CODE, value_at

QUOTES = {
    "“": "”“",
    "”": "”",
    "„": "“”‟",
    "‘": "’‘",
    "’": "’",
    "‚": "‘’",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "`": "`´'",
    "´": "´`",
    "＂": "＂",
}
"""Typographic quotes, and by which each may be closed."""

WIDE_COMMA = re.compile(r"[，、；،؛;]")
BULLET = re.compile(r"(?P<sign>[•·▪‣◦●○–—*]|\d{1,2}[.)])\s+(?=\S)")
DASH = re.compile(r"[\r\n]\s*-\s+")
RANGES = ("range", "bounds", "interval", "between", "minmax", "min_max", "limits")


def check_values(findings: Findings) -> None:
    """Note values that are not what their author sees."""
    for route, value in list(_texts(findings.document.values, ())):
        if not findings.document.names_at(route):
            for check in (_quotes, _dash_within, _wide_comma, _bullet, _odd):
                if check(route, value, findings):
                    break
    inputs = findings.document.values.get("inputs")
    for name, config in (inputs if isinstance(inputs, Mapping) else {}).items():
        if isinstance(config, Mapping):
            _range(("inputs", name), config, findings)


def _texts(value: Any, route: Route) -> Iterator[tuple[Route, str]]:
    """Yield each text that visitors do not read, with its route."""
    if isinstance(value, str) and value:
        keys = [step for step in route if isinstance(step, str)]
        if keys and keys[-1] not in SHOWN_KEYS and "with" not in keys and keys[0] != "examples":
            yield route, value
    elif isinstance(value, Mapping):
        for key, below in value.items():
            yield from _texts(below, (*route, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _texts(below, (*route, index))


def _quotes(route: Route, value: str, findings: Findings) -> bool:
    closing = QUOTES.get(value[0])
    if closing is None or len(value) < 2 or value[-1] not in closing:
        return False
    inner = value[1:-1]
    if any(sign in inner for sign in (value[0], value[-1])):
        return False
    written = edits.text(inner, in_braces=True)
    _report(
        route,
        findings,
        message=f"the quotes around `{inner}` are typographic, and belong to the text",
        expected="plain quotes, or none",
        found=f"`{value}`",
        repair=f"write {written}",
        fixes=edits.replace_value(findings.document, route, written),
    )
    return True


def _dash_within(route: Route, _value: str, findings: Findings) -> bool:
    """Find a member of a list whose dash is indented by more than those above it."""
    document = findings.document
    place = edits.place_of(document, route)
    if place is None or not isinstance(route[-1], int):
        return False
    source = document.source[place.value.start : place.value.end]
    found = DASH.search(source)
    if found is None or source[:1] in "\"'|>":
        return False
    margin = edits.margin(document.source, place.value.start)[:-2]
    new = DASH.sub(f"\n{margin}- ", source)
    later = source[found.end() :].splitlines()[0]
    _report(
        route,
        findings,
        message=f"the dash before `{later}` is not below the one above it, and belongs to the text",
        expected="dashes of one list in one column",
        found=f"`{' '.join(source.split())}`",
        repair=f"put `- {later}` below the dash above it",
        fixes=edits.replace_value(document, route, new, "put the dashes below each other"),
    )
    return True


def _wide_comma(route: Route, value: str, findings: Findings) -> bool:
    document = findings.document
    place = edits.place_of(document, route)
    if place is None or not isinstance(route[-1], int) or not WIDE_COMMA.search(value):
        return False
    around = document.places[route[:-1]]
    is_only = len(value_at(document, route[:-1])) == 1 and route[-2] in ("choices", "tags")
    if ";" in value and not is_only:
        return False
    is_flow = document.source.startswith("[", around.value.start)
    if not is_flow or document.source[place.value.start] in "\"'":
        return False
    parts = [part.strip() for part in WIDE_COMMA.split(value) if part.strip()]
    written = ", ".join(edits.text(part, in_braces=True) for part in parts)
    sign = WIDE_COMMA.search(value)
    _report(
        route,
        findings,
        message="there is `;` in place of a comma"
        if sign and sign.group() == ";"
        else f"there is {sign_named(sign.group() if sign else '')} in place of a comma",
        expected="a plain comma between the members",
        found=f"`{value}` as one member",
        repair=f"write {written}",
        fixes=edits.replace_value(document, route, written),
    )
    return True


def _bullet(route: Route, value: str, findings: Findings) -> bool:
    found = BULLET.match(value)
    if found is None or not isinstance(route[-1], int) or route[-2] not in ("choices", "tags"):
        return False
    rest = value[found.end() :]
    if found["sign"][:1].isdigit() and route[-2] == "choices":
        return False
    _report(
        route,
        findings,
        message=f"`{found['sign']}` before `{rest}` belongs to the text",
        expected="a dash alone",
        found=f"`{value}`",
        repair=f"write {edits.text(rest)}",
        fixes=edits.replace_value(findings.document, route, edits.text(rest, in_braces=True)),
    )
    return True


def _odd(route: Route, value: str, findings: Findings) -> bool:
    """Find a kind, a path or the like with a sign that looks like another."""
    if route[-1] not in ("type", "generator") and not (len(route) == 2 and route[0] in ("inputs", "outputs")):
        return False
    sign = odd_sign(value)
    if sign is None:
        return False
    _report(
        route,
        findings,
        message=f"there is {sign_named(sign)} in `{route[-1]}`",
        expected=f"`{plain(value)}` in plain letters",
        found=f"U+{ord(sign):04X}",
        repair=f"type `{plain(value)}` again",
        fixes=edits.replace_value(findings.document, route, plain(value)),
    )
    return True


def _range(route: Route, config: Mapping[str, Any], findings: Findings) -> None:
    """Find a key that gives both ends of a range."""
    for key in RANGES:
        value = config.get(key)
        bounds = _bounds(value)
        if bounds is None:
            continue
        is_share = bounds == ("0", "1") and not {"step", "integer"} & set(config)
        repair = two_bounds(bounds, (*route, key), findings.document, more=["step: 0.01"] if is_share else ())
        _report(
            (*route, key),
            findings,
            message=f"`{key}` gives two numbers, which are keys of their own",
            expected="`minimum` and `maximum`",
            found=f"`{key}`",
            repair=repair.words,
            fixes=repair.fixes,
        )


def _bounds(value: Any) -> tuple[str, str] | None:
    if isinstance(value, str):
        return range_in(value)
    ends = list(value.values()) if isinstance(value, Mapping) else value
    if not isinstance(ends, list) or len(ends) != 2:
        return None
    return range_in(f"{ends[0]}..{ends[1]}")


def _report(
    route: Route,
    findings: Findings,
    *,
    message: str,
    expected: str,
    found: str,
    repair: str,
    fixes: tuple[Fix, ...],
) -> None:
    findings.add(route, CODE, message, expected=expected, found=found, repair=repair, fixes=fixes)
