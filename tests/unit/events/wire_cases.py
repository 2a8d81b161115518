"""The golden cases of `tests/wire`, as the tests here take them."""

import json
from pathlib import Path
from typing import Any

import pytest

from gradstream.events.types import Entry

WIRE = Path(__file__).parents[2] / "wire"

Case = dict[str, Any]


def all_cases() -> list[Any]:
    """Return every case as a parameter named by file and promise."""
    return [
        pytest.param(case, id=f"{file.stem}: {case['about']}")
        for file in sorted(WIRE.glob("*.json"))
        for case in json.loads(file.read_text(encoding="utf-8"))
    ]


def entries(case: Case) -> list[Entry]:
    """Return a case's events as a journal would hold them."""
    return [_entry(event) for event in case["events"]]


def _entry(event: dict[str, Any]) -> Entry:
    others = {name: value for name, value in event.items() if name not in ("seq", "type")}
    body = json.dumps(others, separators=(",", ":"), ensure_ascii=False).encode()
    return Entry(event["seq"], event["type"], event.get("output"), body[1:])
