"""The event schema says what the structs say, and what the golden messages are."""

import json
import runpy
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from gradstream.events.schema import event_schema
from gradstream.events.types import AnyEvent
from tests.unit.events.wire_cases import Case, all_cases

ROOT = Path(__file__).parents[3]


def test_the_file_is_up_to_date() -> None:
    """`schemas/events.schema.json` is what `scripts/build_event_schema.py` writes."""
    script = runpy.run_path(str(ROOT / "scripts" / "build_event_schema.py"))
    assert (ROOT / "schemas" / "events.schema.json").read_text(encoding="utf-8") == script["rendered"]()


def test_every_event_is_in_it() -> None:
    """Each event has a definition that names its type."""
    definitions = event_schema()["$defs"]
    tags = {kind.__struct_config__.tag for kind in get_args(AnyEvent)}
    assert {
        definitions[kind.__name__]["properties"]["type"]["enum"][0] for kind in get_args(AnyEvent)
    } == tags


def validator(name: str) -> Any:
    """Return a validator for one definition."""
    schema = event_schema()
    return jsonschema.Draft202012Validator({"$defs": schema["$defs"], "$ref": f"#/$defs/{name}"})


@pytest.mark.parametrize("case", all_cases())
def test_golden_messages_fit(case: Case) -> None:
    """Every golden frame and event validates."""
    validator("Frame").validate(json.loads(case["frame"]))
    for event in case["events"]:
        validator("Event").validate(event)


@pytest.mark.parametrize(
    "event",
    [
        {"type": "append", "output": "text"},
        {"type": "append", "output": "text", "text": 1},
        {"type": "patch", "output": "text", "edits": [["move", [], None]]},
        {"type": "failed", "duration_s": 1, "fault": "nobody", "message": ""},
    ],
)
def test_other_things_do_not_fit(event: dict[str, Any]) -> None:
    """What is no event does not validate."""
    assert not validator("Event").is_valid(event)
