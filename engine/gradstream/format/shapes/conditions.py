"""Conditions as expressions or as other tools have them: an input's name and its value below `show_if`.

show_if: mode == "hard"    visible_if: mode in [a, b]    depends_on: {field: mode, equals: hard}
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gradstream.document.scalars import NumberTooLargeError, resolve
from gradstream.document.types import Route
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.schema.validators import FOLDERS, load_schemas
from gradstream.format.shapes.blocks import CODE

KEYS = (
    *(
        "show_if",
        "visible_if",
        "visible",
        "when",
        "if",
        "depends_on",
        "show_when",
        "enabled_if",
        "display_if",
    ),
    *("condition", "v-if", "x-if", "hidden_unless", "visibleWhen", "showWhen", "dependsOn", "ng_if"),
)
EXPRESSION = re.compile(
    r"(?:\w+\.|\$|\{+\s*)?(?P<name>[A-Za-z_]\w*)(?:\.value|\[?'?\]?)?\s*"
    r"(?P<sign>===?|=|>=|<=|\bis\b|\beq\b|\bequals\b|\bin\b|:)\s*(?P<value>[^=].*?)\s*(?:\}+)?"
)
AND = re.compile(r"\s+and\s+|\s*&&\s*")
OR = re.compile(r"\s+or\s+|\|\|")
SUBJECTS = ("field", "input", "name", "key", "id", "component", "param")
VALUES = ("value", "equals", "is", "eq", "equal", "values", "in", "one_of", "oneOf")


def check_expressions(findings: Findings) -> None:
    """Note conditions that are not an input with its value."""
    values = findings.document.values
    inputs = values.get("inputs")
    if not isinstance(inputs, Mapping):
        return
    for folder in FOLDERS:
        components = values.get(folder)
        for name, config in (components if isinstance(components, Mapping) else {}).items():
            for key in KEYS if isinstance(config, Mapping) else ():
                if key in config and (key == "show_if" or "show_if" not in config):
                    _check((folder, name, key), config[key], inputs, findings)


def _check(route: Route, written: Any, inputs: Mapping[str, Any], findings: Findings) -> None:
    meant = _meant(written, inputs, is_own=route[-1] == "show_if")
    if meant is None:
        return
    document = findings.document
    lines = edits.entry("show_if", dict(meant))
    place = edits.place_of(document, route)
    margin = "" if place is None or place.key is None else edits.margin(document.source, place.key.start)
    findings.add(
        route,
        CODE,
        f"the condition at `{route[-1]}` is not an input with its value",
        expected="`show_if:`, and below it the name of an input and the value that it must have",
        found=f"`{written}`" if isinstance(written, str) else "a mapping of other words",
        repair=f"write `show_if:`, and below it `{lines[-1].strip()}`",
        at="key",
        fixes=edits.replace_entry(document, route, f"\n{margin}".join(lines)),
    )


def _meant(written: Any, inputs: Mapping[str, Any], *, is_own: bool) -> Sequence[tuple[str, Any]] | None:
    """Return the inputs and the values that a condition means, all of which must hold."""
    if isinstance(written, str):
        parts = [_of_text(part.strip(), inputs) for part in AND.split(written)]
        known = [each for each in parts if each is not None]
        return known if len({name for name, _ in known}) == len(parts) else None
    if not isinstance(written, Mapping) or not written:
        return None
    if set(written) <= set(inputs):
        return None if is_own else list(written.items())
    subject = next((key for key in SUBJECTS if key in written), None)
    value = next((key for key in VALUES if key in written), None)
    if subject is None or value is None or len(written) > 2 or written[subject] not in inputs:
        return None
    return [(written[subject], written[value])]


def _of_text(part: str, inputs: Mapping[str, Any]) -> tuple[str, Any] | None:
    """Return what one comparison says; None for one that cannot be said in a condition."""
    if part in inputs:
        return (part, True) if _is_truth(inputs[part]) else None
    found = EXPRESSION.fullmatch(part)
    if found is None or found["name"] not in inputs or OR.search(found["value"]):
        return None
    return found["name"], _value(found["sign"], found["value"])


def _is_truth(config: Any) -> bool:
    kind = config.get("type") if isinstance(config, Mapping) else config
    schema = load_schemas().kinds["inputs"].get(str(kind), {})
    return bool(schema.get("properties", {}).get("default", {}).get("type") == "boolean")


def _value(sign: str, written: str) -> Any:
    if sign in (">=", "<="):
        return {"minimum" if sign == ">=" else "maximum": _scalar(written)}
    if written[:1] + written[-1:] in ("[]", "()"):
        return [_scalar(part.strip()) for part in written[1:-1].split(",") if part.strip()]
    return _scalar(written)


def _scalar(written: str) -> Any:
    if written[:1] in "\"'" and written[:1] == written[-1:] and len(written) > 1:
        return written[1:-1]
    if written in ("True", "False"):
        return written == "True"
    try:
        return resolve(written) if written else written
    except NumberTooLargeError:
        return written
