"""A CSV file -> its first row and the others with their lines, or why it cannot be used.

bytes --encoding--> text --csv--> CsvTable | CsvProblem

Nothing in the file is dropped: cells without a column, and columns of one name, are problems.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from gradstream.document.conflicts import find_conflict
from gradstream.encoding import NotUtf8, decode
from gradstream.format.wording import shorten
from gradstream.limits import size_in_words

SEPARATORS = {"|": "vertical bars"}
"""What is written instead of commas and is not read; names of inputs have none of these."""

READ_AS_WELL = (";", "\t")
"""What spreadsheets write where a comma is in numbers, and what is copied from them: read as commas are."""

SEPARATOR_LINE = re.compile(r"\A\s*sep=.[ \t]*(?:\r\n|\r|\n)")
"""What Excel writes as the first line of some tables."""

AS_CSV = "save the table as CSV with commas, in UTF-8"


class CsvTable(Struct, frozen=True, kw_only=True):
    """`header` has the names of columns; `rows` each row's cells, with the number of its last line."""

    header: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str]]]


class CsvProblem(Struct, frozen=True, kw_only=True):
    """Why a file cannot be used; `message` follows the file's name."""

    message: str
    expected: str
    found: str
    repair: str


def read_table(path: Path, *, most_bytes: int) -> CsvTable | CsvProblem:
    """Read a file of at most so many bytes; a table without rows has an empty header."""
    try:
        with path.open("rb") as stream:
            data = stream.read(most_bytes + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "it cannot be opened"
        return _unreadable(reason.lower(), most_bytes)
    if len(data) > most_bytes:
        return _unreadable(f"more than {size_in_words(most_bytes)}", most_bytes)
    text = decode(data)
    return _not_utf8(text) if isinstance(text, NotUtf8) else parse_table(text)


def parse_table(text: str) -> CsvTable | CsvProblem:
    """Read the text of a CSV file."""
    conflict = find_conflict(text)
    if conflict is not None:
        return CsvProblem(
            message="has a conflict that git has left in it",
            expected=conflict.expected,
            found=conflict.found,
            repair=conflict.repair,
        )
    text = SEPARATOR_LINE.sub("", text)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = next((sign for sign in SEPARATORS if sign in first.strip()), None)
    if separator is not None and "," not in first:
        return _separated(separator, first)
    other = next((sign for sign in READ_AS_WELL if sign in first.strip() and "," not in first), None)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=other or ",")
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        return CsvProblem(
            message="cannot be read as CSV",
            expected="rows of cells between commas",
            found=f"line {reader.line_num}: {error}",
            repair="save the table as CSV again",
        )
    return _checked(rows) if rows else CsvTable(header=(), rows=())


def _checked(rows: Sequence[tuple[int, Sequence[str]]]) -> CsvTable | CsvProblem:
    (line, first), *others = rows
    header = [cell.strip() for cell in _without_empty_end(first)]
    twice = next((name for name, count in Counter(header).items() if count > 1), None)
    if twice is not None:
        return CsvProblem(
            message=f"has the column `{twice}` more than once" if twice else "has columns without a name",
            expected="a name of its own for each column",
            found=f"line {line}: {shorten(','.join(header))}",
            repair="remove all but one of them, in every row"
            if twice
            else "name these columns, or remove them",
        )
    for number, row in others:
        cells = _without_empty_end(row)
        if len(cells) > len(header):
            return CsvProblem(
                message="has a row with more cells than there are columns",
                expected=f"at most {len(header)}: {shorten(', '.join(header))}",
                found=f"line {number}: {len(cells)} cells, the last one `{shorten(cells[-1])}`",
                repair="remove what is too much, or put a text with a comma in double quotes",
            )
    return CsvTable(header=header, rows=others)


def _without_empty_end(row: Sequence[str]) -> Sequence[str]:
    """Return the row without empty cells at its end, which spreadsheets add to make all rows equally long."""
    filled = max((index for index, cell in enumerate(row, start=1) if cell.strip()), default=0)
    return row[:filled]


def _unreadable(reason: str, most_bytes: int) -> CsvProblem:
    return CsvProblem(
        message="cannot be read",
        expected=f"a CSV file of at most {size_in_words(most_bytes)} in UTF-8; its path starts at this file",
        found=reason,
        repair="see that the file exists beside the YAML, or write the examples here as a list",
    )


def _not_utf8(text: NotUtf8) -> CsvProblem:
    line = text.shown.count("\n", 0, text.at) + 1
    return CsvProblem(
        message="is not UTF-8 text",
        expected="UTF-8",
        found=f"line {line}: {text.found}",
        repair="save the table as CSV in UTF-8: in Excel, choose the type “CSV UTF-8”",
    )


def _separated(separator: str, first: str) -> CsvProblem:
    name = SEPARATORS[separator]
    return CsvProblem(
        message=f"is separated by {name}",
        expected="cells between commas",
        found=f"{name} in the first row: {shorten(first.strip())}",
        repair=AS_CSV,
    )
