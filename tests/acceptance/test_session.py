"""What functions are told of a visitor in a parameter named `session`, over HTTP and in a terminal."""

import json
from pathlib import Path
from typing import Any

import httpx

from tests.conftest import Serve
from tests.forked_command import run_command
from tests.patience import PATIENCE_S

CATALOG = """
gradstream: 1
access:
  headers: [user-agent, x-forwarded-user]
"""
SHARED = """
gradstream: 1
title: Who
worker:
  shared: one
validator: who.known
actions:
  stream:
    generator: who.stream
  later:
    generator: who.later
  call:
    generator: who.call
  own:
    generator: who.own
inputs:
  word: text
outputs:
  said: json
"""
CHAT = """
gradstream: 1
title: Chat
generator: chat.answer
worker:
  shared: one
access:
  headers: [accept]
inputs:
  message: text
outputs:
  answer: chat
"""
FILES = {
    "gradstream.yaml": CATALOG,
    "demos/who.yaml": SHARED,
    "demos/who.py": """
def known(word, session):
    if word == "secret" and session["headers"].get("x-forwarded-user") != "ada":
        return "Only for Ada"
    session["headers"].clear()

def stream(word, session):
    yield session

async def later(word, session=None):
    return session

class Call:
    def __call__(self, word, session):
        return session

call = Call()

def own(word, session="its own"):
    return session
""",
    "demos/chat.yaml": CHAT,
    "demos/chat.py": """
def answer(message, history, session):
    return f"{session['language']} {session['headers']}"
""",
}
KEY = "5" * 32
SENT = {
    "X-Gradstream-Session": KEY,
    "Accept-Language": "de-CH, en;q=0.5",
    "User-Agent": "test",
    "X-Secret": "hush",
    "Cookie": "a=1",
    "X-Forwarded-User": "ada",
}


def ended(client: httpx.Client, demo: str, headers: dict[str, str], **body: Any) -> dict[str, Any]:
    """Start a run, and return its state once it is over."""
    started = client.post(f"/api/demos/{demo}/runs", json=body, headers=headers)
    assert started.status_code == 201, started.text
    client.get(f"/api/runs/{started.json()['run']}/events")
    state: dict[str, Any] = client.get(f"/api/runs/{started.json()['run']}").json()
    return state


def test_each_form_of_a_function_is_given_the_session(serve: Serve) -> None:
    """Streams, coroutines, objects and validators are told the same, and nothing that is not listed."""
    server = serve(FILES)
    with httpx.Client(base_url=server.url, timeout=PATIENCE_S) as client:
        told = [
            ended(client, "who", SENT, action=action, inputs={"word": "secret"})["outputs"]["said"]
            for action in ("stream", "later", "call")
        ]
        assert told[0] == told[1] == told[2]
        assert told[0]["language"] == "de-CH"
        assert told[0]["user"] is None
        assert told[0]["headers"] == {"user-agent": "test", "x-forwarded-user": "ada"}
        assert told[0]["id"] != KEY
        assert ended(client, "who", SENT, action="own")["outputs"]["said"] == "its own"
        refused = ended(client, "who", {}, action="call", inputs={"word": "secret"})
        assert (refused["status"], refused["message"]) == ("failed", "Only for Ada")
        other = {**SENT, "X-Gradstream-Session": "6" * 32}
        assert ended(client, "who", other, action="call")["outputs"]["said"]["id"] != told[0]["id"]
        nobody = [ended(client, "who", {}, action="call")["outputs"]["said"]["id"] for _ in range(2)]
        assert nobody[0] != nobody[1]
        # The id opens nothing: whoever sends it as a key is somebody else.
        thief = {**SENT, "X-Gradstream-Session": told[0]["id"]}
        assert ended(client, "who", thief, action="call")["outputs"]["said"]["id"] != told[0]["id"]
    log = server.read_log()
    assert [each for each in ("hush", KEY, "ada") if each in log] == []


def test_a_demos_own_list_takes_the_place_of_the_catalogs(serve: Serve) -> None:
    """The answer of a conversation is given the session beside the history."""
    with httpx.Client(base_url=serve(FILES).url, timeout=PATIENCE_S) as client:
        state = ended(client, "chat", {**SENT, "Accept": "x/y"}, inputs={"message": "Hi"})
        assert state["outputs"]["answer"][-1]["content"] == "de-CH {'accept': 'x/y'}"


def test_in_a_terminal_there_is_nobody(tmp_path: Path) -> None:
    """`gradstream run` has an id, and neither a language nor headers."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    shown = run_command(["run", "who", "--action", "call", "--json"], folder=tmp_path)
    events = [json.loads(line) for line in shown.stdout.splitlines()]
    (said,) = [event["value"] for event in events if event["type"] == "set"]
    assert {**said, "id": len(said["id"])} == {"id": 32, "user": None, "language": None, "headers": {}}
