"""The inputs of a draft, with what their kinds have to say: contradicting options, defaults, what follows.

    config --build_input--> Input as written --check_options, complete, check--> Input
                                                  +--> findings at the keys

An input is left out if one of its options is missing or wrong: its values could not be judged.
"""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from gradstream.diagnostics import Fix
from gradstream.document.types import Document, Route
from gradstream.format import edits
from gradstream.format.build import COMMON_INPUT, build_input
from gradstream.format.draft import Draft
from gradstream.format.findings import Findings
from gradstream.format.kinds import InputRules, InvalidOption, InvalidValue
from gradstream.format.rules.shipped_files import read_shipped
from gradstream.format.rules.value_rules import read_rules
from gradstream.format.types import Input
from gradstream.format.values import Plain, written
from gradstream.format.wording import one_of

MOST_OFFERED = 4
"""How many of the accepted values are tried as repairs; a list of choices may be long."""


def read_inputs(draft: Draft, findings: Findings) -> Mapping[str, Input]:
    """Return the inputs whose options are sound, and note what is wrong with options and defaults."""
    inputs: dict[str, Input] = {}
    for name, config in draft.inputs.items():
        if "type" in config and not _is_incomplete(name, findings):
            field = _read(name, config, draft, findings)
            if field is not None:
                inputs[name] = field
    return inputs


def check_written(value: Plain, field: Input, draft: Draft) -> Plain | InvalidValue:
    """Return an author's value as the page sends it, or why the input does not accept it."""
    kind = draft.kinds.inputs[field.kind]
    if value is None:
        return InvalidValue(code="E-TYPE", message=f"{field.label} has no value", expected="a value")
    if kind.takes_file:
        return read_shipped(value, field, kind, folder=draft.place.folder, root=draft.place.root)
    return kind.check(value, field)


def repair_of(invalid: InvalidValue, document: Document, route: Route) -> str:
    """Return what an author can do about a value that an input does not accept."""
    if document.names_at(route):
        return "set the variable to such a value"
    ways = [f"write {one_of(written(each) for each in invalid.accepted)}"] if invalid.accepted else []
    ways += [invalid.remedy] if invalid.remedy else []
    return ", or ".join(ways) or f"write {invalid.expected}"


def fixes_of(invalid: InvalidValue, document: Document, route: Route) -> tuple[Fix, ...]:
    """Return the edits that write one of the accepted values, or that take an absent value's line away."""
    if document.names_at(route):
        return ()
    return tuple(
        fix
        for each in invalid.accepted[:MOST_OFFERED]
        for fix in edits.replace_value(
            document, route, edits.scalar(each) if not isinstance(each, list) else written(each)
        )
    )


def _is_incomplete(name: str, findings: Findings) -> bool:
    return any(
        route[:2] == ("inputs", name) and (len(route) == 2 or route[2] not in COMMON_INPUT)
        for route in findings.wrong
    )


def _read(name: str, config: Mapping[str, Any], draft: Draft, findings: Findings) -> Input | None:
    """Return an input; None where its range is wrong, so that no value can be judged by it."""
    kind = draft.kinds.inputs[config["type"]]
    field = build_input(name, config)
    contradictions = list(kind.check_options(field, keys=config))
    for invalid in contradictions:
        _report_option(invalid, field, config, findings)
    if any(invalid.code == "E-RANGE" for invalid in contradictions):
        return None
    field = kind.complete(field)
    rules = read_rules(field, config, usable=kind.rule_keys(field), findings=findings)
    field = replace(field, rules=rules)
    if "default" in config:
        return _with_written_default(field, draft, findings)
    return field if contradictions else _with_untouched(field, kind, findings)


def _report_option(
    invalid: InvalidOption, field: Input, config: Mapping[str, Any], findings: Findings
) -> None:
    route: Route = ("inputs", field.name, *invalid.route)
    findings.add(
        route,
        invalid.code,
        invalid.message,
        expected=invalid.expected,
        found=invalid.found or findings.describe(route, _value_at(config, invalid.route)),
        repair=invalid.repair,
        fixes=_option_fixes(invalid, ("inputs", field.name), findings.document),
    )


def _option_fixes(invalid: InvalidOption, around: Route, document: Document) -> tuple[Fix, ...]:
    """Return one fix that writes all of the values that the kind suggests."""
    fixes = [
        fix
        for key, value in invalid.suggested.items()
        for fix in edits.replace_value(document, (*around, key), edits.scalar(value))
    ]
    if not fixes or len(fixes) < len(invalid.suggested):
        return ()
    return (
        Fix(
            title=" and ".join(fix.title for fix in fixes),
            edits=tuple(one for fix in fixes for one in fix.edits),
        ),
    )


def _value_at(config: Any, route: Route) -> Any:
    for step in route:
        config = config[step]
    return config


def _with_written_default(field: Input, draft: Draft, findings: Findings) -> Input:
    route: Route = ("inputs", field.name, "default")
    checked = check_written(field.default, field, draft)
    if not isinstance(checked, InvalidValue):
        return replace(field, default=checked)
    _report_default(checked, field, findings, route=route, found=findings.describe(route, field.default))
    return replace(field, default=None)


def _with_untouched(field: Input, kind: InputRules, findings: Findings) -> Input:
    """Give an input the default that follows from its other keys, such as a slider's minimum."""
    untouched = kind.untouched(field)
    checked = None if untouched is None else kind.check(untouched, field)
    if not isinstance(checked, InvalidValue):
        return replace(field, default=checked)
    _report_default(checked, field, findings, route=("inputs", field.name), found=checked.found)
    return field


def _in(invalid: InvalidValue) -> str:
    return f", {invalid.part}" if invalid.part else ""


def _report_default(
    invalid: InvalidValue, field: Input, findings: Findings, *, route: Route, found: str
) -> None:
    findings.add(
        route,
        "E-DEFAULT",
        f"the default of `{field.name}` is not a value that the input accepts{_in(invalid)}",
        expected=invalid.expected,
        found=invalid.found if invalid.part else found,
        repair=repair_of(invalid, findings.document, route),
        fixes=fixes_of(invalid, findings.document, route),
    )
