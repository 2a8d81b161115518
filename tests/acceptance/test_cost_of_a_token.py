"""What a token of a conversation costs on the wire, in bytes: the token, and where it belongs."""

import json

import pytest

from tests.acceptance.wire_client import client_of
from tests.conftest import Serve

TOKENS = 400
ANSWER = "".join(f"~{number:05} " for number in range(TOKENS))

FILES = {
    "demos/reply.yaml": """
gradstream: 1
generator: talk.reply
inputs: {message: text}
outputs:
  chat: {type: chat}
""",
    "demos/whole.yaml": """
gradstream: 1
generator: talk.whole
inputs: {message: text}
outputs:
  chat: {type: chat, yields: conversation}
""",
    "demos/talk.py": f"""
from itertools import accumulate

TOKENS = [f"~{{number:05}} " for number in range({TOKENS})]

def reply(message, history):
    for answer in accumulate(TOKENS):
        yield answer

def whole(message, history):
    turns = [{{"role": "user", "content": f"{{n}}. Words upon words."}} for n in range(299)]
    for answer in accumulate(TOKENS):
        yield [*turns, {{"role": "assistant", "content": ["Look:", answer]}}]
""",
}


@pytest.mark.parametrize("demo", ["reply", "whole"])
async def test_a_token_costs_little_more_than_itself(serve: Serve, demo: str) -> None:
    """An answer that grows is sent for less than a twentieth of what it costs to send it whole each time.

    The rest of an event is the same for each token, however long the conversation is.
    """
    async with client_of(serve(FILES)) as client:
        run = await client.start(demo, message="Hi")
        text = (await client.get(f"/api/runs/{run}/events")).text
        value = (await client.look(run))["outputs"]["chat"]
    said = value[-1]["content"]
    assert (said if demo == "reply" else said[-1]) == ANSWER
    events = [event for event in text.split("\n\n") if "event: patch" in event or "event: append" in event]
    cost = sum(len(f"{event}\n\n".encode()) for event in events)
    whole = len(json.dumps(value).encode()) - len(ANSWER) / 2
    assert cost < TOKENS * whole / 20
    assert cost - len(ANSWER) <= len(events) * 125
