"""A chat partner without a model behind it: canned sentences, and a memory of the conversation."""

import time
from collections.abc import Iterator
from typing import Any

OPENINGS = (
    "That reminds me of a harbour town where the fog came in every evening at six.",
    "I knew somebody once who collected exactly such things, in jars, with labels.",
    "There is an old song about that, and nobody remembers the second verse.",
)


def reply(message: str, history: list[dict[str, Any]], pace: int) -> Iterator[str]:
    """Yield the answer so far, one word longer each time, `pace` words a second."""
    said = ""
    for word in _compose(message, history).split(" "):
        said = f"{said} {word}".lstrip()
        yield said
        time.sleep(1 / pace)


def _compose(message: str, history: list[dict[str, Any]]) -> str:
    """Return the whole answer in Markdown: an opening, the message turned over, and what was said before."""
    earlier = [turn["content"] for turn in history if turn["role"] == "user"]
    opening = OPENINGS[len(earlier) % len(OPENINGS)]
    answer = f"{opening} You say **{message.strip()}**, and I think there is more behind it."
    if earlier:
        answer += f"\n\nA while ago you said *{earlier[-1].strip()}*. I have not forgotten: that makes "
        answer += f"{len(earlier) + 1} things you told me."
    return answer + " Go on, what happened then?"
