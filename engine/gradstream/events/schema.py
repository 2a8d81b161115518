"""The events as JSON Schema, generated from the structs: for `schemas/events.schema.json` and `/schema.json`.

`Event` is an event as one object with its type, `Message` the same with run and number (an item of a
WebSocket frame, the data of the multiplexed feed), `Frame` a WebSocket frame.
"""

from typing import Any

from msgspec import json

from gradstream.events.types import AnyEvent

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def event_definitions(*, ref_template: str = "#/$defs/{name}") -> dict[str, Any]:
    """Return the schema of each event by its name, and those of `Event`, `Message` and `Frame`."""
    (event,), definitions = json.schema_components([AnyEvent], ref_template=ref_template)
    address = {
        "type": "object",
        "properties": {
            "run": {"type": "string", "description": "The run's id."},
            "seq": {"type": "integer", "minimum": 1, "description": "Counts the run's events from 1."},
        },
        "required": ["run", "seq"],
    }
    definitions["Event"] = {"title": "Event", **event}
    definitions["Message"] = {
        "title": "Message",
        "description": "An event that names its run.",
        "allOf": [address, {"$ref": ref_template.format(name="Event")}],
    }
    definitions["Frame"] = {
        "title": "Frame",
        "description": "Events of one or more runs, each run's in order.",
        "type": "array",
        "items": {"$ref": ref_template.format(name="Message")},
    }
    return definitions


def event_schema() -> dict[str, Any]:
    """Return the whole schema file; its root is one event."""
    return {
        "$schema": DIALECT,
        "title": "The events of a gradstream run",
        "description": "Generated from gradstream/events/types.py by scripts/build_event_schema.py.",
        "$ref": "#/$defs/Event",
        "$defs": event_definitions(),
    }
