"""The output kind `table`: named columns and rows of plain cells.

[{name: cell}] | [[cell]] | {"columns", "rows"} | data frame | 2-D array --> {"columns": […], "rows":
[[…]]}
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, convert

from gradstream.components.outputs.delivery import AppendEdits, Delivery, Joined, Replace
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.plain import plain_shown
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.events.types import Edit
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

ACCEPTED = (
    "accepted are a list of mappings or of lists, {'columns', 'rows'}, and data frames of pandas and polars"
)


class TableOptions(Struct, frozen=True):
    """The keys of a table that its value depends on."""

    columns: list[str] | None = None
    max_rows: int | None = None


class Table(Struct, frozen=True):
    """Any accepted form, taken apart; `columns` is None where the form names none."""

    columns: list[str] | None
    rows: list[Any]


class TableOutput(OutputKind):
    """Shows rows; with `updates: append`, each step adds its rows at the end."""

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


def _take_apart(value: Any) -> Table:
    if isinstance(value, Mapping) and {"columns", "rows"} <= value.keys():
        return Table([str(name) for name in value["columns"]], list(value["rows"]))
    if isinstance(value, list | tuple):
        return Table(None, list(value))
    columns = getattr(value, "columns", None)
    if columns is not None:
        names = [str(name) for name in columns]
        if callable(getattr(value, "itertuples", None)):  # pandas
            return Table(names, [list(row) for row in value.itertuples(index=False, name=None)])
        if callable(getattr(value, "rows", None)):  # polars
            return Table(names, [list(row) for row in value.rows()])
    if getattr(value, "ndim", None) == 2 and callable(getattr(value, "tolist", None)):
        return Table(None, value.tolist())
    raise UnusableYieldError(f"{kind_name(value)} is not a table; {ACCEPTED}")


def _finish(table: Table, options: TableOptions, output: Output, store: Store) -> Plain:
    columns = table.columns or options.columns or _columns(table.rows)
    rows = [_cells(row, columns) for row in table.rows]
    return _cut({"columns": columns, "rows": plain_shown(rows, f"output `{output.name}`", store)}, options)


def _columns(rows: Sequence[Any]) -> list[str]:
    """Name the columns by the keys of all rows, in the order in which they appear, or number them."""
    names: dict[str, None] = {}
    for row in rows:
        if isinstance(row, Mapping):
            names.update(dict.fromkeys(map(str, row)))
    widest = max((len(row) for row in rows if isinstance(row, list | tuple)), default=0)
    return list(names) or [str(number) for number in range(1, widest + 1)]


def _cells(row: Any, columns: Sequence[str]) -> list[Any]:
    if isinstance(row, Mapping):
        cells = {str(name): cell for name, cell in row.items()}
        unknown = [name for name in cells if name not in columns]
        if unknown:
            raise UnusableYieldError(
                f"a row with the column {unknown[0]}; the columns are {', '.join(columns)}"
            )
        return [cells.get(name) for name in columns]
    if not isinstance(row, list | tuple):
        raise UnusableYieldError(f"a row of type {kind_name(row)} has no cells; {ACCEPTED}")
    if len(row) > len(columns):
        raise UnusableYieldError(f"a row of {len(row)} cells; the columns are {', '.join(columns)}")
    return [*row, *([None] * (len(columns) - len(row)))]


def _cut(table: Plain, options: TableOptions) -> Plain:
    longest = options.max_rows
    if longest is None or len(table["rows"]) <= longest:
        return table
    return {"columns": table["columns"], "rows": table["rows"][-longest:]}
