"""Conditions as programs, templates and other tools have them become `show_if`, or are told what to write.

`conditions.txt` has what is written at an input, `-->`, and `show_if` after `check --fix`, or `says:` with
words of the report where the format cannot say it.
"""

from pathlib import Path
from typing import Any

import pytest

from gradstream.document.read import read_text
from gradstream.repairs.safe import repaired
from tests.unit.format.shapes.test_cases import find

DEMO = """gradstream: 1
generator: studio.anything
inputs:
  mode:
    type: radio
    choices: [easy, hard, expert]
  letter:
    type: dropdown
    choices: [a, b]
  moods:
    type: checkboxes
    choices: [tired, cheerful]
  count:
    type: slider
    minimum: 0
    maximum: 10
    default: 5
  tenths:
    type: slider
    minimum: 0
    maximum: 1
    step: 0.1
  share:
    type: number
    default: 0.5
  more: checkbox
  words: text
  x:
    type: text
    WRITTEN
outputs:
  a: text
"""
CASES = [
    line.partition(" --> ")[::2]
    for line in Path(__file__).with_name("conditions.txt").read_text("utf-8").splitlines()
]


def values_of(text: str) -> Any:
    """Return the plain values of a text."""
    document = read_text(text, file="x", environ={}).document
    return None if document is None else document.values


@pytest.mark.parametrize(("written", "meant"), CASES)
def test_a_condition_is_repaired_as_it_was_meant_or_told(written: str, meant: str) -> None:
    """There is one finding; after the repair there is none, and a second time nothing changes."""
    text = DEMO.replace("WRITTEN", written)
    found, after = find(text), repaired(text, find)
    if meant.startswith("says: "):
        assert len(found) == 1
        assert meant.removeprefix("says: ") in found[0].repair
        assert after == text
        return
    assert len(found) <= 1
    assert values_of(after)["inputs"]["x"]["show_if"] == values_of(meant)
    assert find(after) == ()
    assert repaired(after, find) == after
