"""Choices in other shapes: pairs, one-key mappings, other words for value and label, lists in one text.

[[Red, r]]    - {r: Red}    - {id: r, name: Red}    ->    - value: r
                                                            label: Red
"""

from collections.abc import Mapping
from typing import Any

from gradstream.document.types import Document, Route
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.mistakes.synonyms import meant_key
from gradstream.format.shapes.blocks import Shape, report, written

VALUES = ("value", "id", "key", "code", "val", "slug")
LABELS = ("label", "name", "text", "title", "display", "caption")
DESCRIPTIONS = ("description", "desc", "help", "info", "hint")
OWN = frozenset({"value", "label", "description"})

Scalar = str | int | float | bool


def check_choices(findings: Findings) -> None:
    """Note choices whose shape is another tool's."""
    inputs = findings.document.values.get("inputs")
    for name, config in (inputs if isinstance(inputs, Mapping) else {}).items():
        key = next(
            (each for each in ("choices", "options", "items", "values") if _is_list(config, each)), None
        )
        if key is not None:
            _check(("inputs", name, key), config[key], findings)


def _is_list(config: Any, key: str) -> bool:
    is_other = key == "choices" or (isinstance(config, Mapping) and meant_key(key, ["choices"]) == "choices")
    return is_other and isinstance(config, Mapping) and isinstance(config.get(key), list)


def _check(route: Route, members: list[Any], findings: Findings) -> None:
    document = findings.document
    lines = _tuples(members)
    if not lines and all(_is_right(each) for each in members):
        return
    for index, each in enumerate(members if not lines else ()):
        choice = _choice(each, (*route, index), document)
        if not choice:
            return
        lines += choice
    report(
        Shape(
            route=route,
            message=f"the choices of `{route[1]}` are not written as values with labels",
            expected="for each choice a dash and `value`, and below it `label` where another word is shown",
            found="another shape",
            lines=lines,
        ),
        findings,
    )


def _tuples(members: list[Any]) -> list[str]:
    """Return the lines of pairs between parentheses, which YAML reads as two members each: `("Apple", 1)`."""
    pairs = list(zip(members[::2], members[1::2], strict=False))
    texts = [(str(label), str(value)) for label, value in pairs]
    if not pairs or len(members) % 2 or not all(a[:1] == "(" and b[-1:] == ")" for a, b in texts):
        return []
    return [line for a, b in texts for line in _lines(_bare(b[:-1]), _bare(a[1:]))]


def _bare(text: str) -> str:
    """Return a text without the quotes that a program has around it, as YAML writes it."""
    plain = text.strip()
    is_quoted = len(plain) > 1 and plain[0] == plain[-1] and plain[0] in "\"'"
    return edits.text(plain[1:-1]) if is_quoted else plain


def _is_right(member: Any) -> bool:
    if isinstance(member, Mapping):
        return "value" in member and set(member) <= OWN
    return isinstance(member, Scalar) or member is None


def _choice(member: Any, route: Route, document: Document) -> list[str]:
    """Return the lines of a choice; none where it is not clear what is meant."""
    if isinstance(member, Scalar):
        return [f"- {written(document, route)}"]
    if isinstance(member, list) and len(member) == 2 and all(isinstance(each, Scalar) for each in member):
        return _lines(written(document, (*route, 1)), written(document, (*route, 0)))
    if isinstance(member, list) and len(member) == 1 and isinstance(member[0], Scalar):
        return [f"- {written(document, (*route, 0))}"]
    if not isinstance(member, Mapping) or not all(isinstance(each, Scalar) for each in member.values()):
        return []
    value = next((key for key in VALUES if key in member), None)
    label = next((key for key in LABELS if key in member), None)
    about = next((key for key in DESCRIPTIONS if key in member), None)
    others = [key for key in member if key not in (value, label, about)]
    # One in the format's own words with a key too many is reported at that key.
    if (value or label) and not (others and value == "value"):
        value, label = (value, label) if value else (label, None)
        parts = [written(document, (*route, key)) if key else "" for key in (value, label, about)]
        first, *more = _lines(*parts)
        notes = ", ".join(f"{key}: {written(document, (*route, key))}" for key in others)
        return [f"{first}  # {notes}" if notes else first, *more]
    if len(member) == 1:
        (key,) = member
        return _lines(edits.scalar(key), written(document, (*route, key)))
    return []


def _lines(value: str, label: str = "", about: str = "") -> list[str]:
    if value == label and not about:
        return [f"- {value}"]
    more = [f"  label: {label}"] if label else []
    return [f"- value: {value}", *more, *([f"  description: {about}"] if about else [])]
