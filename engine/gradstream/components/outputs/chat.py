"""The output kind `chat`: a list of {"role", "content", "metadata"?}, always the whole conversation.

yields: reply         text | message | [message]         the answer so far, put after what was said before
yields: conversation  [message | (user, assistant)]      everything
"""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, convert

from gradstream.authoring import Message
from gradstream.components.outputs.chat_content import CONTENT, encode_content, is_content
from gradstream.components.outputs.delivery import Delivery, ReplaceItems
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.outputs.thoughts import misplaced
from gradstream.components.plain import plain_shown
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.events.answer import answer_text
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

ROLES = ("user", "assistant", "system", "tool")
METADATA_TEXTS = ("title", "status", "duration", "log", "id", "parent_id")
METADATA: JsonSchema = {
    "type": "object",
    "properties": {
        "title": {"type": ["string", "null"]},
        "status": {"type": ["string", "null"]},
        "duration": {"type": ["number", "string", "null"]},
        "log": {"type": ["string", "null"]},
        "id": {"type": ["string", "null"]},
        "parent_id": {"type": ["string", "null"]},
    },
}
"""Of a thought or a tool call; other keys are passed on as they are. `duration` is in seconds, or words.

A message is part of the thought of the same answer that has its `parent_id` as `id`.
"""

OPTIONS: JsonSchema = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"value": {"type": "string"}, "label": {"type": "string"}},
        "required": ["value", "label"],
        "additionalProperties": False,
    },
}
"""Suggestions for what the visitor says next: a click sends the value."""

KEYS = ("role", "content", "metadata", "options")

ACCEPTED = "text, {'role', 'content'}, gradstream.Message, what a message can contain, or a list of them"


class ChatOptions(Struct, frozen=True):
    """The keys of a chat output that its value depends on."""

    yields: Literal["reply", "conversation"] = "reply"


class ChatOutput(OutputKind):
    """Shows messages of text (Markdown), pictures, sound, video, files, tables and figures."""

    is_conversation = True
    pictures_key = "avatars"

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return the messages of the answer, or of the conversation when the output says so."""
        return [encode_message(one, store) for one in take_messages(value, output)]

    def delivery(self, output: Output) -> Delivery:
        """Return that each step has all messages, of which few change."""
        return ReplaceItems(take_messages, encode_message, misplaced)

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of the list of messages."""
        message = {
            "type": "object",
            "properties": {
                "role": {"enum": list(ROLES)},
                "content": CONTENT,
                "metadata": METADATA,
                "options": OPTIONS,
            },
            "required": ["role", "content"],
            "additionalProperties": False,
        }
        return {"type": ["array", "null"], "items": message}

    def as_text(self, value: Plain) -> str:
        """Return the assistant's last message."""
        answer = answer_text(value)
        return "(no text)" if answer is None else answer


KINDS: Mapping[str, OutputKind] = {"chat": ChatOutput()}


def take_messages(value: Any, output: Output) -> list[Any]:
    """Return the messages of a yield, as they were given; of a pair, the two. Raises UnusableYieldError."""
    if value is None:
        return []
    if convert(output.options, ChatOptions).yields == "conversation":
        return _conversation(value)
    return list(value) if isinstance(value, list) else [value]


def encode_message(value: Any, store: Store) -> Plain:
    """Return one message as a plain value. Raises UnusableYieldError."""
    if isinstance(value, Message) or _is_message(value):
        given = {key: getattr(value, key) for key in KEYS if getattr(value, key, None) is not None}
        return _build({"content": None, **given}, store)
    if isinstance(value, Mapping):
        unknown = [key for key in value if key not in KEYS]
        if "content" not in value or unknown:
            found = f"with {unknown[0]!r}" if unknown else "without 'content'"
            raise UnusableYieldError(
                "expected a message with the keys 'role', 'content', 'metadata' and 'options', got one "
                f"{found}"
            )
        return _build(value, store)
    if not is_content(value):
        raise UnusableYieldError(f"expected {ACCEPTED}, got a message of type {kind_name(value)}")
    return _build({"content": value}, store)


def _is_message(value: Any) -> bool:
    """Return whether this is a message of another package: an object with a role and a content."""
    return isinstance(getattr(value, "role", None), str) and hasattr(value, "content")


def _conversation(value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise UnusableYieldError(f"expected a list of all messages, got {kind_name(value)}")
    if not {list, tuple} & set(map(type, value)):
        return list(value)
    return [message for item in value for message in _messages(item)]


def _messages(item: Any) -> list[Any]:
    """Return an item, or the messages of a [user, assistant] pair; the half that was not said yet is None."""
    if not isinstance(item, list | tuple):
        return [item]
    if len(item) != 2:
        raise UnusableYieldError(
            f"expected messages and pairs of [user, assistant], got a list of {len(item)}"
        )
    said = zip(("user", "assistant"), item, strict=True)
    return [{"role": role, "content": content} for role, content in said if content is not None]


def _build(given: Mapping[str, Any], store: Store) -> Plain:
    role = given.get("role", "assistant")
    if role not in ROLES:
        raise UnusableYieldError(f"expected one of the roles {', '.join(ROLES)}, got {role!r}")
    message = {"role": role, "content": encode_content(given["content"], store)}
    if given.get("metadata") is not None:
        message["metadata"] = _metadata(given["metadata"], store)
    if given.get("options"):
        message["options"] = _options(given["options"])
    return message


def _metadata(metadata: Any, store: Store) -> Plain:
    """Return metadata whose own keys have the types of `METADATA`: what is not text there becomes text."""
    known = plain_shown(metadata, "a message's metadata", store)
    if not isinstance(known, dict):
        raise UnusableYieldError(f"expected metadata as a mapping, got {kind_name(metadata)}")
    for key in METADATA_TEXTS:
        value = known.get(key)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if value is not None and not isinstance(value, str) and not (key == "duration" and is_number):
            known[key] = str(value)
    return known


def _options(options: Any) -> Plain:
    """Return suggestions to click, each with the text that it sends and the one that it shows."""
    listed = options if isinstance(options, list | tuple) else [options]
    return [_option(one) for one in listed]


def _option(option: Any) -> Plain:
    value = option.get("value") if isinstance(option, Mapping) else option
    label = (option.get("label") if isinstance(option, Mapping) else None) or value
    if not isinstance(value, str | int | float) or not isinstance(label, str | int | float):
        raise UnusableYieldError(
            f"expected an option as text, or with the keys 'value' and 'label', got {kind_name(option)}"
        )
    return {"value": str(value), "label": str(label)}
