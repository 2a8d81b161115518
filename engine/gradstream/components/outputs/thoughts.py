"""Which thoughts of an answer are parts of others: `metadata` with `id` and `parent_id`.

messages --parents--> for each, the index of the message that it is drawn in, or None

Ids count among the messages between two of the visitor, as a function may use the same ones in each answer.
The page has the same rules; `tests/wire/rules/thoughts.json` compares them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

PlainMessage = Mapping[str, Any]


def misplaced(messages: Sequence[PlainMessage]) -> Iterator[str]:
    """Yield what is wrong with the thoughts that are drawn flat although they name a parent."""
    reasons = [reason for _, reason in _found(messages)]
    for message, parent, reason in zip(messages, parents(messages), reasons, strict=True):
        name = _said(message, "parent_id")
        if parent is None and name is not None:
            yield f"a message has the parent_id {name!r}, {reason}: it is shown below the others"


def parents(messages: Sequence[PlainMessage]) -> list[int | None]:
    """Return the index of each message's parent; None for a message that is drawn by itself."""
    found = [parent for parent, _ in _found(messages)]
    return [None if _contains_itself(index, found) else parent for index, parent in enumerate(found)]


def _found(messages: Sequence[PlainMessage]) -> Iterator[tuple[int | None, str]]:
    """Yield the index of the message that each one names, and why it is drawn flat if it is."""
    for turn in _turns(messages):
        ids = {_said(messages[index], "id"): index for index in reversed(turn)}
        for index in turn:
            name = _said(messages[index], "parent_id")
            if name is None or name not in ids:
                yield None, "which is the id of no message of this answer"
            elif _said(messages[ids[name]], "title") is None:
                yield None, "whose message has no title, and so is not a thought that others are in"
            else:
                yield ids[name], "which leads back to itself"


def _turns(messages: Sequence[PlainMessage]) -> Iterator[list[int]]:
    """Yield the indices of the messages between two of the visitor; those of the visitor too, in order."""
    turn: list[int] = []
    for index, message in enumerate(messages):
        if message["role"] == "user":
            yield turn
            turn = []
        turn.append(index)
    yield turn


def _contains_itself(index: int, found: Sequence[int | None]) -> bool:
    at = found[index]
    for _ in found:
        if at is None or at == index:
            break
        at = found[at]
    return at == index


def _said(message: PlainMessage, key: str) -> Any:
    return (message.get("metadata") or {}).get(key)
