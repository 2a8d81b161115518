"""Who sees which part of a chat."""

from typing import Any

from gradstream.format.types import Chat
from gradstream.worker.outputs.conversation import read_conversation

EARLIER: list[Any] = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
NEW = {"role": "user", "content": "c"}
WHOLE = Chat(output="chat", message="m", yields="conversation")


def test_a_reply_does_not_see_the_new_message_in_its_history() -> None:
    """The history ends before the new message; the answer follows it."""
    talk = read_conversation(Chat(output="chat", message="m"), history=EARLIER, content="c")
    assert (talk.history, talk.earlier, talk.said, talk.is_reply) == (EARLIER, EARLIER, NEW, True)
    copy = talk.copy_history()
    copy[0]["content"] = "changed"
    assert talk.history == EARLIER


def test_a_conversation_sees_everything() -> None:
    """The history has the new message, and nothing is put before a yield."""
    talk = read_conversation(WHOLE, history=EARLIER, content="c")
    assert (talk.history, talk.earlier, talk.said, talk.is_reply) == ([*EARLIER, NEW], EARLIER, NEW, False)


def test_an_action_without_the_message_adds_none() -> None:
    """A button that does not take the message, or takes an empty one, leaves the conversation as it was."""
    for content in (None, ""):
        talk = read_conversation(WHOLE, history=None, content=content)
        assert (talk.history, talk.earlier, talk.said) == ([], [], None)


def test_a_function_that_adds_the_message_itself_gets_the_history_before_it() -> None:
    """With `history: before` the message is shown at once, and a yield is still the whole conversation."""
    chat = Chat(output="chat", message="m", yields="conversation", history="before")
    talk = read_conversation(chat, history=EARLIER, content="c")
    assert (talk.history, talk.said, talk.is_reply) == (EARLIER, NEW, False)


def test_where_a_file_is_is_for_the_function_alone() -> None:
    """The history hands over the paths of files of earlier runs, and the page does not get them."""
    file = {"blob": "d", "mime": "audio/wav", "run": "r"}
    earlier: list[Any] = [{"role": "user", "content": ["Listen", {**file, "path": "/runs/r/d"}]}]
    earlier.append({"role": "user", "content": {**file, "path": "/runs/r/d"}})
    talk = read_conversation(WHOLE, history=earlier, content="c")
    assert talk.history == [*earlier, NEW]
    assert [each["content"] for each in talk.earlier] == [["Listen", file], file]
