"""What to write in place of a value of the wrong type: words, and the edit that does it.

value + wanted types --> Repair(words, fixes)
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from gradstream.diagnostics import Fix
from gradstream.document.line_index import Stretch
from gradstream.document.pasted.guess import BULLETS
from gradstream.document.types import Document, Route
from gradstream.format import edits
from gradstream.format.mistakes.numerals import LOSS, means_nothing, number_beside, number_in, range_in
from gradstream.format.mistakes.yaml_pitfalls import commented_out
from gradstream.format.wording import TYPE_NAMES

BOOLEANS = {
    **dict.fromkeys(
        (
            *("yes", "on", "y", "true", "1", "enabled", "enable", "t", "checked", "ticked", "active"),
            *("wahr", "ja", "an", "vrai", "oui", "verdadero", "sí", "si", "vero", "sim", "tak", "да"),
            *("はい", "真", "是", "نعم", "✓", "✔", "☑", "✅", "[x]"),
            *(
                "verdadeiro",
                "igen",
                "igaz",
                "ano",
                "áno",
                "pravda",
                "evet",
                "doğru",
                "kyllä",
                "tosi",
                "예",
                "네",
            ),
            *("참", "ναι", "αληθές", "हाँ", "हां", "כן", "так", "jah", "taip", "jā", "adevărat", "prawda"),
            *("sant", "waar", "verum", "ใช่", "có", "đúng", "بله", "sì", "istina", "истина", "вкл"),
        ),
        "true",
    ),
    **dict.fromkeys(
        (
            *("no", "off", "n", "false", "0", "disabled", "disable", "f", "unchecked", "none", "inactive"),
            *(
                "falsch",
                "nein",
                "aus",
                "faux",
                "non",
                "falso",
                "não",
                "nie",
                "нет",
                "いいえ",
                "偽",
                "否",
                "لا",
            ),
            *(
                "nem",
                "hamis",
                "ne",
                "nepravda",
                "hayır",
                "yanlış",
                "ei",
                "epätosi",
                "아니요",
                "아니오",
                "거짓",
            ),
            *("όχι", "ψευδές", "नहीं", "לא", "ні", "nu", "fals", "fałsz", "nej", "falskt", "nee", "onwaar"),
            *("ไม่", "không", "sai", "خیر", "laž", "ложь", "выкл", "usann", "usant"),
            *("✗", "✘", "☐", "❌", "[ ]"),
        ),
        "false",
    ),
}
BULLET = re.compile(rf"(?:^|\s)(?:[*+{BULLETS}]|\d{{1,2}}[.)]|-(?=\S))\s*")
RANGE_CALL = re.compile(r"(?:list\()?range\((?P<numbers>-?\d+(?:\s*,\s*-?\d+){0,2})\)\)?")
MOST_IN_RANGE = 50
"""Choices that a range of Python is written out as: more are a slider."""

OR = re.compile(r"\s*(?:/|\bor\b|\boder\b)\s*")
"""What may divide members, or belong to one: only the author knows."""

AND = re.compile(r"\s+(?:and|or|und|oder|et|ou|y|e|&)\s+")
"""What may divide the last two members of a list of words."""

CALL = re.compile(r"[A-Za-z_][\w.]*\(.*\)|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\[.*\]|\[.*\bfor\b.*\bin\b.*\]")
"""A call, or another expression that only a program can work out."""

UNIT = re.compile(r"[^\W\d_]{2}|[A-EG-KM-TV-Zac-eg-km-tv-z$€£¥₹%°µ]")
"""What may matter beside a number; programs write `f`, `l` or `u` behind one for its type."""

FORMULA = re.compile(r"=[A-Z][A-Z.]*\(|=[$]?[A-Z]{1,3}[$]?\d")
"""A formula of a spreadsheet."""

FILE = re.compile(r"[\w./\\-]+\.(?:txt|csv|json|ya?ml|tsv|xlsx?|py)")
"""The name of a file with a list in it."""

SEPARATORS = re.compile(r"\s*(?:[,;|，、；،؛]|\t)\s*")
BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">", "（": "）", "【": "】", "［": "］"}
REMOVABLE = frozenset(
    {
        *("default", "label", "description", "placeholder", "minimum", "maximum", "step", "unit"),
        *("max_length", "max_rows", "lines", "concurrency", "queue"),
    }
)
RANGE_KEYS = frozenset({"minimum", "maximum", "step"})


class Repair(Struct, frozen=True, kw_only=True):
    """What to do: in words, and as changes where they are known."""

    words: str
    fixes: tuple[Fix, ...] = ()


def type_repair(value: Any, wanted: Sequence[Any], route: Route, document: Document) -> Repair:
    """Return the repair of a value that is of none of the wanted types."""
    if document.names_at(route):
        return _without_quotes(route, document) or Repair(words="set the variable to such a value")
    if value is None:
        return _no_value(route, document)
    if route == ("gradstream",):
        is_short = not isinstance(value, list | dict) and not re.search(r"[:\n]", str(value))
        return _written("1", route, document) if is_short else Repair(words="write `gradstream: 1`, alone")
    if isinstance(value, str):
        return _of_text(value, wanted, route, document)
    if isinstance(value, bool | int | float):
        return _of_scalar(value, wanted, route, document)
    if isinstance(value, list):
        return _of_list(value, wanted, route, document)
    if isinstance(value, dict) and "array" in wanted:
        return _of_mapping(value, route, document)
    if isinstance(value, dict) and "string" in wanted:
        return _only_text(value, route, document) or Repair(words=f"write {types(wanted)}")
    return Repair(words=f"write {types(wanted)}")


def _without_quotes(route: Route, document: Document) -> Repair | None:
    """Return the repair of a variable in quotes, which make a text of every value."""
    source, around = _source(route, document), document.places.get(route[:-1])
    if not re.fullmatch(r"([\"'])\$\{[^\"']*\}\1", source) or around is None:
        return None
    plain = source[1:-1]
    if document.source[around.value.start : around.value.start + 1] != "{":
        return _written(
            plain, route, document, words=f"write {plain}, without quotes: they make a text of it"
        )
    values = document.values
    for step in route[:-1]:
        values = values[step]
    lines = [
        f"{key}: {plain if key == route[-1] else _source((*route[:-1], key), document)}" for key in values
    ]
    fixes = edits.replace_lines(document, route[:-1], lines, "write the keys on lines of their own")
    line = f"{route[-1]}: {plain}"
    return Repair(words=f"write `{line}` on a line of its own, without quotes and braces", fixes=fixes)


def _only_text(value: Mapping[str, Any], route: Route, document: Document) -> Repair | None:
    """Return the repair of a mapping whose only value is the text that is wanted: `title: {text: Cards}`."""
    if route[-1] in ("author", "license") and isinstance(value.get("name"), str):
        whole = _person(value)
        return None if whole is None else _written(edits.text(whole), route, document)
    if len(value) == 1 and route[-1] in ("generator", "title", "description", "label", "button"):
        only = next(iter(value.values()))
        if isinstance(only, str) and "\n" not in only:
            return _written(edits.text(only), route, document)
    inner = _source(route, document)
    if re.fullmatch(r"\{\{[^{}\n]*\}\}", inner):
        return _written(f'"{inner}"', route, document, words=f'write "{inner}", in quotes')
    return None


def _person(value: Mapping[str, Any]) -> str | None:
    """Return a person with all that is said of them: `Ada <ada@example.com> (Engines)`; None for more."""
    mail = {key: each for key, each in value.items() if key in ("email", "mail", "e-mail")}
    rest = [each for key, each in value.items() if key != "name" and key not in mail]
    if len(mail) > 1 or not all(isinstance(each, str) and "\n" not in each for each in value.values()):
        return None
    parts = [value["name"], *(f"<{each}>" for each in mail.values())]
    return " ".join([*parts, *([f"({', '.join(rest)})"] if rest else [])])


def types(names: Sequence[Any]) -> str:
    """Return the names of types as a choice: `a number or text`."""
    words = [TYPE_NAMES[name] for name in names]
    last = ", " if names[-1] == "boolean" else " or "
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])}{last}{words[-1]}"


def removal(route: Route, document: Document) -> Repair:
    """Return the repair that takes a line away."""
    words = "remove the line: without it there is no value"
    return Repair(words=words, fixes=edits.remove_whole(document, route))


def _no_value(route: Route, document: Document) -> Repair:
    hidden = commented_out(document, route)
    if hidden:
        written = edits.quoted(hidden)
        fixes = _in_place_of_comment(hidden, written, route, document)
        return Repair(words=f"write {written}, in quotes: a # begins a comment", fixes=fixes)
    if route == ("gradstream",):
        return _written("1", route, document, words="write `gradstream: 1`")
    if means_nothing(_source(route, document)) and _source(route, document) and route[-1] in REMOVABLE:
        return removal(route, document)
    return Repair(words="write a value after the colon, or remove the line")


def _in_place_of_comment(hidden: str, written: str, route: Route, document: Document) -> tuple[Fix, ...]:
    place = document.places[route]
    at = document.source.index(hidden, place.key.end if place.key else place.value.start)
    stretch = Stretch(at, at + len(hidden))
    return (Fix(title=f"write {written}", edits=(edits.edit(document, stretch, written),)),)


def _of_scalar(value: Any, wanted: Sequence[Any], route: Route, document: Document) -> Repair:
    source = _source(route, document) or edits.scalar(value)
    if "string" in wanted:
        return _written(f'"{source}"', route, document, words=f'put it in quotes: "{source}"')
    if "boolean" in wanted and str(value) in BOOLEANS:
        word = BOOLEANS[str(value)]
        return _written(word, route, document, words=f"write {word}")
    if wanted == ["integer"] and isinstance(value, float):
        if value.is_integer():
            return _written(str(int(value)), route, document)
        return Repair(words="write a number without a point")
    if "array" in wanted:
        return _written(f"[{source}]", route, document, words=f"write it as a list: [{source}]")
    return Repair(words=f"write {types(wanted)}")


def _of_text(value: str, wanted: Sequence[Any], route: Route, document: Document) -> Repair:
    if "boolean" in wanted:
        word = BOOLEANS.get(value.strip().strip("\"'“”‘’").lower())
        if word:
            return _written(word, route, document, words=f"write {word}, without quotes")
        return Repair(words="write true or false")
    if "number" in wanted or "integer" in wanted:
        return _number(value, route, document)
    if "array" in wanted:
        return _list_of_text(value, route, document)
    key, colon, rest = value.partition(":")
    if colon and key.isidentifier():
        line = f"{key}: {edits.text(rest.strip()) if rest.strip() else ''}".rstrip()
        return Repair(
            words=f"write `{line}`, with a space after the colon",
            fixes=edits.replace_lines(document, route, [line], f"write {line}"),
        )
    return Repair(words="write keys of its own below it, indented")


def _number(value: str, route: Route, document: Document) -> Repair:
    number = number_in(value)
    if number is not None:
        return _written(number, route, document, words=f"write {number}, without quotes and other signs")
    if means_nothing(value) and route[-1] in REMOVABLE:
        return removal(route, document)
    if LOSS.fullmatch(value.strip()):
        plain = number_in(value.strip()[1:-1])
        return Repair(words=f"write -{plain} if it is a loss, as accounts have it, or {plain}")
    bounds = range_in(value)
    if bounds and route[-1] in RANGE_KEYS:
        return two_bounds(bounds, route, document)
    if value.strip().endswith("%") and number_in(value.strip()[:-1]):
        number = number_in(value.strip()[:-1])
        share = f"{float(number or 0) / 100:g}"
        if share == number:
            return _written(share, route, document)
        return Repair(
            words=f"write {number}, or {share} if it is a share",
            fixes=(*_plain(str(number), route, document), *_plain(share, route, document)),
        )
    beside = number_beside(value)
    if beside is not None:
        note = " ".join(value.split())
        rest = note.replace(beside, "", 1)
        if not UNIT.search(rest) or rest.strip().casefold() == str(route[-1]):
            return _written(beside, route, document, words=f"write {beside} alone")
        return Repair(
            words=f"write {beside} alone, and {note} as a comment, or in `label`",
            fixes=edits.replace_with_note(document, route, beside, note),
        )
    if FORMULA.match(value):
        return Repair(words="write the number that the cell shows: a YAML file calculates nothing")
    return Repair(words="write digits")


def two_bounds(
    bounds: tuple[str, str], route: Route, document: Document, *, more: Sequence[str] = ()
) -> Repair:
    """Return the repair that writes the two ends of a range, and what else is needed, line by line."""
    low, high = bounds
    words = f"write `minimum: {low}` and, on a line of its own, `maximum: {high}`"
    words += "".join(f", and `{line}`" for line in more)
    place = document.places.get(route)
    holder = document.values
    for step in route[:-1]:
        holder = holder[step]
    others = {"minimum", "maximum"} & set(holder) - {route[-1]}
    if place is None or place.key is None or others:
        return Repair(words=words)
    stretch = Stretch(place.key.start, place.value.end)
    comma = document.source[: place.key.start].rstrip().endswith(("{", ","))
    between = ", " if comma else "\n" + edits.margin(document.source, place.key.start)
    edit = edits.edit(document, stretch, between.join([f"minimum: {low}", f"maximum: {high}", *more]))
    return Repair(words=words, fixes=(Fix(title=f"write minimum: {low} and maximum: {high}", edits=(edit,)),))


def _list_of_text(value: str, route: Route, document: Document) -> Repair:
    lines = [line.strip() for line in _source(route, document).splitlines() if line.strip()]
    listed = members_in(value)
    if len(lines) > 1 and len(listed) == 1 and lines[0][:1] not in "\"'|>":
        listed = lines
    if CALL.fullmatch(value.strip()) and not _range_members(value) and route[-1] == "choices":
        return Repair(words="write the values themselves, each after a dash: a YAML file runs no Python")
    place = document.places.get(route)
    end = place.value.end if place else 0
    if value[:1] == "[" and "]" in document.source[end : edits.line_end(document.source, end)]:
        return Repair(
            words="put what has a # in it in quotes: the bracket that closes the list is in a comment"
        )
    if FILE.fullmatch(value.strip()) and route[-1] == "choices":
        return Repair(words="write the values themselves, each after a dash: they are not read from a file")
    texts = [line.strip() for line in value.splitlines() if line.strip()]
    if len(texts) > 1 and lines[0][:1] in "|>" and not listed[1:]:
        listed = texts
    members = _range_members(value) or _members_on_lines(route, document) or listed
    has_lines = "\n" in _source(route, document).strip()
    if has_lines and len(members) > 1 and not SEPARATORS.search(value):
        dashed = [f"- {edits.text(member)}" for member in members]
        return Repair(
            words=f"begin each line with a dash and a space: `{dashed[0]}`",
            fixes=edits.replace_lines(document, route, dashed, "write dashes"),
        )
    lists = [members, OR.split(value.strip()) if len(members) == 1 else _divided(members)]
    ways = [f"[{', '.join(_member(each) for each in one)}]" for one in lists if all(one)]
    if not ways:
        return Repair(words="write a list: lines that begin with a dash and a space")
    if len(ways) == 1 or ways[0] == ways[1]:
        return _written(ways[0], route, document, words=f"write it as a list: {ways[0]}")
    fixes = (*_plain(ways[1], route, document), *_plain(ways[0], route, document))
    return Repair(words=f"write it as a list: {ways[1]}, or {ways[0]} if that is one", fixes=fixes)


def _divided(members: list[str]) -> list[str]:
    """Return the members with the last one in two, where `and` may stand for a comma: `a, b and c`."""
    *others, last = members
    return [*others, *AND.split(last)] if len(AND.split(last)) == 2 else members


def _member(text: str) -> str:
    return (
        text
        if edits.PLAIN.fullmatch(text) and text.lstrip("-").isdigit()
        else edits.text(text, in_braces=True)
    )


def _range_members(value: str) -> list[str]:
    """Return the numbers of a range of Python; none for another text, or where they are too many."""
    found = RANGE_CALL.fullmatch(value.strip())
    if found is None:
        return []
    numbers = [int(each) for each in found["numbers"].split(",")]
    listed = [] if numbers[2:] == [0] else range(*numbers)
    return [str(each) for each in listed] if len(listed) <= MOST_IN_RANGE else []


def _members_on_lines(route: Route, document: Document) -> list[str]:
    """Return the lines of a text that all begin with one and the same sign, or with letters in order."""
    lines = [line.strip() for line in _source(route, document).splitlines()]
    if len(lines) < 2:
        return []
    heads = [line.partition(" ")[0] for line in lines]
    is_sign = len(set(heads)) == 1 and not heads[0].isalnum() and len(heads[0]) <= 2
    is_letter = [head.rstrip(").:").lower() for head in heads] == list("abcdefghijklmnop"[: len(heads)])
    return [line.partition(" ")[2].strip() for line in lines] if is_sign or is_letter else []


def members_in(value: str) -> list[str]:
    """Return the members of a list that was written as one text."""
    plain = value.strip()
    if BRACKETS.get(plain[:1]) == plain[-1:] and len(plain) > 1:
        plain = plain[1:-1]
    elif plain[-1:] in BRACKETS.values() and not any(sign in plain for sign in BRACKETS):
        plain = plain[:-1]
    words = plain.replace(",", " ").split()
    if len(words) > 1 and all(re.fullmatch(r"[#@][\w-]+", each) for each in words):
        return [each[1:] for each in words]
    if BULLET.match(plain):
        return [part.strip() for part in BULLET.split(plain) if part.strip()]
    parts = [part.strip().strip("\"'“”‘’„«»") for part in SEPARATORS.split(plain)]
    return [part for part in parts if part] or [plain]


def _of_list(value: list[Any], wanted: Sequence[Any], route: Route, document: Document) -> Repair:
    if "object" in wanted:
        return Repair(words="write `name: …` on each line, without a dash")
    if route[-1] == "author" and value and all(isinstance(each, dict) and each.get("name") for each in value):
        people = [_person(each) for each in value]
        if None not in people:
            return _written(edits.text(", ".join(map(str, people))), route, document)
    if "string" in wanted and all(isinstance(each, str) for each in value) and value:
        written = edits.text(", ".join(value))
        return _written(written, route, document)
    if len(value) == 1 and isinstance(value[0], bool | int | float | str):
        written = edits.scalar(value[0])
        return _written(written, route, document, words=f"write {written}, without brackets and dashes")
    return Repair(words=f"write {types(wanted)}")


def _of_mapping(value: Mapping[str, Any], route: Route, document: Document) -> Repair:
    if route[-1:] == ("choices",) and value:
        lines = [line for key, label in value.items() for line in _choice(key, label)]
        if lines:
            return Repair(
                words=f"write `{lines[0]}`"
                + (f" and below it `{lines[1].strip()}`" if lines[1:] and lines[1][0] == " " else "")
                + (", and so on" if len(value) > 1 else ""),
                fixes=edits.replace_lines(document, route, lines, "write a list"),
            )
    if value and all(each is None for each in value.values()):
        lines = [f"- {edits.text(key)}" for key in value]
        return Repair(
            words="begin each line with a dash and a space",
            fixes=edits.replace_lines(document, route, lines, "write a list"),
        )
    return Repair(words="begin each line with a dash and a space")


def _choice(key: str, label: Any) -> list[str]:
    if label is None or label == key:
        return [f"- {edits.text(key)}"]
    if isinstance(label, bool | int | float | str):
        return [f"- value: {_bare(key)}", f"  label: {edits.text(str(label))}"]
    if isinstance(label, Mapping) and label and set(label) <= {"label", "description"}:
        more = [f"  {name}: {edits.text(str(words))}" for name, words in label.items()]
        return [f"- value: {_bare(key)}", *more]
    return []


def _bare(key: str) -> str:
    """Return a key as the value that it would be without quotes."""
    return key if edits.PLAIN.fullmatch(key) else edits.text(key)


def _written(written: str, route: Route, document: Document, *, words: str = "") -> Repair:
    return Repair(words=words or f"write {written}", fixes=_plain(written, route, document))


def _plain(written: str, route: Route, document: Document) -> tuple[Fix, ...]:
    return edits.replace_value(document, route, written)


def _source(route: Route, document: Document) -> str:
    place = document.places.get(route)
    return "" if place is None else document.source[place.value.start : place.value.end]
