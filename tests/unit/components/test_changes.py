"""What functions change of fields and results, and how values are read then."""

from typing import Any

import pytest

from gradstream.components.changes import check_together, checked, properties_of, with_changes
from gradstream.components.registry import INPUTS, input_kind
from gradstream.components.types import UnusableYieldError
from gradstream.format.conditions import hidden_inputs
from gradstream.format.kinds import InvalidValue
from gradstream.format.schema.validators import load_schemas
from tests.unit.components.fields import field, output

CHOICE = {"value": "a", "label": "a", "description": None}
CITY = field("dropdown", choices=[CHOICE])
COUNT = field("number", minimum=0, maximum=10)


def test_what_can_be_changed_is_a_key_of_the_format() -> None:
    """No kind offers a property that its file could not have said."""
    schemas = load_schemas().kinds["inputs"]
    for name, kind in INPUTS.items():
        assert kind.properties <= schemas[name]["properties"].keys()


@pytest.mark.parametrize(
    ("of", "given", "sent"),
    [
        (CITY, {"label": "City", "info": "Where?", "visible": False}, None),
        (CITY, {"interactive": False}, None),
        (output("text"), {"placeholder": None, "visible": True}, None),
        (COUNT, {"minimum": 3, "maximum": None, "step": 0.5}, None),
        (
            CITY,
            {"choices": ["x", ("Why", 3), {"value": True, "description": "d"}]},
            {
                "choices": [
                    {"value": "x", "label": "x", "description": None},
                    {"value": 3, "label": "Why", "description": None},
                    {"value": True, "label": "true", "description": "d"},
                ]
            },
        ),
    ],
)
def test_changes_as_they_are_sent(of: Any, given: dict[str, Any], sent: dict[str, Any] | None) -> None:
    """Choices have the form of the format; what another tool calls `info` is the description."""
    expected = {("description" if key == "info" else key): value for key, value in given.items()}
    assert checked(of, given) == (sent or expected)


@pytest.mark.parametrize(
    ("of", "given", "said"),
    [
        (CITY, {"choises": ["x"]}, "`choises` cannot be changed by an update; what can is value, label"),
        (CITY, {"choises": ["x"]}, "did you mean choices?"),
        (CITY, {"minimum": 3}, "`minimum` cannot be changed"),
        (output("text"), {"interactive": True}, "`interactive` cannot be changed"),
        (CITY, {"choices": []}, "expected a list of choices as `choices` of an update, got a list"),
        (CITY, {"choices": [["a", "b", "c"]]}, "or pairs of a label and one of these"),
        (CITY, {"label": None}, "expected a text as `label` of an update, got nothing"),
        (CITY, {"visible": 1}, "expected True or False as `visible` of an update, got the number `1`"),
        (COUNT, {"step": [1]}, "expected a number as `step` of an update, got a list"),
        (field("text"), {"lines": 1.5}, "expected a whole number as `lines`"),
    ],
)
def test_what_cannot_be_changed_is_named(of: Any, given: dict[str, Any], said: str) -> None:
    """A key that the component does not have, or a value that the key does not take, fails the run."""
    with pytest.raises(UnusableYieldError) as raised:
        checked(of, given)
    assert said in str(raised.value)
    assert "value" not in properties_of(of)


def test_values_are_read_by_the_changed_field() -> None:
    """New choices are accepted and old ones are not; new bounds hold."""
    changed = with_changes(CITY, checked(CITY, {"choices": ["b"]}))
    kind = input_kind("dropdown")
    assert kind.check("b", changed) == "b"
    assert isinstance(kind.check("a", changed), InvalidValue)
    count = with_changes(COUNT, checked(COUNT, {"maximum": 99}))
    assert input_kind("number").check(50, count) == 50
    unbound = with_changes(COUNT, checked(COUNT, {"maximum": None}))
    assert input_kind("number").check(1000, unbound) == 1000


def test_properties_that_contradict_each_other_are_refused() -> None:
    """A bound beyond the other one is not sent."""
    with pytest.raises(UnusableYieldError, match="the update does not fit the field"):
        check_together(with_changes(COUNT, {"minimum": 11}))


def test_a_field_is_hidden_and_shown_again() -> None:
    """A hidden field is not demanded, as by `show_if`; what else is changed leaves it as it is."""
    hidden = with_changes(CITY, {"visible": False})
    assert hidden_inputs([hidden], {}) == {"it"}
    assert hidden_inputs([with_changes(hidden, {"label": "City"})], {}) == {"it"}
    assert hidden_inputs([with_changes(hidden, {"visible": True})], {}) == set()
