"""Exceptions in words: for the visitor one line without paths, for the developer the traceback."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gradstream.authoring import UserError
from gradstream.components.plain import repair_text
from gradstream.components.types import UnusableInputError, UnusableYieldError
from gradstream.format.kinds import InvalidValue
from gradstream.ipc.framing import pack
from gradstream.ipc.protocol import Ended, Ending
from gradstream.limits import WORKER_LIMITS
from gradstream.worker.loading.faults import (
    NO_REASON,
    Failure,
    explain,
    name_class,
    name_error,
    note_place,
)
from tests.unit.worker.odd_exceptions import ODD

LONGEST = WORKER_LIMITS.traceback_chars


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (ValueError("no such thing"), "ValueError: no such thing"),
        (ValueError(), "ValueError"),
        (ValueError("two\nlines"), "ValueError: two lines"),
        (ValueError("see /srv/somebody/models/large.bin for it"), "ValueError: see large.bin for it"),
        (ValueError("and/or 1/2"), "ValueError: and/or 1/2"),
        (
            ValueError("404 for https://api.example.com/v1/chat/completions"),
            "ValueError: 404 for https://api.example.com/v1/chat/completions",
        ),
        (
            ValueError("see 'http://localhost:8000/a/b?c=/d/e' and /srv/somebody/x.bin"),
            "ValueError: see 'http://localhost:8000/a/b?c=/d/e' and x.bin",
        ),
        (ValueError("file:///srv/somebody/x.bin"), "ValueError: file://x.bin"),
        (ValueError("sqlite:////srv/somebody/x.db"), "ValueError: sqlite:///x.db"),
        (ValueError("a" * 100_000 + "/b/c.bin"), f"ValueError: {'a' * (WORKER_LIMITS.message_chars - 1)}…"),
        (
            FileNotFoundError(2, "No such file or directory", "/etc/x"),
            "FileNotFoundError: No such file or directory: x",
        ),
        (
            FileNotFoundError(2, "No such file or directory", "data/sub/x.npy"),
            "FileNotFoundError: No such file or directory: data/sub/x.npy",
        ),
        (PermissionError(13, "No", Path("/srv/a/weights.bin")), "PermissionError: No: weights.bin"),
        (IsADirectoryError(21, "Is one", b"models"), "IsADirectoryError: Is one: models"),
        (OSError(18, "Invalid link", "/srv/a/x", None, "/mnt/b/y"), "OSError: Invalid link: x -> y"),
        (OSError(9, "Bad descriptor", 7), "OSError: Bad descriptor"),
        (OSError("only words about /srv/a/x.bin"), "OSError: only words about x.bin"),
        (ValueError("see data/sub/x.bin, ./a/b/c"), "ValueError: see data/sub/x.bin, ./a/b/c"),
        (ValueError("see C:\\models\\large\\x.bin"), "ValueError: see x.bin"),
        (KeyError("a"), "KeyError: 'a'"),
        (SystemExit(3), "SystemExit: 3"),
        (ValueError("x" * 1000), f"ValueError: {'x' * (WORKER_LIMITS.message_chars - 1)}…"),
    ],
)
def test_an_exception_is_named_without_paths(error: BaseException, name: str) -> None:
    """Type and text, one line, files by their names only."""
    assert name_error(error, secrets=()) == name


KEY_VALUE = "AKIA9/abcDEF/ghiJKL/mnoPQR+stu=="


@pytest.mark.parametrize("kind", [ValueError, UserError, UnusableYieldError, KeyError, FileNotFoundError])
@pytest.mark.parametrize("before", ["could not log in with ", "x" * 265 + " ", "x" * 290 + " "])
def test_secrets_are_hidden_before_anything_is_cut(kind: type[Exception], before: str) -> None:
    """No part of a secret stays, wherever paths are stripped and the text is cut."""
    failure = explain(kind(before + KEY_VALUE), secrets=(KEY_VALUE,))
    for text in (failure.message, failure.detail or ""):
        assert not any(KEY_VALUE[start : start + 4] in text for start in range(len(KEY_VALUE) - 3))


def test_what_is_the_visitors_has_no_detail() -> None:
    """A message for the visitor is shown as given; a file of no use says what to do."""
    assert explain(UserError("Too long."), secrets=()) == Failure(
        fault="visitor", message="Too long.", detail=None
    )
    problem = InvalidValue(code="E", message="It cannot be read", repair="choose another")
    assert explain(UnusableInputError(problem), secrets=()).message == "It cannot be read: choose another"


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
    failure = explain(caught.value, secrets=())
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
    error = UnusableYieldError("what it is")
    note_place(error, steps)
    failure = explain(error, secrets=())
    assert (failure.fault, failure.message) == ("developer", "what it is")
    assert failure.detail is not None
    assert "in generator\n    yield 1" in failure.detail


@pytest.mark.parametrize(("make", "message"), ODD.values(), ids=list(ODD))
def test_an_odd_exception_is_explained(make: Callable[[], BaseException], message: str) -> None:
    """Whatever an exception's own code does, it is explained, and the words fit into a frame."""
    error = make()
    try:
        raise error  # noqa: TRY301 (with a traceback that ends here)
    except BaseException:  # noqa: BLE001 (some do not derive from Exception)
        failure = explain(error, secrets=())
    ending = Ending(fault=failure.fault, message=failure.message, detail=failure.detail)
    pack(Ended(run="r", ending=ending))
    assert failure.fault == "developer"
    assert repair_text(failure.message).startswith(message)
    assert len(str(failure.detail)) <= LONGEST
    assert "test_an_odd_exception_is_explained" in str(failure.detail)
    assert name_class(error) == message.partition(":")[0]


def test_a_message_for_the_visitor_that_is_empty_says_so() -> None:
    """A visitor is never shown a failure without a word."""
    for text in ("", " \n"):
        failure = explain(UserError(text), secrets=())
        assert (failure.fault, failure.message) == ("visitor", NO_REASON)


def test_a_message_for_the_visitor_is_bounded() -> None:
    """A message that fits into no frame is cut."""
    assert explain(UserError("x" * 2 * LONGEST), secrets=()).message == "x" * (LONGEST - 1) + "…"
