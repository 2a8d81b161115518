"""Parts of files."""

from gradstream.media.time_range import ALL, Part


def test_how_long_a_part_is() -> None:
    """A part ends where the file does, and is empty beyond it."""
    assert (ALL.is_all, Part(0, 3).is_all) == (True, False)
    lengths = [ALL.length_s(5), Part(1).length_s(5), Part(1, 3).length_s(5), Part(4, 9).length_s(5)]
    assert lengths == [5, 4, 2, 1]
    assert Part(6).length_s(5) < 0
