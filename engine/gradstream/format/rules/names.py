"""Names: what may be one, which are given twice, and which are used without being given."""

import keyword
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from msgspec.structs import replace

from gradstream.diagnostics import Fix
from gradstream.document.pasted.guess import number
from gradstream.document.pasted.signs import named
from gradstream.document.types import Route
from gradstream.format import edits
from gradstream.format.conditions import comparisons
from gradstream.format.draft import ActionDraft, Draft
from gradstream.format.findings import At, Findings
from gradstream.format.layout import sections
from gradstream.format.wording import guess, label_of, one_of


def check_names(draft: Draft, findings: Findings) -> None:
    """Check every name that becomes a parameter, and every use of a name."""
    for folder in ("inputs", "outputs", "state"):
        for name in _mapping(draft.values.get(folder)):
            _identifier((folder, name), name, findings)
    for name in draft.state:
        _given_twice(("state", name), name, draft, findings)
    for action in draft.actions:
        _check_action(action, draft, findings)
    for folder, components in (("inputs", draft.inputs), ("outputs", draft.outputs)):
        for name, config in components.items():
            _check_condition((folder, name, "show_if"), config.get("show_if"), draft, findings)
    for around, section in sections(draft.values.get("layout", [])):
        _check_condition((*around, "show_if"), section.get("show_if"), draft, findings)


def _check_condition(route: Route, condition: Any, draft: Draft, findings: Findings) -> None:
    for below, used, _ in comparisons(_mapping(condition)):
        check_use((*route, *below), used, draft.inputs, findings, noun="input", at="key")


def check_use(
    route: Route, name: str, known: Collection[str], findings: Findings, *, noun: str, at: At = "value"
) -> None:
    """Note a name that is used and that nothing has."""
    if name in known:
        return
    near = guess(name, known)
    findings.add(
        route,
        "E-UNKNOWN-NAME",
        f"there is no {noun} `{name}`",
        expected=f"`{near}`" if near else one_of(known) or f"nothing: there is no {noun}",
        found=f"`{name}`",
        repair=f"write `{near}` instead of `{name}`" if near else f"remove it, or add the {noun}",
        at=at,
        fixes=_renamed(route, near, findings, at=at) if near else (),
    )


def _renamed(route: Route, name: str, findings: Findings, *, at: At) -> tuple[Fix, ...]:
    write = edits.replace_key if at == "key" else edits.replace_value
    return write(findings.document, route, name)


def _check_action(action: ActionDraft, draft: Draft, findings: Findings) -> None:
    # An input may be filled, and an output handed over: see `format.both_ways`.
    for key, known, noun in (
        ("inputs", [*draft.inputs, *draft.outputs], "input or output"),
        ("outputs", [*draft.outputs, *draft.inputs], "output or input"),
    ):
        names = action.values.get(key, ())
        for index, name in enumerate(names):
            check_use(action.at(key, index), name, known, findings, noun=noun)
            if name in names[:index]:
                findings.add(
                    action.at(key, index),
                    "E-NAME-TWICE",
                    f"`{name}` is listed twice",
                    expected="each name once",
                    found=f"`{name}` again",
                    repair="remove one of the two",
                )
    given = action.values.get("inputs", draft.inputs)
    taken = given if "inputs" in action.values or not action.route else ()
    for name in _mapping(action.values.get("with")):
        _identifier(action.at("with", name), name, findings)
        if name in taken:
            _twice(action.at("with", name), name, "an input", findings)
    live_for = [name for name in given if name in draft.inputs or name in draft.outputs]
    live = _mapping(action.values.get("live"))
    for index, name in enumerate(live.get("inputs", ())):
        check_use(action.at("live", "inputs", index), name, live_for, findings, noun="input of the action")


def _identifier(route: Route, name: str, findings: Findings) -> None:
    as_read = unicodedata.normalize("NFKC", name)
    if name.isidentifier() and name != as_read:
        _read_otherwise(route, name, as_read, findings)
        return
    if name.isidentifier() and not keyword.iskeyword(name):
        return
    is_word = name.isidentifier()
    suggestion = f"{name}_" if is_word else _as_identifier(name)
    findings.add(
        route,
        "E-NAME",
        f"`{name}` is a word of Python's own and cannot name a parameter"
        if is_word
        else f"`{name}` cannot be the name of a parameter",
        expected="letters, digits and underscores, not beginning with a digit",
        found=f"`{name}`",
        repair=f"write `{suggestion}`, and what is to be shown under `label`",
        at="key",
        fixes=_with_label(edits.rename(findings.document, name, suggestion), route, suggestion, findings),
    )


def _read_otherwise(route: Route, name: str, as_read: str, findings: Findings) -> None:
    """Note a name with signs that Python replaces in a program: a parameter never has them."""
    sign = next(
        each for each in name if unicodedata.combining(each) or unicodedata.normalize("NFKC", each) != each
    )
    findings.add(
        route,
        "E-NAME",
        f"`{name}` has {named(sign)}, for which Python has another sign in names",
        expected=f"`{as_read}`, as Python reads it",
        found=number(sign),
        repair=f"type `{as_read}` again",
        at="key",
        fixes=edits.rename(findings.document, name, as_read),
    )


def _with_label(fixes: tuple[Fix, ...], route: Route, new: str, findings: Findings) -> tuple[Fix, ...]:
    """Add a label to a component whose new name would not show the words of the old one."""
    document, name = findings.document, str(route[-1])
    component = document.values.get(route[0], {}).get(name)
    if route[0] == "state" or label_of(new) == label_of(name):
        return fixes
    line = f"label: {edits.text(name)}"
    if isinstance(component, str):
        added = edits.replace_lines(document, route, [f"type: {edits.text(component)}", line], line)
    elif isinstance(component, Mapping) and component and "label" not in component:
        added = edits.add_entry(document, route, [line], line)
    else:
        return fixes
    return tuple(
        replace(fix, edits=(*fix.edits, *(edit for each in added for edit in each.edits))) for fix in fixes
    )


def _as_identifier(name: str) -> str:
    plain = "".join(character if (character.isalnum() or character == "_") else "_" for character in name)
    plain = plain.strip("_") or "name"
    return plain if plain.isidentifier() else f"_{plain}"


def _given_twice(route: Route, name: str, draft: Draft, findings: Findings) -> None:
    for components, noun in ((draft.inputs, "an input"), (draft.outputs, "an output")):
        if name in components:
            _twice(route, name, noun, findings)


def _twice(route: Route, name: str, other: str, findings: Findings) -> None:
    findings.add(
        route,
        "E-NAME-TWICE",
        f"`{name}` is the name of {other} as well",
        expected="a name of its own",
        found=f"`{name}` twice",
        repair="rename one of the two",
        at="key",
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
