"""What sound and videos from visitors have in common: lengths as people say them."""

import pytest

from gradstream.components.inputs.media_file import format_length


@pytest.mark.parametrize(
    ("length_s", "words"),
    [
        (0.75, "0.8 s"),
        (1.0, "1 s"),
        (12.5, "12.5 s"),
        (30.02, "30.1 s"),
        (60, "1 min"),
        (60.4, "1 min 1 s"),
        (192, "3 min 12 s"),
        (3600, "60 min"),
    ],
)
def test_lengths_are_rounded_up(length_s: float, words: str) -> None:
    """A file that is too long never reads as if it were not."""
    assert format_length(length_s) == words
