"""Values that grow by a little with each yield: rows of a table, points of a line, tokens of a chat."""

import math
from collections.abc import Iterator
from typing import Any

TURNS = 300
ANSWER = "A turn of the conversation, long enough to look like one: " + "words upon words, " * 8


def row(index: int) -> list[Any]:
    """Return the row of a table: its number, a word and a measured value."""
    return [index, f"sample {index % 97}", round(math.sin(index / 50), 4)]


def mark(index: int) -> str:
    """Return the text that says how far a generator has come."""
    return f"~{index:05}"


def turn(index: int) -> dict[str, str]:
    """Return what was said earlier in a conversation."""
    return {"role": "assistant" if index % 2 else "user", "content": f"{index}. {ANSWER}"}


def rows(count: int) -> Iterator[dict[str, Any]]:
    """Yield one row a step, at full speed, and a mark behind the last."""
    for index in range(count):
        yield {"table": [row(index)]}
    yield {"mark": mark(count)}


def points(count: int) -> Iterator[dict[str, Any]]:
    """Yield one point of a line a step, at full speed, and a mark behind the last."""
    for index in range(count):
        yield {"line": [[index, math.sin(index / 50)]]}
    yield {"mark": mark(count)}


def conversation(message: str, tokens: int) -> Iterator[list[dict[str, str]]]:
    """Yield a long conversation, whole, whose last answer grows by a token a step, at full speed."""
    turns = [turn(index) for index in range(TURNS - 2)]
    turns.append({"role": "user", "content": message})
    answer = ""
    for index in range(tokens):
        answer += f"{mark(index)} "
        yield [*turns, {"role": "assistant", "content": answer}]
