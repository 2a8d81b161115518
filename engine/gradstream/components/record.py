"""Objects with named fields, of any library, as mappings.

dataclass | named tuple | Struct of msgspec | attrs | pydantic | SimpleNamespace --> {name: value}
"""

import dataclasses
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any


def fields_of(value: Any) -> Mapping[str, Any] | None:
    """Return the fields of a record by name, as they are; None for anything else."""
    if isinstance(value, type):
        return None
    if isinstance(value, SimpleNamespace):
        return vars(value)
    names = _names(value)
    return None if names is None else {name: getattr(value, name) for name in names}


def _names(value: Any) -> list[str] | None:
    if dataclasses.is_dataclass(value):
        return [field.name for field in dataclasses.fields(value)]
    if isinstance(value, tuple):
        return list(value._fields) if hasattr(value, "_fields") else None
    kind = type(value)
    if isinstance(fields := getattr(kind, "__struct_fields__", None), tuple):
        return list(fields)
    if isinstance(fields := getattr(kind, "__attrs_attrs__", None), tuple):
        return [each.name for each in fields]
    fields = getattr(kind, "model_fields", None)
    is_model = isinstance(fields, Mapping) and callable(getattr(value, "model_dump", None))
    return [*map(str, fields)] if is_model and fields is not None else None
