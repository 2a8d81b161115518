"""The bundled schema says what the files say together."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from gradstream.document.read import read
from gradstream.format.schema.bundle import Subject, bundle

ENVIRON = {"TITLE": "Tuned", "SCALE": "1.5", "TOKEN": "hush"}
EXAMPLES = Path(__file__).parents[3] / "examples"


def references(schema: Any) -> list[str]:
    """Return every `$ref` in a schema."""
    if isinstance(schema, list):
        return [found for each in schema for found in references(each)]
    if not isinstance(schema, dict):
        return []
    own = [schema["$ref"]] if isinstance(schema.get("$ref"), str) else []
    return own + [found for value in schema.values() for found in references(value)]


@pytest.mark.parametrize("subject", ["demo", "catalog"])
def test_every_reference_stays_inside(subject: Subject) -> None:
    """One file is enough: each reference names a definition that is there, and the whole is draft-07."""
    schema = bundle(subject)
    Draft7Validator.check_schema(schema)
    found = references(schema)
    assert all(one.startswith("#/definitions/") for one in found)
    for one in found:
        part = schema
        for step in one.removeprefix("#/").split("/"):
            part = part[step]
        assert part


@pytest.mark.parametrize("file", sorted((EXAMPLES / "valid").glob("*.yaml")), ids=lambda file: file.stem)
def test_it_accepts_what_is_valid(file: Path) -> None:
    """Every valid example fits the bundle."""
    reading = read(file.read_bytes(), file=file.name, environ=ENVIRON)
    assert reading.document is not None
    assert list(Draft7Validator(bundle("demo")).iter_errors(reading.document.values)) == []


def test_it_goes_down_to_the_kinds() -> None:
    """A key that only one kind has is checked there."""
    demo = {"gradstream": 1, "generator": "a.b", "outputs": {"said": "text"}}
    demo["inputs"] = {"steps": {"type": "slider", "min": 1}}
    (error,) = Draft7Validator(bundle("demo")).iter_errors(demo)
    assert "min" in error.message


def test_an_example_that_is_a_mapping_stands_in_the_description() -> None:
    """Editors suggest an example as a value, and cannot write a mapping into their list."""
    limits = bundle("demo")["properties"]["limits"]
    assert "examples" not in limits
    assert limits["markdownDescription"] == (
        f"{limits['description']}\n\n```yaml\nconcurrency: 1\ntimeout: 2min\n```"
    )
    live = bundle("demo")["properties"]["live"]
    assert live["examples"] == [True]
    assert live["markdownDescription"].endswith("```yaml\nafter: 150ms\ninputs:\n- text\n```")
