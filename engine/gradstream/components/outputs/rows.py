"""Rows in any form that generators have them, taken apart for the outputs that show rows.

[{name: cell}] | [record] | [[cell]] | {"columns", "rows"} | {name: [cell]} | data frame | array --> Rows

Nothing is imported for this: data frames and arrays are known by their methods.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from gradstream.components.plain import is_time, times
from gradstream.components.record import fields_of
from gradstream.components.types import Store, UnusableYieldError
from gradstream.format.wording import kind_name

ACCEPTED = (
    "accepted are a list of mappings, dataclasses or lists, {'columns', 'rows'}, a mapping of columns, "
    "and data frames of pandas and polars"
)


class Rows(Struct, frozen=True):
    """Any accepted form, taken apart; `columns` is None where the form names none.

    `has_labels`: the rows have names, in the index of a data frame, which are not among the cells.
    """

    columns: list[str] | None
    rows: list[Any]
    has_labels: bool = False


def take_rows(value: Any) -> Rows | None:
    """Return the rows of a yield, None for what has none. Raises UnusableYieldError."""
    if isinstance(value, Mapping):
        return _from_mapping(value)
    if isinstance(value, list | tuple):
        return Rows(None, [row if (fields := fields_of(row)) is None else fields for row in value])
    columns = getattr(value, "columns", None)
    if columns is not None:
        names = [str(name) for name in columns]
        if callable(getattr(value, "itertuples", None)):  # pandas
            rows = [list(row) for row in value.itertuples(index=False, name=None)]
            return Rows(names, rows, has_labels=_has_labels(value))
        if callable(getattr(value, "rows", None)):  # polars
            return Rows(names, [list(row) for row in value.rows()])
    fields = getattr(getattr(value, "dtype", None), "names", None)
    if fields and callable(getattr(value, "tolist", None)):  # a structured array of NumPy
        return Rows([str(name) for name in fields], [list(row) for row in value.tolist()])
    if getattr(value, "ndim", None) in (1, 2) and callable(getattr(value, "tolist", None)):
        rows = [row if isinstance(row, list) else [row] for row in _cells_of(value)]
        return Rows(None, rows, has_labels=_has_labels(value))
    return None


def report_labels(rows: Rows, where: str, store: Store) -> None:
    """Log that the names of rows are not shown."""
    if rows.has_labels:
        store.warn(f"{where}: the index of a data frame is not shown; yield frame.reset_index() to show it")


def _has_labels(frame: Any) -> bool:
    """Return whether the rows of pandas' data have names, and not only numbers."""
    index: Any = getattr(frame, "index", None)
    names = getattr(index, "names", None)
    if names is None or not len(frame):
        return False
    kind = getattr(getattr(index, "dtype", None), "kind", "O")
    return kind not in "iu" or any(name is not None for name in names)


def _from_mapping(value: Mapping[Any, Any]) -> Rows | None:
    if {"columns", "rows"} <= value.keys():
        return Rows([str(name) for name in value["columns"]], list(value["rows"]))
    if not value or not all(map(is_column, value.values())):
        return None
    columns = _by_name({name: _cells_of(cells) for name, cells in value.items()})
    (first, length), *others = ((name, len(cells)) for name, cells in columns.items())
    for name, other in others:
        if other != length:
            raise UnusableYieldError(
                f"columns of different lengths: {first} has {length} cells, {name} has {other}"
            )
    return Rows(list(columns), [list(row) for row in zip(*columns.values(), strict=True)])


def is_column(value: Any) -> bool:
    """Return whether a value holds the cells of a column: a list, a tuple, a 1-D array or series."""
    if isinstance(value, list | tuple):
        return True
    return getattr(value, "ndim", None) == 1 and callable(getattr(value, "tolist", None))


def _cells_of(value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    try:
        cells: list[Any] = times(value) if is_time(value) else value.tolist()
    except TypeError as error:
        raise UnusableYieldError(f"{error}; {ACCEPTED}") from error
    return cells


def _by_name(cells: Mapping[Any, Any]) -> dict[str, Any]:
    """Return cells by the names of their columns. Raises UnusableYieldError where two have the same."""
    named = {str(name): one for name, one in cells.items()}
    if len(named) < len(cells):
        seen = set[str]()
        for name in map(str, cells):
            if name in seen:
                raise UnusableYieldError(f"two columns with the name {name}: their keys differ only in type")
            seen.add(name)
    return named


def name_columns(rows: Sequence[Any]) -> list[str]:
    """Name the columns by the keys of all rows, in the order in which they appear, or number them."""
    names: dict[str, None] = {}
    for row in rows:
        if isinstance(row, Mapping):
            names.update(dict.fromkeys(map(str, row)))
    widest = max((len(row) for row in rows if isinstance(row, list | tuple)), default=0)
    return list(names) or [str(number) for number in range(1, widest + 1)]


def cells_in_order(row: Any, columns: Sequence[str]) -> list[Any]:
    """Return a row's cells, None for a missing one. Raises UnusableYieldError for other rows."""
    if isinstance(row, Mapping):
        cells = _by_name(row)
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
