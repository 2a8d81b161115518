"""What of a state does not come back as it was set is told."""

import datetime
from typing import Any

import pytest

from gradstream.limits import WORKER_LIMITS
from gradstream.worker.outputs.kept_state import keep_state


@pytest.mark.parametrize(
    ("value", "kept", "remark"),
    [
        (4, 4, None),
        ({"a": [1, None, "x", 1.5, {"b": True}]}, {"a": [1, None, "x", 1.5, {"b": True}]}, None),
        ((1, 2), [1, 2], "a value of type tuple is one of type list"),
        ({1}, [1], "a value of type set is one of type list"),
        ([{"a": (1,)}], [{"a": [1]}], "a value of type tuple is one of type list"),
        ({1: "a"}, {"1": "a"}, "the key 1 is text"),
        (datetime.date(2026, 11, 27), "2026-11-27", "a value of type datetime.date is one of type str"),
        (float("nan"), None, "a value of type float is one of type NoneType"),
    ],
)
def test_a_value_that_comes_back_as_another_is_told(value: Any, kept: Any, remark: str | None) -> None:
    """The first difference is named; a state of plain values has none."""
    remarks: list[str] = []
    assert keep_state({"it": value}, warn=remarks.append) == {"it": kept}
    assert remarks == ([] if remark is None else [f"state `it`: {remark} in the next run"])


def test_a_state_that_is_too_large_is_told() -> None:
    """Its size and the most that is kept are named."""
    remarks: list[str] = []
    keep_state({"it": "x" * (3 * WORKER_LIMITS.own_state_bytes)}, warn=remarks.append)
    assert remarks == ["the state is not kept: it has 3,145,737 bytes, and at most 1 MiB can be kept"]
