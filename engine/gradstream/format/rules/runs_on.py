"""What starts an action beside its button: `runs_on`, and that something does.

runs_on: {submit: [prompt], select: [table]}      by what a visitor does to a component
button: false                                     E-NEVER-STARTED where nothing else starts it
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gradstream.diagnostics import Fix
from gradstream.document.types import Route
from gradstream.format import edits
from gradstream.format.draft import ActionDraft, Draft
from gradstream.format.findings import Findings
from gradstream.format.rules.names import check_use
from gradstream.format.types import Demo
from gradstream.format.wording import all_of, one_of

CHANGE = "change"
"""What a visitor can do to every output with `editable: true`."""

SUBMIT = "submit"


def listed_events(values: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield what an action runs on: what is done, and the names of the components."""
    for event, names in values.get("runs_on", {}).items():
        if not event.startswith("x-"):
            yield event, names


def check_runs_on(draft: Draft, findings: Findings) -> None:
    """Note names that nothing has, and components to which a visitor cannot do this."""
    known = [*draft.inputs, *draft.outputs]
    for action in draft.actions:
        for event, names in listed_events(action.values):
            for index, name in enumerate(names):
                route = action.at("runs_on", event, index)
                check_use(route, name, known, findings, noun="input or output")
                _check_event(route, event, name, draft, findings)


def check_starts(demo: Demo, draft: Draft, findings: Findings) -> None:
    """Note actions without a button that nothing else starts, and the sending of messages as an event."""
    ends = ("succeeded", "failed")
    followers = {name for one in demo.actions for way in ends for name in one.then.after(way)}
    answering = None if demo.chat is None else demo.chat.action
    for action, written in zip(demo.actions, draft.actions, strict=True):
        starts = (action.live, action.every_s, action.on_open, action.runs_on)
        if not (action.has_button or any(starts) or action.name in followers or action.name == answering):
            _never_started(written, findings)
        message = None if demo.chat is None or answering is None else demo.chat.message
        if message is not None and message in action.runs_on.get(SUBMIT, ()):
            _sends(written, message, str(answering), findings)


def _check_event(route: Route, event: str, name: str, draft: Draft, findings: Findings) -> None:
    is_output = name in draft.outputs
    config = (draft.outputs if is_output else draft.inputs).get(name, {})
    if "type" not in config:
        return
    side = draft.kinds.outputs if is_output else draft.kinds.inputs
    possible = [*side[config["type"]].page_events]
    if is_output and config.get("editable") is True:
        possible.insert(0, CHANGE)
    if event in possible:
        return
    findings.add(
        route,
        "E-RUNS-ON",
        f"`{name}` has no `{event}`: {_why(event, is_output=is_output)}",
        expected=f"{one_of(possible)}" if possible else f"a component that has `{event}`",
        found=f"`{event}` of `{name}`, of the kind {config['type']}",
        repair=f"write it below {one_of(possible)}" if possible else f"remove `{name}`",
        fixes=_moved(route, possible, findings),
    )


def _why(event: str, *, is_output: bool) -> str:
    if event == CHANGE and is_output:
        return "what a run changes is followed by `then`, and a visitor changes what is `editable`"
    return "a visitor cannot do this to it"


def _moved(route: Route, possible: Sequence[str], findings: Findings) -> tuple[Fix, ...]:
    """Write the only key that fits, where the name is alone below its key and that key is not there yet."""
    around: Any = findings.document.values
    for step in route[:-2]:
        around = around[step]
    if len(possible) != 1 or possible[0] in around or len(around[route[-2]]) != 1:
        return ()
    return edits.replace_key(findings.document, route[:-1], possible[0])


def _never_started(action: ActionDraft, findings: Findings) -> None:
    route = action.at("button")
    findings.add(
        route,
        "E-NEVER-STARTED",
        f"nothing starts `{action.name}`: it has no button",
        expected="`live`, `every`, `on_open`, `runs_on`, or another action with `then`",
        found=all_of(["button: false"]),
        repair="remove the line, or write what starts the action",
        at="key",
        fixes=edits.remove(findings.document, route),
    )


def _sends(action: ActionDraft, message: str, answering: str, findings: Findings) -> None:
    route = action.at("runs_on", SUBMIT)
    findings.add(
        route,
        "E-RUNS-ON",
        f"`{message}` is sent by `submit` already, and `{answering}` answers it",
        expected=f"`{answering}` alone to run when a message is sent",
        found=f"`submit` of `{message}`",
        repair=f"write `then: {action.name}` below `{answering}`"
        if action.name != answering
        else f"remove `{message}`",
        at="key",
    )
