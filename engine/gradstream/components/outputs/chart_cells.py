"""The cells of a chart's rows: numbers for y, numbers, dates or texts for x, and the name of a colour."""

from typing import Any

from gradstream.components.plain import MISSING_TYPES, plain, repair_text
from gradstream.components.real_number import real_number
from gradstream.components.types import Store, UnusableYieldError
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name


class CellReader:
    """Reads the cells of one yield; `where` begins each remark."""

    def __init__(self, where: str, store: Store) -> None:
        self._where = where
        self._store = store

    def height(self, cell: Any, column: str) -> Plain:
        """Return the number of a y cell, None for a gap. Raises UnusableYieldError."""
        if _is_missing(cell):
            return None
        number = real_number(cell)
        if number is None:
            raise UnusableYieldError(
                f"expected numbers in the column {column}, got {kind_name(cell)} {cell!r:.40}"
            )
        return self._finite(number)

    def place(self, cell: Any, column: str) -> Plain:
        """Return an x cell: a number, a date as text, or a category. Raises UnusableYieldError."""
        if _is_missing(cell):
            self._store.warn(f"{self._where}: a row without {column} is not drawn")
            return None
        number = real_number(cell)
        if number is not None:
            return self._finite(number)
        found = plain(cell)
        if isinstance(found, list | dict):
            raise UnusableYieldError(
                f"expected numbers, dates or texts in the column {column}, got {kind_name(cell)}"
            )
        return str(found).lower() if isinstance(found, bool) else found

    def group(self, cell: Any) -> Plain:
        """Return the name of a colour, None for rows that have none."""
        return None if _is_missing(cell) else repair_text(str(cell))

    def _finite(self, number: float) -> Plain:
        if number - number == 0:
            return number
        self._store.warn(f"{self._where}: NaN and infinity are not drawn and leave a gap")
        return None


def is_number_or_missing(cell: Any) -> bool:
    """Return whether a cell can be drawn as y."""
    return _is_missing(cell) or real_number(cell) is not None


def _is_missing(cell: Any) -> bool:
    return cell is None or type(cell).__name__ in MISSING_TYPES
