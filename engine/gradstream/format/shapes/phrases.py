"""A component in a few words: a kind and what belongs to it, as people say it or as types of languages do.

slider from 0 to 10    dropdown [a, b]    text "Rome"    number (required)    'a' | 'b'    VARCHAR(20)
"""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from gradstream.document.scalars import NumberTooLargeError, resolve
from gradstream.format import edits
from gradstream.format.mistakes.numerals import range_in
from gradstream.format.schema.hints import fallback, kind_for_annotation, kind_for_word
from gradstream.format.schema.validators import load_schemas

PHRASE = re.compile(r"(?P<kind>[A-Za-z][A-Za-z_]*)(?P<rest>[\s:,(\[{!?=-].*)?", re.DOTALL)
REQUIRED = re.compile(r"[\s,(]*(?:\b(?:required|mandatory|not null)\b|!)[\s,)]*", re.IGNORECASE)
OPTIONAL = re.compile(r"[\s,(]*(?:\b(?:optional|nullable|null)\b|\?$)[\s,)]*", re.IGNORECASE)
BETWEEN = re.compile(
    r"(?:from|between|min(?:imum)?)?\s*(?P<low>-?[\d.]+)"
    r"\s*(?:to|and|-|\.\.|,\s*max(?:imum)?)\s*(?P<high>-?[\d.]+)"
)
NUMBERS = re.compile(r"-?[\d.]+(?:[\s,]+-?[\d.]+){1,3}")
DEFAULT = re.compile(r"(?:,?\s*\bdefault(?:s to|:|=)?|=)\s*(?P<value>.+)$", re.IGNORECASE)
LITERALS = re.compile(r"(?:'[^'|]+'|\"[^\"|]+\"|[\w -]+)(?:\s*\|\s*(?:'[^'|]+'|\"[^\"|]+\"|[\w -]+))+")
STREAMS = re.compile(
    r"(?:\w+\.)?(?:Async)?(?:Generator|Iterator|Iterable|[Ss]tream(?:ing|ed)?)[\[<(]\s*(?P<inner>[\w.]+).*[\])>]"
)
FLAGGED = re.compile(r"(?P<inner>[\w.]+)[\s,(:]+(?:streaming|streamed|stream)\)?")
TOKENS = re.compile(r"(?:token|chunk|word|text)s?[_ -]?(?:stream|generator)s?", re.IGNORECASE)
SIGN = r"[A-Za-z°%€$£¥µ/²³]{1,12}"
UNIT = re.compile(
    rf"\((?P<round>{SIGN})\)|\[(?P<square>{SIGN})\]|(?:in|measured in|unit:?)\s+(?P<said>{SIGN})"
)
NO_UNITS = frozenset(
    {"int", "integer", "float", "decimal", "whole", "real", "positive", "negative", "required", "optional"}
)
"""Words beside a number that say what kind of number it is."""

NUMBER_KEYS = ("minimum", "maximum", "default", "step")


class Phrase(Struct, frozen=True, kw_only=True):
    """What a phrase says: the kind, and keys with their values."""

    kind: str
    keys: Mapping[str, Any]
    unit: str = ""


def phrase_of(text: str, folder: str) -> Phrase | None:
    """Return what a text says of a component; None where a part of it is not understood."""
    streams = STREAMS.fullmatch(text) or FLAGGED.fullmatch(text)
    if streams is None and TOKENS.fullmatch(text) and folder == "outputs":
        return Phrase(kind=fallback(folder), keys={"streaming": True})
    if streams is not None and folder == "outputs":
        found = kind_for_annotation(folder, streams["inner"])
        kind = found["type"] if found else _kind(streams["inner"], folder)[0]
        return None if kind is None else Phrase(kind=kind, keys={"streaming": True})
    if folder != "inputs":
        return None
    return _choices_alone(text, folder) or _kind_and_more(text, folder)


def _choices_alone(text: str, folder: str) -> Phrase | None:
    """Return a list to choose from for `'a' | 'b'`."""
    parts = [part.strip().strip("'\"") for part in text.split("|")]
    if LITERALS.fullmatch(text) is None or any(_kind(part, folder)[0] or part == "None" for part in parts):
        return None
    kind = _kind("select", folder)[0]
    return None if kind is None else Phrase(kind=kind, keys={"choices": parts})


