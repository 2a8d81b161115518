"""The assistant's answer so far."""

from typing import Any

import pytest

from gradstream.events.answer import answer_text

ASKED = {"role": "user", "content": "Hi"}


def said(content: Any) -> dict[str, Any]:
    """Return a message of the assistant."""
    return {"role": "assistant", "content": content}


@pytest.mark.parametrize(
    ("messages", "text"),
    [
        (None, ""),
        ([], ""),
        ([ASKED], ""),
        ([ASKED, said("Hel")], "Hel"),
        ([ASKED, said("Hello"), ASKED, said("Bye")], "Bye"),
        ([ASKED, said("Hello"), ASKED], "Hello"),
        ([ASKED, said({"blob": "abc", "mime": "image/png", "size": 1})], None),
    ],
)
def test_the_last_answer(messages: Any, text: str | None) -> None:
    """The answer is the last assistant message, growing with it; an image is not text."""
    assert answer_text(messages) == text
