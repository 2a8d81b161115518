#!/usr/bin/env python3
"""Write schemas/inputs.schema.json, schemas/outputs.schema.json and schemas/foreign.schema.json.

    schemas/inputs/*.schema.json --> if text then … else if slider then … --> schemas/inputs.schema.json
    format/mistakes/synonyms.py --> what to do about keys of other tools  --> schemas/foreign.schema.json

Editors follow the chain; the engine goes straight to a kind's file. `--check` writes nothing and exits with 1
when a file is not what this script would write.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gradstream.format.mistakes.synonyms import WITHOUT

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"
DRAFT = "http://json-schema.org/draft-07/schema#"
FOREIGN = "foreign.schema.json"
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
        for path in kind_files(folder)
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
        "$schema": DRAFT,
        "$comment": "Written by scripts/build_schemas.py from the files of the kinds.",
        "title": title,
        "description": description,
        "anyOf": [named(short), {"type": "object"}],
        "if": {"type": "object"},
        "then": {
            "required": ["type"],
            "properties": {"type": {**type_schema, **named(kinds)}},
            **links,
            "allOf": [{"$ref": FOREIGN}],
        },
    }


def foreign() -> dict[str, Any]:
    """Return the schema of keys that the format does not have, each with what an editor says of it.

    It allows everything: where it is referred to, `additionalProperties` refuses them. A word that is a key
    somewhere has no words here: the same schema serves a catalog, a demo, an action, an input and an output.
    """
    tops = [SCHEMAS / f"{each}.schema.json" for each in ("catalog", "demo")]
    files = [*tops, *(each for folder in FOLDERS for each in kind_files(folder))]
    known = {key for each in files for key in json.loads(each.read_text(encoding="utf-8"))["properties"]}
    words = {key: words for key, words in sorted(WITHOUT.items()) if key not in known}
    return {
        "$schema": DRAFT,
        "$comment": "Written by scripts/build_schemas.py from the engine's own words.",
        "properties": {
            key: {"deprecationMessage": f"{said[0].upper()}{said[1:]}."} for key, said in words.items()
        },
    }


def kind_files(folder: str) -> list[Path]:
    """Return the files of the kinds of inputs or of outputs."""
    return sorted((SCHEMAS / folder).glob("*.schema.json"))


def named(kinds: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the choice among kinds, each with what its own file says of it."""
    return {"enum": list(kinds), "enumDescriptions": [kind["description"] for kind in kinds.values()]}


def main() -> int:
    """Write or check the files."""
    stale = []
    made = {f"{folder}.schema.json": chain(folder) for folder in FOLDERS} | {FOREIGN: foreign()}
    for name, schema in made.items():
        path = SCHEMAS / name
        text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        if "--check" not in sys.argv[1:]:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
    for name in stale:
        sys.stderr.write(f"{name} is not up to date: run scripts/build_schemas.py\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
