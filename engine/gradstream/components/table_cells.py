"""Cells of tables with their types: what an input accepts, and what a table that visitors change can show.

columns of the YAML --named_columns--> [TableColumn]      cell --checked_cell--> plain cell | Misfit
"""

import datetime
import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from gradstream.format.values import Plain, is_same, word
from gradstream.format.wording import one_of

CellType = Literal["any", "text", "number", "integer", "checkbox", "date"]

EXPECTED: Mapping[CellType, str] = {
    "text": "a text",
    "number": "a number",
    "integer": "a whole number",
    "checkbox": "true or false",
    "date": "a date, such as 2026-05-17",
}
MIDNIGHT = "T00:00:00"
"""What follows the date where a package has times alone."""

TRUE, FALSE = ("true", "yes", "1", "x"), ("false", "no", "0", "")


class TableColumn(Struct, frozen=True, omit_defaults=True):
    """One column; `any` asks nothing of a cell. With `choices` it is one of them, whatever `type` is."""

    name: str
    type: CellType = "text"
    choices: tuple[str | int | float | bool, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether its cells can be anything."""
        return self.type == "any" and not self.choices


class Misfit(Struct, frozen=True):
    """A cell does not fit its column."""

    expected: str


def named_columns(written: Sequence[str | TableColumn], *, otherwise: CellType) -> tuple[TableColumn, ...]:
    """Return columns as they are written, those that are only a name with the type `otherwise`."""
    return tuple(TableColumn(each, otherwise) if isinstance(each, str) else each for each in written)


def in_yaml(columns: Sequence[TableColumn]) -> list[dict[str, Any]]:
    """Return columns as the options of an input have them."""
    return [{"name": each.name, "type": each.type, "choices": list(each.choices)} for each in columns]


def checked_cell(cell: Any, column: TableColumn) -> Plain | Misfit:
    """Return the cell as its column has it."""
    if column.choices:
        is_one = cell in (None, "") or any(is_same(cell, one) for one in column.choices)
        return (None if cell == "" else cell) if is_one else Misfit(one_of(map(word, column.choices)))
    match column.type:
        case "any":
            return cell
        case "text":
            return "" if cell is None else cell if isinstance(cell, str) else Misfit(EXPECTED["text"])
        case "checkbox":
            fits = cell in (None, "") or isinstance(cell, bool)
            return bool(cell) if fits else Misfit(EXPECTED["checkbox"])
    if cell is None or cell == "":
        return None
    fitted = _date(cell) if column.type == "date" else _number(cell, is_whole=column.type == "integer")
    return Misfit(EXPECTED[column.type]) if fitted is None else fitted


def decoded_cell(cell: Plain, column: TableColumn | None) -> Any:
    """Return a checked cell as a function is given it."""
    is_date = column is not None and column.type == "date" and not column.choices
    return datetime.date.fromisoformat(cell) if is_date and cell is not None else cell


def parsed_cell(cell: str, column: TableColumn) -> Plain:
    """Return what the text of a cell stands for; the text itself where it stands for nothing."""
    if column.choices:
        return next((one for one in column.choices if word(one) == cell), cell)
    if column.type in ("any", "number", "integer"):
        return _parsed_number(cell)
    if column.type == "checkbox" and cell.lower() in (*TRUE, *FALSE):
        return cell.lower() in TRUE
    return cell


def _parsed_number(cell: str) -> int | float | str:
    """Return the number that a text is; a whole one has all its digits, and `nan` and `inf` stay texts."""
    try:
        # As a float, a whole number beyond 2^53 would be another one.
        return int(cell)
    except ValueError:
        try:
            number = float(cell)
        except ValueError:
            return cell
    if not math.isfinite(number):
        return cell
    return int(number) if number.is_integer() else number


def _number(cell: Any, *, is_whole: bool) -> int | float | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not math.isfinite(cell):
        return None
    if is_whole:
        return int(cell) if cell == int(cell) else None
    return cell


def _date(cell: Any) -> str | None:
    if not isinstance(cell, str):
        return None
    try:
        return datetime.date.fromisoformat(cell.removesuffix(MIDNIGHT)).isoformat()
    except ValueError:
        return None
