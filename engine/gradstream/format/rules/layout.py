"""The layout: names that mean one thing each, once each, and blocks that are of one sort.

Draft --parts of the layout--> E-UNKNOWN-NAME, E-NAME-TWICE, E-LAYOUT
"""

from collections.abc import Mapping
from typing import Any

from gradstream.diagnostics import Fix
from gradstream.document.types import Route
from gradstream.format import edits
from gradstream.format.build import message_of
from gradstream.format.draft import Draft
from gradstream.format.findings import Findings
from gradstream.format.layout import Names, parts
from gradstream.format.rules.names import check_use
from gradstream.format.wording import enumerated, one_of

KEYS = ("text", "columns", "tabs", "section", "row")


def names_of(draft: Draft) -> Names:
    """Return what the demo's layout can name."""
    return Names(
        inputs=list(draft.inputs),
        outputs=list(draft.outputs),
        actions=[action.name for action in draft.actions],
        has_examples=bool(draft.values.get("examples")),
    )


def check_layout(draft: Draft, findings: Findings) -> None:
    """Note names that mean nothing, several things or what is placed already, and blocks of two sorts."""
    if "layout" not in draft.values:
        return
    names, places = names_of(draft), _given_places(draft)
    for part in parts(draft.values["layout"]):
        if isinstance(part.value, str):
            _check_name(part.route, part.value, names, places, findings)
        else:
            _check_block(part.route, part.value, findings)


def _check_name(route: Route, name: str, names: Names, places: dict[str, str], findings: Findings) -> None:
    meanings = names.meanings(name)
    if not meanings:
        check_use(route, name, names.all(), findings, noun="input, output or action")
    elif len(meanings) > 1:
        _report_ambiguous(route, name, meanings, findings)
    elif meanings[0] not in places:
        places[meanings[0]] = ""
    elif places[meanings[0]]:
        _report(route, places[meanings[0]], f"a layout without `{name}`", f"`{name}`", "remove it", findings)
    else:
        findings.add(
            route,
            "E-NAME-TWICE",
            f"`{name}` has two places in the layout",
            expected="each name once",
            found=f"`{name}` again",
            repair="remove one of the two",
        )


def _report_ambiguous(route: Route, name: str, meanings: tuple[str, ...], findings: Findings) -> None:
    nouns = [f"an {meaning.partition('s.')[0]}" for meaning in meanings]
    fixes: tuple[Fix, ...] = tuple(
        fix for meaning in meanings for fix in edits.replace_value(findings.document, route, meaning)
    )
    _report(
        route,
        f"`{name}` is the name of {' and of '.join(nouns)}",
        one_of(meanings),
        f"`{name}`",
        f"write {one_of(meanings)}",
        findings,
        fixes,
    )


def _given_places(draft: Draft) -> dict[str, str]:
    """Return what no layout has a place for, and why: the message of a conversation, missing buttons."""
    hidden = [action.name for action in draft.actions if action.values.get("button") is False]
    places = {f"actions.{name}": f"`{name}` has no button" for name in hidden}
    chats = {
        name
        for name, config in draft.outputs.items()
        if "type" in config and draft.kinds.outputs[config["type"]].is_conversation
    }
    kinds = [(name, config["type"]) for name, config in draft.inputs.items() if "type" in config]
    message = message_of(kinds, draft.kinds)
    if not chats or message is None:
        return places
    places[f"inputs.{message}"] = f"`{message}` is written below the conversation"
    if len(draft.actions) == 1:
        name = draft.actions[0].name
        places[f"actions.{name}"] = "sending a message is the button of a conversation"
    return places


def _check_block(route: Route, block: Mapping[str, Any], findings: Findings) -> None:
    given = [key for key in block if key in KEYS]
    if len(given) != 1:
        found = enumerated([*given]) if given else "nothing"
        _report(
            route,
            "a block of the layout is of one sort",
            one_of(KEYS),
            found,
            "write each after a dash of its own",
            findings,
        )
    columns = block.get("columns")
    for width in columns if isinstance(columns, Mapping) else ():
        if not _is_width(width):
            _report(
                (*route, "columns", width),
                f"`{width}` is not the width of a column",
                "a number above 0, such as `2`, or columns as a list",
                f"`{width}`",
                "write how wide the column is, compared with the others",
                findings,
                at_key=True,
            )


def _is_width(written: str) -> bool:
    return written.replace(".", "", 1).isdecimal() and float(written) > 0


def _report(
    route: Route,
    message: str,
    expected: str,
    found: str,
    repair: str,
    findings: Findings,
    fixes: tuple[Fix, ...] = (),
    *,
    at_key: bool = False,
) -> None:
    findings.add(
        route,
        "E-LAYOUT",
        message,
        expected=expected,
        found=found,
        repair=repair,
        at="key" if at_key else "value",
        fixes=fixes,
    )
