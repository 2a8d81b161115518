"""A function's signature becomes inputs and outputs that its author would have written."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from gradstream.diagnostics import Diagnostic, Span
from gradstream.format.generator.infer import NoSketchError, Sketch, sketch
from gradstream.format.types import GeneratorPath

SPAN = Span(file="it", line=1, column=1, end_line=1, end_column=1)


def drawn(folder: Path, definition: str) -> str:
    """Return the YAML for the function `it` of a module."""
    (folder / "shown.py").write_text(definition)
    found = sketch(GeneratorPath(text="shown.it", span=SPAN, roots=(str(folder),)))
    assert isinstance(found, Sketch)
    return found.body


@pytest.mark.parametrize(
    ("parameter", "expected"),
    [
        ("x", "x: text"),
        ("x: str", "x: text"),
        ("x: str | None = None", "x: text"),
        ("x: 'str' = 'two words'", "x:\n    type: text\n    default: two words"),
        ("x='true'", 'x:\n    type: text\n    default: "true"'),
        ("x: int", "x:\n    type: number\n    integer: true"),
        ("x=3", "x:\n    type: number\n    integer: true\n    default: 3"),
        ("x: Optional[float] = 0.5", "x:\n    type: number\n    default: 0.5"),
        ("x=False", "x:\n    type: checkbox\n    default: false"),
        (
            "*, x: Literal['a', 'b'] = 'a'",
            "x:\n    type: dropdown\n    choices:\n      - a\n      - b\n    default: a",
        ),
        ("x: list[Literal['a', 'b']]", "x:\n    type: checkboxes\n    choices:\n      - a\n      - b"),
        ("x: Path", "x: file"),
        ("x: list[pathlib.Path]", "x:\n    type: file\n    multiple: true"),
        ("x: bytes", "x:\n    type: file\n    as: bytes"),
        ("x: dict[str, int]", "x: json"),
        ("x: list[str] | None = None", "x: json"),
        ("x: date", "x: date"),
        ("x: datetime.date | None = None", "x: date"),
        ("x: datetime.time", "x: time"),
        ("x: dt.datetime", "x: datetime"),
        ("x: tuple[float, float]", "x:\n    type: slider\n    range: true"),
        ("x: NDArray[np.uint8]", "x: image"),
        ("x: PIL.Image.Image", "x:\n    type: image\n    as: pil"),
        ("x: tuple[int, np.ndarray]", "x:\n    type: audio\n    as: numpy"),
        (
            "x: Annotated[int, 'how often'] = 3",
            "x:\n    type: number\n    description: how often\n    integer: true\n    default: 3",
        ),
        (
            "x: Annotated[int, Field(ge=1, le=9)]",
            "x:\n    type: number\n    integer: true\n    minimum: 1\n    maximum: 9",
        ),
        ("x: Union[int, float] = 1", "x:\n    type: number\n    default: 1"),
        (
            "x: 'how often' = 2",
            "x:\n    type: number\n    description: how often\n    integer: true\n    default: 2",
        ),
        (
            "x: Optional[Literal['a', 'b']] = None",
            "x:\n    type: dropdown\n    choices:\n      - a\n      - b",
        ),
    ],
)
def test_parameters(parameter: str, expected: str, tmp_path: Path) -> None:
    """Annotations decide, then defaults; what neither tells is a text."""
    assert drawn(tmp_path, f"def it({parameter}):\n    yield x\n").startswith(
        f"inputs:\n  {expected}\noutputs:"
    )


@pytest.mark.parametrize(
    "parameter",
    ["x: int = LIMIT", "x=None", "x=(1, 2)", "x: list[int] = [1, 2]", "x=print", "x: float = float('inf')"],
)
def test_a_default_that_yaml_cannot_write_stays_with_the_function(parameter: str, tmp_path: Path) -> None:
    """The parameter is left out, and a comment says so."""
    body = drawn(tmp_path, f"def it({parameter}):\n    yield x\n")
    assert body.startswith("  # `x` keeps its own default, ")
    assert "inputs:" not in body


@pytest.mark.parametrize(
    ("returns", "kinds"),
    [
        ("", ["text"]),
        (" -> Iterator[str]", ["text"]),
        (" -> int", ["number"]),
        (" -> Generator[NDArray[np.uint8], None, None]", ["image"]),
        (" -> AsyncIterator[tuple[str, float]]", ["text", "number"]),
        (" -> Iterator[tuple[int, np.ndarray]]", ["audio"]),
        (" -> dict[str, int]", ["json"]),
    ],
)
def test_results(returns: str, kinds: list[str], tmp_path: Path) -> None:
    """What is iterated over is what is shown, and a tuple fills several outputs."""
    body = drawn(tmp_path, f"def it(){returns}:\n    ...\n")
    assert re.findall(r"(?:type|result): (\w+)", body) == kinds
    assert body.startswith("outputs:")
    assert ("streaming: true" in body) == ("Iterator" in returns or "Generator" in returns)


@pytest.mark.parametrize(
    "docstring",
    [
        "Args:\n        n (int): How often.\n          More.\n        k: The seed",
        (
            "Parameters\n    ----------\n    n : int, optional\n        How often.\n    k\n        The seed\n"
            "\n    Returns\n    -------\n    str"
        ),
        ":param int n: How often.\n    :param k: The seed\n    :returns: words",
    ],
    ids=["google", "numpy", "rest"],
)
def test_docstrings(docstring: str, tmp_path: Path) -> None:
    """The first sentence describes the demo, and each parameter's words its field."""
    (tmp_path / "shown.py").write_text(
        f'def it(n: int, k=3):\n    """Repeat a word. Slowly.\n\n    {docstring}\n    """\n    yield n\n'
    )
    found = sketch(GeneratorPath(text="shown.it", span=SPAN, roots=(str(tmp_path),)))
    assert isinstance(found, Sketch)
    assert found.description == "Repeat a word."
    assert re.findall("description: (.*)", found.body) == ['"How often."', "The seed"]


def test_a_conversation(tmp_path: Path) -> None:
    """A parameter `history` makes it a chat, which the tool fills by itself."""
    assert drawn(tmp_path, "def it(message, history): ...\n") == dedent(
        """\
        inputs:
          message: text
        outputs:
          chat: chat
        """
    )


def test_what_only_running_would_tell(tmp_path: Path) -> None:
    """A name without a `def` of its own is refused, and a function that is not there is a finding."""
    (tmp_path / "shown.py").write_text("from math import sqrt as it\n")
    with pytest.raises(NoSketchError, match=r"`shown\.it` is not a function with its own `def`"):
        sketch(GeneratorPath(text="shown.it", span=SPAN, roots=(str(tmp_path),)))
    found = sketch(GeneratorPath(text="shown.that", span=SPAN, roots=(str(tmp_path),)))
    assert isinstance(found, Diagnostic)
