"""Nothing in a CSV file is dropped: what cannot be used is told, with its line where it has one."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.format.rules.csv_table import CsvProblem, CsvTable, parse_table, read_table

CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool)


def problem_in(text: str) -> CsvProblem:
    """Return what is wrong with the text."""
    problem = parse_table(text)
    assert isinstance(problem, CsvProblem)
    return problem


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=5))
def test_what_is_written_is_read(rows: list[list[str]]) -> None:
    """Every cell comes back, whatever signs are in it."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["prompt", "steps"], *rows])
    table = parse_table(stream.getvalue())
    assert isinstance(table, CsvTable)
    assert [list(row) for _, row in table.rows] == rows


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    """What spreadsheets save in old encodings is told as such."""
    path = tmp_path / "set.csv"
    path.write_bytes("prompt\nCafé\n".encode(encoding))
    problem = read_table(path, most_bytes=2**20)
    assert isinstance(problem, CsvProblem)
    assert problem.message == "is not UTF-8 text"
    wide = encoding[:6].upper() if encoding.startswith("utf") else None
    assert problem.found == (f"line 1: {wide}" if wide else "line 2: bytes that are not valid UTF-8")


@pytest.mark.parametrize(
    "text",
    [
        "prompt;steps\na;1\n",
        '"prompt";"steps"\n"a";1\n',
        "\nsep=;\nprompt;steps\na;1\n",
        "prompt\tsteps\na\t1\n",
    ],
)
def test_separators_of_spreadsheets(text: str) -> None:
    """Spreadsheets of many countries write semicolons, and what is copied from them has tabs."""
    table = parse_table(text)
    assert isinstance(table, CsvTable)
    assert (table.header, [row for _, row in table.rows]) == (["prompt", "steps"], [["a", "1"]])


def test_another_separator() -> None:
    """What is neither is a problem with a name."""
    assert problem_in("prompt|steps\n").message == "is separated by vertical bars"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a,b\n1,2,3\n", "line 2: 3 cells, the last one `3`"),
        ("a,b\n1,2\n\n1,,,4\n", "line 4: 4 cells, the last one `4`"),
        ("a,b,a\n1,2,3\n", "line 1: a,b,a"),
        ("a,,b,\n", None),
        ("a,,,b\n", "line 1: a,,,b"),
        ("a,b,,\n1,2,,\n1,2\n1\n", None),
    ],
)
def test_cells_and_columns(text: str, found: str | None) -> None:
    """Cells that are too many and columns of one name have their line; empty cells at an end are none."""
    if found is None:
        assert isinstance(parse_table(text), CsvTable)
    else:
        assert problem_in(text).found == found


def test_a_conflict() -> None:
    """A conflict of git is told with both sides."""
    problem = problem_in("a\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> other\n")
    assert problem.found == "`HEAD` from line 2, `other` from line 4 to 6"
