"""Write schemas/events.schema.json from the event structs; a test says when that was forgotten."""

import json
from pathlib import Path

from gradstream.events.schema import event_schema

TARGET = Path(__file__).parents[1] / "schemas" / "events.schema.json"


def rendered() -> str:
    """Return the file's text."""
    return json.dumps(event_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(rendered(), encoding="utf-8")
