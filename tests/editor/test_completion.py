"""What an editor suggests while a demo is being typed."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gradstream.catalog.scaffold import SCHEMAS_FOLDER, copy_schemas
from gradstream.format.schema.validators import load_schemas
from tests.editor.language_client import LanguageClient, Suggestion

DEMO = "demos/typed.yaml"
HEAD = "gradstream: 1\ngenerator: studio.echo\n"
REST = {"inputs": "outputs:\n  answer: text\n", "outputs": "inputs:\n  prompt: text\n"}
SIDES = ["inputs", "outputs"]
PLACE = re.compile(r"\$\{\d+:([^}]*)\}|\$\d+")
"""A place that an editor jumps to, with what stands there at first."""


def kinds_of(side: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the schema of each kind of one side."""
    return load_schemas().kinds[side]


def served(schema: Mapping[str, Any]) -> set[str]:
    """Return the keys of a schema that this version serves: an editor offers no others."""
    return {key for key, described in schema["properties"].items() if "doNotSuggest" not in described}


def words_of(suggestions: list[Suggestion]) -> dict[str, str]:
    """Return what each suggestion says of itself."""
    assert len({each.label for each in suggestions}) == len(suggestions)
    return {each.label: each.words for each in suggestions}


@pytest.mark.parametrize("side", SIDES)
def test_type_completes_to_the_kinds(editor: LanguageClient, side: str) -> None:
    """After `type:` there are exactly the kinds of that side, each with its description."""
    found = editor.complete(DEMO, f"{HEAD}{side}:\n  it:\n    type: |\n")
    assert words_of(found) == {kind: schema["description"] for kind, schema in kinds_of(side).items()}


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("typed", ["", "te"])
def test_the_short_form_completes_to_the_kinds(editor: LanguageClient, side: str, typed: str) -> None:
    """After a name there are the kinds that need nothing else, with the same descriptions."""
    found = editor.complete(DEMO, f"{HEAD}{side}:\n  it: {typed}|\n")
    short = {kind: schema for kind, schema in kinds_of(side).items() if schema["required"] == ["type"]}
    assert words_of(found) == {kind: schema["description"] for kind, schema in short.items()}


@pytest.mark.parametrize(
    ("side", "kind"), [(side, kind) for side in SIDES for kind in kinds_of(side)], ids=str
)
def test_a_kind_s_keys_complete(editor: LanguageClient, side: str, kind: str) -> None:
    """Below `type: slider` there are a slider's keys with their descriptions: those that are served."""
    found = editor.complete(DEMO, f"{HEAD}{side}:\n  it:\n    type: {kind}\n    |\n")
    served = {
        key: one for key, one in kinds_of(side)[kind]["properties"].items() if "doNotSuggest" not in one
    }
    keys = {key: schema for key, schema in served.items() if key != "type"}
    suggested = words_of(found)
    # Of keys that must be there an editor makes a suggestion of its own, under the kind's title.
    suggested.pop(kinds_of(side)[kind]["title"], None)
    assert set(suggested) == set(keys)
    assert all(words.startswith(keys[key]["description"]) for key, words in suggested.items())


def test_values_complete_with_their_descriptions(editor: LanguageClient) -> None:
    """After `updates:` of a sound there are its two values, and what each of them does to a sound."""
    found = editor.complete(DEMO, f"{HEAD}outputs:\n  it:\n    type: audio\n    updates: |\n")
    described = kinds_of("outputs")["audio"]["properties"]["updates"]
    assert words_of(found) == dict(zip(described["enum"], described["enumDescriptions"], strict=True))


def test_the_keys_of_a_demo_complete(editor: LanguageClient) -> None:
    """In a new line at the left there are a demo's keys that it has not yet and that are served."""
    found = editor.complete(DEMO, f"{HEAD}|\n")
    labels = {each.label for each in found}
    keys = served(load_schemas().demo.schema)
    assert keys - {"gradstream", "generator"} <= labels
    assert not {"gradstream", "generator"} & labels


def test_the_keys_of_a_catalog_complete(editor: LanguageClient) -> None:
    """gradstream.yaml has keys of its own."""
    labels = {each.label for each in editor.complete("gradstream.yaml", "gradstream: 1\n|\n")}
    assert served(load_schemas().catalog.schema) - {"gradstream"} <= labels
    assert "generator" not in labels


@pytest.mark.parametrize("side", SIDES)
def test_a_new_component_can_be_inserted(editor: LanguageClient, side: str) -> None:
    """Where nothing is written yet, each kind is suggested whole, and what is inserted is right."""
    found = editor.complete(DEMO, f"{HEAD}{side}:\n  |\n")
    assert {each.label for each in found} == {f"{kind} {side[:-1]}" for kind in kinds_of(side)}
    for each in found:
        inserted = PLACE.sub(r"\1", each.text).replace("\n", "\n  ")
        text = f"{HEAD}{side}:\n  {inserted}\n{REST[side]}"
        assert editor.check(f"demos/{each.label.replace(' ', '_')}.yaml", text) == [], text


def test_a_whole_demo_can_be_inserted(editor: LanguageClient) -> None:
    """In an empty file a demo is suggested, and what is inserted is right."""
    (whole,) = [each for each in editor.complete(DEMO, "|") if each.label == "demo"]
    text = PLACE.sub(r"\1", whole.text)
    assert "generator: module.function" in text
    assert editor.check("demos/whole.yaml", text + "\n") == []


def test_every_suggestion_of_a_catalog_s_own_copy_is_readable(tmp_path: Path) -> None:
    """Where a mapping is meant, no example is suggested that the list cannot show."""
    list(copy_schemas(tmp_path))
    with LanguageClient(tmp_path, modelines={"demos": f"../{SCHEMAS_FOLDER}/demo.schema.json"}) as editor:
        for key in ("limits", "with", "inputs", "state", "examples", "layout"):
            labels = [each.label for each in editor.complete(DEMO, f"{HEAD}{key}: |\n")]
            assert not [label for label in labels if "object Object" in label]
        assert "```yaml\nconcurrency: 1\n" in editor.hover(DEMO, f"{HEAD}l|imits:\n  queue: 3\n")
