"""A conversation costs what changes in it, and what is shown in the end is what was yielded."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.authoring import Message
from gradstream.components.outputs.chat import encode_message, take_messages
from gradstream.components.plain import repair_texts
from gradstream.events.types import Edit
from gradstream.events.value import RawEdit, Value
from gradstream.worker.outputs import diff, items_writer
from gradstream.worker.outputs.items_writer import ItemsWriter
from tests.unit.components.fields import Frame, MemoryStore, output


class Shown:
    """Stands where a sender does: applies what is sent as a page does, and counts it."""

    def __init__(self) -> None:
        self.value = Value()
        self.wholes = 0
        self.edits: list[list[Edit]] = []

    def replace(self, value: Any) -> None:
        """Show another value."""
        self.wholes += 1
        self.value.set(msgspec.Raw(msgspec.json.encode(value)))

    def patch(self, edits: list[Edit]) -> None:
        """Edit the value."""
        self.edits.append(edits)
        self.value.patch(msgspec.json.decode(msgspec.json.encode(edits), type=list[RawEdit]))

    def json(self) -> Any:
        """Return what is shown."""
        return msgspec.json.decode(self.value.json())


class Talk:
    """A conversation that is written, and how many messages were encoded for it."""

    def __init__(self, form: str, *, opening: list[Any], before: int = 0) -> None:
        self.shown = Shown()
        self.encoded = 0
        of, store = output("chat", yields=form), MemoryStore()

        def encode(item: Any) -> Any:
            self.encoded += 1
            return encode_message(item, store)

        self.writer = ItemsWriter(
            self.shown,  # type: ignore[arg-type]  # a sender in all that a writer calls
            take_apart=lambda value: take_messages(value, of),
            encode=encode,
            before=opening[:before],
        )
        self.writer.open(opening[before:])

    def write(self, value: Any) -> None:
        """Yield once."""
        self.writer.write(value, is_last=False)


def messages(count: int) -> list[Any]:
    """Return so many messages, some with thoughts."""
    said: list[Any] = [{"role": "user", "content": f"What is {number}?"} for number in range(count)]
    for number in range(0, count, 3):
        said[number] |= {"role": "assistant", "metadata": {"title": "Thought", "duration": 1.5, "log": "x"}}
    return said


TOKENS = 50


def same_list(history: list[Any]) -> Iterator[list[Any]]:
    """Modify the last message of the same list."""
    talk = [*history, {"role": "assistant", "content": ""}]
    for _ in range(TOKENS):
        talk[-1]["content"] += "word "
        yield talk


def fresh_copies(history: list[Any]) -> Iterator[list[Any]]:
    """Yield copies that share nothing."""
    return map(copy.deepcopy, same_list(history))


def new_dictionaries(history: list[Any]) -> Iterator[list[Any]]:
    """Put another last message behind the same others."""
    for count in range(1, TOKENS + 1):
        yield [*history, {"role": "assistant", "content": "word " * count}]


def other_classes(history: list[Any]) -> Iterator[list[Any]]:
    """Yield the new message as another type."""
    for count in range(1, TOKENS + 1):
        yield [*history, Message("word " * count)]


FORMS = [same_list, fresh_copies, new_dictionaries, other_classes]


@pytest.mark.parametrize("count", [2, 600])
@pytest.mark.parametrize("generator", FORMS)
def test_a_token_of_a_conversation_costs_one_message(
    generator: Callable[[list[Any]], Iterator[list[Any]]], count: int
) -> None:
    """However many messages there are: one is encoded, and one edit is sent."""
    opening = messages(count)
    talk = Talk("conversation", opening=opening)
    wholes, encoded = talk.shown.wholes, talk.encoded
    last: list[Any] = []
    for value in generator(copy.deepcopy(opening)):
        talk.write(value)
        last = value
    assert talk.encoded - encoded <= TOKENS
    assert talk.shown.wholes - wholes <= 1
    assert sum(map(len, talk.shown.edits)) <= TOKENS
    assert talk.shown.json()[-1]["content"] == "word " * TOKENS
    assert len(talk.shown.json()) == len(last)


@pytest.mark.parametrize("count", [2, 600])
def test_a_token_of_a_reply_costs_one_message(count: int) -> None:
    """The messages before the answer are neither encoded nor compared."""
    talk = Talk("reply", opening=messages(count), before=count)
    for tokens in range(1, TOKENS + 1):
        talk.write("word " * tokens)
    assert talk.encoded == TOKENS
    assert talk.shown.wholes <= 2
    assert talk.shown.json() == [*messages(count), {"role": "assistant", "content": "word " * TOKENS}]


@pytest.mark.parametrize("count", [2, 600])
def test_bytes_encoded_for_a_token(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many with 600 messages as with 2: of the message that grows alone."""
    total = 0

    class Counting:
        """Encodes, and counts the bytes."""

        def __init__(self, encoder: Any) -> None:
            self._encoder = encoder

        def encode(self, value: Any) -> bytes:
            """Return the encoded value."""
            nonlocal total
            encoded: bytes = self._encoder.encode(value)
            total += len(encoded)
            return encoded

    opening = messages(count)
    talk = Talk("conversation", opening=opening)
    talk.write([*opening, "word"])
    for module, name in ((diff, "_msgpack"), (diff, "_json"), (items_writer, "_encoder")):
        monkeypatch.setattr(module, name, Counting(getattr(module, name)))
    for tokens in range(2, TOKENS + 2):
        talk.write([*opening, "word" * tokens])
    assert total < TOKENS * 1000


