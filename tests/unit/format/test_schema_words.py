"""What the schemas say to an editor: each value of a choice, and each mistake, in words."""

import json
import keyword
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from gradstream.format.generator.resolve import PATH
from gradstream.format.rules.consistency import SHORTEST_EVERY_S
from gradstream.format.schema.bundle import VALUES, bundle
from gradstream.format.schema.validators import schema_folder
from gradstream.format.units import time_s

FILES = sorted(path for path in schema_folder().rglob("*.schema.json") if path.name != "events.schema.json")
SERVER_FORMATS = {"color-hex", "date", "date-time", "email", "ipv4", "ipv6", "time", "uri", "uri-reference"}
"""Formats that yaml-language-server checks, each in its own way."""


def parts(schema: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each schema within a schema, with its path; a map of schemas by name is not one."""
    if isinstance(schema, list):
        for each in schema:
            yield from parts(each, path)
    if not isinstance(schema, dict):
        return
    yield path, schema
    for key, below in schema.items():
        if key in {"properties", "patternProperties", "definitions"}:
            for name, each in below.items():
                yield from parts(each, f"{path}/{name}")
        elif key not in VALUES:
            yield from parts(below, path)


def all_parts() -> list[tuple[str, dict[str, Any]]]:
    """Return each schema within each file."""
    return [
        part
        for file in FILES
        for part in parts(
            json.loads(file.read_text(encoding="utf-8")), file.relative_to(schema_folder()).as_posix()
        )
    ]


PARTS = all_parts()
CHOICES = [(path, schema) for path, schema in PARTS if "enum" in schema]
KIND_FILES = [file for file in FILES if file.parent.name in {"inputs", "outputs"}]


@pytest.mark.parametrize(("path", "schema"), CHOICES, ids=[path for path, _ in CHOICES])
def test_every_choice_is_described(path: str, schema: dict[str, Any]) -> None:
    """Each value of a choice has a sentence of its own."""
    words = schema["enumDescriptions"]
    assert len(words) == len(schema["enum"]), path
    assert all(each.endswith(".") for each in words)
    assert len(set(words)) == len(words)


def test_a_pattern_is_told_in_words() -> None:
    """No editor shows a regular expression to an author."""
    words = {"patternErrorMessage", "errorMessage"}
    assert [path for path, schema in PARTS if "pattern" in schema and not words & set(schema)] == []


def test_no_format_means_something_else_to_an_editor() -> None:
    """A time such as 5s is no time of the day: what editors check themselves is not used."""
    assert [path for path, schema in PARTS if schema.get("format") in SERVER_FORMATS] == []


@pytest.mark.parametrize("file", KIND_FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_kind_is_described_in_the_same_words_everywhere(file: Path) -> None:
    """What an editor says of a kind's name is what the kind says of itself."""
    schema = json.loads(file.read_text(encoding="utf-8"))
    assert schema["properties"]["type"]["description"] == schema["description"]


NAMES = ["prompt", "_x", "größe", "n2", "x-note", "max length", "3d", "my-answer", "a.b", "", *keyword.kwlist]


@pytest.mark.parametrize("name", NAMES)
def test_editors_know_what_can_be_a_name(name: str) -> None:
    """The pattern of a name agrees with Python; a key that begins with x- is a note."""
    demo = {"gradstream": 1, "generator": "a.b", "inputs": {name: "text"}, "outputs": {"it": "text"}}
    is_name = name.startswith("x-") or (name.isidentifier() and not keyword.iskeyword(name))
    assert Draft7Validator(bundle("demo")).is_valid(demo) is is_name


@pytest.mark.parametrize(
    "path",
    ["a.b", "a.b.c", "a:b", "a.b:c", "größe.b", "a", "a.", ".b", "a b", "a.b()", "a/b.py", "a.py", "a-b.c"],
)
def test_editors_know_what_can_be_a_path(path: str) -> None:
    """The pattern of a generator agrees with what the engine takes for a path to a function."""
    is_path = PATH.fullmatch(path) is not None and not path.endswith(".py") and path != "a"
    demo = {"gradstream": 1, "generator": path, "outputs": {"it": "text"}}
    assert Draft7Validator(bundle("demo")).is_valid(demo) is is_path


@pytest.mark.parametrize(
    "every", ["1ms", "99.9 ms", "099ms", "0s", "0.09s", "0min", "100ms", "0.1s", "1s", "0100ms"]
)
def test_editors_know_how_often_a_demo_may_run_again(every: str) -> None:
    """The pattern of `every` agrees with the engine's bound."""
    demo = {"gradstream": 1, "generator": "a.b", "every": every, "outputs": {"it": "text"}}
    assert Draft7Validator(bundle("demo")).is_valid(demo) is (time_s(every) >= SHORTEST_EVERY_S)


def test_patterns_are_read_alike_everywhere() -> None:
    """Python and JavaScript read the patterns alike: there is nothing in them that only one of them knows."""
    for path, schema in PARTS:
        assert re.search(r"\\[pPAZz]|\(\?[Pimsx]", schema.get("pattern", "")) is None, path
