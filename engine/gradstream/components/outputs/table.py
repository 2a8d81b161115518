"""The output kind `table`: named columns and rows of plain cells.

any form of rows (`rows.py`) --> {"columns": […], "rows": [[…]]}

Where a column has a type, its cells are of it, whether a run or a visitor has written them.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from msgspec import Struct, convert

from gradstream.components.outputs.delivery import AppendEdits, Delivery, Joined, Replace
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.outputs.rows import (
    ACCEPTED,
    Rows,
    cells_in_order,
    name_columns,
    report_labels,
    take_rows,
)
from gradstream.components.plain import plain_shown
from gradstream.components.table_cells import Misfit, TableColumn, checked_cell, in_yaml, named_columns
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.events.types import Edit
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import describe, kind_name

MOST_EDITED_ROWS = 10_000
"""Where the YAML says nothing: as many as an input can have."""


class TableOptions(Struct, frozen=True):
    """The keys of a table that its value depends on."""

    columns: tuple[str | TableColumn, ...] = ()
    max_rows: int | None = None

    def named(self) -> tuple[TableColumn, ...]:
        """Return the columns; those that are only a name have cells of any type."""
        return named_columns(self.columns, otherwise="any")

    @property
    def is_typed(self) -> bool:
        """Whether cells of some column have a type."""
        return not all(each.is_open for each in self.named())


class TableOutput(OutputKind):
    """Shows rows; with `updates: append`, each step adds its rows at the end."""

    handed_as: ClassVar[str | None] = "table"

    page_events: ClassVar[tuple[str, ...]] = ("select",)

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return columns and rows; over `max_rows`, the last ones."""
        if value is None:
            return None
        return _finish(_take_apart(value), convert(output.options, TableOptions), output, store)

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of columns and rows, no more rows than `max_rows`."""
        rows: JsonSchema = {"type": "array", "items": {"type": "array"}}
        longest = convert(output.options, TableOptions).max_rows
        if longest is not None:
            rows["maxItems"] = longest
        return {
            "type": ["object", "null"],
            "properties": {"columns": {"type": "array", "items": {"type": "string"}}, "rows": rows},
            "required": ["columns", "rows"],
            "additionalProperties": False,
        }

    def delivery(self, output: Output) -> Delivery:
        """Return that each step adds its rows, or replaces the table."""
        return AppendEdits(self.join) if output.updates == "append" else Replace(self.encode)

    def handed_options(self, output: Output) -> Mapping[str, Any]:
        """Return the columns with their types, and how many rows a visitor can have."""
        options = convert(output.options, TableOptions)
        return {"columns": in_yaml(options.named()), "max_rows": options.max_rows or MOST_EDITED_ROWS}

    def join(self, shown: Plain, added: Any, output: Output, store: Store) -> Joined:
        """Return the table with more rows; columns are those of the first step, or of the YAML."""
        options = convert(output.options, TableOptions)
        if shown is None:
            return Joined(value=_finish(_take_apart(added), options, output, store), edits=[])
        rows = shown["rows"]
        taken = _take_apart(added)
        more = _finish(taken, options, output, store, columns=shown["columns"])["rows"]
        edits: list[Edit] = [("insert", ["rows", len(rows) + index], row) for index, row in enumerate(more)]
        rows.extend(more)
        too_many = 0 if options.max_rows is None else max(0, len(rows) - options.max_rows)
        edits.extend(("delete", ["rows", 0], None) for _ in range(too_many))
        del rows[:too_many]
        return Joined(value=shown, edits=edits)


KINDS: Mapping[str, OutputKind] = {"table": TableOutput()}


def _take_apart(value: Any) -> Rows:
    taken = take_rows(value)
    if taken is None or (taken.columns is None and getattr(value, "ndim", 2) != 2):
        raise UnusableYieldError(f"{kind_name(value)} is not a table; {ACCEPTED}")
    return taken


def _finish(
    table: Rows, options: TableOptions, output: Output, store: Store, *, columns: list[str] | None = None
) -> Plain:
    """Return columns and rows; `columns` are those that the rows are added to."""
    where = f"output `{output.name}`"
    report_labels(table, where, store)
    named = options.named()
    if options.is_typed:
        columns = [each.name for each in named]
        table = Rows(None, [_by_name(row, table.columns) for row in table.rows])
    columns = table.columns or columns or [each.name for each in named] or name_columns(table.rows)
    rows = [cells_in_order(row, columns) for row in table.rows]
    shown = plain_shown(rows, where, store)
    if options.is_typed:
        shown = [_checked_row(row, named, number) for number, row in enumerate(shown, start=1)]
    return _cut({"columns": columns, "rows": shown}, options)


def _by_name(row: Any, columns: list[str] | None) -> Any:
    return row if columns is None else dict(zip(columns, cells_in_order(row, columns), strict=True))


def _checked_row(row: Sequence[Plain], columns: Sequence[TableColumn], number: int) -> list[Plain]:
    cells: list[Plain] = []
    for cell, column in zip(row, columns, strict=True):
        checked = checked_cell(cell, column)
        if isinstance(checked, Misfit):
            raise UnusableYieldError(
                f"row {number}, column {column.name}: expected {checked.expected}, got {describe(cell)}"
            )
        cells.append(checked)
    return cells


def _cut(table: Plain, options: TableOptions) -> Plain:
    longest = options.max_rows
    if longest is None or len(table["rows"]) <= longest:
        return table
    return {"columns": table["columns"], "rows": table["rows"][-longest:]}
