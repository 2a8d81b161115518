"""Answers a message; put a model in its place."""

import time
from collections.abc import Iterator
from typing import Any


def reply(message: str, history: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the answer so far, longer each time; `history` has the messages before this one."""
    turn = 1 + sum(earlier["role"] == "user" for earlier in history)
    answer = f"You said *{message}*. That is message number {turn} of ours, and I remember them all."
    said = ""
    for word in answer.split():
        said = f"{said} {word}".strip()
        yield said
        time.sleep(0.08)
