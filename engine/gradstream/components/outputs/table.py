"""The output kind `table`: named columns and rows of plain cells.

any form of rows (`rows.py`) --> {"columns": […], "rows": [[…]]}
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from msgspec import Struct, convert

from gradstream.components.outputs.delivery import AppendEdits, Delivery, Joined, Replace
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.outputs.rows import ACCEPTED, Rows, cells_in_order, name_columns, take_rows
from gradstream.components.plain import plain_shown
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.events.types import Edit
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name


class TableOptions(Struct, frozen=True):
    """The keys of a table that its value depends on."""

    columns: list[str] | None = None
    max_rows: int | None = None


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

    def join(self, shown: Plain, added: Any, output: Output, store: Store) -> Joined:
        """Return the table with more rows; columns are those of the first step, or of the YAML."""
        options = convert(output.options, TableOptions)
        if shown is None:
            return Joined(value=_finish(_take_apart(added), options, output, store), edits=[])
        rows = shown["rows"]
        columns = TableOptions(columns=shown["columns"])
        more = _finish(_take_apart(added), columns, output, store)["rows"]
        edits: list[Edit] = [("insert", ["rows", len(rows) + index], row) for index, row in enumerate(more)]
        rows.extend(more)
        too_many = 0 if options.max_rows is None else max(0, len(rows) - options.max_rows)
        edits.extend(("delete", ["rows", 0], None) for _ in range(too_many))
        del rows[:too_many]
        return Joined(value=shown, edits=edits)


KINDS: Mapping[str, OutputKind] = {"table": TableOutput()}


def _take_apart(value: Any) -> Rows:
    taken = take_rows(value)
    if taken is None or getattr(value, "ndim", 2) != 2:
        raise UnusableYieldError(f"{kind_name(value)} is not a table; {ACCEPTED}")
    return taken


def _finish(table: Rows, options: TableOptions, output: Output, store: Store) -> Plain:
    columns = table.columns or options.columns or name_columns(table.rows)
    rows = [cells_in_order(row, columns) for row in table.rows]
    return _cut({"columns": columns, "rows": plain_shown(rows, f"output `{output.name}`", store)}, options)


def _cut(table: Plain, options: TableOptions) -> Plain:
    longest = options.max_rows
    if longest is None or len(table["rows"]) <= longest:
        return table
    return {"columns": table["columns"], "rows": table["rows"][-longest:]}
