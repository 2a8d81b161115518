"""The schema files are complete, in order, and what the engine goes by."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from gradstream.components.registry import INPUTS, OUTPUTS
from gradstream.format.mistakes.synonyms import KEYS, VALUES
from gradstream.format.schema.validators import load_schemas, schema_folder

SCRIPT = Path(__file__).parents[4] / "scripts" / "build_schemas.py"
KIND_FILES = [
    (folder, kind) for folder, kinds in (("inputs", INPUTS), ("outputs", OUTPUTS)) for kind in sorted(kinds)
]


def described(schema: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each key that an author can write, with its path."""
    for name, below in schema.get("properties", {}).items():
        if "$ref" not in below:
            yield f"{path}/{name}", below
            yield from described(below, f"{path}/{name}")
    for inner in ("items", "additionalProperties"):
        if isinstance(schema.get(inner), dict):
            yield from described(schema[inner], path)
    for name, below in schema.get("definitions", {}).items():
        yield from described(below, f"{path}#{name}")


def all_keys() -> list[tuple[str, Mapping[str, Any]]]:
    """Return every key of every schema file."""
    schemas = load_schemas()
    files = {"demo": schemas.demo.schema, "catalog": schemas.catalog.schema}
    files |= {f"{folder}/{kind}": schemas.kinds[folder][kind] for folder, kind in KIND_FILES}
    return [(name + path, schema) for name, file in files.items() for path, schema in described(file)]


def test_the_chains_are_up_to_date() -> None:
    """The files that editors follow are what the script makes of the kinds."""
    done = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_kinds() -> None:
    """Each kind has a file, in the folder of its side."""
    kinds = load_schemas().kinds
    assert (set(kinds["inputs"]), set(kinds["outputs"])) == (set(INPUTS), set(OUTPUTS))


@pytest.mark.parametrize(("folder", "kind"), KIND_FILES)
def test_a_kind_is_complete_and_closed(folder: str, kind: str) -> None:
    """A kind's file stands alone: its type, the common keys, notes with x-, and nothing else."""
    schema = load_schemas().kinds[folder][kind]
    common = {"type", "label", "description", "show_if"}
    common |= (
        {"default", "required", "section"} if folder == "inputs" else {"streaming", "updates", "placeholder"}
    )
    assert common <= set(schema["properties"])
    assert schema["properties"]["type"]["const"] == kind
    assert schema["additionalProperties"] is False
    assert schema["patternProperties"] == {"^x-": True}
    assert "type" in schema["required"]


def test_every_schema_is_draft_07() -> None:
    """Each file is a valid schema of the draft that editors read."""
    for path in schema_folder().rglob("*.schema.json"):
        if path.name != "events.schema.json":
            Draft7Validator.check_schema(load_file(path))


def load_file(path: Path) -> Any:
    """Return a schema file's content."""
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["$schema"] == "http://json-schema.org/draft-07/schema#"
    return content


def is_described(path: str, schema: Mapping[str, Any]) -> bool:
    """Return whether a key has a title, a sentence, and an example that is right; a default is right too."""
    if not (schema.get("title") and schema.get("examples")):
        return False
    if not (schema["description"].rstrip().endswith(".") or path.endswith("/type")):
        return False
    values = [*schema["examples"], *([schema["default"]] if "default" in schema else [])]
    return "$ref" in str(schema) or all(map(Draft7Validator(schema).is_valid, values))


def test_every_key_is_described() -> None:
    """A key has a title, a sentence, and an example that is right; a default is right too."""
    keys = all_keys()
    assert len(keys) > 800
    assert [path for path, schema in keys if not is_described(path, schema)] == []


def test_a_kind_s_examples_are_right() -> None:
    """The example of each kind is one that the kind accepts."""
    for folder, kind in KIND_FILES:
        schema = load_schemas().kinds[folder][kind]
        for example in schema["examples"]:
            assert Draft7Validator(schema).is_valid(example), (folder, kind)


def test_synonyms_lead_to_keys_and_kinds_that_exist() -> None:
    """No guess names something that the format does not have."""
    keys = {path.rpartition("/")[2] for path, _ in all_keys()} | {"inputs", "outputs", "layout", "examples"}
    assert {each for candidates in KEYS.values() for each in candidates} <= keys
    assert set(VALUES) <= keys


def test_what_is_said_about_a_value_is_never_said_about_a_good_one() -> None:
    """No word that a key accepts somewhere has a hint against it."""
    for path, schema in all_keys():
        hints = VALUES.get(path.rpartition("/")[2], {})
        assert not set(schema.get("enum", ())) & set(hints), path
