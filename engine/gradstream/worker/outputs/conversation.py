"""The chat of one run: the messages so far, the visitor's new message, and which of them the generator gets.

    yields: reply          `history` ends before the new message; a yield is shown after that message
    yields: conversation   `history` includes the new message; a yield is the whole conversation
      history: before      `history` ends before the new message, which the generator adds itself

In all cases the output's value is the whole conversation.
"""

import copy
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from gradstream.format.types import Chat
from gradstream.format.values import Plain


class Conversation(Struct, frozen=True, kw_only=True):
    """What a run knows of a chat.

    `earlier` is shown before the message `said`, if there is one; `is_reply`: each yield follows both.
    """

    output: str
    history: list[Plain]
    earlier: list[Plain]
    said: Any
    is_reply: bool

    def copy_history(self) -> list[Plain]:
        """Return the generator's `history`, which it may modify."""
        return copy.deepcopy(self.history)


def read_conversation(chat: Chat, *, history: Sequence[Plain] | None, content: Any) -> Conversation:
    """Build the conversation of a run from its history and the content of the visitor's message.

    None and "" add no message. The history's files are known by their paths to the generator alone.
    """
    earlier = list(history or ())
    said = None if content in (None, "") else {"role": "user", "content": content}
    known = [*earlier, said] if said is not None and chat.hands_over_whole else earlier
    return Conversation(
        output=chat.output,
        history=known,
        earlier=[without_paths(message) for message in earlier],
        said=said,
        is_reply=chat.yields == "reply",
    )


def without_paths(message: Plain) -> Plain:
    """Return a message as the page knows it: files of earlier runs without where they are on this machine."""
    content = message["content"]
    if isinstance(content, list):
        return {**message, "content": [_without_path(part) for part in content]}
    return {**message, "content": _without_path(content)}


def _without_path(part: Plain) -> Plain:
    if not isinstance(part, dict):
        return part
    return {key: value for key, value in part.items() if key != "path"}
