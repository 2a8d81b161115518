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


TYPED = """\
gradstream: 1
generator: made.run
inputs:
  amount: {kind}
outputs:
  it: text
"""


def warnings_of_kind(folder: Path, annotation: str, *, kind: str) -> list[tuple[str, str]]:
    """Return what is said of an input of a kind for a parameter of this annotation, with the repairs."""
    (folder / "made.py").write_text(
        "from typing import Annotated, Any, Optional, Union\n"
        f"def run(amount: {annotation}):\n    yield str(amount)\n"
    )
    (folder / "demo.yaml").write_text(TYPED.format(kind=kind))
    found = read_file(folder / "demo.yaml", environ={}).diagnostics
    return [(each.message, each.repair) for each in found]


@pytest.mark.parametrize(
    ("kind", "annotation", "message", "repair"),
    [
        ("text", "int", "a text, and `made.run` takes an int", "`type: number` with `integer: true`, or"),
        ("text", "float", "a text, and `made.run` takes a float", "`type: number`, or"),
        ("text", "bool", "a text, and `made.run` takes a bool", "`type: checkbox`, or"),
        ("code", "'int'", "a text, and `made.run` takes an int", "`type: number` with `integer: true`, or"),
        ("checkbox", "str", "True or False, and `made.run` takes a str", "`type: text`, or"),
        ("toggle", "str", "True or False, and `made.run` takes a str", "`type: text`, or"),
        ("number", "str", "a number, and `made.run` takes a str", "`type: text`, or"),
        ("slider", "bool", "a number, and `made.run` takes a bool", "`type: checkbox`, or"),
    ],
)
def test_another_type_than_the_annotation(
    tmp_path: Path, kind: str, annotation: str, message: str, repair: str
) -> None:
    """What an input hands over is told, with the kind that fits the annotation."""
    kind = "{type: slider, minimum: 0, maximum: 10}" if kind == "slider" else kind
    ((said, advice),) = warnings_of_kind(tmp_path, annotation, kind=kind)
    assert said == f"`amount` hands over {message}"
    assert advice.startswith(f"write {repair} annotate the parameter with")


@pytest.mark.parametrize(
    ("kind", "annotation"),
    [
        ("text", "str"),
        ("text", "int | str"),
        ("text", "str | None"),
        ("text", "Optional[str]"),
        ("text", "Annotated[str, 'words']"),
        ("text", "Any"),
        ("text", "'str'"),
        ("text", "object"),
        ("number", "float"),
        ("number", "int"),
        ("number", "float | None"),
        ("number", "Union[int, float]"),
        ("checkbox", "bool"),
        ("checkbox", "int"),
        ("toggle", "bool | None"),
        ("date", "str"),
        ("date", "int"),
        ("image", "str"),
        ("{type: dropdown, choices: [1, 2]}", "int"),
        ("{type: radio, choices: [a, b]}", "str"),
        ("{type: slider, minimum: 0, maximum: 9, range: true}", "str"),
        ("{type: slider, minimum: 0, maximum: 10}", "'float | None'"),
        ("{type: slider, minimum: 0, maximum: 10}", "Optional[float]"),
    ],
)
def test_types_that_may_fit_are_not_spoken_of(tmp_path: Path, kind: str, annotation: str) -> None:
    """Unions, `None`, `Annotated`, quoted annotations, and kinds whose values depend on more."""
    assert warnings_of_kind(tmp_path, annotation, kind=kind) == []


@pytest.mark.parametrize(
    "annotation",
    ["float | None", "Optional[float]", "Annotated[float, 'share']", "'float'", "'float | None'"],
)
def test_a_few_whole_numbers_for_a_float_in_other_words(tmp_path: Path, annotation: str) -> None:
    """A float is one in each way to write the type, and the advice is the same."""
    ((_, repair),) = warnings_of_kind(tmp_path, annotation, kind="{type: slider, minimum: 0, maximum: 2}")
    assert repair == "add a line `step: 0.01`, or `integer: true`"
