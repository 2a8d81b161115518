"""Examples in other shapes: rows, columns, one without its dash, values alone, or at their input.

[[Rome, 3]]    place: Rome     place: [Rome, Oslo]       - Rome
               lines: 3        lines: [3, 4]
"""

import ast
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from gradstream.document.scalars import NumberTooLargeError, resolve
from gradstream.document.types import Document, Route
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.mistakes.value_repairs import members_in
from gradstream.format.shapes.blocks import Shape, entry, member, named, report, written

WRAPPERS = ("inputs", "input", "values", "value", "data", "args", "kwargs", "params", "example")


NAMES_A_FILE = re.compile(r"[./\\\n]")
RESULTS = ("output", "outputs", "expected", "result", "expected_output", "target", "answer")
TITLES = ("name", "title", "label", "description")


def check_examples(findings: Findings) -> None:
    """Note examples whose shape is another tool's."""
    document = findings.document
    inputs = document.values.get("inputs")
    examples = document.values.get("examples")
    if not isinstance(inputs, Mapping) or not inputs or findings.is_wrong(("inputs",)):
        return
    names = list(inputs)
    lines = None
    if isinstance(examples, list) and examples:
        lines = (
            _cells(examples, names)
            or _rows(examples, names, document)
            or _wrapped(examples, names, document)
            or _beside_output(examples, names, document)
            or _named(examples, names, document)
        )
    elif isinstance(examples, str) and len(names) == 1 and not NAMES_A_FILE.search(examples):
        lines = [
            line for each in members_in(examples) for line in member([f"{names[0]}: {edits.text(each)}"])
        ]
    elif isinstance(examples, str):
        lines = _table(examples, names)
    elif isinstance(examples, Mapping) and examples and set(examples) <= set(names):
        lines = _columns(examples, document) or _one(examples, document)
    if lines:
        report(
            Shape(
                route=("examples",),
                message="the examples do not name their inputs"
                if isinstance(examples, list | str)
                else "an example begins with a dash",
                expected="for each example a dash, and its inputs by name",
                found="values alone" if isinstance(examples, list | str) else "inputs without a dash",
                lines=lines,
            ),
            findings,
        )


def _cells(examples: list[Any], names: list[str]) -> list[str] | None:
    """Return texts that have a value for each input, with one and the same sign between them."""
    if len(names) < 2 or not all(isinstance(each, str) for each in examples):
        return None
    bare = [each.strip().strip("()[]|").strip() for each in examples]
    for sign in ("|", "\t", ";", ","):
        rows = [[_value(part) for part in each.split(sign)] for each in bare]
        if all(1 < len(row) <= len(names) for row in rows):
            named_rows = [dict(zip(names, row, strict=False)) for row in rows]
            return [line for row in named_rows for line in member(edits.block(row))]
    return None


def _value(cell: str) -> Any:
    """Return what a cell says: a text without its quotes, or a number."""
    plain = cell.strip()
    if len(plain) > 1 and plain[0] == plain[-1] and plain[0] in "\"'":
        return plain[1:-1]
    try:
        return resolve(plain) if plain else plain
    except NumberTooLargeError:
        return plain


def _table(text: str, names: list[str]) -> list[str] | None:
    """Return examples that are one text: rows of CSV, or a list of JSON or Python."""
    if text.lstrip()[:1] in ("[", "{") or "\n" in text.strip():
        listed = _listed(text)
        rows = _csv(text, names) if listed is None else [_by_name(row, names) for row in listed]
        shown = [row for row in rows or () if isinstance(row, dict) and row and set(row) <= set(names)]
        if shown and len(shown) == len(rows or ()):
            return [line for row in shown for line in member(edits.block(row))]
    return None


def _listed(text: str) -> list[Any] | None:
    """Return the rows of a list of JSON or Python, as they are."""
    for read in (json.loads, ast.literal_eval):
        try:
            rows = read(text.strip())
        except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            continue
        return [rows] if isinstance(rows, dict) else rows if isinstance(rows, list) else None
    return None


def _by_name(row: Any, names: list[str]) -> Any:
    """Return a row's values by the names of the inputs, in their order."""
    if isinstance(row, list | tuple):
        return dict(zip(names, row, strict=False)) if len(row) <= len(names) else None
    return row if isinstance(row, dict) or len(names) > 1 else {names[0]: row}


def _csv(text: str, names: list[str]) -> list[Any]:
    first = text.strip().splitlines()[0]
    sign = next((sign for sign in ("\t", ";", "|", ",") if sign in first), ",")
    rows = list(csv.reader(io.StringIO(text.strip()), delimiter=sign, skipinitialspace=True))
    head = [cell.strip() for cell in rows[0]]
    has_head = set(head) <= set(names)
    keys = head if has_head else names
    return [
        dict(zip(keys, map(_value, row), strict=False)) if len(row) <= len(keys) else None
        for row in (rows[1:] if has_head else rows)
        if row
    ]


