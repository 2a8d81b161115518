"""Document + schema -> findings: one for each mistake, in words that know nothing of JSON Schema.

values --jsonschema--> Departure(route, keyword) --TRANSLATIONS[keyword]--> Findings.add(route, …)
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from gradstream.diagnostics import Fix
from gradstream.document.pasted.signs import named, odd_sign
from gradstream.document.types import Document, Route
from gradstream.format import edits, units
from gradstream.format.findings import Findings
from gradstream.format.mistakes.endings import ending
from gradstream.format.mistakes.homes import other_kinds, report_elsewhere
from gradstream.format.mistakes.indentation import check_indentation
from gradstream.format.mistakes.kinds import report_kind, report_no_kind, report_no_shape
from gradstream.format.mistakes.numerals import means_nothing, number_in
from gradstream.format.mistakes.route_names import holder, key_name
from gradstream.format.mistakes.serials import moment_in
from gradstream.format.mistakes.synonyms import (
    beyond,
    guess_key,
    meant_choice,
    meant_value,
    synonym,
    whole_line,
    withholds,
    without_key,
)
from gradstream.format.mistakes.value_repairs import Repair, type_repair, types
from gradstream.format.mistakes.yaml_pitfalls import split_by_comma
from gradstream.format.schema.errors import Departure, departures
from gradstream.format.wording import enumerated, one_of

BELOW: Mapping[str, str] = {
    "outputs": ", and below it a line such as `  answer: text`",
    "inputs": ", and below it a line such as `  prompt: text`",
    "choices": ", and below it each choice on a line of its own, after a dash and a space",
}
"""What to write below a key that is missing."""

FIRST: Mapping[str, str] = {"outputs": "add a line such as `  answer: text`"}
"""What to put into something that is empty."""

SHAPES: Mapping[str, str] = {
    "object": "a mapping: lines of `name: value`, indented",
    "array": "a list: lines that begin with a dash and a space",
}
"""Shapes that have names of their own in YAML, said so that nobody needs to know them."""

MEDIA_TYPE = re.compile(r"[a-z]+/(?:[\w.+-]+|\*)")
BESIDE_ENDINGS = re.compile(r"files?|documents?|and|or", re.IGNORECASE)
"""Words beside what files end with: `PDF files`."""

LONGEST_ENDING = 6
"""Letters of what files end with; longer ones are words."""

MOST_LISTED = 12
"""A longer list of possible keys helps nobody; then the guess must do, or the documentation."""


def validate(validator: Any, findings: Findings) -> None:
    """Note everything in which the findings' document departs from the schema."""
    check_indentation(findings, top=validator.schema)
    found = sorted(departures(validator, findings.document.values), key=_importance)
    for departure in found:
        TRANSLATIONS.get(departure.keyword, _does_not_fit)(departure, findings)


def _importance(departure: Departure) -> tuple[int, int]:
    """Order departures so that the one that explains others comes first: shapes, unknown keys, the rest."""
    ranks = {"type": 0, "additionalProperties": 1}
    return ranks.get(departure.keyword, 2), len(departure.route)


def _unknown_keys(departure: Departure, findings: Findings) -> None:
    known: list[str] = list(departure.schema.get("properties", {}))
    for name in departure.value:
        if name in known:
            continue
        if _is_split((*departure.route, name), findings):
            continue
        free = [each for each in known if each not in departure.value]
        key = synonym(name, free)
        if key == "show_if" and not isinstance(departure.value[name], Mapping):
            key = None
        if key is None and report_elsewhere((*departure.route, name), findings):
            continue
        key = key or (None if without_key(name) else guess_key(name, free))
        if key is not None and not (synonym(name, free) or _takes(departure, key, departure.value[name])):
            key = None
        if (
            key is None
            and not without_key(name)
            and _is_other_kind((*departure.route, name), departure, findings)
        ):
            continue
        if key is not None:
            findings.note_meant((*departure.route, key))
        findings.add(
            (*departure.route, name),
            "E-UNKNOWN-KEY",
            f"`{name}` is not a key of {holder(findings.document, departure.route)}",
            expected=f"`{key}`" if key else _known(known),
            found=f"`{name}`" + (f", with {named(sign)}" if (sign := odd_sign(name)) else ""),
            repair=_twin_repair(name, departure.value) or _key_repair(name, key, departure.value[name]),
            at="key",
            fixes=_key_fixes((*departure.route, name), key, departure.value[name], findings),
        )


