"""What is valid and was hardly meant: a range of two numbers, the word None, an output called `type`."""

from collections.abc import Collection, Mapping
from typing import Any

from gradstream.document.types import Route
from gradstream.format import edits
from gradstream.format.draft import Draft
from gradstream.format.findings import Findings
from gradstream.format.rules.unlikely_signs import check_signs
from gradstream.format.rules.unlikely_texts import check_texts
from gradstream.format.schema.validators import FOLDERS

CODE = "W-UNLIKELY"
FRACTIONS = frozenset(
    {
        "alpha",
        "beta",
        "confidence",
        "eta",
        "frequency_penalty",
        "gain",
        "gamma",
        "guidance",
        "learning_rate",
        "opacity",
        "presence_penalty",
        "probability",
        "ratio",
        "repetition_penalty",
        "sigma",
        "speed",
        "strength",
        "temperature",
        "threshold",
        "top_p",
        "volume",
        "weight",
    }
)
"""Names of numbers that are hardly ever whole."""

WIDEST_FRACTION = 2
"""A range of such a number that leaves nothing to choose in whole numbers: a temperature from 0 to 2."""

NOTHING = frozenset({"none", "null", "nil", "undefined", "n/a", "nan"})


def check_unlikely(draft: Draft, findings: Findings) -> None:
    """Note what works, and does something else than its author most likely thinks."""
    for name, config in draft.inputs.items():
        _two_numbers(("inputs", name), config, findings)
        _nothing(("inputs", name, "default"), config, findings)
    check_texts(findings)
    check_signs(findings)
    for folder in FOLDERS:
        _called_type(folder, draft.document.values.get(folder), findings)


def check_fractions(parameters: Collection[str], function: str, draft: Draft, findings: Findings) -> None:
    """Note inputs of a few whole numbers for parameters that are annotated with `float`."""
    for name in parameters:
        config = draft.inputs.get(name, {})
        if not (_is_told_by_name(name, config) or findings.is_wrong(("inputs", name, "maximum"))):
            _two_numbers(("inputs", name), config, findings, function=function)


def _is_told_by_name(name: str, config: Mapping[str, Any]) -> bool:
    low, high = config.get("minimum"), config.get("maximum")
    is_one_step = isinstance(low, int) and isinstance(high, int) and high - low == 1
    return name.lower() in FRACTIONS or is_one_step


def _two_numbers(route: Route, config: Mapping[str, Any], findings: Findings, *, function: str = "") -> None:
    ends = (config.get("minimum"), config.get("maximum"))
    if not all(type(end) is int for end in ends) or {"step", "integer"} & set(config):
        return
    low, high = ends
    if high is None or low is None or isinstance(config.get("default"), float):
        return
    # A key that is wrong is not in the config: it may have been the step.
    if any(findings.is_wrong((*route, key)) for key in ("step", "integer", "default")):
        return
    is_fraction = (bool(function) or str(route[-1]).lower() in FRACTIONS) and high - low <= WIDEST_FRACTION
    if high - low != 1 and not is_fraction:
        return
    few = f"{low} or {high}" if high - low == 1 else f"a whole number from {low} to {high}"
    findings.add(
        (*route, "maximum"),
        CODE,
        f"`{route[-1]}` can only be {few}: numbers are whole where all of its keys are"
        + (f", and `{function}` takes a float" if function else ""),
        severity="warning",
        expected="a step, such as `step: 0.01`, or `integer: true` if whole numbers are meant",
        found=f"{low} to {high} in whole numbers",
        repair="add a line `step: 0.01`, or `integer: true`",
        fixes=(
            *edits.add_entry(findings.document, route, ["step: 0.01"], "add step: 0.01"),
            *edits.add_entry(findings.document, route, ["integer: true"], "add integer: true"),
        ),
    )


def _nothing(route: Route, config: Mapping[str, Any], findings: Findings) -> None:
    default = config.get("default")
    if not isinstance(default, str) or default.lower() not in NOTHING or "choices" in config:
        return
    place = edits.place_of(findings.document, route)
    if place is None or findings.document.source[place.value.start] in "\"'":
        return
    findings.add(
        route,
        CODE,
        f"the default is the word `{default}`, which visitors see in the field",
        severity="warning",
        expected="no `default` where the field is empty at first",
        found=f"the text `{default}`",
        repair="remove the line, or put the word in quotes if it is meant",
        fixes=_without_or_quoted(route, default, findings),
    )


def _without_or_quoted(route: Route, default: str, findings: Findings) -> tuple[Any, ...]:
    removed = edits.remove(findings.document, route)
    return (*removed, *edits.replace_value(findings.document, route, edits.quoted(default)))


def _called_type(folder: str, components: Any, findings: Findings) -> None:
    if not isinstance(components, Mapping) or list(components) != ["type"]:
        return
    kind = components["type"]
    if not isinstance(kind, str) or findings.is_wrong((folder, "type")):
        return
    noun = folder.removesuffix("s")
    findings.add(
        (folder, "type"),
        CODE,
        f"this is an {noun} whose name is `type`",
        severity="warning",
        expected=f"the {noun}'s name before the colon",
        found=f"`type: {kind}` below `{folder}`",
        repair=f"write `{kind}: {kind}`, or another name before the colon",
        at="key",
    )
