"""What a schema cannot say: how the values of one demo fit together.

Draft --CHECKS--> Findings
"""

from collections.abc import Callable
from pathlib import Path

from gradstream.format.draft import ACTION_KEYS, ActionDraft, Draft
from gradstream.format.findings import Findings
from gradstream.format.prose.files import check_prose
from gradstream.format.rules import unsupported
from gradstream.format.rules.chains import check_chains
from gradstream.format.rules.handing import check_handing
from gradstream.format.rules.headers import check_headers
from gradstream.format.rules.interpreter import check_interpreter
from gradstream.format.rules.layout import check_layout
from gradstream.format.rules.names import check_names
from gradstream.format.rules.pictures import check_pictures
from gradstream.format.rules.returns import check_returns
from gradstream.format.rules.runs_on import check_runs_on
from gradstream.format.rules.unlikely import check_unlikely
from gradstream.format.rules.watching import check_watch
from gradstream.format.units import time_s
from gradstream.format.wording import all_of, one_of

SHORTEST_EVERY_S = 0.1
"""Ten runs a second by the clock; below it a demo would do nothing else than start runs."""


def check(draft: Draft, findings: Findings) -> None:
    """Note everything that does not fit together."""
    for each in CHECKS:
        each(draft, findings)


def _generators(draft: Draft, findings: Findings) -> None:
    values = draft.document.values
    if "generator" in values and "actions" in values:
        findings.add(
            ("generator",),
            "E-TWO-WAYS",
            "a demo has either `generator` or `actions`",
            expected="one of the two",
            found="both",
            repair="move the generator into an action of its own",
            at="key",
        )
    elif "generator" not in values and "actions" not in values:
        findings.add_missing(
            ("generator",),
            "the demo does not say which function to run",
            expected="`generator:` with `module.function`",
            repair="add a line `generator: module.function`",
        )
    if "actions" in values:
        for key in ACTION_KEYS:
            if key in values:
                _belongs_to_action(key, findings)


def _belongs_to_action(key: str, findings: Findings) -> None:
    findings.add(
        (key,),
        "E-MISPLACED-KEY",
        f"with `actions`, `{key}` belongs to one of them",
        expected=f"`{key}` below an action",
        found=f"`{key}` at the top",
        repair="move it below the action that it is meant for",
        at="key",
    )


def _chat(draft: Draft, findings: Findings) -> None:
    rules = draft.kinds
    known = {name: config["type"] for name, config in draft.outputs.items() if "type" in config}
    chats = [name for name, kind in known.items() if rules.outputs[kind].is_conversation]
    for name in chats[1:]:
        findings.add(
            ("outputs", name),
            "E-CHAT",
            "a demo has one conversation",
            expected="one output of the kind chat",
            found=all_of(chats),
            repair="make a demo of its own for the second conversation",
            at="key",
        )


def _actions(draft: Draft, findings: Findings) -> None:
    for action in draft.actions:
        every = action.values.get("every")
        if every is not None and time_s(every) < SHORTEST_EVERY_S:
            findings.add(
                action.at("every"),
                "E-RANGE",
                "`every` is too short",
                expected="at least 100ms",
                found=findings.describe(action.at("every"), every),
                repair="write 100ms or more",
            )
        if action.values.get("live", False) is not False and not _has_inputs(action, draft):
            findings.add(
                action.at("live"),
                "E-LIVE",
                "`live` runs again when an input changes, and there is none",
                expected="at least one input",
                found="no inputs",
                repair="remove `live`, or add an input",
                at="key",
            )


def _has_inputs(action: ActionDraft, draft: Draft) -> bool:
    return bool(action.values.get("inputs", draft.inputs))


def _thumbnail(draft: Draft, findings: Findings) -> None:
    thumbnail = draft.values.get("thumbnail")
    if thumbnail is None:
        return
    path = Path(draft.place.folder, thumbnail)
    if path.is_file():
        if not path.resolve().is_relative_to(Path(draft.place.root).resolve()):
            _outside(thumbnail, findings)
        return
    findings.add(
        ("thumbnail",),
        "E-FILE-MISSING",
        "the thumbnail's file does not exist",
        expected="a picture; paths start at this file",
        found=findings.describe(("thumbnail",), thumbnail),
        repair=f"put the picture there, or remove {one_of(['thumbnail'])}",
    )


def _prose(draft: Draft, findings: Findings) -> None:
    check_prose(draft.values, findings, folder=draft.place.folder, root=draft.place.root)


def _tags(draft: Draft, findings: Findings) -> None:
    tags = draft.values.get("tags", ())
    for index, tag in enumerate(tags):
        same = next((earlier for earlier in tags[:index] if earlier.casefold() == tag.casefold()), None)
        if same is not None:
            findings.add(
                ("tags", index),
                "W-TAG-TWICE",
                f"the tag `{tag}` is there already" + ("" if tag == same else f", as `{same}`"),
                severity="warning",
                expected="each tag once",
                found=f"`{same}` and `{tag}`",
                repair="remove one of the two",
            )


def _outside(thumbnail: str, findings: Findings) -> None:
    findings.add(
        ("thumbnail",),
        "E-OUTSIDE",
        "the thumbnail is outside of the catalog's folder",
        expected="a picture below the catalog's folder, which is all that is ever served",
        found=findings.describe(("thumbnail",), thumbnail),
        repair="copy the picture beside the demo",
    )


def _timeout(draft: Draft, findings: Findings) -> None:
    timeout = draft.values.get("limits", {}).get("timeout")
    if timeout is None or time_s(timeout) > 0:
        return
    route = ("limits", "timeout")
    findings.add(
        route,
        "E-RANGE",
        "with this `timeout` every run fails at once",
        expected="more than 0s",
        found=findings.describe(route, timeout),
        repair="write a time such as 2min, or remove the line",
    )


CHECKS: tuple[Callable[[Draft, Findings], None], ...] = (
    _generators,
    check_names,
    check_handing,
    check_chains,
    check_returns,
    check_runs_on,
    check_layout,
    _chat,
    _actions,
    _timeout,
    _thumbnail,
    check_headers,
    check_interpreter,
    check_pictures,
    _prose,
    _tags,
    check_watch,
    check_unlikely,
    unsupported.check_demo,
)
