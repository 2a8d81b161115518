"""Which failed tests are tried a second time."""

import pytest

from tests.second_try import second_tries

BROWSER, SERVER = "tests/browser/test_media.py::test_sound[mp3]", "tests/hostile/test_plug.py::test_pulled"
UNIT = "tests/unit/test_limits.py::test_limits"


@pytest.mark.parametrize(
    ("failed", "again"),
    [
        ([SERVER, BROWSER], [BROWSER, SERVER]),
        ([], []),
        ([UNIT], []),
        ([UNIT, BROWSER], []),
        ([f"{BROWSER}-{number}" for number in range(4)], []),
        (["tests/browser/test_media.py"], []),
    ],
)
def test_few_tests_of_foreign_programs_are_tried_again(failed: list[str], again: list[str]) -> None:
    """Not one of them, if there are many, or if a unit test or a whole file is among them."""
    assert second_tries(failed) == again
