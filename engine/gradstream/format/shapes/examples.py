"""Examples in other shapes: rows, columns, one without its dash, values alone, or at their input.

[[Rome, 3]]    place: Rome     place: [Rome, Oslo]       - Rome
               lines: 3        lines: [3, 4]
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

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
            _rows(examples, names, document)
            or _wrapped(examples, names, document)
            or _beside_output(examples, names, document)
            or _named(examples, names, document)
        )
    elif isinstance(examples, str) and len(names) == 1 and not NAMES_A_FILE.search(examples):
        lines = [
            line for each in members_in(examples) for line in member([f"{names[0]}: {edits.text(each)}"])
        ]
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
    """Return examples whose values are below a word of their own."""
    lines = []
    for index, each in enumerate(examples):
        if not isinstance(each, Mapping):
            return None
        inner = next(
            (key for key in WRAPPERS if isinstance(each.get(key), Mapping) and key not in names), None
        )
        if inner is None or not set(each[inner]) <= set(names):
            return None
        lines += member(
            [line for name in each[inner] for line in entry(document, ("examples", index, inner, name))]
        )
    return lines


def _beside_output(examples: list[Any], names: list[str], document: Document) -> list[str] | None:
    """Return examples that give the only input's value under a word of their own, and what comes of it."""
    lines = []
    for index, each in enumerate(examples):
        key = next((key for key in WRAPPERS if isinstance(each, Mapping) and key in each), None)
        if len(names) != 1 or key is None or key in names or not set(each) <= {key, *RESULTS, *TITLES}:
            return None
        if isinstance(each[key], Mapping | list):
            return None
        lines += member([f"{names[0]}: {written(document, ('examples', index, key))}"])
    return lines


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
