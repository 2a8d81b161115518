"""Who sees which part of a chat."""

from typing import Any

from gradstream.format.types import Chat
from gradstream.worker.outputs.conversation import read_conversation

EARLIER: list[Any] = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
NEW = {"role": "user", "content": "c"}


def test_a_reply_does_not_see_the_new_message_in_its_history() -> None:
    """The history ends before the new message; the answer follows it."""
    chat = Chat(output="chat", message="m")
    talk = read_conversation(chat, history=EARLIER, values={"m": "c"}, inputs=("m",))
    assert (talk.history, talk.opening, talk.before) == (EARLIER, [*EARLIER, NEW], [*EARLIER, NEW])
    copy = talk.copy_history()
    copy[0]["content"] = "changed"
    assert talk.history == EARLIER


def test_a_conversation_sees_everything() -> None:
    """The history has the new message, and nothing is put before a yield."""
    chat = Chat(output="chat", message="m", yields="conversation")
    talk = read_conversation(chat, history=EARLIER, values={"m": "c"}, inputs=("m",))
    assert (talk.history, talk.opening, talk.before) == ([*EARLIER, NEW], [*EARLIER, NEW], [])


def test_an_action_without_the_message_adds_none() -> None:
    """A button that does not take the message leaves the conversation as it was."""
    talk = read_conversation(Chat(output="chat", message="m"), history=None, values={"m": "c"}, inputs=())
    assert (talk.history, talk.opening) == ([], [])


def test_a_function_that_adds_the_message_itself_gets_the_history_before_it() -> None:
    """With `history: before` the message is shown at once, and a yield is still the whole conversation."""
    chat = Chat(output="chat", message="m", yields="conversation", history="before")
    talk = read_conversation(chat, history=EARLIER, values={"m": "c"}, inputs=("m",))
    assert (talk.history, talk.opening, talk.before) == (EARLIER, [*EARLIER, NEW], [])


def test_a_chat_that_nobody_writes_in_shows_what_was_said() -> None:
    """A run continues the conversation, and adds no message."""
    talk = read_conversation(Chat(output="chat"), history=EARLIER, values={}, inputs=())
    assert (talk.history, talk.opening, talk.before) == (EARLIER, EARLIER, EARLIER)