def _rows(examples: list[Any], names: list[str], document: Document) -> list[str] | None:
    """Return rows, or values of the only input, as mappings."""
    if len(examples) == len(names) > 1 and all(isinstance(each, str | int | float) for each in examples):
        row = [f"{name}: {written(document, ('examples', index))}" for index, name in enumerate(names)]
        return member(row)
    rows: list[list[Route]] = []
    for index, each in enumerate(examples):
        if (
            isinstance(each, list)
            and 0 < len(each) <= len(names)
            and not any(isinstance(one, dict) for one in each)
        ):
            rows.append([("examples", index, column) for column in range(len(each))])
        elif isinstance(each, str | int | float) and len(names) == 1:
            rows.append([("examples", index)])
        else:
            return None
    return [
        line
        for row in rows
        for line in member(
            [f"{name}: {written(document, route)}" for name, route in zip(names, row, strict=False)]
        )
    ]


def _wrapped(examples: list[Any], names: list[str], document: Document) -> list[str] | None:
    """Return examples whose values are below a word of their own; those that all have a title, by that."""
    found = []
    for index, each in enumerate(examples):
        below = _below_a_word(each, index, names, document) if isinstance(each, Mapping) else None
        if not below:
            return None
        title = next((each[key] for key in TITLES if key not in names and isinstance(each.get(key), str)), "")
        found.append((title, [*below, *_results(each, index, document)]))
    has_titles = all(title for title, _ in found) and len({title for title, _ in found}) == len(found)
    return [
        line
        for title, below in found
        for line in (named(edits.text(title), below) if has_titles else member(below))
    ]


def _below_a_word(
    example: Mapping[str, Any], index: int, names: list[str], document: Document
) -> list[str] | None:
    """Return the lines of an example's values, which are below a word by name or in the inputs' order."""
    for key in WRAPPERS:
        inner, route = example.get(key), ("examples", index, key)
        if key in names or not inner:
            continue
        if isinstance(inner, Mapping) and set(inner) <= set(names):
            return [line for name in inner for line in entry(document, (*route, name))]
        if isinstance(inner, list) and len(inner) <= len(names):
            values = [written(document, (*route, column)) for column in range(len(inner))]
            return [f"{name}: {value}" for name, value in zip(names, values, strict=False)]
    return None


def _beside_output(examples: list[Any], names: list[str], document: Document) -> list[str] | None:
    """Return examples that give the only input's value under a word of their own, and what comes of it."""
    lines = []
    for index, each in enumerate(examples):
        key = next((key for key in WRAPPERS if isinstance(each, Mapping) and key in each), None)
        if len(names) != 1 or key is None or key in names or not set(each) <= {key, *RESULTS, *TITLES}:
            return None
        if isinstance(each[key], Mapping | list):
            return None
        lines += member(
            [f"{names[0]}: {written(document, ('examples', index, key))}", *_results(each, index, document)]
        )
    return lines


def _results(example: Mapping[str, Any], index: int, document: Document) -> Iterator[str]:
    """Yield what comes of an example, which a demo finds out by itself, as comments."""
    for key in RESULTS:
        if key in example:
            for line in entry(document, ("examples", index, key)):
                yield f"# {line}"


def _named(examples: list[Any], names: list[str], document: Document) -> list[str] | None:
    """Return examples that have their name among their inputs, as keys by that name."""
    lines = []
    for index, each in enumerate(examples):
        key = next((key for key in TITLES if isinstance(each, Mapping) and key in each), None)
        if (
            key is None
            or key in names
            or not isinstance(each[key], str)
            or not set(each) - {key} <= set(names)
        ):
            return None
        below = [line for name in each if name != key for line in entry(document, ("examples", index, name))]
        if not below:
            return None
        lines += named(edits.text(each[key]), below)
    return lines


def _columns(examples: Mapping[str, Any], document: Document) -> list[str] | None:
    """Return lists of values by input as one mapping for each example."""
    lengths = {len(each) if isinstance(each, list) else -1 for each in examples.values()}
    if len(lengths) != 1 or min(lengths) < 1:
        return None
    return [
        line
        for index in range(min(lengths))
        for line in member([f"{name}: {written(document, ('examples', name, index))}" for name in examples])
    ]


def _one(examples: Mapping[str, Any], document: Document) -> list[str] | None:
    """Return one example that has lost its dash."""
    if any(isinstance(each, Mapping) for each in examples.values()):
        return None
    return member(list(_entries(examples, document)))


def _entries(examples: Mapping[str, Any], document: Document) -> Iterator[str]:
    for name in examples:
        yield from entry(document, ("examples", name))
