import time
from collections.abc import Iterator

from gradstream import Message

PLACES = {"sea": ("by the sea", 24, "a light wind"), "hill": ("in the hills", 15, "fog in the morning")}
HERE = ("in town", 19, "a shower towards evening")
STEP_S = 0.05


def answer(message: str) -> Iterator[list[Message]]:
    place, degrees, sky = next((each for word, each in PLACES.items() if word in message.lower()), HERE)
    thought = Message("", metadata={"title": "Thinking", "status": "pending", "id": "thought"})
    for text in typed(f"The question is about the weather {place}. I need today's readings."):
        thought.content = text
        yield [thought]
    thought.metadata = {"title": "Thought", "status": "done", "id": "thought"}
    tool = Message("", metadata={"title": "Reading the station", "status": "pending", "parent_id": "thought"})
    for text in ("", f"{degrees} °C", f"{degrees} °C, {sky}"):
        tool.content = text
        yield [thought, tool]
        time.sleep(4 * STEP_S)
    tool.metadata = {"title": "Read the station", "status": "done", "parent_id": "thought"}
    for text in typed(f"Today it is **{degrees} degrees** {place}, with {sky}."):
        yield [thought, tool, Message(text)]


def typed(text: str) -> Iterator[str]:
    """Return a text as it grows, word by word."""
    words = text.split()
    for end in range(1, len(words) + 1):
        yield " ".join(words[:end])
        time.sleep(STEP_S)
