#!/usr/bin/env python3
"""Write schemas/inputs.schema.json and schemas/outputs.schema.json from the folders of kinds.

    schemas/inputs/*.schema.json --> if text then … else if slider then … --> schemas/inputs.schema.json

Editors follow the chain; the engine goes straight to a kind's file. `--check` writes nothing and exits with 1
when a file is not what this script would write.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"
FOLDERS = {
    "inputs": ("Input", "One field of the form: the name of a kind, or a mapping with the kind as its type."),
    "outputs": ("Output", "One result: the name of a kind, or a mapping with the kind as its type."),
}


def chain(folder: str) -> dict[str, Any]:
    """Return the schema that leads from `type` to the file of the kind.

    The alternatives come first because editors complete a value from them, and not from within if/then.
    """
    title, description = FOLDERS[folder]
    kinds = {
        path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((SCHEMAS / folder).glob("*.schema.json"))
    }
    links: dict[str, Any] = {}
    for kind in reversed(kinds):
        link = {
            "if": {"required": ["type"], "properties": {"type": {"const": kind}}},
            "then": {"$ref": f"{folder}/{kind}.schema.json"},
        }
        links = {**link, "else": links} if links else link
    short = {kind: schema for kind, schema in kinds.items() if schema["required"] == ["type"]}
    type_schema = {"title": "Kind", "description": "What it is; the other keys depend on it."}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": "Written by scripts/build_schemas.py from the files of the kinds.",
        "title": title,
        "description": description,
        "anyOf": [named(short), {"type": "object"}],
        "if": {"type": "object"},
        "then": {
            "required": ["type"],
            "properties": {"type": {**type_schema, **named(kinds)}},
            **links,
        },
    }


def named(kinds: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the choice among kinds, each with what its own file says of it."""
    return {"enum": list(kinds), "enumDescriptions": [kind["description"] for kind in kinds.values()]}


def main() -> int:
    """Write or check both files."""
    stale = []
    for folder in FOLDERS:
        path = SCHEMAS / f"{folder}.schema.json"
        text = json.dumps(chain(folder), indent=2, ensure_ascii=False) + "\n"
        if "--check" not in sys.argv[1:]:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
    for name in stale:
        sys.stderr.write(f"{name} is not up to date: run scripts/build_schemas.py\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
