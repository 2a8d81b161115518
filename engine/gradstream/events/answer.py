"""The assistant's answer in the value of a chat: what clients show that know text alone."""

from typing import Any


def answer_text(messages: Any) -> str | None:
    """Return the text of the last assistant message so far, "" before the first; None when it is not text.

    `messages` is a chat's value: a list of objects with role and content, or None.
    """
    answers = [message["content"] for message in messages or [] if message["role"] == "assistant"]
    if not answers:
        return ""
    texts = [part for part in _parts(answers[-1]) if isinstance(part, str)]
    return "\n\n".join(texts) if texts else None


def _parts(content: Any) -> list[Any]:
    return content if isinstance(content, list) else [content]
