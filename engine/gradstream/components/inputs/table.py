"""The input kind `table`: rows under columns that the author names, each column with its type of cell.

    [[cell]] | [{column: cell}] | {"columns", "rows"} --check--> {"columns", "rows"} --decode--> as `as` says
    CSV with a heading, or JSON --parse--> the same

Where an output's table is handed over, a value brings its own columns, and cells of any type, unless the
output's have types.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, Literal

from msgspec import DecodeError, Struct, convert, json
from msgspec.structs import replace

from gradstream.components.inputs.kind import InputKind
from gradstream.components.outputs.rows import take_rows
from gradstream.components.plain import plain
from gradstream.components.table_cells import (
    Misfit,
    TableColumn,
    checked_cell,
    decoded_cell,
    in_yaml,
    named_columns,
    parsed_cell,
)
from gradstream.components.types import JsonSchema
from gradstream.format.kinds import InvalidOption, InvalidValue
from gradstream.format.rules.csv_table import CsvProblem, parse_table
from gradstream.format.types import Input
from gradstream.format.values import Plain
from gradstream.format.wording import describe, guess, one_of

HandedTable = Literal["rows", "columns", "pandas", "polars"]

SHAPE = "a list of rows, each a list of cells or a mapping from columns to cells"


class TableInputOptions(Struct, frozen=True, rename={"hand_over": "as"}):
    """The keys of a table that its value depends on."""

    columns: tuple[str | TableColumn, ...] = ()
    max_rows: int = 1000
    hand_over: HandedTable = "rows"

    def named(self) -> tuple[TableColumn, ...]:
        """Return the columns, those that are only a name with text."""
        return named_columns(self.columns, otherwise="text")

    @property
    def is_open(self) -> bool:
        """Whether a value can bring columns of its own."""
        return all(each.is_open for each in self.named())


class TableInput(InputKind):
    """Hands over rows; an empty cell is None, or "" where the column has text."""

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return columns and rows; empty rows are left out."""
        options = convert(field.options, TableInputOptions)
        if options.is_open and isinstance(value, dict) and _is_whole(value):
            rows = [row for row in value["rows"] if any(cell not in (None, "") for cell in row)]
            return {**value, "rows": rows}
        return _Reader(field, options.named()).read(value, most=options.max_rows)

    def check_required(self, checked: Plain, field: Input) -> InvalidValue | None:
        """Return that nothing is filled in where there are no rows."""
        return super().check_required(checked["rows"] if isinstance(checked, dict) else checked, field)

    def value_schema(self, field: Input) -> JsonSchema:
        """Return that of rows, and of columns with rows."""
        options = convert(field.options, TableInputOptions)
        rows: JsonSchema = {"type": "array", "items": {"type": ["array", "object"]}}
        if not options.is_open:
            rows["maxItems"] = options.max_rows
        names: JsonSchema = {"type": "array", "items": {"type": "string"}}
        whole = {
            "type": "object",
            "properties": {"columns": names, "rows": rows},
            "required": ["columns", "rows"],
            "additionalProperties": False,
        }
        return {"anyOf": [whole, rows]}

    def decode(self, plain: Plain, field: Input) -> Any:
        """Return a list of dicts, a dict of lists, or a data frame of pandas or polars."""
        options = convert(field.options, TableInputOptions)
        if plain is None:
            return None
        names = plain["columns"]
        columns_by_name = {each.name: each for each in options.named()}
        of = [columns_by_name.get(name) for name in names]
        rows = [list(map(decoded_cell, row, of)) for row in plain["rows"]]
        if options.hand_over == "rows":
            return [dict(zip(names, row, strict=True)) for row in rows]
        columns = {name: [row[at] for row in rows] for at, name in enumerate(names)}
        if options.hand_over == "columns":
            return columns
        # The developer's own package: only a demo that asks for data frames needs it.
        return import_module(options.hand_over).DataFrame(columns)

    def check_options(self, field: Input, *, keys: Collection[str]) -> Iterator[InvalidOption]:
        """Yield columns of one name."""
        names = [each.name for each in convert(field.options, TableInputOptions).named()]
        for index, name in enumerate(names):
            if name in names[:index]:
                yield InvalidOption(
                    route=("columns", index),
                    code="E-CHOICE",
                    message=f"the column `{name}` is listed twice",
                    expected="columns of different names",
                    repair="remove one of them, or give it another name",
                )

    def complete(self, field: Input) -> Input:
        """Return the input with each column as a mapping."""
        columns = convert(field.options, TableInputOptions).named()
        return replace(field, options={**field.options, "columns": in_yaml(columns)})

    def untouched(self, field: Input) -> Plain:
        """Return a table without rows."""
        return []

    def fill(self, value: Any) -> Plain:
        """Return a data frame, or rows in another form, as columns with rows."""
        taken = None if isinstance(value, list | tuple) else take_rows(value)
        if taken is None or taken.columns is None:
            return plain(value)
        return {"columns": taken.columns, "rows": plain(taken.rows)}

    def parse(self, text: str, field: Input) -> Plain:
        """Return the rows of JSON, or of CSV with a heading; cells become what their columns have."""
        if text.lstrip()[:1] in ("[", "{"):
            try:
                value: Plain = json.decode(text)
            except DecodeError:
                return text
            return value
        table = parse_table(text)
        if isinstance(table, CsvProblem):
            return text
        columns = {each.name: each for each in convert(field.options, TableInputOptions).named()}
        return [
            {
                name: parsed_cell(cell, columns[name]) if name in columns else cell
                for name, cell in zip(table.header, row, strict=False)
            }
            for _, row in table.rows
        ]


