r"""The JSON Schemas: where they are, and validators that go straight to a component's kind.

    schemas/demo.schema.json --"inputs.schema.json"--> for editors: the chain of if/then over all kinds
                                                  \--> here: the keyword `componentKind`, one look-up

Both say the same; a test compares them on all examples. The chain costs seven times as much.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from msgspec import Struct
from referencing import Registry
from referencing.jsonschema import DRAFT7

from gradstream.errors import GradstreamError

FOLDERS = ("inputs", "outputs")
DEMO_SCHEMA = "demo.schema.json"
CATALOG_SCHEMA = "catalog.schema.json"
BASE = "file:///"
"""Where references between the files start: any absolute address will do, nothing is fetched."""

KEYWORD = "componentKind"

FOR_EDITORS = frozenset({"patternProperties", "allOf"})
"""Keywords that the engine ignores. A document has dropped its `x-` keys; what is below `allOf` is checked by
`format.rules.consistency` with better messages, and is in the schema for editors."""

_extend: Any = extend
"""jsonschema makes validator classes without types."""


class Schemas(Struct, frozen=True, kw_only=True):
    """What the format is: the component kinds' schemas by folder and name, and a validator for each file."""

    kinds: Mapping[str, Mapping[str, Mapping[str, Any]]]
    demo: Any
    catalog: Any


def schema_folder() -> Path:
    """Return the folder of the schemas: within the package in a wheel, beside the engine in a checkout."""
    package = Path(__file__).resolve().parents[2]
    for folder in (package / "schemas", package.parent.parent / "schemas"):
        if (folder / DEMO_SCHEMA).is_file():
            return folder
    raise GradstreamError("this installation has lost its schemas: install gradstream again")


@cache
def load_schemas() -> Schemas:
    """Read the schemas; once per process, because they cannot change under a running program."""
    root = schema_folder()
    kinds = {
        folder: {
            path.name.removesuffix(".schema.json"): _read(path)
            for path in sorted((root / folder).glob("*.schema.json"))
        }
        for folder in FOLDERS
    }
    quick_kinds = {
        folder: {kind: _straight(schema) for kind, schema in schemas.items()}
        for folder, schemas in kinds.items()
    }
    validator_class = _extend(Draft7Validator, {KEYWORD: _keyword(quick_kinds)})
    files = {name: _straight(_read(root / name)) for name in (DEMO_SCHEMA, CATALOG_SCHEMA)}
    registry: Any = Registry().with_contents(
        [(BASE + name, schema) for name, schema in files.items()], default_specification=DRAFT7
    )
    return Schemas(
        kinds=kinds,
        demo=validator_class({**files[DEMO_SCHEMA], "$id": BASE + DEMO_SCHEMA}, registry=registry),
        catalog=validator_class({**files[CATALOG_SCHEMA], "$id": BASE + CATALOG_SCHEMA}, registry=registry),
    )


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _straight(schema: Any) -> Any:
    """Return the schema as the engine uses it: without chains and without what is there for editors alone."""
    if isinstance(schema, list):
        return [_straight(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    folder = str(schema.get("$ref", "")).removesuffix(".schema.json")
    if folder in FOLDERS:
        return {KEYWORD: folder}
    return {key: _straight(value) for key, value in schema.items() if key not in FOR_EDITORS}


def _keyword(kinds: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Any:
    """Return the check of one component: the kind's own schema, found by `type`."""

    def check(validator: Any, folder: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
        component = {"type": instance} if isinstance(instance, str) else instance
        if not isinstance(component, dict):
            yield _error("componentShape", folder, instance, ())
        elif "type" not in component:
            yield _error("componentType", folder, instance, ())
        else:
            kind = component["type"]
            schema = kinds[folder].get(kind) if isinstance(kind, str) else None
            if schema is None:
                yield _error("componentKind", folder, kind, ("type",) if component is instance else ())
            else:
                yield from validator.descend(component, schema, schema_path=kind)

    return check


def _error(validator: str, folder: str, instance: Any, path: tuple[str, ...]) -> ValidationError:
    return ValidationError(
        validator, validator=validator, validator_value=folder, instance=instance, path=path, schema={}
    )
