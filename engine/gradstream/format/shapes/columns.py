"""Columns of a table as other tools write them: names with types as a mapping, or with other words.

columns: {born: int}    - {header: born, dtype: int}    ->    - name: born
                                                                type: integer
"""

from collections.abc import Mapping, Sequence
from typing import Any

from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.schema.validators import FOLDERS, load_schemas
from gradstream.format.shapes.blocks import Shape, member, report
from gradstream.format.shapes.calls import kind_of

TITLES = ("name", "header", "label", "title", "field", "key", "id", "column", "headerName", "accessor")
TYPES = ("type", "dtype", "datatype", "kind", "format")
OWN = frozenset({"name", "type", "choices"})
CHOICES = ("choices", "options", "enum", "values")


def check_columns(findings: Findings) -> None:
    """Note columns that are neither names nor mappings with a name."""
    for folder in FOLDERS:
        components = findings.document.values.get(folder)
        for name, config in (components if isinstance(components, Mapping) else {}).items():
            columns = config.get("columns") if isinstance(config, Mapping) else None
            kind, _ = kind_of(str(config.get("type")), folder) if columns else (None, "")
            if columns and kind is not None:
                lines = _lines(columns, _types(folder, kind), folder)
                if lines:
                    _report(folder, name, lines, findings)


def _report(folder: str, name: str, lines: Sequence[str], findings: Findings) -> None:
    shape = Shape(
        route=(folder, name, "columns"),
        message=f"the columns of `{name}` are written as another tool has them",
        expected="for each column a dash and its name, or `name` with `type` below it",
        found="another shape",
        lines=lines,
    )
    report(shape, findings)


def _types(folder: str, kind: str) -> Sequence[str]:
    """Return the types that a cell can have; none where a column is a name alone."""
    columns = load_schemas().kinds[folder][kind]["properties"].get("columns", {})
    types: Sequence[str] = columns.get("items", {}).get("properties", {}).get("type", {}).get("enum", ())
    return types


def _lines(columns: Any, types: Sequence[str], folder: str) -> list[str]:
    """Return the columns in the right shape; none where they have it, or where it is not clear."""
    if isinstance(columns, Mapping):
        listed = [
            {"name": name, **({"type": written} if isinstance(written, str) else {})}
            for name, written in columns.items()
            if isinstance(written, str | None)
        ]
        if len(listed) < len(columns):
            return []
    elif isinstance(columns, list) and any(isinstance(each, Mapping) for each in columns):
        listed = [dict(each) if isinstance(each, Mapping) else {"name": each} for each in columns]
        if all(set(each) <= OWN and each.get("type", "") in (*types, "") for each in listed):
            return []
    else:
        return []
    found = [_column(each, types, folder) for each in listed]
    return [line for each in found for line in each or ()] if all(found) else []


def _column(written: Mapping[str, Any], types: Sequence[str], folder: str) -> list[str] | None:
    title = next((key for key in TITLES if isinstance(written.get(key), str)), None)
    said = next((key for key in TYPES if isinstance(written.get(key), str)), None)
    chosen = next((key for key in CHOICES if isinstance(written.get(key), list)), None)
    if title is None or not set(written) <= {title, said, chosen, *TITLES}:
        return None
    of_cells = _type(written[said], types, folder) if said else ""
    if said and types and of_cells is None:
        return None
    keys = {"name": written[title]}
    keys |= {"type": of_cells} if of_cells else {}
    keys |= {"choices": written[chosen]} if chosen and types else {}
    if len(keys) == 1:
        return [f"- {edits.text(keys['name'])}"]
    return member([line for pair in keys.items() for line in edits.entry(*pair)])


def _type(word: str, types: Sequence[str], folder: str) -> str | None:
    """Return the type of cells that a word means."""
    if word in types:
        return word
    whole = next((each for each in types if word.lower().startswith("int") and each.startswith("int")), None)
    kind, _ = kind_of(word, folder)
    return whole or (kind if kind in types else None)
