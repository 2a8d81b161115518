"""Changes of a text."""

from hypothesis import given
from hypothesis import strategies as st

from gradstream.diagnostics import TextEdit
from gradstream.document.line_index import Stretch, index_lines
from gradstream.repairs.edits import apply, edits_between

texts = st.text("ab \n", max_size=20)


def edit(text: str, start: int, end: int, new: str) -> TextEdit:
    """Return an edit by offsets."""
    return TextEdit(span=index_lines(text).span(Stretch(start, end), file="demo.yaml"), text=new)


def test_a_part_is_replaced_and_places_move_with_the_text() -> None:
    """What is after a change has moved by its difference; what is within it is at its beginning."""
    changed = apply("min: 1\nmax: 2\n", [edit("min: 1\nmax: 2\n", 0, 3, "minimum")])
    assert changed is not None
    assert changed.text == "minimum: 1\nmax: 2\n"
    assert [changed.moved(at) for at in (0, 2, 3, 7)] == [0, 0, 7, 11]
    assert changed.touches(2, 4)
    assert not changed.touches(11, 14)


def test_what_overlaps_or_changes_nothing_is_not_made() -> None:
    """Two edits of one place have no order, and no edit is a repair that leaves the text as it was."""
    assert apply("abc", [edit("abc", 0, 2, "x"), edit("abc", 1, 3, "y")]) is None
    assert apply("abc", [edit("abc", 0, 2, "ab")]) is None
    assert apply("abc", []) is None


def test_inserted_lines_end_as_the_file_s_do() -> None:
    """A file of Windows stays one."""
    text = "a: 1\r\nb: 2\r\n"
    changed = apply(text, [edit(text, 6, 6, "x: 1\n")])
    assert changed is not None
    assert changed.text == "a: 1\r\nx: 1\r\nb: 2\r\n"


@given(old=texts, new=texts)
def test_the_edits_between_two_texts_make_one_of_the_other(old: str, new: str) -> None:
    """Whole lines are replaced, whatever the texts are."""
    changed = apply(old, edits_between(old, new, file="demo.yaml"))
    assert (old if changed is None else changed.text) == new
