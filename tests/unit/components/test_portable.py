"""What can be sent to a worker."""

from typing import Any

import pytest

from gradstream.components.form import check_form
from gradstream.components.portable import MAX_DEPTH, check_portable
from gradstream.components.types import Upload
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input


def nested(depth: int) -> Any:
    """Return lists in lists, so many."""
    value: Any = 1
    for level in range(depth):
        value = {"in": value} if level % 2 else [value]
    return value


@pytest.mark.parametrize(
    "value",
    [None, True, 2**64 - 1, -(2**63), 1e300, "text", [], {}, [{"a": [1, 2.5, None]}], nested(MAX_DEPTH)],
)
def test_what_can_be_sent(value: Any) -> None:
    """Integers of 64 bits and nesting up to the bound are in order."""
    assert check_portable(value, code="E-TYPE", label="X") is None


@pytest.mark.parametrize("value", [2**64, -(2**63) - 1, 10**400, 10**4000, [{"metadata": {"n": 2**64}}]])
def test_an_integer_over_64_bits(value: Any) -> None:
    """It is named as what it is, wherever it stands."""
    assert check_portable(value, code="E-TYPE", label="X") == InvalidValue(
        code="E-TYPE",
        message="X has an integer that is too large",
        expected="integers from -2^63 to 2^64 - 1",
        found="an integer outside this range",
        repair="send it as text",
    )


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 970, 5000])
def test_nesting_over_the_bound(depth: int) -> None:
    """It is refused with the bound, however deep it is."""
    assert check_portable(nested(depth), code="E-HISTORY", label="The history") == InvalidValue(
        code="E-HISTORY",
        message="The history is nested too deeply",
        expected="at most 100 levels of lists and mappings",
        found="more levels",
    )


@pytest.mark.parametrize(
    "kind", ["text", "number", "slider", "checkbox", "dropdown", "radio", "image", "audio"]
)
@pytest.mark.parametrize("value", [2**64, 10**400, 1e300, nested(970), {"file": 2**70}, [2**64]])
def test_no_kind_of_input_lets_it_pass(kind: str, value: Any) -> None:
    """Every kind finds a problem, or hands over what can be sent; none raises."""
    field = Input(name="x", kind=kind, label="X", options={"integer": True} if kind == "number" else {})
    form = check_form((field,), {"x": value}, find_upload=_no_uploads)
    assert form.findings or check_portable(form.values["x"], code="E-TYPE", label="X") is None


def _no_uploads(_key: str) -> Upload | None:
    return None
