"""Rows of visitors and authors under the columns of a demo, and what a function is given of them."""

import datetime
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from jsonschema import Draft7Validator

from gradstream.components.registry import HANDED, INPUTS, KINDS, output_kind
from gradstream.format.both_ways import with_input
from gradstream.format.kinds import InvalidValue
from tests.unit.components.fields import MemoryStore, field, output

KIND = INPUTS["table"]
COLUMNS = [
    "name",
    {"name": "born", "type": "integer"},
    {"name": "weight", "type": "number"},
    {"name": "member", "type": "checkbox"},
    {"name": "since", "type": "date"},
    {"name": "size", "choices": ["S", 42]},
]
NAMES = ["name", "born", "weight", "member", "since", "size"]
OF = field("table", columns=COLUMNS)
ADA = ["Ada", 1815, 55.5, True, "1843-09-01", 42]
EMPTY = ["", None, None, False, None, None]


@pytest.mark.parametrize(
    ("given", "rows"),
    [
        (None, []),
        ([], []),
        ([ADA], [ADA]),
        ([["Ada"], {"born": 1815.0}], [["Ada", *EMPTY[1:]], ["", 1815, *EMPTY[2:]]]),
        ([EMPTY, {}, ["", "", "", "", "", ""], ADA], [ADA]),
        ({"columns": ["born", "name"], "rows": [[1815, "Ada"]]}, [["Ada", 1815, *EMPTY[2:]]]),
    ],
)
def test_every_form_becomes_columns_and_rows(given: Any, rows: list[Any]) -> None:
    """Lists, mappings, and columns in another order; a row in which nothing stands is left out."""
    assert KIND.check(given, OF) == {"columns": NAMES, "rows": rows}
    assert given is None or Draft7Validator(KIND.value_schema(OF)).is_valid(given)


@pytest.mark.parametrize(
    ("given", "said", "expected", "found"),
    [
        ("Ada", "It takes rows", "a list of rows", "the text `Ada`"),
        ({"name": ["Ada"]}, "It takes rows", "a list of rows", "a mapping"),
        ([ADA, "Ada"], "It has no row in row 2", "a list of rows", "the text `Ada`"),
        ([[*ADA, 1]], "It has too many cells in row 1", "at most 6: name, born", "7 cells"),
        ([{"Name": "Ada"}], "It has no column `Name`, which row 1 names", "`name`", "`Name`"),
        ([["Ada", 1.5]], "in row 1, column born", "a whole number", "the number `1.5`"),
        ([["Ada", "old"]], "in row 1, column born", "a whole number", "the text `old`"),
        ([["Ada", 1, True]], "in row 1, column weight", "a number", "`true`"),
        ([["Ada", 1, 1, "yes"]], "in row 1, column member", "true or false", "the text `yes`"),
        ([["Ada", 1, 1, True, "today"]], "in row 1, column since", "a date, such as", "the text `today`"),
        ([["Ada", 1, 1, True, None, "M"]], "in row 1, column size", "S", "the text `M`"),
        ([[7]], "in row 1, column name", "a text", "the number `7`"),
    ],
)
def test_what_does_not_fit_is_found_by_row_and_column(
    given: Any, said: str, expected: str, found: str
) -> None:
    """The message says where, what belongs there, and what was found."""
    refused = KIND.check(given, OF)
    assert isinstance(refused, InvalidValue)
    assert said in refused.message
    assert expected in refused.expected
    assert found == refused.found


def test_a_bound_of_rows() -> None:
    """One row more than `max_rows` is refused."""
    of = field("table", columns=["a"], max_rows=1)
    assert not isinstance(KIND.check([["x"]], of), InvalidValue)
    assert isinstance(KIND.check([["x"], ["y"]], of), InvalidValue)


def test_required_means_a_row() -> None:
    """A table of empty rows is not filled in."""
    assert KIND.check_required(KIND.check([EMPTY], OF), OF) is not None
    assert KIND.check_required(KIND.check([ADA], OF), OF) is None


def test_columns_of_one_name_are_a_mistake() -> None:
    """Cells of the second could not be told from those of the first."""
    of = field("table", columns=["a", {"name": "a", "type": "number"}])
    assert [each.route for each in KIND.check_options(of, keys=())] == [("columns", 1)]


