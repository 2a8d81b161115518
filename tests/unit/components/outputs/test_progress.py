"""Bars in every form that developers have them."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft7Validator

from gradstream.components.registry import output_kind
from gradstream.components.types import UnusableYieldError
from tests.unit.components.fields import MemoryStore, output

OF = output("progress")
KIND = output_kind("progress")
EMPTY: dict[str, Any] = {"label": None, "fraction": None, "index": None, "total": None, "unit": None}


def bar(**known: Any) -> dict[str, Any]:
    """Return a bar of which only this is known."""
    return {**EMPTY, **known}


TQDM = SimpleNamespace(n=3, total=10, desc="Reading: ", unit="files")


@pytest.mark.parametrize(
    ("value", "bars"),
    [
        (0.3, [bar(fraction=0.3)]),
        (np.float32(0.5), [bar(fraction=0.5)]),
        (1, [bar(fraction=1)]),
        (1.0000001, [bar(fraction=1)]),
        (float("nan"), [bar()]),
        ((3, 10), [bar(fraction=0.3, index=3, total=10)]),
        ((3, None), [bar(index=3)]),
        ((12, 10), [bar(fraction=1, index=12, total=10)]),
        ((0, 0), [bar(index=0, total=0)]),
        (TQDM, [bar(label="Reading", fraction=0.3, index=3, total=10, unit="files")]),
        (SimpleNamespace(n=3, total=None, desc=None, unit="it"), [bar(index=3)]),
        (
            {"index": 2, "total": 4, "unit": "MB", "description": "Loading"},
            [bar(label="Loading", fraction=0.5, index=2, total=4, unit="MB")],
        ),
        (
            {"Epochs": [3, 10], "Steps": 0.5},
            [bar(label="Epochs", fraction=0.3, index=3, total=10), bar(label="Steps", fraction=0.5)],
        ),
        ([0.1, 0.2], [bar(fraction=0.1), bar(fraction=0.2)]),
        ([], []),
    ],
)
def test_every_form(value: Any, bars: list[Any]) -> None:
    """Shares, counts, bars of tqdm, mappings of one bar and of several."""
    shown: Any = KIND.encode(value, OF, MemoryStore())
    Draft7Validator(KIND.json_schema(OF)).validate(shown)
    assert shown == bars


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (30, "a share from 0 to 1, got 30; yield (done, total) for a count, such as (3, 10)"),
        (-0.1, "a share from 0 to 1, got -0.1"),
        ([3, 10], "a share from 0 to 1, got 3; yield (done, total)"),
        ("half", "or a mapping from labels to these, got str"),
        (True, "or a mapping from labels to these, got bool"),
        ({"fraction": 0.5, "colour": "red"}, "got a mapping with 'colour'"),
        ({}, "got an empty mapping"),
        ({"index": "three"}, "a number in a bar, got str"),
    ],
)
def test_what_is_no_bar(value: Any, said: str) -> None:
    """A share beyond 1 is not a percentage; each refusal says what is accepted."""
    with pytest.raises(UnusableYieldError) as raised:
        KIND.encode(value, OF, MemoryStore())
    assert said in str(raised.value)


def test_as_text() -> None:
    """In the terminal each bar is a line."""
    value = {"index": 2, "total": 4, "unit": "MB", "description": "Loading"}
    assert KIND.as_text(KIND.encode(value, OF, MemoryStore())) == "Loading: 50%, 2 of 4 MB"
    assert KIND.as_text(KIND.encode(float("nan"), OF, MemoryStore())) == "going on"
    assert KIND.as_text(None) is None