def _takes(departure: Departure, key: str, value: Any) -> bool:
    """Return whether a key that is spelled nearly so may have a value of this shape: a list, or a mapping."""
    described = departure.schema.get("properties", {}).get(key, {})
    wanted = described.get("type")
    wanted = wanted if isinstance(wanted, list) else [wanted]
    if wanted == [None] or value is None:
        return True
    if isinstance(value, list | Mapping):
        return ("array" if isinstance(value, list) else "object") in wanted
    if isinstance(value, str) and not {"string", "array", "object", "boolean", None} & {*wanted}:
        return number_in(value) is not None
    return wanted != ["object"] and not (isinstance(value, bool) and "boolean" not in wanted)


def _is_other_kind(route: Route, departure: Departure, findings: Findings) -> bool:
    """Say that another kind has a key, together with others that only that kind has, if that is so."""
    other = other_kinds(route, _without_a_home(departure), findings)
    if other is None:
        return False
    names = enumerated(other.names)
    are = "is not a key" if len(other.names) == 1 else "are not keys"
    remove = "remove it" if len(other.names) == 1 else "remove them"
    removed = edits.remove_all(findings.document, [(*route[:-1], name) for name in other.names], remove)
    findings.add(
        route,
        "E-UNKNOWN-KEY",
        f"{names} {are} of {holder(findings.document, route[:-1])}",
        expected=f"{enumerated(other.keys)} at {one_of(other.kinds)}",
        found=names,
        repair=f"{other.repair}, or {remove}",
        at="key",
        fixes=(*other.fixes, *removed),
        otherwise="remove it, or begin its name with x- to keep it as a note",
    )
    for name in other.names:
        findings.mark((*route[:-1], name))
    return True


def _without_a_home(departure: Departure) -> list[str]:
    """Return the keys of a component that its kind does not have in any word."""
    known = list(departure.schema.get("properties", {}))
    return [
        name
        for name in departure.value
        if name not in known and synonym(name, known) is None and not without_key(name)
    ]


def _key_repair(name: str, key: str | None, value: Any) -> str:
    if key is None:
        return without_key(name) or "remove it, or begin its name with x- to keep it as a note"
    then = f"; {beyond(name)}" if beyond(name) else ""
    return f"write `{whole_line(name, key, value) or key}` instead of `{name}`{then}"


def _twin_repair(name: str, values: Mapping[str, Any]) -> str:
    """Return what to do about a key that is there already, in small letters."""
    twin = name.lower().replace("-", "_")
    return f"remove it: `{twin}` is there already" if twin != name and twin in values else ""


def _key_fixes(route: Route, key: str | None, value: Any, findings: Findings) -> tuple[Fix, ...]:
    document, name = findings.document, str(route[-1])
    if key is None:
        removed = edits.remove(document, route, "remove it")
        if (without_key(name) or "").startswith("remove it") and _loses_nothing(name, value):
            return removed
        return (*removed, *_note_key(document, route, name)) if removed else ()
    line = whole_line(name, key, value)
    return edits.replace_entry(document, route, line) if line else edits.replace_key(document, route, key)


def _loses_nothing(name: str, value: Any) -> bool:
    """Return whether a page is the same without a key of other tools, and nobody's work is in its value."""
    is_short = not isinstance(value, list | Mapping) and "\n" not in str(value)
    return is_short and not (value and withholds(name))


def _note_key(document: Document, route: Route, name: str) -> tuple[Fix, ...]:
    renamed = edits.replace_key(document, route, f"x-{name}")
    return tuple(replace(fix, title="begin its name with x- to keep it as a note") for fix in renamed)


def _is_split(route: Route, findings: Findings) -> bool:
    """Say that a comma has made a key of half a text, if that is so."""
    split = split_by_comma(findings.document, route)
    if split is None:
        return False
    key, text = split
    findings.add(
        route,
        "E-COMMA",
        "between braces or brackets a comma begins something new",
        expected=f'`{key}: "{text}"`',
        found=f"`{route[-1]}` as a key",
        repair=f'write {key}: "{text}"',
        at="key",
        fixes=edits.replace_split(findings.document, route, key, f'"{text}"'),
    )
    return True


def _known(known: list[str]) -> str:
    return one_of(known) if len(known) <= MOST_LISTED else "a key of the format"


def _missing_keys(departure: Departure, findings: Findings) -> None:
    for name in departure.bound:
        if name in departure.value:
            continue
        is_marker = (*departure.route, name) == ("gradstream",)
        described = departure.schema.get("properties", {}).get(name, {})
        findings.add_missing(
            (*departure.route, name),
            f"{holder(findings.document, departure.route)} needs `{name}`",
            expected=f"`{name}:` {_example(described)}".rstrip(),
            repair="add a line `gradstream: 1`"
            if is_marker
            else f"add a line `{name}:`" + BELOW.get(name, ""),
            fixes=edits.add_first(findings.document, (), "gradstream: 1") if is_marker else (),
        )


