"""What is valid and was hardly meant is a warning, and what may have been meant is none."""

from pathlib import Path

import pytest

from gradstream.catalog.scan import read_file

DEMO = """\
gradstream: 1
generator: made.run
inputs:
  amount:
    type: slider
    minimum: 0
    maximum: {maximum}
{more}outputs:
  it: text
"""


def warnings(folder: Path, annotation: str, *, maximum: str = "2", more: str = "") -> list[tuple[str, str]]:
    """Return what is said of a slider for a parameter of this annotation, with the repairs."""
    (folder / "made.py").write_text(f"def run(amount: {annotation}):\n    yield str(amount)\n")
    (folder / "demo.yaml").write_text(DEMO.format(maximum=maximum, more=more))
    found = read_file(folder / "demo.yaml", environ={}).diagnostics
    return [(each.message, each.repair) for each in found if each.code == "W-UNLIKELY"]


def test_a_slider_of_a_few_whole_numbers_for_a_float(tmp_path: Path) -> None:
    """The function's annotation says that it takes what lies between them."""
    ((message, repair),) = warnings(tmp_path, "float")
    assert message == (
        "`amount` can only be a whole number from 0 to 2: numbers are whole where all of its keys are,"
        " and `made.run` takes a float"
    )
    assert repair == "add a line `step: 0.01`, or `integer: true`"


@pytest.mark.parametrize(
    ("annotation", "maximum", "more"),
    [
        ("int", "2", ""),
        ("float | int", "100", ""),
        ("float", "2.0", ""),
        ("float", "3", ""),
        ("float", "2", "    step: 0.1\n"),
        ("float", "2", "    integer: true\n"),
        ("float", "2", "    default: 0.5\n"),
    ],
)
def test_what_may_be_meant_is_not_spoken_of(tmp_path: Path, annotation: str, maximum: str, more: str) -> None:
    """Whole numbers where a function takes them, a wide range, and numbers that are not whole."""
    assert warnings(tmp_path, annotation, maximum=maximum, more=more) == []
