"""`returns`: the order of what a function returns, where values of the state are not last.

returns: [stream, text]      each output of the action once, and values of the state
"""

from collections.abc import Sequence

from gradstream.diagnostics import Fix
from gradstream.format import edits
from gradstream.format.draft import ActionDraft, Draft
from gradstream.format.findings import Findings
from gradstream.format.rules.names import check_use
from gradstream.format.wording import all_of, enumerated


def check_returns(draft: Draft, findings: Findings) -> None:
    """Note names that are neither outputs nor state, names given twice, and outputs that are left out."""
    for action in draft.actions:
        if "returns" in action.values:
            _check(action, draft, findings)


def returns_line(names: Sequence[str]) -> str:
    """Return the line that says in which order these are returned."""
    return edits.entry("returns", list(names))[0]


def _check(action: ActionDraft, draft: Draft, findings: Findings) -> None:
    names: Sequence[str] = action.values["returns"]
    outputs: Sequence[str] = list(action.values.get("outputs", draft.outputs))
    known = [*outputs, *draft.state]
    for index, name in enumerate(names):
        route = action.at("returns", index)
        check_use(route, name, known, findings, noun="output or state of the action")
        if name in known and name in names[:index]:
            findings.add(
                route,
                "E-NAME-TWICE",
                f"`{name}` is listed twice",
                expected="each name once",
                found=f"`{name}` again",
                repair="remove one of the two",
                fixes=_written(action, list(dict.fromkeys(names)), findings),
            )
    missing = [name for name in outputs if name not in names]
    if missing and all(name in known for name in names):
        _add_missing(action, missing, findings)


def _add_missing(action: ActionDraft, missing: Sequence[str], findings: Findings) -> None:
    names = [*dict.fromkeys(action.values["returns"]), *missing]
    noun = "output" if len(missing) == 1 else "outputs"
    findings.add(
        action.at("returns"),
        "E-RETURNS",
        f"`returns` leaves out the {noun} {enumerated(missing)}",
        expected="every output of the action, and the state that is returned",
        found=all_of(action.values["returns"]),
        repair=f"write `{returns_line(names)}`, in the order of the function",
        at="key",
        fixes=_written(action, names, findings),
    )


def _written(action: ActionDraft, names: Sequence[str], findings: Findings) -> tuple[Fix, ...]:
    return edits.replace_entry(findings.document, action.at("returns"), returns_line(names))
