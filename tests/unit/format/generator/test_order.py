"""Functions that are likely to return values of the state before outputs."""

from pathlib import Path

import pytest

from tests.unit.format.demos import read_demo

YAML = """gradstream: 1
generator: hear.hear
state:
  stream: ""
inputs:
  chunk: text
outputs:
  text: text
"""


def repairs(folder: Path, function: str) -> list[str]:
    """Return the line that each warning about the function says to write."""
    (folder / "hear.py").write_text(function)
    found = read_demo(folder, YAML).diagnostics
    assert {each.code for each in found} <= {"W-STATE-ORDER"}
    return [each.repair.split("`")[1] for each in found]


@pytest.mark.parametrize(
    ("function", "line"),
    [
        ("def hear(stream, chunk): return chunk + stream, chunk", "returns: [stream, text]"),
        ("def hear(stream, chunk): yield stream, chunk", "returns: [stream, text]"),
        ("def hear(chunk, stream): yield stream, chunk", "returns: [stream, text]"),
    ],
)
def test_state_before_other_values_is_told(tmp_path: Path, function: str, line: str) -> None:
    """By the place of its parameter, or by a variable of its name among what is returned."""
    assert repairs(tmp_path, function) == [line]


@pytest.mark.parametrize(
    "function",
    [
        "def hear(chunk, stream): return chunk, chunk + stream",
        "def hear(stream, chunk): return chunk, stream",
        "def hear(stream, chunk): return chunk",
        "def hear(stream, chunk): yield {'text': chunk, 'stream': stream}",
        "def hear(stream, chunk): yield chunk, chunk, chunk",
    ],
)
def test_what_is_in_order_or_cannot_be_seen_is_not_told(tmp_path: Path, function: str) -> None:
    """State that stands last, mappings, single values and tuples of another length."""
    assert repairs(tmp_path, function) == []
