"""The output kind `chat`: a list of {"role", "content", "metadata"?}, always the whole conversation.

yields: reply         text | message | [message]         the answer so far, put after what was said before
yields: conversation  [message | (user, assistant)]      everything
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct, convert

from gradstream.authoring import Message
from gradstream.components.outputs.image import keep
from gradstream.components.outputs.picture import Encoded, is_picture, take
from gradstream.components.plain import plain
from gradstream.components.types import Plain, Store, UnusableYield
from gradstream.components.wording import kind_name
from gradstream.format.types import Output

ROLES = ("user", "assistant", "system", "tool")
ACCEPTED = "accepted are text, {'role', 'content'}, gradstream.Message, and lists of them"


class Options(Struct, frozen=True):
    """The keys of a chat output that its value depends on."""

    yields: Literal["reply", "conversation"] = "reply"


class ChatOutput:
    """Shows messages of text (Markdown) and pictures."""

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return the messages of the answer, or of the conversation when the output says so."""
        if value is None:
            return []
        if convert(output.options, Options).yields == "conversation":
            return list(_conversation(value, store))
        if isinstance(value, list):
            return [_message(one, store) for one in value]
        return [_message(value, store)]


def _conversation(value: Any, store: Store) -> Iterator[Plain]:
    if not isinstance(value, list | tuple):
        raise UnusableYield(f"{kind_name(value)} is no conversation; accepted is a list with all messages")
    for item in value:
        if isinstance(item, list | tuple):
            yield from _pair(item, store)
        else:
            yield _message(item, store)


def _pair(item: Any, store: Store) -> Iterator[Plain]:
    """Read one [user, assistant] pair; the half that was not said yet is None."""
    if len(item) != 2:
        raise UnusableYield(f"{len(item)} messages in one pair; accepted are [user, assistant] and messages")
    for role, content in zip(("user", "assistant"), item, strict=True):
        if content is not None:
            yield {"role": role, "content": _content(content, store)}


def _message(value: Any, store: Store) -> Plain:
    if isinstance(value, Message):
        return _build(value.role, value.content, value.metadata, store)
    if isinstance(value, Mapping):
        unknown = [key for key in value if key not in {"role", "content", "metadata"}]
        if "content" not in value or unknown:
            found = f"with {unknown[0]!r}" if unknown else "without 'content'"
            raise UnusableYield(f"a message {found}; its keys are 'role', 'content' and 'metadata'")
        return _build(value.get("role", "assistant"), value["content"], value.get("metadata"), store)
    return _build("assistant", value, None, store)


def _build(role: Any, content: Any, metadata: Any, store: Store) -> Plain:
    if role not in ROLES:
        raise UnusableYield(f"a message with the role {role!r}; the roles are {', '.join(ROLES)}")
    message = {"role": role, "content": _content(content, store)}
    if metadata is not None:
        message["metadata"] = plain(metadata)
    return message


def _content(content: Any, store: Store) -> Plain:
    if content is None:
        return ""
    if isinstance(content, str):
        return str(content)
    if isinstance(content, Mapping) and "blob" in content:
        # A picture of an earlier turn, come back in the history.
        return plain(content)
    if not is_picture(content):
        raise UnusableYield(f"a message of type {kind_name(content)}; {ACCEPTED}")
    picture = take(content)
    if isinstance(picture, Encoded):
        return keep(picture, store)
    # A list of messages is yielded again and again as it grows, and its pictures with it.
    return store.once(picture.fingerprint(), lambda: keep(picture.encode("webp"), store))