def _kind_and_more(text: str, folder: str) -> Phrase | None:
    found = PHRASE.fullmatch(text)
    if found is None or not (found["rest"] or "").strip():
        return None
    kind, more = _kind(found["kind"], folder)
    if kind is None:
        return None
    name, _, value = more.partition(": ")
    keys: dict[str, Any] = {name: resolve(value)} if more else {}
    rest = found["rest"].strip()
    for pattern, key in ((REQUIRED, "required"), (OPTIONAL, "")):
        if pattern.search(rest):
            rest = pattern.sub(" ", rest, count=1).strip()
            keys |= {key: True} if key else {}
    known = load_schemas().kinds[folder][kind]["properties"]
    keys |= _default_at_end(rest)
    rest = DEFAULT.sub("", rest).strip(" ,:-") if "default" in keys else rest
    unit = _unit(rest, known)
    if unit:
        return Phrase(kind=kind, keys=keys, unit=unit) if set(keys) <= set(known) else None
    read = _rest(rest, known)
    if read is None or not {*keys, *read} <= set(known) or not {*keys, *read}:
        return None
    return Phrase(kind=kind, keys={**keys, **read})


def _unit(rest: str, known: Mapping[str, Any]) -> str:
    """Return the unit of a number: `in kg`, `(kg)`; "" for other words."""
    found = UNIT.fullmatch(rest.strip(" ,:-")) if "minimum" in known else None
    unit = next(filter(None, found.groups()), "") if found else ""
    return "" if unit.lower() in NO_UNITS else unit


def _default_at_end(rest: str) -> Mapping[str, Any]:
    found = DEFAULT.search(rest)
    return {} if found is None else {"default": _value(found["value"].strip(" )"))}


def _rest(rest: str, known: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the keys that the words after a kind say; None for other words."""
    inner = rest.strip(" :,-")
    if not inner:
        return {}
    bare = inner[1:-1].strip() if inner[0] + inner[-1] in ("()", "[]", "{}") else inner
    if "minimum" in known:
        return _numbers(bare)
    if "choices" in known:
        parts = [_value(part.strip()) for part in re.split(r"[,|/]", bare) if part.strip()]
        return {"choices": parts} if len(parts) > 1 else None
    if inner[0] == inner[-1] and inner[0] in "\"'" and len(inner) > 1:
        # A sentence is the label, a word the value.
        return {"label" if " " in inner else "default": inner[1:-1]}
    if bare.lower() in ("checked", "ticked", "on") and known.get("default", {}).get("type") == "boolean":
        return {"default": True}
    if "max_length" in known and bare.isdecimal():
        return {"max_length": int(bare)}
    return None


def _numbers(text: str) -> Mapping[str, Any] | None:
    between = BETWEEN.fullmatch(text)
    bounds = range_in(text) or ((between["low"], between["high"]) if between else None)
    if bounds is not None:
        return {"minimum": _value(bounds[0]), "maximum": _value(bounds[1])}
    if NUMBERS.fullmatch(text):
        return dict(zip(NUMBER_KEYS, [_value(each) for each in re.split(r"[\s,]+", text)], strict=False))
    return None


def _kind(word: str, folder: str) -> tuple[str | None, str]:
    kinds = load_schemas().kinds[folder]
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word).lower()
    if plain in kinds:
        return plain, ""
    return kind_for_word(folder, plain) or (None, "")


def _value(written: str) -> Any:
    """Return what is written, without its quotes; a number where it is one."""
    if written[:1] in "\"'" and written[:1] == written[-1:] and len(written) > 1:
        return written[1:-1]
    try:
        return resolve(written) if written else written
    except NumberTooLargeError:
        return written


def lines_of(phrase: Phrase) -> list[str]:
    """Return a phrase as the lines of a component's keys."""
    return [f"type: {phrase.kind}", *(line for pair in phrase.keys.items() for line in edits.entry(*pair))]