class Frame:
    """Stands for a data frame: what it was made of."""

    def __init__(self, columns: Any) -> None:
        self.made_of = columns


def test_what_the_function_gets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows as dicts, columns as lists, and data frames of the developer's own package; dates are dates."""
    since = datetime.date(1843, 9, 1)
    row = dict(zip(NAMES, [*ADA[:4], since, 42], strict=True))

    def given(hand_over: str) -> Any:
        options: Any = {"columns": COLUMNS, "as": hand_over}
        of = field("table", **options)
        return KIND.decode(KIND.check([ADA], of), of)

    for package in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, package, SimpleNamespace(DataFrame=Frame))
        assert given(package).made_of == {name: [cell] for name, cell in row.items()}
    assert given("rows") == [row]
    assert given("columns") == {name: [cell] for name, cell in row.items()}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("name,born,member\nAda,1815,yes\n", [["Ada", 1815, None, True, None, None]]),
        ("name;weight;size\nAda;55.5;42", [["Ada", None, 55.5, False, None, 42]]),
        ('[{"name": "Ada"}]', [["Ada", *EMPTY[1:]]]),
    ],
)
def test_csv_and_json_on_the_command_line(text: str, rows: list[Any]) -> None:
    """Texts of cells become what their columns have."""
    checked: Any = KIND.check(KIND.parse(text, OF), OF)
    expected = [[False if at == 3 and cell is None else cell for at, cell in enumerate(row)] for row in rows]
    assert checked["rows"] == expected


@pytest.mark.parametrize("text", ["{", "name|born\nAda|1815", "born\nold"])
def test_other_texts_are_refused(text: str) -> None:
    """A text that is neither, or has cells that do not fit, is no table."""
    assert isinstance(KIND.check(KIND.parse(text, OF), OF), InvalidValue)


class DataFrame:
    """A data frame as pandas has them."""

    columns = ("name", "born")

    def itertuples(self, *, index: bool, name: None) -> list[tuple[Any, ...]]:
        """Return the rows."""
        return [("Ada", 1815)]


def test_a_function_fills_it_with_rows_or_a_data_frame() -> None:
    """What outputs of rows accept can be written into the input."""
    for written in (DataFrame(), {"columns": ["name", "born"], "rows": [["Ada", 1815]]}, [("Ada", 1815)]):
        checked: Any = KIND.check(KIND.fill(written), OF)
        assert checked["rows"] == [["Ada", 1815, *EMPTY[2:]]]


def test_the_table_of_an_output_is_handed_over_with_its_own_columns() -> None:
    """What an output shows passes the check unchanged, whatever its cells hold."""
    shown = output_kind("table").encode([{"a": 1, "b": [2]}], output("table"), MemoryStore())
    of = field(HANDED["table"])
    assert KIND.check(shown, of) == shown
    assert KIND.decode(shown, of) == [{"a": 1, "b": [2]}]
    assert KIND.decode(None, of) is None
    by_column = with_input(output("table", **{"as": "columns"}), KINDS).as_input
    assert by_column is not None
    assert KIND.decode(shown, by_column) == {"a": [1], "b": [[2]]}
    edited = {"columns": ["a", "b"], "rows": [[2, None], [None, ""]]}
    assert KIND.check(edited, of) == {"columns": ["a", "b"], "rows": [[2, None]]}


def test_a_visitor_s_cells_have_the_types_of_the_output_s_columns() -> None:
    """A column that is only a name takes anything; the others as an input's do."""
    written = ["note", {"name": "born", "type": "integer"}, {"name": "since", "type": "date"}]
    of = with_input(output("table", columns=written, max_rows=2), KINDS).as_input
    assert of is not None
    edited = {"columns": ["note", "born", "since"], "rows": [[[1], 1815.0, "1843-09-01"]]}
    checked = KIND.check(edited, of)
    assert checked == {**edited, "rows": [[[1], 1815, "1843-09-01"]]}
    assert KIND.decode(checked, of) == [{"note": [1], "born": 1815, "since": datetime.date(1843, 9, 1)}]
    for rows, said in (([["", "old", None]], "in row 1, column born"), ([["a"], ["b"], ["c"]], "at most 2")):
        refused = KIND.check(rows, of)
        assert isinstance(refused, InvalidValue)
        assert said in f"{refused.message}, {refused.expected}"
