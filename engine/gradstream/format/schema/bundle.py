"""The format as one JSON Schema that needs no other file: for editors that are given a single one.

    demo.schema.json --"inputs.schema.json"--> #/definitions/inputs --"inputs/text.schema.json"--> …

Each file that is referred to becomes a definition, under its name without suffixes, and the definitions that
it had of its own go with it. Examples that are mappings go into the description.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from gradstream.document.block import as_block
from gradstream.format.schema.hints import KEYWORD as HINTS
from gradstream.format.schema.validators import CATALOG_SCHEMA, DEMO_SCHEMA, schema_folder

Subject = Literal["demo", "catalog"]
FILES: dict[Subject, str] = {"demo": DEMO_SCHEMA, "catalog": CATALOG_SCHEMA}

VALUES = frozenset({"examples", "default", "const", "enum", "defaultSnippets"})
"""Keywords that hold values, and no schemas."""

MAPS = frozenset({"properties", "patternProperties", "definitions"})
"""Keywords that hold schemas by name."""


@cache
def bundle(subject: Subject) -> Mapping[str, Any]:
    """Return the schema of a demo's file or of `gradstream.yaml`, complete in itself."""
    return _Bundler(schema_folder()).bundle(FILES[subject])


class _Bundler:
    def __init__(self, root: Path) -> None:
        self._root = root
        self._definitions: dict[str, Any] = {}

    def bundle(self, file: str) -> dict[str, Any]:
        schema: dict[str, Any] = self._take_in(file, prefix="")
        own = schema.pop("definitions", {})
        return {**schema, "definitions": {**own, **dict(sorted(self._definitions.items()))}}

    def _take_in(self, file: str, *, prefix: str) -> Any:
        """Return a file's schema with every reference led into the bundle."""
        folder = PurePosixPath(file).parent

        def lead(reference: str) -> str:
            if reference.startswith("#/definitions/"):
                return f"#/definitions/{prefix}{reference.removeprefix('#/definitions/')}"
            path, _, pointer = reference.partition("#")
            return f"#/definitions/{self._define(str(folder / path))}{pointer}"

        return _with_references(json.loads((self._root / file).read_text(encoding="utf-8")), lead)

    def _define(self, file: str) -> str:
        name = file.removesuffix(".schema.json").replace("/", ".")
        if name not in self._definitions:
            # In its place before it is complete: a file may refer to itself.
            self._definitions[name] = {}
            schema = self._take_in(file, prefix=f"{name}.")
            for keyword in ("$schema", HINTS):
                schema.pop(keyword, None)
            for own, definition in schema.pop("definitions", {}).items():
                self._definitions[f"{name}.{own}"] = definition
            self._definitions[name] = schema
        return name


def _with_references(schema: Any, lead: Callable[[str], str], *, is_map: bool = False) -> Any:
    """Return a schema with other references; of a map of schemas, the keys are names and not keywords."""
    if isinstance(schema, list):
        return [_with_references(each, lead) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {}
    for key, value in schema.items():
        if not is_map and key in VALUES:
            found[key] = value
        elif not is_map and key == "$ref":
            found[key] = lead(value)
        else:
            found[key] = _with_references(value, lead, is_map=not is_map and key in MAPS)
    return found if is_map else _with_readable_examples(found)


def _with_readable_examples(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema whose examples all fit on one line; the others are shown with the description.

    Editors suggest examples as values. One that is a mapping is suggested as "[object Object]".
    """
    large = [each for each in schema.get("examples", ()) if _has_mapping(each)]
    if not large or "description" not in schema:
        return schema
    blocks = [f"```yaml\n{as_block(each)}```" for each in large]
    small = [each for each in schema["examples"] if each not in large]
    kept = {key: value for key, value in schema.items() if key != "examples"}
    shown = {"markdownDescription": "\n\n".join([schema["description"], *blocks])}
    return kept | shown | ({"examples": small} if small else {})


def _has_mapping(value: object) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and any(map(_has_mapping, value)))
