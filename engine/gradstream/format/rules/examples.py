"""Examples: a list of mappings, a mapping by name, or a CSV file; each becomes a full set of inputs.

photo.csv: header row = names of inputs, a row = one example, an empty cell = the input's default
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gradstream.document.types import Route
from gradstream.format import edits
from gradstream.format.draft import Draft
from gradstream.format.findings import Findings
from gradstream.format.kinds import InvalidValue
from gradstream.format.rules.csv_table import CsvProblem, read_table
from gradstream.format.rules.inputs import check_written, fixes_of, repair_of
from gradstream.format.types import Example, Input
from gradstream.format.wording import all_of, describe, guess, one_of, shorten


class ExampleDraft(Struct, frozen=True, kw_only=True):
    """One example as written, and the values that its inputs accept of it.

    `route` is where to point when something about it is wrong.
    """

    route: Route
    name: str | None
    values: Mapping[str, Any]
    accepted: Mapping[str, Any] = {}
    origin: str = ""


def read_examples(draft: Draft, inputs: Mapping[str, Input], findings: Findings) -> tuple[ExampleDraft, ...]:
    """Return the examples whose form is sound; what is wrong with them is noted."""
    written = draft.values.get("examples")
    match written:
        case str():
            found = list(_from_csv(written, draft, inputs, findings))
        case list():
            found = [
                ExampleDraft(route=("examples", index), name=None, values=values)
                for index, values in enumerate(written)
            ]
        case Mapping():
            found = [
                ExampleDraft(route=("examples", name), name=name, values=values)
                for name, values in written.items()
            ]
        case _:
            found = []
    return tuple(_checked(example, draft, inputs, findings) for example in found)


def complete(example: ExampleDraft, inputs: tuple[Input, ...]) -> Example:
    """Return the example with every input."""
    values = {each.name: example.accepted.get(each.name, each.default) for each in inputs}
    given = [_said(each, example.values[each.name]) for each in inputs if each.name in example.values]
    return Example(label=example.name or " · ".join(given) or "defaults", inputs=values)


def _said(field: Input, value: Any) -> str:
    """Return a value for the example's label: words speak for themselves, the rest needs its field's name."""
    return _shown(value) if isinstance(value, str) else f"{field.label} {_shown(value)}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, list):
        return ", ".join(_shown(each) for each in value)
    if isinstance(value, Mapping):
        return " + ".join(_shown(each) for each in value.values())
    return shorten(str(value))


def _checked(
    example: ExampleDraft, draft: Draft, inputs: Mapping[str, Input], findings: Findings
) -> ExampleDraft:
    """Return the example with the values that its inputs accept."""
    accepted: dict[str, Any] = {}
    for name, value in example.values.items():
        route = example.route if example.origin else (*example.route, name)
        if name not in draft.inputs:
            _unknown_input(name, route, draft, findings)
        elif name in inputs:
            checked = _check(value, inputs[name], draft)
            if isinstance(checked, InvalidValue):
                _report(checked, value, name, route, example, findings)
            else:
                accepted[name] = checked
    return replace(example, accepted=accepted)


def _check(value: Any, field: Input, draft: Draft) -> Any:
    kind = draft.kinds.inputs[field.kind]
    checked = check_written(value, field, draft)
    if isinstance(checked, InvalidValue) or not field.required:
        return checked
    return kind.check_required(checked, field) or checked


def _report(
    invalid: InvalidValue, value: Any, name: str, route: Route, example: ExampleDraft, findings: Findings
) -> None:
    shown = describe(value) if example.origin else findings.describe(route, value)
    message = f"an example's `{name}` is {shown}, which the input does not accept"
    if invalid.part:
        shown = invalid.found
        message = f"an example's `{name}` is not a value that the input accepts, {invalid.part}"
    findings.add(
        route,
        "E-EXAMPLE",
        f"{example.origin}{message}",
        expected=invalid.expected,
        found=shown,
        repair=repair_of(invalid, findings.document, route),
        fixes=() if example.origin else fixes_of(invalid, findings.document, route),
    )


def _unknown_input(
    name: str, route: Route, draft: Draft, findings: Findings, *, giver: str = "an example gives"
) -> None:
    labels = {str(config.get("label", "")).lower(): each for each, config in draft.inputs.items()}
    near = labels.get(name.lower()) or guess(name, draft.inputs)
    findings.add(
        route,
        "E-UNKNOWN-INPUT",
        f"{giver} `{name}`, and there is no input of that name",
        expected=f"`{near}`" if near else one_of(draft.inputs) or "no values: the demo has no inputs",
        found=f"`{name}`",
        repair=f"write `{near}` instead of `{name}`" if near else "remove it, or add the input",
        at="value" if route == ("examples",) else "key",
        fixes=edits.replace_key(findings.document, route, near) if near and route != ("examples",) else (),
    )


def _from_csv(
    file: str, draft: Draft, inputs: Mapping[str, Input], findings: Findings
) -> Iterator[ExampleDraft]:
    route: Route = ("examples",)
    path = Path(draft.place.folder, file)
    # No system has a file with this sign in its name; asked for one, Python raises ValueError.
    if "\0" in file or not path.resolve().is_relative_to(Path(draft.place.root).resolve()):
        _outside(file, findings)
        return
    table = read_table(path, most_bytes=draft.place.examples_bytes)
    if isinstance(table, CsvProblem):
        _unusable(file, table, findings)
        return
    if not table.header:
        _no_header(file, draft, findings)
        return
    for name in table.header:
        if name not in draft.inputs:
            _unknown_input(name, route, draft, findings, giver=f"`{file}` has a column")
            return

    def read_cell(name: str, cell: str) -> Any:
        field = inputs.get(name)
        return cell if field is None else draft.kinds.inputs[field.kind].parse(cell, field)

    for line, row in table.rows:
        yield _example_of(row, table.header, read_cell, origin=f"{file}, line {line}: ")


def _example_of(
    row: Sequence[str], header: Sequence[str], read_cell: Callable[[str, str], Any], *, origin: str
) -> ExampleDraft:
    cells = zip(header, row, strict=False)
    values = {name: read_cell(name, cell) for name, cell in cells if cell.strip()}
    return ExampleDraft(route=("examples",), name=None, values=values, origin=origin)


def _outside(file: str, findings: Findings) -> None:
    findings.add(
        ("examples",),
        "E-OUTSIDE",
        "the examples' file is outside of the catalog's folder",
        expected="a CSV file below the catalog's folder, which is all that is ever served",
        found=findings.describe(("examples",), file),
        repair="copy the file beside the demo",
    )


def _unusable(file: str, problem: CsvProblem, findings: Findings) -> None:
    findings.add(
        ("examples",),
        "E-EXAMPLES-FILE",
        f"the examples' file `{file}` {problem.message}",
        expected=problem.expected,
        found=problem.found,
        repair=problem.repair,
    )


def _no_header(file: str, draft: Draft, findings: Findings) -> None:
    findings.add(
        ("examples",),
        "E-EXAMPLES-FILE",
        f"`{file}` is empty",
        expected=f"a first row with names of inputs: {all_of(draft.inputs)}",
        found="nothing",
        repair="write the names of inputs into the first row",
    )
