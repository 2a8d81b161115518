"""The way that editors take through the schemas: the chain of if/then over all kinds."""

import json
from functools import cache
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from gradstream.format.schema.validators import BASE, DEMO_SCHEMA, FOR_EDITORS, load_schemas, schema_folder

Route = tuple[str | int, ...]


def departures_both_ways(values: object) -> tuple[set[Route], set[Route]]:
    """Return where values depart from the format: along the chain, and straight to the kinds.

    What is there for editors alone is passed over: the engine's rules check it.
    """
    by_chain = {
        tuple(error.absolute_path)
        for error in chain_validator().iter_errors(values)
        if not FOR_EDITORS & set(error.absolute_schema_path)
    }
    straight = {tuple(error.absolute_path) for error in load_schemas().demo.iter_errors(values)}
    return by_chain, straight


@cache
def chain_validator() -> Any:
    """Return a validator that knows nothing but the files."""
    root = schema_folder()
    files = {
        path.relative_to(root).as_posix(): json.loads(path.read_text(encoding="utf-8"))
        for path in root.rglob("*.schema.json")
    }
    registry: Any = Registry().with_contents(
        [(BASE + name, schema) for name, schema in files.items()], default_specification=DRAFT7
    )
    return Draft7Validator({**files[DEMO_SCHEMA], "$id": BASE + DEMO_SCHEMA}, registry=registry)
