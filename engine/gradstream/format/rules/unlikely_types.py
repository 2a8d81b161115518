"""Inputs that hand over something else than their parameter's annotation says: text for an `int`.

kind --its default, its annotations--> what it hands over --differs from the annotation--> W-UNLIKELY
"""

from collections.abc import Mapping
from typing import Any

from gradstream.format.draft import Draft
from gradstream.format.findings import Findings
from gradstream.format.rules.unlikely import CODE
from gradstream.format.schema.hints import kind_for_annotation, read_hints
from gradstream.format.schema.validators import load_schemas

UNFIT: Mapping[str, frozenset[str]] = {
    "str": frozenset({"int", "float", "bool"}),
    "bool": frozenset({"str"}),
    "float": frozenset({"str", "bool"}),
}
"""What an input hands over, and annotations that are of another kind of value; a bool is an int of Python."""

WORDS: Mapping[str, str] = {"str": "a text", "bool": "True or False", "float": "a number"}


def check_types(parameters: Mapping[str, str], function: str, draft: Draft, findings: Findings) -> None:
    """Note inputs whose values are not of the type with which their parameter is annotated."""
    for name, annotation in parameters.items():
        route, config = ("inputs", name), draft.inputs.get(name)
        handed = _handed(config) if config is not None else ""
        if annotation not in UNFIT.get(handed, ()) or findings.is_wrong(route):
            continue
        lines = [f"`{key}: {str(value).lower()}`" for key, value in _fitting(annotation).items()]
        findings.add(
            route,
            CODE,
            f"`{name}` hands over {WORDS[handed]}, and `{function}` takes {_article(annotation)}",
            severity="warning",
            expected=f"an input that hands over {_article(annotation)}, or another annotation",
            found=f"{WORDS[handed]} for `{name}: {annotation}`",
            repair=f"write {' with '.join(lines)}, or annotate the parameter with `{handed}`",
            at="key",
        )


def _handed(config: Mapping[str, Any]) -> str:
    """Return the type of what an input hands over; "" where it is another one, or depends on its choices."""
    kind = str(config.get("type"))
    described = load_schemas().kinds["inputs"].get(kind, {}).get("properties", {})
    of_default = described.get("default", {}).get("type")
    if of_default == "boolean":
        return "bool"
    if "minimum" in described and "step" in described:
        return "" if config.get("range") else "float"
    annotations = read_hints("inputs")[kind].annotations if of_default == "string" else {"": {}}
    is_text = not annotations or (kind_for_annotation("inputs", "str") or {}).get("type") == kind
    return "str" if of_default == "string" and is_text and "accept" not in described else ""


def _fitting(annotation: str) -> Mapping[str, Any]:
    return kind_for_annotation("inputs", annotation) or {}


def _article(annotation: str) -> str:
    return f"an {annotation}" if annotation == "int" else f"a {annotation}"