KINDS: Mapping[str, InputKind] = {"table": TableInput()}


class _Reader:
    """Reads one value of one input."""

    def __init__(self, field: Input, columns: Sequence[TableColumn]) -> None:
        self._field = field
        self._columns = columns
        self._names = [each.name for each in columns]

    def read(self, value: object, *, most: int) -> Plain | InvalidValue:
        rows = _rows_of(value)
        if rows is None:
            return self._refused("takes rows", expected=SHAPE, found=describe(value))
        read: list[Plain] = []
        for number, row in enumerate(rows, start=1):
            cells = self._row(row, number)
            if isinstance(cells, InvalidValue):
                return cells
            if any(cell not in (None, "", False) for cell in cells):
                read.append(cells)
        if len(read) > most:
            return self._refused("has too many rows", expected=f"at most {most}", found=f"{len(read)} rows")
        return {"columns": self._names, "rows": read}

    def _row(self, row: object, number: int) -> list[Plain] | InvalidValue:
        if isinstance(row, Mapping):
            return self._mapping(row, number)
        if not isinstance(row, list):
            return self._refused(f"has no row in row {number}", expected=SHAPE, found=describe(row))
        if len(row) > len(self._columns):
            return self._refused(
                f"has too many cells in row {number}",
                expected=f"at most {len(self._columns)}: {', '.join(self._names)}",
                found=f"{len(row)} cells",
            )
        return self._cells([*row, *([None] * (len(self._columns) - len(row)))], number)

    def _mapping(self, row: Mapping[str, object], number: int) -> list[Plain] | InvalidValue:
        unknown = next((name for name in row if name not in self._names), None)
        if unknown is not None:
            meant = guess(unknown, self._names)
            return self._refused(
                f"has no column `{unknown}`, which row {number} names",
                expected=one_of(self._names),
                found=f"`{unknown}`",
                repair="" if meant is None else f"write `{meant}` instead",
            )
        return self._cells([row.get(name) for name in self._names], number)

    def _cells(self, row: Sequence[object], number: int) -> list[Plain] | InvalidValue:
        cells: list[Plain] = []
        for cell, column in zip(row, self._columns, strict=True):
            checked = checked_cell(cell, column)
            if isinstance(checked, Misfit):
                place = f"in row {number}, column {column.name}"
                refused = self._refused(
                    f"has a cell that does not fit, {place}",
                    expected=checked.expected,
                    found=describe(cell),
                )
                return replace(refused, part=place)
            cells.append(checked)
        return cells

    def _refused(self, what: str, *, expected: str, found: str, repair: str = "") -> InvalidValue:
        return InvalidValue(
            code="E-TYPE",
            message=f"{self._field.label} {what}",
            expected=expected,
            found=found,
            repair=repair,
        )


def _is_whole(value: object) -> bool:
    if not isinstance(value, dict) or value.keys() != {"columns", "rows"}:
        return False
    names, rows = value["columns"], value["rows"]
    return (
        isinstance(names, list)
        and isinstance(rows, list)
        and all(isinstance(name, str) for name in names)
        and all(isinstance(row, list) and len(row) == len(names) for row in rows)
    )


def _rows_of(value: object) -> list[Any] | None:
    """Return the rows of a value, each with the names of its columns if the value has them apart."""
    if value is None:
        return []
    if isinstance(value, list):
        return value
    if not _is_whole(value) or not isinstance(value, dict):
        return None
    return [dict(zip(value["columns"], row, strict=True)) for row in value["rows"]]
