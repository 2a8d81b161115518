"""Which inputs are shown is decided on the server as on the page."""

import json
from graphlib import CycleError
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from gradstream.format.conditions import deciding_first, hidden_inputs
from gradstream.format.types import Input

FILE = Path(__file__).parents[2] / "wire" / "rules" / "conditions.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_one_table_holds_here_and_on_the_page(case: dict[str, Any]) -> None:
    """Each case of the table, which the page's tests read as well, hides the inputs that it names."""
    conditions = case["show_if"]
    defaults = case.get("defaults", {})
    names = dict.fromkeys(["mode", "count", "constructor", *conditions])
    inputs = [
        Input(
            name=name,
            kind="text",
            label=name,
            default=defaults.get(name),
            show_if=(conditions[name],) if name in conditions else (),
        )
        for name in names
    ]
    assert sorted(hidden_inputs(inputs, case["values"])) == sorted(case["hidden"])


def test_all_conditions_of_an_input_must_hold() -> None:
    """An input in a section has the section's condition beside its own."""
    inputs = [
        Input(name="a", kind="text", label="A"),
        Input(name="b", kind="text", label="B", show_if=({"a": "x"}, {"a": ["y", "x"]})),
    ]
    assert hidden_inputs(inputs, {"a": "x"}) == frozenset()
    assert hidden_inputs(inputs, {"a": "y"}) == {"b"}


def test_a_circle_is_named() -> None:
    """Conditions that lead back to themselves are reported with the names on the way."""
    with pytest.raises(CycleError) as caught:
        list(deciding_first({"a": ({"b": 1},), "b": ({"any": [{"a": 1}]},)}))
    assert set(caught.value.args[1]) == {"a", "b"}


def test_a_long_chain_is_decided() -> None:
    """Thousands of inputs of which each depends on the one before do not exhaust the stack."""
    names = [f"i{index}" for index in range(5000)]
    inputs = [Input(name=names[0], kind="text", label="")] + [
        Input(name=name, kind="text", label="", show_if=({before: 1},)) for before, name in pairwise(names)
    ]
    assert len(hidden_inputs(inputs, dict.fromkeys(names, 1))) == 0
    assert len(hidden_inputs(inputs, {})) == 4999
