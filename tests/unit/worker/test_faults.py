"""Exceptions in words: for the visitor one line without paths, for the developer the traceback."""

import pytest

from gradstream.authoring import UserError
from gradstream.components.types import Problem, UnusableInput, UnusableYield
from gradstream.worker.faults import MAX_MESSAGE_LENGTH, Failure, explain, name_error, note_place


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (ValueError("no such thing"), "ValueError: no such thing"),
        (ValueError(), "ValueError"),
        (ValueError("two\nlines"), "ValueError: two lines"),
        (ValueError("see /srv/somebody/models/large.bin for it"), "ValueError: see large.bin for it"),
        (ValueError("and/or 1/2"), "ValueError: and/or 1/2"),
        (
            FileNotFoundError(2, "No such file or directory", "/etc/x"),
            "FileNotFoundError: No such file or directory",
        ),
        (KeyError("a"), "KeyError: 'a'"),
        (SystemExit(3), "SystemExit: 3"),
        (ValueError("x" * 1000), f"ValueError: {'x' * (MAX_MESSAGE_LENGTH - 1)}…"),
    ],
)
def test_an_exception_is_named_without_paths(error: BaseException, name: str) -> None:
    """Type and text, one line, files by their names only."""
    assert name_error(error) == name


def test_what_is_the_visitors_has_no_detail() -> None:
    """A message for the visitor is shown as given; a file of no use says what to do."""
    assert explain(UserError("Too long.")) == Failure(fault="visitor", message="Too long.", detail=None)
    problem = Problem(code="E", message="It cannot be read", repair="choose another")
    assert explain(UnusableInput(problem)).message == "It cannot be read: choose another"


def test_a_traceback_has_causes_and_is_cut() -> None:
    """The chain of causes is there, and an endless recursion is not a thousand lines."""

    def deeper(depth: int) -> None:
        deeper(depth + 1)

    def outer() -> None:
        try:
            deeper(0)
        except RecursionError as inner:
            raise ValueError("outer") from inner

    with pytest.raises(ValueError, match="outer") as caught:
        outer()
    failure = explain(caught.value)
    assert failure.detail is not None
    assert "The above exception was the direct cause" in failure.detail
    assert failure.detail.endswith("ValueError: outer")
    assert len(failure.detail.splitlines()) < 200


def test_a_yield_of_no_use_says_where_it_stands() -> None:
    """The detail is the line of the yield, which no traceback has."""

    def generator() -> object:
        yield 1

    steps = generator()
    next(steps)  # type: ignore[call-overload]
    error = UnusableYield("what it is")
    note_place(error, steps)
    failure = explain(error)
    assert (failure.fault, failure.message) == ("developer", "what it is")
    assert failure.detail is not None
    assert "in generator\n    yield 1" in failure.detail
