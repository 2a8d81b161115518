"""A refusal costs no more than the request: few findings, short values, one pass over the body."""

from pathlib import Path
from typing import Any

import pytest
from msgspec import json
from msgspec.structs import replace

from gradstream.format.types import Demo, Input
from tests.unit.played_engine import make_demo
from tests.unit.server.site import serving

MOST_BYTES = 20_000
"""Of an answer."""


def _demo() -> Demo:
    choices = [{"value": f"choice {number}", "label": ""} for number in range(2000)]
    fields = (
        Input(
            name="several", kind="dropdown", label="Several", options={"choices": choices, "multiple": True}
        ),
        Input(name="one", kind="radio", label="One", options={"choices": choices}),
        Input(
            name="custom",
            kind="dropdown",
            label="Custom",
            options={"choices": choices, "multiple": True, "allow_custom": True},
        ),
        Input(name="text", kind="text", label="Text"),
        Input(name="count", kind="number", label="Count", options={"minimum": 1, "step": 1}),
        Input(name="picture", kind="image", label="Picture"),
    )
    demo = make_demo(inputs=fields)
    action = replace(demo.actions[0], inputs=tuple(field.name for field in fields))
    return replace(demo, actions=(action,))


LONG = "x" * 9_000_000
CASES: dict[str, tuple[Any, int, int]] = {
    "19,000 unknown inputs": ({f"k{number}": 1 for number in range(19_000)}, 422, 20),
    "an unknown input with a long name": ({LONG: 1}, 422, 1),
    "19,000 unknown choices": ({"several": [f"k{number}" for number in range(19_000)]}, 422, 1),
    "19,000 times the same choice": ({"custom": ["x"] * 19_000}, 422, 1),
    "19,000 choices of one's own": ({"custom": [f"k{number}" for number in range(19_000)]}, 201, 0),
    "a long choice": ({"one": LONG}, 422, 1),
    "a long text for a number": ({"count": "9" * 9_000_000}, 422, 1),
    "a large number": ({"count": 10**399}, 422, 1),
    "a large number as a text": ({"text": 10**399}, 422, 1),
    "a long id of a file": ({"picture": {"file": LONG}}, 422, 1),
}


@pytest.mark.parametrize("case", CASES)
async def test_a_refusal_is_short(tmp_path: Path, case: str) -> None:
    """The answer lists 20 findings at most, and counts the others."""
    inputs, status, findings = CASES[case]
    async with serving(tmp_path, demos={"echo": _demo()}) as site:
        answer = await site.client.post("/api/demos/echo/runs", content=json.encode({"inputs": inputs}))
    assert answer.status_code == status, answer.text[:1000]
    assert len(answer.content) < MOST_BYTES
    assert len(answer.json().get("diagnostics", [])) == findings


async def test_more_is_counted(tmp_path: Path) -> None:
    """The detail says how many findings are not listed."""
    async with serving(tmp_path) as site:
        body = {"inputs": {f"k{number}": 1 for number in range(1020)}}
        answer = await site.client.post("/api/demos/echo/runs", json=body)
    assert answer.json()["detail"] == "There is no input named k0 (and 1,000 more)"


@pytest.mark.parametrize(
    "body",
    [
        {"inputs": {}, "action": LONG},
        {"inputs": {}, LONG: 1},
        {"inputs": LONG},
        {"inputs": {}, "supersedes": LONG},
        {"inputs": {}, "accept": [LONG, "flac"]},
        {"inputs": {"x": [0] * 2_000_000}},
        {"inputs": {"x": [[]] * 2_000_000}},
    ],
    ids=range(7),
)
async def test_long_fields(tmp_path: Path, body: dict[str, Any]) -> None:
    """Whatever field is long, the answer is short."""
    async with serving(tmp_path) as site:
        answer = await site.client.post("/api/demos/echo/runs", content=json.encode(body))
    assert answer.status_code in {201, 400, 422}
    assert len(answer.content) < MOST_BYTES
