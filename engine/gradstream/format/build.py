"""Drafts of inputs and outputs -> their specs: labels from names, options of the schema, units read.

{"type": "slider", "maximum": 10} -> Input(kind="slider", options={"minimum": 0, "maximum": 10, …})
"""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from gradstream.format.kinds import Kinds
from gradstream.format.schema.validators import load_schemas
from gradstream.format.types import Action, Chat, Choice, Condition, Input, Output
from gradstream.format.units import size_bytes, time_s
from gradstream.format.values import word
from gradstream.format.wording import label_of

COMMON_INPUT = frozenset(
    {
        "type",
        "label",
        "description",
        "default",
        "required",
        "section",
        "show_if",
        "rules",
        "validator",
        "sample",
    }
)
COMMON_OUTPUT = frozenset({"type", "label", "description", "show_if", "editable", "streaming", "updates"})
MESSAGE_NAME = "message"
"""The input of this name is the one that messages are written into; without it, the first that can be is."""


def build_input(name: str, config: Mapping[str, Any]) -> Input:
    """Return the input as written; the config has passed its schema."""
    kind = config["type"]
    options = _options(load_schemas().kinds["inputs"][kind], config, common=COMMON_INPUT)
    if "choices" in options:
        options["choices"] = [_choice(each) for each in options["choices"]]
    if isinstance(options.get("accept"), str):
        options["accept"] = [options["accept"]]
    return Input(
        name=name,
        kind=kind,
        label=config.get("label", label_of(name)),
        description=config.get("description"),
        default=config.get("default"),
        required=config.get("required", False),
        section=config.get("section"),
        show_if=_conditions(config),
        options=options,
    )


def build_output(name: str, config: Mapping[str, Any]) -> Output:
    """Return the output; the config has passed its schema."""
    kind = config["type"]
    schema = load_schemas().kinds["outputs"][kind]
    return Output(
        name=name,
        kind=kind,
        label=config.get("label", label_of(name)),
        description=config.get("description"),
        streaming=config.get("streaming", True),
        updates=config.get("updates", schema["properties"]["updates"]["default"]),
        show_if=_conditions(config),
        editable=config.get("editable", False),
        options=_options(schema, config, common=COMMON_OUTPUT),
    )


def build_chat(
    inputs: tuple[Input, ...], outputs: tuple[Output, ...], actions: tuple[Action, ...], kinds: Kinds
) -> Chat | None:
    """Return what ties a conversation together; None when the demo has none."""
    shown = next((each for each in outputs if kinds.outputs[each.kind].is_conversation), None)
    if shown is None:
        return None
    message = message_of([(each.name, each.kind) for each in inputs], kinds)
    chat = Chat(
        output=shown.name,
        yields=shown.options["yields"],
        history=shown.options.get("history", "whole"),
        like=shown.options.get("like"),
    )
    action = None if message is None else _answering(actions, message, chat)
    return chat if action is None else replace(chat, message=message, action=action.name)


def with_message(action: Action, chat: Chat | None) -> Action:
    """Return the action that answers with the message among its inputs, and any other as it is.

    The action of likes fills nothing unless the YAML says what.
    """
    if chat is not None and chat.like == action.name and not action.outputs_given:
        return replace(action, outputs=(), outputs_given=True)
    if chat is None or chat.message is None or chat.action != action.name or chat.message in action.inputs:
        return action
    return replace(action, inputs=(chat.message, *action.inputs))


def _answering(actions: tuple[Action, ...], message: str, chat: Chat) -> Action | None:
    """Return the first action that fills the conversation and takes the message, rather one that waits.

    Where `history` has the message, an action that takes other inputs alone can answer as well.
    """
    filling = [each for each in actions if chat.output in each.outputs and each.name != chat.like]
    takers = [each for each in filling if not each.inputs_given or message in each.inputs]
    waiting = [each for each in filling if not (each.on_open or each.live or each.every_s)]
    first = [each for each in takers if each in waiting] or takers
    return next(iter(first or (waiting if chat.hands_over_whole else ())), None)


def message_of(inputs: Iterable[tuple[str, str]], kinds: Kinds) -> str | None:
    """Return which of the inputs, given by name and kind, messages are written into; None if none can be."""
    texts = [name for name, kind in inputs if kinds.inputs[kind].holds_message]
    return MESSAGE_NAME if MESSAGE_NAME in texts else next(iter(texts), None)


def _conditions(config: Mapping[str, Any]) -> tuple[Condition, ...]:
    return (config["show_if"],) if "show_if" in config else ()


def _options(
    schema: Mapping[str, Any], config: Mapping[str, Any], *, common: frozenset[str]
) -> dict[str, Any]:
    """Return the kind's own keys, with the schema's defaults for those that are left out.

    A key that says something about another one has no default where that one is left out.
    """
    needs = schema.get("dependencies", {})
    options: dict[str, Any] = {}
    for key, described in schema["properties"].items():
        if key in common:
            continue
        has_meaning = all(one in config for one in needs.get(key, ()))
        value = config.get(key, described.get("default") if has_meaning else None)
        if value is None:
            continue
        match described.get("measure"):
            case "size":
                options[key] = size_bytes(value)
            case "time":
                options[key] = time_s(value)
            case _:
                options[key] = value
    return options


def _choice(written: Any) -> dict[str, Any]:
    """Return a choice as a plain mapping, which is what options are made of."""
    if not isinstance(written, Mapping):
        written = {"value": written}
    value = written["value"]
    choice = Choice(
        value=value, label=written.get("label", word(value)), description=written.get("description")
    )
    return {"value": choice.value, "label": choice.label, "description": choice.description}
