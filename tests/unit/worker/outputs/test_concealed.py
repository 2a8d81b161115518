"""What a generator yields leaves the worker without the demo's secrets, however the yields cut them."""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import json
from msgspec.structs import replace

from gradstream.events.fold import fold
from gradstream.redaction.mask import mask_of
from gradstream.worker.outputs.concealed import conceal
from tests.unit.components.fields import output
from tests.unit.worker.ends import open_ends
from tests.unit.worker.outputs.test_steps import Run

ACCESS_KEY = "AKIA9/abcDEF/ghiJKL/mnoPQR+stu=="
KEY = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nBKcwggSjAgEAAoIBAQC7VJTU\n-----END KEY-----\n"
TEXT = f"the token is {ACCESS_KEY}, and the key is {KEY} as said"

OUTPUTS = {
    "text": output("text"),
    "markdown": output("markdown"),
    "code": output("code"),
    "json": output("json"),
    "chat": output("chat"),
    "table": output("table"),
    "scores": output("scores"),
    "held": replace(output("text"), streaming=False),
    "appended text": replace(output("text"), updates="append"),
    "appended markdown": replace(output("markdown"), updates="append"),
    "appended held": replace(output("text"), streaming=False, updates="append"),
    "appended json": replace(output("json"), updates="append"),
    "appended table": replace(output("table"), updates="append"),
}


@pytest.fixture(scope="module")
def encoders() -> Iterator[ThreadPoolExecutor]:
    """Return threads for pictures."""
    with ThreadPoolExecutor(1) as pool:
        yield pool


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Return a loop that does not run."""
    made = asyncio.new_event_loop()
    yield made
    made.close()


def steps_of(name: str, text: str, cuts: Sequence[int]) -> list[Any]:
    """Return the yields that show a text that grows at these places."""
    ends = [*sorted(cut for cut in cuts if cut < len(text)), len(text)]
    grown = [text[:end] for end in ends]
    match name:
        case "appended text" | "appended markdown" | "appended held":
            return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]
        case "json":
            return [{"a": [one], one: 1} for one in grown]
        case "table" | "appended table":
            return [[[one]] for one in grown]
        case "scores":
            return [{one: 0.5} for one in grown]
        case _:
            return grown


def pieces_of(*secrets: str) -> list[str]:
    """Return all pieces of twelve characters."""
    lines = [line for secret in secrets for line in secret.splitlines()]
    return [line[at : at + 12] for line in lines for at in range(len(line) - 11)]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, len(TEXT)), max_size=30))
@pytest.mark.parametrize("name", OUTPUTS)
def test_a_secret_is_in_no_event(
    name: str, loop: asyncio.AbstractEventLoop, encoders: ThreadPoolExecutor, cuts: list[int]
) -> None:
    """Wherever a text is cut by yields, no event and no value has a long piece of a secret."""
    with open_ends() as ends:
        run = Run(ends, loop, encoders, mask=mask_of([ACCESS_KEY, KEY]))
        taker = run.yields({name.replace(" ", "_"): OUTPUTS[name]})
        for value in steps_of(name, TEXT, cuts):
            taker.take(value)
        taker.finish()
        records = [record for message in run.sent() for record in message]
    state = b"".join(bytes(raw) for raw in fold(records).outputs.values()).decode()
    told = state + b"".join(record.body for record in records).decode()
    assert [piece for piece in pieces_of(ACCESS_KEY, KEY) if piece in told] == []
    assert "the token is •••, and the key is •••" in state
    assert "as said" in state


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, len(TEXT)), max_size=60))
def test_appended_text_shows_nothing_of_a_secret_and_all_of_the_rest(
    loop: asyncio.AbstractEventLoop, encoders: ThreadPoolExecutor, cuts: list[int]
) -> None:
    """Text that is only added to is masked as a whole text is, whatever its pieces are."""
    with open_ends() as ends:
        run = Run(ends, loop, encoders, mask=mask_of([ACCESS_KEY]))
        taker = run.yields({"words": OUTPUTS["appended text"]})
        for value in steps_of("appended text", f"a {ACCESS_KEY} b {ACCESS_KEY}{ACCESS_KEY[:14]}", cuts):
            taker.take(value)
        taker.finish()
        records = [record for message in run.sent() for record in message]
    assert json.decode(fold(records).outputs["words"]) == "a ••• b ••••••"


def test_a_text_that_is_held_back_comes_where_the_run_fails(
    loop: asyncio.AbstractEventLoop, encoders: ThreadPoolExecutor
) -> None:
    """The beginning of a word that may have become a secret is shown at the end, however the run ends."""
    with open_ends() as ends:
        run = Run(ends, loop, encoders, mask=mask_of([ACCESS_KEY]))
        taker = run.yields({"words": OUTPUTS["appended text"]})
        taker.take("Made in A")
        taker.flush()
        records = [record for message in run.sent() for record in message]
    assert json.decode(fold(records).outputs["words"]) == "Made in A"


def test_a_value_without_secrets_is_the_same_one() -> None:
    """A demo without secrets pays nothing."""
    value = {"a": ["b"]}
    assert conceal(value, mask_of(())) is value