@pytest.mark.parametrize("index", [0, 1, 299, 598])
def test_an_early_message_that_is_modified_in_place_is_found(index: int) -> None:
    """Its text, its role and what is inside its metadata."""
    value = messages(600)
    talk = Talk("conversation", opening=copy.deepcopy(value))
    changes: tuple[Callable[[Any], Any], ...] = (
        lambda one: one.update(content="Something else"),
        lambda one: one.update(role="system"),
        lambda one: one.update(metadata={"title": "New", "log": "a"}),
        lambda one: one["metadata"].update(log="ab"),
        lambda one: one["metadata"].update(seen=1),
        lambda one: one["metadata"].update(seen=True),
        lambda one: one.pop("metadata"),
    )
    for change in changes:
        change(value[index])
        talk.write(value)
        assert talk.shown.json() == value
        assert msgspec.json.encode(talk.shown.json()) == msgspec.json.encode(value)


def test_a_token_costs_that_token_whatever_parts_stand_before_it() -> None:
    """Behind a table, a picture and other messages with such parts, an edit has the token and where it is."""
    parts = [
        Frame(["n"], [(number,) for number in range(50)]),
        np.zeros((9, 9, 3), np.uint8),
        {"columns": ["n"], "rows": [[1]]},
    ]
    opening = [{"role": "assistant", "content": parts} for _ in range(40)]
    talk = Talk("conversation", opening=[])
    talk.write([*opening, {"role": "assistant", "content": [*parts, ""]}])
    wholes, before = talk.shown.wholes, len(talk.shown.edits)
    for tokens in range(1, TOKENS + 1):
        talk.write([*opening, {"role": "assistant", "content": [*parts, "word " * tokens]}])
    assert talk.shown.wholes == wholes
    assert msgspec.json.encode(talk.shown.edits[-1]) == b'[["append",[40,"content",3],"word "]]'
    assert len(msgspec.json.encode(talk.shown.edits[before:])) < TOKENS * 40
    assert talk.shown.json()[-1]["content"][-1] == "word " * TOKENS


SORTED = msgspec.json.Encoder(order="sorted")
"""Tells 1 and true apart."""

CONTENTS = st.text(st.sampled_from("ab\ud83d\ude00"), max_size=4)
MESSAGES = (
    CONTENTS
    | st.fixed_dictionaries(
        {"role": st.sampled_from(["user", "assistant"]), "content": CONTENTS},
        optional={"metadata": st.dictionaries(st.sampled_from("ab"), st.integers(0, 1) | st.booleans())},
    )
    | st.builds(Message, CONTENTS)
    | st.tuples(st.none() | CONTENTS, CONTENTS)
)


@given(st.lists(st.lists(MESSAGES, max_size=4), max_size=6))
def test_what_is_shown_is_what_was_yielded(yields: list[list[Any]]) -> None:
    """Whatever follows whatever, edits and whole conversations lead to the last one."""
    talk = Talk("conversation", opening=[])
    of, store = output("chat", yields="conversation"), MemoryStore()
    for value in yields:
        talk.write(copy.deepcopy(value))
        expected = [encode_message(one, store) for one in take_messages(value, of)]
        assert SORTED.encode(talk.shown.json()) == SORTED.encode(repair_texts(expected))


def test_the_last_list_is_remarked_on_once() -> None:
    """What a step of it refers to may come with a later one, so nothing is said before the end."""
    remarked: list[Any] = []
    writer = ItemsWriter(
        Shown(),  # type: ignore[arg-type]  # a sender in all that a writer calls
        take_apart=list,
        encode=lambda item: item,
        remark=remarked.append,
    )
    for value in (["a"], ["a", "b"]):
        writer.write(value, is_last=False)
    assert remarked == []
    writer.finish()
    assert remarked == [["a", "b"]]
