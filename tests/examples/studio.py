"""Generators for the cases; those of the valid ones are run."""

from collections.abc import AsyncIterator, Generator, Iterator
from typing import Any

SIZES = 3
answer = str.upper


class Painter:
    """A class, which a demo cannot run."""


def echo(text: str) -> Iterator[str]:
    """Yield the text."""
    yield text


def paint(prompt: str, steps: int) -> Iterator[str]:
    """Yield the prompt once a step."""
    for _ in range(steps):
        yield prompt


def anything(*values: Any, **named: Any) -> Any:
    """Take whatever there is."""
    return f"{values}{named}"


def nothing() -> str:
    """Take nothing."""
    return "nothing"


def tuned(prompt: str, *, model: str, scale: float = 1.0) -> Iterator[str]:
    """Yield a line about the model."""
    yield f"{prompt} {model} {scale}"


def summed(limit: int, total: int) -> Iterator[dict[str, int]]:
    """Yield the total."""
    yield {"number": limit, "total": total + limit}


def heard(stream: str, chunk: str) -> tuple[str, str]:
    """Return the stream so far before the text, as the parameters stand."""
    return stream + chunk, f"{stream}{chunk}".upper()


def chosen(event: dict[str, Any] | None) -> str:
    """Return what a visitor has selected."""
    return str(event["value"]) if event else ""


def reply(message: str, history: list[dict[str, Any]]) -> Iterator[str]:
    """Yield an answer."""
    yield f"{message} {len(history)}"


async def speak(text: str) -> AsyncIterator[str]:
    """Yield the words."""
    for word in text.split():
        yield word


def counted(text: str) -> Generator[str, None, int]:
    """Yield, and return something that nobody sees."""
    yield text
    return len(text)


def bot(messages: list[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    """Yield the conversation."""
    yield messages


def respond(message: str, chat_history: list[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    """Yield the conversation and the message."""
    yield [*chat_history, {"role": "user", "content": message}]


def is_short(text: str) -> str | None:
    """Check a text by the name of its input."""
    return None if len(text) < 9 else "Please be brief"


def is_word(value: str) -> str | None:
    """Check a value of any name."""
    return None if value.isalpha() or not value else "Letters only"


def agrees(text: str, other: str) -> None:
    """Check a text and an input that there is not."""


def unchanged(*_values: Any, **_named: Any) -> dict[str, Any]:
    """Take whatever there is, and change nothing of what several outputs show."""
    return {}


def cleared() -> None:
    """Take nothing, and show nothing."""


def found(text: str) -> Iterator[list[dict[str, str]]]:
    """Yield a table of one row."""
    yield [{"word": text}]


def talk(message: str, history: list[dict[str, Any]], **_settings: Any) -> Iterator[list[dict[str, Any]]]:
    """Yield the conversation as a whole, with an answer."""
    yield [*history, {"role": "assistant", "content": message}]
