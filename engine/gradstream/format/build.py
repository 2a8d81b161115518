"""Drafts of inputs and outputs -> their specs: labels from names, options of the schema, units read.

{"type": "slider", "maximum": 10} -> Input(kind="slider", options={"minimum": 0, "maximum": 10, …})
"""

from collections.abc import Iterable, Mapping
from typing import Any

from gradstream.format.kinds import Kinds
from gradstream.format.schema.validators import load_schemas
from gradstream.format.types import Chat, Choice, Condition, Input, Output
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


def build_chat(inputs: tuple[Input, ...], outputs: tuple[Output, ...], kinds: Kinds) -> Chat | None:
    """Return what ties a conversation together; None when the demo has none."""
    chat = next((each for each in outputs if kinds.outputs[each.kind].is_conversation), None)
    message = message_of([(each.name, each.kind) for each in inputs], kinds)
    if chat is None or message is None:
        return None
    return Chat(output=chat.name, message=message, yields=chat.options["yields"])


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
