"""What the text of a cell stands for, as CSV has it."""

import pytest

from gradstream.components.table_cells import TableColumn, parsed_cell


@pytest.mark.parametrize("type_", ["any", "number", "integer"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9007199254740993", 9007199254740993),
        ("-12", -12),
        ("4.0", 4),
        ("1e3", 1000),
        ("2.5", 2.5),
        ("nan", "nan"),
        ("-Infinity", "-Infinity"),
        ("1e999", "1e999"),
        ("12 kg", "12 kg"),
        ("", ""),
    ],
)
def test_numbers_in_texts(type_: str, text: str, expected: object) -> None:
    """A whole number keeps its digits; what no number of JSON can be stays the text."""
    found = parsed_cell(text, TableColumn("a", type_))  # type: ignore[arg-type]
    assert found == expected
    assert type(found) is type(expected)
