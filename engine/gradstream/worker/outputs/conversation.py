"""The chat of one run: the messages so far, the visitor's new message, and which of them the generator gets.

    yields: reply          `history` ends before the new message; a yield is shown after that message
    yields: conversation   `history` includes the new message; a yield is the whole conversation
      history: before      `history` ends before the new message, which the generator adds itself

In all cases the output's value is the whole conversation.
"""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from gradstream.format.types import Chat
from gradstream.format.values import Plain


class Conversation(Struct, frozen=True, kw_only=True):
    """`opening` is sent before the generator is called; `before` is put in front of each of its yields."""

    output: str
    history: list[Plain]
    opening: list[Plain]
    before: list[Plain]

    def copy_history(self) -> list[Plain]:
        """Return the generator's `history`, which it may modify."""
        return copy.deepcopy(self.history)


def read_conversation(
    chat: Chat, *, history: Sequence[Plain] | None, values: Mapping[str, Any], inputs: Sequence[str]
) -> Conversation:
    """Build the conversation of a run from the visitor's input."""
    earlier = list(history or ())
    said = values.get(chat.message) if chat.message is not None and chat.message in inputs else None
    opening = [*earlier, {"role": "user", "content": said}] if said else earlier
    replies = chat.yields == "reply"
    return Conversation(
        output=chat.output,
        history=opening if chat.hands_over_whole else earlier,
        opening=opening,
        before=opening if replies else [],
    )