def _missing_partners(departure: Departure, findings: Findings) -> None:
    partners = [name for key, names in departure.bound.items() if key in departure.value for name in names]
    _missing_keys(replace(departure, bound=partners), findings)


def _example(schema: Mapping[str, Any]) -> str:
    example = next(iter(schema.get("examples", ())), None)
    if isinstance(example, bool | int | float | str):
        return f"with a value such as `{example}`"
    return ""


def _wrong_type(departure: Departure, findings: Findings) -> None:
    if "measure" in departure.schema:
        _wrong_quantity(departure, findings)
        return
    route, value = departure.route, departure.value
    wanted = departure.bound if isinstance(departure.bound, list) else [departure.bound]
    if wanted == ["string"] and "enum" in departure.schema and value is not None:
        _not_among(departure, findings)
        return
    shown = findings.describe(route, value)
    repair = _serial_repair(departure, findings) or type_repair(value, wanted, route, findings.document)
    findings.add(
        route,
        "E-TYPE",
        f"{key_name(route)} {_is(shown, value)}, and must be {types(wanted)}",
        expected=SHAPES.get(wanted[0], types(wanted)) if len(wanted) == 1 else types(wanted),
        found=shown,
        repair=repair.words,
        fixes=repair.fixes,
    )


def _serial_repair(departure: Departure, findings: Findings) -> Repair | None:
    """Return the repair of a day or a time that is written as a spreadsheet keeps it."""
    value, examples = departure.value, departure.schema.get("examples", ())
    if isinstance(value, bool) or not isinstance(value, int | float) or not examples:
        return None
    meant = moment_in(value, str(examples[0]))
    if meant is None or findings.document.names_at(departure.route):
        return None
    return Repair(
        words=f'write "{meant}", which a spreadsheet keeps as {value}',
        fixes=edits.replace_value(findings.document, departure.route, f'"{meant}"'),
    )


def _is(shown: str, value: Any) -> str:
    return "has no value" if value is None else f"is {shown}"


def _wrong_quantity(departure: Departure, findings: Findings) -> None:
    """Say that a size or a time has no unit, or one that does not exist."""
    route, value = departure.route, departure.value
    measure: units.Measure = departure.schema["measure"]
    example = next(each for each in departure.schema["examples"] if each[:1].isdigit())
    number = _bare_number(value)
    near: str | None
    if number is not None and not findings.document.names_at(route):
        message = f"{key_name(route)} has no unit"
        near = f"{number:.12g}{units.usual_unit(measure, number)}"
        repair = f"write {near}"
    else:
        message = f"{key_name(route)} is not a valid {measure}"
        near = units.in_short(measure, _in_one(value)) if not findings.document.names_at(route) else None
        repair = f"write {near}" if near else f"write a number and a unit, such as {example}"
        if near is None and isinstance(value, str) and units.is_clock_line(value):
            repair = f"write how long it is from one run to the next, such as {example}: no time of a day"
    if near is None and isinstance(value, str) and means_nothing(value):
        findings.add(
            route,
            "E-UNIT",
            message,
            expected=f"a {measure} with its unit, such as `{example}`",
            found=findings.describe(route, value),
            repair="remove the line: without it the usual value holds",
            fixes=edits.remove_whole(findings.document, route),
        )
        return
    findings.add(
        route,
        "E-UNIT",
        message,
        expected=f"a {measure} with its unit ({', '.join(units.units(measure))}), such as `{example}`",
        found=findings.describe(route, value),
        repair=repair,
        fixes=edits.replace_value(findings.document, route, near) if near else (),
    )


def _in_one(value: Any) -> str:
    """Return a quantity in parts as one text: `{minutes: 5}`, `{value: 5, unit: minutes}`, `[5, minutes]`."""
    if isinstance(value, Mapping) and len(value) == 1:
        ((unit, number),) = value.items()
        return f"{number} {unit}"
    if isinstance(value, Mapping) and set(value) == {"value", "unit"}:
        return f"{value['value']} {value['unit']}"
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _bare_number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    return float(value) if str(value).replace(".", "", 1).isdecimal() else None


