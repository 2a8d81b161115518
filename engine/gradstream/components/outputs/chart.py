"""The output kind `chart`: points of lines, bars, areas or a scatter, which the page draws.

any form of rows (`rows.py`) --> {"x": name | None, "y": [name], "color": name | None, "rows": [[…]]}

A row has the cells that are drawn and no others: a wide data frame costs what its chart shows. A number, a
mapping or a tuple of single cells is one row; rows of a single number are counted for x.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, convert

from gradstream.components.outputs.chart_cells import CellReader, is_number_or_missing
from gradstream.components.outputs.delivery import AppendEdits, Delivery, Joined, Replace
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.outputs.rows import (
    ACCEPTED,
    Rows,
    is_column,
    name_columns,
    report_labels,
    take_rows,
)
from gradstream.components.real_number import real_number
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.events.types import Edit
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import all_of, kind_name


class ChartOptions(Struct, frozen=True):
    """The keys of a chart that its value depends on."""

    x: str | None = None
    y: str | list[str] | None = None
    color: str | None = None
    max_rows: int | None = None

    @property
    def ys(self) -> list[str]:
        """The columns of y that are named, none if they follow from the rows."""
        return [self.y] if isinstance(self.y, str) else self.y or []


class Axes(Struct, frozen=True):
    """Which columns are drawn; without `x` rows are counted from 0."""

    x: str | None
    y: list[str]
    color: str | None

    @property
    def given(self) -> list[str]:
        """The columns that a row without names has, in order."""
        return [name for name in (self.x, *self.y, self.color) if name is not None]


class ChartOutput(OutputKind):
    """Shows points; with `updates: append`, each step adds its points."""

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return the columns that are drawn and their rows; over `max_rows`, the last ones."""
        if value is None:
            return None
        options = convert(output.options, ChartOptions)
        taken = _take_apart(value)
        axes = _choose(taken, options)
        _report_left_out(taken, axes, options, output, store)
        rows = _finish(taken, axes, output, store, start=0)
        kept = rows if options.max_rows is None else rows[-options.max_rows :]
        return {"x": axes.x, "y": axes.y, "color": axes.color, "rows": kept}

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of the columns and their rows, no more rows than `max_rows`."""
        rows: JsonSchema = {"type": "array", "items": {"type": "array", "minItems": 2}}
        longest = convert(output.options, ChartOptions).max_rows
        if longest is not None:
            rows["maxItems"] = longest
        name: JsonSchema = {"type": ["string", "null"]}
        names: JsonSchema = {"type": "array", "items": {"type": "string"}}
        return {
            "type": ["object", "null"],
            "properties": {"x": name, "y": names, "color": name, "rows": rows},
            "required": ["x", "y", "color", "rows"],
            "additionalProperties": False,
        }

    def delivery(self, output: Output) -> Delivery:
        """Return that each step adds its points, or replaces the chart."""
        return AppendEdits(self.join) if output.updates == "append" else Replace(self.encode)

    def join(self, shown: Plain, added: Any, output: Output, store: Store) -> Joined:
        """Return the chart with more points; its columns are those of the first step with any."""
        if shown is None or not shown["y"]:
            value = self.encode(added, output, store)
            replaced: list[Edit] = [] if shown is None else [("set", [key], value[key]) for key in value]
            return Joined(value=value, edits=replaced)
        axes = Axes(shown["x"], shown["y"], shown["color"])
        taken = _take_apart(added)
        _report_left_out(taken, axes, ChartOptions(), output, store)
        rows = shown["rows"]
        more = _finish(taken, axes, output, store, start=rows[-1][0] + 1 if axes.x is None and rows else 0)
        edits: list[Edit] = [("insert", ["rows", len(rows) + index], row) for index, row in enumerate(more)]
        rows.extend(more)
        longest = convert(output.options, ChartOptions).max_rows
        too_many = 0 if longest is None else max(0, len(rows) - longest)
        edits.extend(("delete", ["rows", 0], None) for _ in range(too_many))
        del rows[:too_many]
        return Joined(value=shown, edits=edits)


KINDS: Mapping[str, OutputKind] = {"chart": ChartOutput()}


def _take_apart(value: Any) -> Rows:
    if isinstance(value, Mapping) and value and not any(map(is_column, value.values())):
        return Rows([str(name) for name in value], [value])
    if isinstance(value, tuple) and value and not any(map(_is_row, value)):
        return Rows(None, [value])
    number = real_number(value)
    taken = take_rows(value) if number is None else Rows(None, [number])
    if taken is None:
        raise UnusableYieldError(f"{kind_name(value)} has no points; {ACCEPTED}")
    rows = [row if _is_row(row) else [row] for row in taken.rows]
    columns = taken.columns
    if columns is None and any(isinstance(row, Mapping) for row in rows):
        columns = name_columns(rows)
    return Rows(columns, rows, has_labels=taken.has_labels)


def _is_row(value: Any) -> bool:
    return isinstance(value, Mapping) or is_column(value)


def _choose(taken: Rows, options: ChartOptions) -> Axes:
    """Return the columns to draw: those that are named, and by their cells those that are not."""
    columns = taken.columns if taken.columns is not None else _name_cells(taken.rows, options)
    if not taken.rows or not columns:
        return Axes(None, [], None)
    for name in (options.x, *options.ys, options.color):
        if name is not None and name not in columns:
            raise UnusableYieldError(f"no column {name}; the columns are {', '.join(columns)}")
    free = [name for name in columns if name not in (options.x, *options.ys, options.color)]
    x = options.x
    if x is None and (len(free) > 1 or (free and options.y is not None)):
        x = free.pop(0)
    named = Rows(columns, taken.rows)
    ys = options.ys or [name for name in free if name != x and _holds_numbers(named, name)]
    if not ys:
        raise UnusableYieldError(f"no column of numbers for y; the columns are {', '.join(columns)}")
    return Axes(x, ys, options.color)


def _name_cells(rows: Sequence[Any], options: ChartOptions) -> list[str]:
    """Name the cells of rows without names as the YAML does: x, then y, then the colour."""
    widest = max((len(row) for row in rows), default=0)
    color = [] if options.color is None else [options.color]
    drawn = widest - len(color)
    if options.y is not None:
        return [*([] if drawn <= len(options.ys) else [options.x or "x"]), *options.ys, *color]
    x = [] if drawn == 1 and options.x is None else [options.x or "x"]
    amount = drawn - len(x)
    ys = ["y"] if amount == 1 else [f"y{number}" for number in range(1, amount + 1)]
    return [*x, *ys, *color]


def _holds_numbers(taken: Rows, column: str) -> bool:
    at = (taken.columns or []).index(column)
    return all(is_number_or_missing(_cell(row, column, at)) for row in taken.rows)


def _cell(row: Any, name: str, at: int) -> Any:
    if isinstance(row, Mapping):
        return row.get(name)
    return row[at] if at < len(row) else None


def _report_left_out(taken: Rows, axes: Axes, options: ChartOptions, output: Output, store: Store) -> None:
    """Log the columns that are not drawn and that the YAML has not left out by naming y."""
    report_labels(taken, f"output `{output.name}`", store)
    if taken.columns is None or options.y is not None or not axes.y:
        return
    left_out = [name for name in taken.columns if name not in axes.given]
    if left_out:
        store.warn(f"output `{output.name}`: not drawn are {all_of(left_out)}; y is {all_of(axes.y)}")


def _finish(taken: Rows, axes: Axes, output: Output, store: Store, *, start: int) -> list[Plain]:
    if not axes.y:
        return []
    columns = taken.columns if taken.columns is not None else axes.given
    reader = CellReader(f"output `{output.name}`", store)
    places = [(name, columns.index(name) if name in columns else len(columns)) for name in axes.y]
    rows: list[Plain] = []
    for number, row in enumerate(taken.rows, start):
        if taken.columns is None and len(row) > len(columns):
            raise UnusableYieldError(f"a row of {len(row)} cells; the columns are {', '.join(columns)}")
        cells = [number if axes.x is None else reader.place(_named(row, axes.x, columns), axes.x)]
        cells += [reader.height(_cell(row, name, at), name) for name, at in places]
        if axes.color is not None:
            cells.append(reader.group(_named(row, axes.color, columns)))
        rows.append(cells)
    return rows


def _named(row: Any, name: str, columns: Sequence[str]) -> Any:
    return _cell(row, name, columns.index(name) if name in columns else len(columns))
