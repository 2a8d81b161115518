"""Which part of a yield goes where."""

from contextlib import nullcontext
from typing import Any

import pytest

from gradstream.authoring import skip
from gradstream.components.types import UnusableYieldError
from gradstream.worker.outputs.yields import Yields


class Shown:
    """Stands where a writer does, and notes what it is given; itself fulfils `Writer`."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self.is_finished = False

    def write(self, value: Any, *, is_last: bool) -> None:
        """Note a step."""
        if value == "unusable":
            raise UnusableYieldError("it is of no use")
        self.values.append((value, "last") if is_last else value)

    def finish(self) -> None:
        """Note the end."""
        self.is_finished = True


def yields(outputs: str, **state: Any) -> tuple[Yields, dict[str, Shown]]:
    """Return the mapping of yields for outputs and state."""
    views = {name: Shown() for name in outputs}
    return Yields(views, step=nullcontext, state=state, bound_state=(), warn=print), views


@pytest.mark.parametrize(
    ("outputs", "state", "value", "shown", "left"),
    [
        ("a", {}, {"a": 1}, {"a": [{"a": 1}]}, {}),
        ("a", {}, (1, 2), {"a": [(1, 2)]}, {}),
        ("a", {}, None, {"a": [None]}, {}),
        ("a", {}, skip, {"a": []}, {}),
        ("a", {"s": 0}, 1, {"a": [1]}, {"s": 0}),
        ("a", {"s": 0}, (1, 2), {"a": [1]}, {"s": 2}),
        ("a", {"s": 0}, [1, 2], {"a": [[1, 2]]}, {"s": 0}),
        ("a", {"s": 0}, (1,), {"a": [(1,)]}, {"s": 0}),
        ("a", {"s": 0}, {"s": 2}, {"a": []}, {"s": 2}),
        ("a", {"s": 0}, {"a": 1, "s": 2}, {"a": [1]}, {"s": 2}),
        ("a", {"s": 0}, {"x": 1}, {"a": [{"x": 1}]}, {"s": 0}),
        ("a", {"s": 0}, {}, {"a": [{}]}, {"s": 0}),
        ("ab", {}, (1, 2), {"a": [1], "b": [2]}, {}),
        ("ab", {}, [1, skip], {"a": [1], "b": []}, {}),
        ("ab", {}, {"b": 2}, {"a": [], "b": [2]}, {}),
        ("ab", {}, {}, {"a": [], "b": []}, {}),
        ("ab", {"s": 0}, (1, 2, 3), {"a": [1], "b": [2]}, {"s": 3}),
        ("ab", {"s": 0}, (1, 2), {"a": [1], "b": [2]}, {"s": 0}),
        ("", {"s": 0}, {"s": 1}, {}, {"s": 1}),
        ("", {"s": 0}, 1, {}, {"s": 1}),
        ("", {"s": 0}, (1,), {}, {"s": 1}),
        ("", {"s": []}, [1, 2], {}, {"s": [1, 2]}),
        ("", {"s": {}}, {"x": 1}, {}, {"s": {"x": 1}}),
        ("", {"s": 0}, None, {}, {"s": 0}),
        ("", {"s": 0, "t": 0}, (1, 2), {}, {"s": 1, "t": 2}),
        ("", {}, None, {}, {}),
    ],
)
def test_a_yield_is_taken_apart(
    outputs: str, state: dict[str, Any], value: Any, shown: dict[str, Any], left: dict[str, Any]
) -> None:
    """One output takes the whole yield, several a tuple or a mapping; state comes after them or by name."""
    taker, views = yields(outputs, **state)
    taker.take(value)
    assert {name: view.values for name, view in views.items()} == shown
    assert taker.state == left


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "one value of type int for 2 outputs (a, b); "),
        ((1, 2, 3), "3 values for 2 outputs (a, b); "),
        (None, "one value of type NoneType for 2 outputs (a, b); "),
        ({"c": 1}, "there is no output `c`; the names are `a` or `b`"),
        (("unusable", 1), "output `a`: it is of no use"),
    ],
)
def test_a_yield_that_does_not_fit_is_explained(value: Any, text: str) -> None:
    """The words say what came and which outputs there are."""
    taker, _ = yields("ab")
    with pytest.raises(UnusableYieldError) as caught:
        taker.take(value)
    assert str(caught.value).startswith(text)


def test_only_the_state_that_the_function_takes_comes_back_by_position() -> None:
    """A function that takes one of two states hands that one back after its outputs."""
    view = Shown()
    taker = Yields({"a": view}, step=nullcontext, state={"s": 0, "t": 1}, bound_state=("t",), warn=print)
    taker.take((1, 2))
    assert (view.values, taker.state) == ([1], {"s": 0, "t": 2})
    taker.take((1, 5, 6))
    assert taker.state == {"s": 5, "t": 6}


@pytest.mark.parametrize(
    ("outputs", "returns", "value", "shown", "left"),
    [
        ("a", "sa", (1, 2), {"a": [2]}, {"s": 1}),
        ("a", "sa", [1, 2], {"a": [2]}, {"s": 1}),
        ("a", "sa", (skip, 2), {"a": [2]}, {"s": 0}),
        ("a", "sa", {"a": 2}, {"a": [2]}, {"s": 0}),
        ("ab", "asb", (1, 2, 3), {"a": [1], "b": [3]}, {"s": 2}),
        ("ab", "ba", (1, 2), {"a": [2], "b": [1]}, {"s": 0}),
        ("a", "a", (1, 2), {"a": [(1, 2)]}, {"s": 0}),
        ("", "s", [1], {}, {"s": [1]}),
        ("", "s", None, {}, {"s": None}),
    ],
)
def test_values_come_in_the_order_of_returns(
    outputs: str, returns: str, value: Any, shown: dict[str, Any], left: dict[str, Any]
) -> None:
    """A tuple or a list has the names of `returns`, and nothing else; a mapping needs no order."""
    views = {name: Shown() for name in outputs}
    taker = Yields(views, step=nullcontext, state={"s": 0}, bound_state=(), returns=returns, warn=print)
    taker.take(value)
    assert ({name: view.values for name, view in views.items()}, taker.state) == (shown, left)


def test_a_yield_that_does_not_fit_returns_is_explained() -> None:
    """The names of `returns` are counted."""
    views = {"a": Shown()}
    taker = Yields(views, step=nullcontext, state={"s": 0}, bound_state=(), returns="sa", warn=print)
    with pytest.raises(UnusableYieldError, match=r"^one value of type int for 2 names of `returns` \(s, a\)"):
        taker.take(1)


@pytest.mark.parametrize(
    ("before", "value", "told"),
    [
        (0, ("x", "y"), "state `s`: int before, str now; "),
        (0, ("x", 1.5), None),
        (None, ("x", "y"), None),
        (0, ("x", None), None),
        (0, {"s": "y"}, None),
    ],
)
def test_a_state_that_changes_its_type_by_place_is_told(before: Any, value: Any, told: str | None) -> None:
    """It is likely to have changed places with an output; what is named, or was nothing, is meant."""
    remarks: list[str] = []
    taker = Yields({"a": Shown()}, step=nullcontext, state={"s": before}, bound_state=(), warn=remarks.append)
    taker.take(value)
    assert [one.startswith(told or "-") for one in remarks] == ([] if told is None else [True])


def test_the_end_is_passed_on() -> None:
    """Each output hears of the end, and that a single step was the last."""
    taker, views = yields("a")
    taker.take(1, is_last=True)
    taker.finish()
    assert (views["a"].values, views["a"].is_finished) == ([(1, "last")], True)
