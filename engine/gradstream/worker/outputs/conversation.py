"""The chat of one run: what was said before, what the visitor says now, and who gets to see which part.

    yields: reply          history is what was said before; an answer is shown after the visitor's message
    yields: conversation   history has the visitor's message too; a yield is everything

Whatever is yielded, the output's value is always the whole conversation.
"""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from gradstream.components.types import Plain
from gradstream.format.types import Chat


class Conversation(Struct, frozen=True, kw_only=True):
    """`opening` is told before the generator is called; `before` stays in front of whatever it yields."""

    output: str
    history: list[Plain]
    opening: list[Plain]
    before: list[Plain]

    def copy_history(self) -> list[Plain]:
        """Return what the generator is given as `history`: it may change it as it likes."""
        return copy.deepcopy(self.history)


def read_conversation(
    chat: Chat, *, history: Sequence[Plain] | None, values: Mapping[str, Any], inputs: Sequence[str]
) -> Conversation:
    """Put a run's conversation together from what the visitor sent."""
    earlier = list(history or ())
    said = values.get(chat.message) if chat.message in inputs else None
    opening = [*earlier, {"role": "user", "content": said}] if said else earlier
    replies = chat.yields == "reply"
    return Conversation(
        output=chat.output,
        history=earlier if replies else opening,
        opening=opening,
        before=opening if replies else [],
    )