def _not_among(departure: Departure, findings: Findings) -> None:
    route, value = departure.route, departure.value
    bound = departure.schema["enum"] if departure.keyword == "type" else departure.bound
    known = [each for each in bound if isinstance(each, str)]
    shown = findings.describe(route, value)
    meant = _meant_choice(value, known) if not findings.document.names_at(route) else None
    findings.add(
        route,
        "E-CHOICE",
        f"{key_name(route)} cannot be {shown}",
        expected=one_of(bound),
        found=shown,
        repair=_choice_repair(route, value, meant) or f"write {one_of(bound)}",
        fixes=edits.replace_value(findings.document, route, edits.text(meant))
        if meant and not _habit(route, value)
        else (),
    )


def _choice_repair(route: Route, value: Any, meant: str | None) -> str | None:
    return _habit(route, value) or (f"write {meant}" if meant else None)


def _habit(route: Route, value: Any) -> str | None:
    return meant_value(route[-1], value) if isinstance(value, str) and route else None


def _meant_choice(value: Any, known: list[str]) -> str | None:
    return meant_choice(value, known) if isinstance(value, str) else None


def _out_of_range(departure: Departure, findings: Findings) -> None:
    words = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than"}
    bound = f"{words[departure.keyword]} {departure.bound}"
    findings.add(
        departure.route,
        "E-RANGE",
        f"{key_name(departure.route)} must be {bound}",
        expected=bound,
        found=findings.describe(departure.route, departure.value),
        repair=f"write a number that is {bound}",
    )


def _pattern(departure: Departure, findings: Findings) -> None:
    if "measure" in departure.schema:
        _wrong_quantity(departure, findings)
        return
    examples = [each for each in departure.schema.get("examples", ()) if isinstance(each, str)]
    shown = findings.describe(departure.route, departure.value)
    meant = _meant_text(departure, findings)
    findings.add(
        departure.route,
        "E-TEXT",
        f"{key_name(departure.route)} cannot be {shown}",
        expected=f"something like {one_of(examples)}" if examples else "another text",
        found=shown,
        repair=f"write {meant}"
        if meant
        else f"write it like {one_of(examples)}"
        if examples
        else "see the documentation of this key",
        fixes=edits.replace_value(findings.document, departure.route, meant) if meant else (),
        otherwise=f"write it like {one_of(examples)}" if examples else "",
    )


def _meant_text(departure: Departure, findings: Findings) -> str | None:
    """Return the text with the sign that the key's texts begin with, or in lower case.

    `*.png` and `png` are `.png`, `User-Agent` is `user-agent`.
    """
    value = departure.value
    is_ending = str(departure.bound).startswith(r"^(\.")
    if not isinstance(value, str) or findings.document.names_at(departure.route):
        return None
    if not is_ending:
        lower = value.lower()
        return lower if lower != value and re.search(departure.bound, lower) else None
    parts = [part for part in re.split(r"[,;|\s]+", value.strip("[]() ")) if part]
    parts = [part for part in parts if not BESIDE_ENDINGS.fullmatch(part)]
    if not parts or not all(part.lstrip("*.").isalnum() or MEDIA_TYPE.fullmatch(part) for part in parts):
        return None
    if any(len(part.lstrip("*.")) > LONGEST_ENDING and "/" not in part for part in map(ending, parts)):
        return None
    endings = [ending(part) for part in parts]
    return f"[{', '.join(endings)}]" if len(endings) > 1 else endings[0]


def _empty(departure: Departure, findings: Findings) -> None:
    members = {"minItems": "a member", "minProperties": "a key", "minLength": "a character"}
    what = members[departure.keyword]
    findings.add(
        departure.route,
        "E-EMPTY",
        f"{key_name(departure.route)} is empty",
        expected=f"at least {what}",
        found="none",
        repair=FIRST.get(str(departure.route[-1]), f"add {what}, or remove {key_name(departure.route)}"),
        at="key",
    )


def _does_not_fit(departure: Departure, findings: Findings) -> None:
    findings.add(
        departure.route,
        "E-VALUE",
        f"{key_name(departure.route)} does not fit the format",
        expected="what the documentation says about this key",
        found=findings.describe(departure.route, departure.value),
        repair="see the documentation of this key",
    )


Translation = Callable[[Departure, Findings], None]
TRANSLATIONS: Mapping[str, Translation] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "dependencies": _missing_partners,
    "type": _wrong_type,
    "enum": _not_among,
    "const": _not_among,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "exclusiveMinimum": _out_of_range,
    "pattern": _pattern,
    "minItems": _empty,
    "minProperties": _empty,
    "minLength": _empty,
    "componentShape": report_no_shape,
    "componentType": report_no_kind,
    "componentKind": report_kind,
}
