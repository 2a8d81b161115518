"""Check what a caller wishes, and make the order that a worker gets.

RunWish --action known? inputs fit? history a conversation?--> RunOrder | NoSuchAction | UnfitInputs
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from gradstream.authoring import Session
from gradstream.components.form import Finding, FindUpload, check_form
from gradstream.components.portable import check_portable
from gradstream.components.registry import INPUTS, KINDS
from gradstream.components.shipped import as_upload
from gradstream.components.types import Upload
from gradstream.format.conditions import hidden_inputs
from gradstream.format.fields import required_fields
from gradstream.format.generator.binding import LIKED
from gradstream.format.kinds import InvalidValue
from gradstream.format.rules.shipped_files import find_shipped
from gradstream.format.types import Action, Demo, PageEvent
from gradstream.format.wording import describe, one_of, shorten
from gradstream.ipc.protocol import RunOrder
from gradstream.runs.attachments import located
from gradstream.runs.contract import NoSuchAction, RunWish, UnfitInputs


def make_order(
    wish: RunWish,
    *,
    run: str,
    state: Mapping[str, Any],
    session: Session,
    folder: str,
    find_upload: FindUpload,
    shipped: Mapping[str, Upload],
    most_findings: int,
) -> RunOrder | NoSuchAction | UnfitInputs:
    """Return the order of a run with this id, this committed state, this session and this working folder.

    `shipped` has the demo's own files by name, as `shipped_files` returns them.
    """
    demo, action = wish.demo, _action(wish.demo, wish.action)
    if action is None:
        return NoSuchAction(name=wish.action or "", known=tuple(one.name for one in demo.actions))
    fields = required_fields(action, demo, INPUTS)
    names = [*(field.name for field in demo.inputs), *(output.name for output in demo.outputs)]
    others = [name for name in names if name not in action.inputs]
    history, findings = _history(demo, wish.inputs, find_upload)
    liked: dict[str, Any] = {}
    if demo.chat is not None and demo.chat.like == action.name:
        others += [name for name in LIKED if name not in names]
        liked = {name: wish.inputs.get(name) for name in LIKED}
        findings += tuple(_misfits(liked, history or []))
    form = check_form(
        fields,
        wish.inputs,
        find_upload=lambda key: shipped.get(key) or find_upload(key),
        hidden=hidden_inputs(demo.inputs, wish.inputs),
        others=[*others, "history"] if demo.chat else others,
        most=most_findings,
    )
    findings = (*findings, *_event_findings(wish.event, action))
    if form.findings or findings:
        return UnfitInputs(findings=(*form.findings, *findings), more=form.more)
    return RunOrder(
        run=run,
        demo=demo.address,
        action=action.name,
        values=form.values,
        history=history,
        state=state,
        folder=folder,
        session=session,
        accepts=wish.accepts,
        exact=wish.exact,
        liked=liked,
        event=wish.event,
    )


def shipped_files(demo: Demo, names: Collection[str]) -> dict[str, Upload]:
    """Return those of a demo's own files that are there, by name. Uses the disk."""
    paths = {name: find_shipped(demo, name, kinds=KINDS) for name in names}
    return {name: as_upload(path) for name, path in paths.items() if path is not None}


def _action(demo: Demo, name: str | None) -> Action | None:
    if name is None:
        return demo.actions[0]
    return next((action for action in demo.actions if action.name == name), None)


def _event_findings(event: PageEvent | None, action: Action) -> tuple[Finding, ...]:
    """Return why an event cannot start the action: it does not run on it, or its value is not portable."""
    if event is None:
        return ()
    if event.component in action.runs_on.get(event.type, ()):
        problem = check_portable(event.value, code="E-TYPE", label="The event's value")
    else:
        known = [f"{key} of {name}" for key, names in action.runs_on.items() for name in names]
        problem = InvalidValue(
            code="E-CHOICE",
            message="The action does not run on this event",
            expected=one_of(known) or "no event",
            found=f"{shorten(event.type)} of {shorten(event.component)}",
            repair="leave it out, or send one that the action runs on",
        )
    return () if problem is None else (Finding(input="event", problem=problem),)


def _history(
    demo: Demo, inputs: Mapping[str, Any], find_upload: FindUpload
) -> tuple[list[Any] | None, tuple[Finding, ...]]:
    """Return a chat's conversation so far, as the visitor sent it; None when the demo is not a chat."""
    if demo.chat is None:
        return None, ()
    history = inputs.get("history") or []
    problem = check_portable(history, code="E-HISTORY", label="The history") or _shape_problem(history)
    if problem is None:
        return [located(message, find_upload) for message in history], ()
    return None, (Finding(input="history", problem=problem),)


def _misfits(liked: Mapping[str, Any], history: Sequence[Any]) -> Iterator[Finding]:
    """Yield what is wrong with what a visitor says about a message."""
    index, opinion = liked["index"], liked["liked"]
    if type(index) is not int or not 0 <= index < len(history):
        expected = f"a whole number from 0 to {len(history) - 1}" if history else "a history with messages"
        yield _misfit("index", "The index is of no message in the history", expected, index)
    if opinion not in (None, True, False) or type(opinion) in (int, float):
        yield _misfit(
            "liked", "The opinion about the message is not one of three", "true, false or null", opinion
        )


def _misfit(name: str, message: str, expected: str, found: Any) -> Finding:
    problem = InvalidValue(code="E-TYPE", message=message, expected=expected, found=describe(found))
    return Finding(input=name, problem=problem)


def _shape_problem(history: Any) -> InvalidValue | None:
    if isinstance(history, list) and all(_is_message(message) for message in history):
        return None
    return InvalidValue(
        code="E-HISTORY",
        message="The history is not a conversation",
        expected="a list of messages, each with role and content",
        found=type(history).__name__,
    )


def _is_message(message: Any) -> bool:
    return isinstance(message, dict) and isinstance(message.get("role"), str) and "content" in message
