"""Conditions as expressions or as other tools have them: inputs and their values below `show_if`.

show_if: mode != "easy"    visible_if: {count: {gt: 3}}    depends_on: {field: mode, equals: hard}

what is written --read--> ReadCondition --sayable--> lines of `show_if`, or why it cannot be said
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gradstream.diagnostics import Fix
from gradstream.document.types import Route
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.layout import sections
from gradstream.format.schema.validators import FOLDERS
from gradstream.format.shapes.blocks import CODE, quoted
from gradstream.format.shapes.expressions import (
    SIGNS,
    Both,
    Comparison,
    Either,
    Opposite,
    ReadCondition,
    compared,
    read_condition,
)
from gradstream.format.shapes.sayable import Deciding, UnsayableError, said

KEYS = (
    *("show_if", "visible_if", "visible", "when", "if", "depends_on", "show_when"),
    *("display_if", "condition", "v-if", "x-if", "hidden_unless", "visibleWhen", "showWhen", "dependsOn"),
    *("ng_if", "showIf", "visibleIf", "displayOn", "only_if", "shown_if", "v-show", "*ngIf", "rule"),
)
NEGATIVE = ("hide_if", "hidden_if", "hide_when", "hidden_when", "hideIf", "hiddenIf", "unless", "hidden")
"""Keys whose condition says when something is not shown."""

ENABLING = (
    "enabled_if",
    "enable_if",
    "enabled_when",
    "enable_when",
    "enabledIf",
    "enabledWhen",
    "enableWhen",
)
DISABLING = (
    *("disabled_if", "disable_if", "disabled_when", "disable_when", "disabledIf", "disabledWhen"),
    *("readonly_if", "read_only_if", "readOnlyIf", "readonly_when", "locked_if", "lock_if"),
)
"""Keys whose condition says when something is in grey: it stays on the page, which `show_if` does not do."""

ALL_KEYS = (*KEYS, *NEGATIVE, *ENABLING, *DISABLING)

GREY = "or remove it, and it can always be used: an input is shown or not, and never in grey"

SUBJECTS = ("field", "input", "name", "key", "id", "component", "param", "var", "fact", "variable", "scope")
OPERATORS = ("operator", "op", "comparison", "sign", "cmp")
VALUES = ("value", "values", "schema")
ALL = frozenset({"all", "and", "$and", "every", "allof", "all_of", "&&"})
ANY = frozenset({"any", "or", "$or", "some", "anyof", "any_of", "one_of", "||"})
NOT = frozenset({"not", "$not", "none", "nor", "!"})
BOUNDS: Mapping[str, str] = {
    **dict.fromkeys(("min", "minimum", "from", "at_least"), ">="),
    **dict.fromkeys(("max", "maximum", "to", "at_most"), "<="),
    **dict.fromkeys(("not", "$ne"), "!="),
    **dict.fromkeys(("const", "equalto"), "="),
    **dict.fromkeys(("enum", "any", "$in"), "in"),
    "$nin": "not in",
}
"""Words that other tools have below a name, beside the signs."""


def check_expressions(findings: Findings) -> None:
    """Note conditions that are not inputs with their values."""
    values = findings.document.values
    inputs = values.get("inputs")
    if not isinstance(inputs, Mapping):
        return
    deciding = Deciding(inputs)
    for route, written in _written(values):
        _check(route, written, deciding, findings)


def _written(values: Mapping[str, Any]) -> Iterator[tuple[Route, Any]]:
    """Yield what is written where a condition can be, with its route."""
    for folder in FOLDERS:
        components = values.get(folder)
        for name, config in (components if isinstance(components, Mapping) else {}).items():
            for key in ALL_KEYS if isinstance(config, Mapping) else ():
                if key in config and (key == "show_if" or "show_if" not in config):
                    yield (folder, name, key), config[key]
    layout = values.get("layout")
    for around, section in sections(layout) if isinstance(layout, list) else ():
        if "show_if" in section:
            yield (*around, "show_if"), section["show_if"]


def _check(route: Route, written: Any, deciding: Deciding, findings: Findings) -> None:
    key = str(route[-1])
    if key == "show_if" and _is_right(written, deciding):
        return
    condition = _condition(written, deciding)
    if condition is None:
        _report_unread(route, written, deciding, findings)
        return
    if key in (*NEGATIVE, *DISABLING):
        condition = Opposite(condition)
    readings = [condition]
    if isinstance(written, list) and isinstance(condition, Both) and len(condition.parts) > 1:
        # Whether all of a list must hold or one of them, only its author knows.
        readings.append(Either(condition.parts))
    try:
        ways = [edits.entry("show_if", said(each, deciding)) for each in readings]
    except UnsayableError as why:
        _report(route, written, findings, repair=why.instead)
        return
    is_grey = key in (*ENABLING, *DISABLING)
    fixes = [fix for lines in ways for fix in _fixes(route, lines, findings)]
    _report(
        route,
        written,
        findings,
        repair="write `show_if:`, and below it "
        + ", or, if one is enough, ".join(quoted(lines[1:], most=5) for lines in ways)
        + (f", {GREY}" if is_grey else ""),
        fixes=[*fixes, *edits.remove(findings.document, route)] if is_grey else fixes,
    )


def _fixes(route: Route, lines: Sequence[str], findings: Findings) -> tuple[Fix, ...]:
    """Write the lines of a condition in place of what is there."""
    document = findings.document
    place = edits.place_of(document, route)
    margin = "" if place is None or place.key is None else edits.margin(document.source, place.key.start)
    return edits.replace_entry(document, route, f"\n{margin}".join(lines))


def _report_unread(route: Route, written: Any, deciding: Deciding, findings: Findings) -> None:
    """Say of a text at `show_if` that nobody understands what a condition looks like."""
    if isinstance(written, str) and route[-1] == "show_if" and not findings.document.names_at(route):
        example = deciding.example()
        _report(route, written, findings, repair=f"write `show_if:`, and below it a line such as `{example}`")


def _report(
    route: Route, written: Any, findings: Findings, *, repair: str, fixes: Sequence[Fix] = ()
) -> None:
    findings.add(
        route,
        CODE,
        f"the condition at `{route[-1]}` is not an input with its value",
        expected="`show_if:`, and below it the name of an input and the value that it must have",
        found=f"`{written}`" if isinstance(written, str) else "other words",
        repair=repair,
        at="key",
        fixes=fixes,
    )


def _is_right(written: Any, deciding: Deciding) -> bool:
    """Return whether a condition is one of the format's own, or such a one with a mistake in it."""
    if not isinstance(written, Mapping):
        return not isinstance(written, str | list) or not written
    for name, asked in written.items():
        if name == "any" and isinstance(asked, list):
            if not all(isinstance(each, Mapping) and _is_right(each, deciding) for each in asked):
                return False
        elif deciding.has(name):
            if isinstance(asked, Mapping) and asked and not set(asked) <= {"minimum", "maximum"}:
                return False
            if isinstance(asked, str) and _begins_with_sign(asked, name, deciding):
                return False
        elif not name.startswith("x-") and (name in SUBJECTS or _is_operator(name)):
            return False
    return True


