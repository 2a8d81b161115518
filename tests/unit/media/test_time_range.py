"""Parts of files."""

from gradstream.media.time_range import WHOLE_FILE, TimeRange


def test_how_long_a_part_is() -> None:
    """A time range ends where the file does, and is empty beyond it."""
    assert (WHOLE_FILE.is_all, TimeRange(0, 3).is_all) == (True, False)
    lengths = [
        WHOLE_FILE.length_s(5),
        TimeRange(1).length_s(5),
        TimeRange(1, 3).length_s(5),
        TimeRange(4, 9).length_s(5),
    ]
    assert lengths == [5, 4, 2, 1]
    assert TimeRange(6).length_s(5) < 0