def _is_operator(name: str) -> bool:
    return name.lower() in ALL | ANY | NOT or name in SIGNS or name in ("rule", "expression", "expr")


def _begins_with_sign(asked: str, name: str, deciding: Deciding) -> bool:
    """Return whether a value is a comparison: `count: ">= 3"`, and no text that the input can have."""
    sign = asked.strip().partition(" ")[0].rstrip("0123456789.\"'")
    return sign in SIGNS and not sign.isalpha() and not deciding.may_be_text(name, asked)


def _condition(written: Any, deciding: Deciding) -> ReadCondition | None:
    """Return the condition that is meant; None for what is not understood."""
    if isinstance(written, str):
        return read_condition(written, deciding.has)
    if isinstance(written, list):
        return _of_list(written, deciding)
    if not isinstance(written, Mapping) or not written:
        return None
    if "condition" in written and isinstance(written["condition"], Mapping) and "effect" in written:
        inner = _condition(written["condition"], deciding)
        is_hiding = str(written["effect"]).upper() in ("HIDE", "DISABLE")
        return Opposite(inner) if inner is not None and is_hiding else inner
    subject = next((key for key in SUBJECTS if key in written and not deciding.has(key)), None)
    if subject is not None:
        return _of_subject(subject, written, deciding)
    parts = [_of_entry(name, asked, deciding) for name, asked in written.items() if name[:2] != "x-"]
    return _all_of(parts)


def _of_list(written: list[Any], deciding: Deciding) -> ReadCondition | None:
    """Return what a list says: a name, perhaps a sign, and a value, or several conditions."""
    texts = [each for each in written if isinstance(each, str)]
    if texts[:1] == written[:1] and deciding.has(texts[0]) and len(written) in (2, 3):
        sign = str(written[1]) if len(written) == 3 else "="
        return compared(texts[0], sign, written[-1])
    return _all_of([_condition(each, deciding) for each in written])


def _of_subject(subject: str, written: Mapping[str, Any], deciding: Deciding) -> ReadCondition | None:
    """Return the condition of `{field: mode, operator: "!=", value: easy}` and its like."""
    name = str(written[subject]).rpartition("/")[2].rpartition(".")[2]
    if not deciding.has(name):
        return None
    others = {key: value for key, value in written.items() if key != subject and key not in OPERATORS}
    sign = next((str(written[key]) for key in OPERATORS if key in written), "=")
    if len(others) != 1:
        return Comparison(name, "filled") if not others and len(written) == 1 else None
    ((key, value),) = others.items()
    if key in VALUES and not isinstance(value, Mapping):
        return compared(name, "in" if isinstance(value, list) and sign == "=" else sign, value)
    return _of_entry(name, value if key == "schema" else others, deciding)


def _of_entry(name: str, asked: Any, deciding: Deciding) -> ReadCondition | None:
    """Return the condition of a key and its value."""
    word = name.lower()
    if word in ("expression", "expr", "if", "condition", "when"):
        return _condition(asked, deciding)
    if word in ALL | ANY | NOT and not deciding.has(name):
        listed = asked if isinstance(asked, list) else [asked]
        return _joined(word, [_condition(each, deciding) for each in listed])
    if name in SIGNS and isinstance(asked, list) and len(asked) == 2:
        variable = asked[0].get("var", "") if isinstance(asked[0], Mapping) else asked[0]
        return compared(str(variable), name, asked[1]) if deciding.has(str(variable)) else None
    if not deciding.has(name):
        return None
    if isinstance(asked, Mapping):
        signs = {key: BOUNDS.get(key.lower()) or SIGNS.get(key.lower().lstrip("$")) for key in asked}
        return _all_of([compared(name, signs[key] or "?", value) for key, value in asked.items()])
    if isinstance(asked, str) and _begins_with_sign(asked, name, deciding):
        return read_condition(f"{name} {asked}", deciding.has)
    return compared(name, "in", asked)


def _all_of(parts: Sequence[ReadCondition | None]) -> ReadCondition | None:
    known = tuple(each for each in parts if each is not None)
    return Both(known) if known and len(known) == len(parts) else None


def _joined(word: str, parts: Sequence[ReadCondition | None]) -> ReadCondition | None:
    every = _all_of(parts)
    if not isinstance(every, Both):
        return None
    if word in ANY:
        return Either(every.parts)
    return Opposite(every) if word in NOT else every
