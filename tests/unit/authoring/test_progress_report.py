"""`progress` in all of its forms, those of functions written for Gradio among them."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from gradstream import progress
from gradstream.authoring import LogLevel, enter

Sent = tuple[float | None, int | None, int | None, str | None, str | None]
"""Fraction, index, total, unit and description."""


class Run:
    """A run that keeps its progress."""

    def __init__(self) -> None:
        self.folder = Path("/run")
        self.sent: list[Sent] = []

    def progress(
        self,
        fraction: float | None,
        *,
        index: int | None,
        total: int | None,
        unit: str | None,
        description: str | None,
    ) -> None:
        """Keep it."""
        self.sent.append((fraction, index, total, unit, description))

    def log(self, text: str, *, level: LogLevel) -> None:
        """Refuse: nothing here logs."""
        raise AssertionError(text, level)


@pytest.fixture
def run() -> Iterator[Run]:
    """Enter a run."""
    entered = Run()
    leave = enter(entered)
    yield entered
    leave()


@pytest.mark.parametrize(
    ("arguments", "options", "sent"),
    [
        ((0.3,), {}, (0.3, None, None, None, None)),
        ((0,), {"desc": "Starting"}, (0, None, None, None, "Starting")),
        (((3, 10),), {}, (0.3, 3, 10, None, None)),
        (((3, None),), {}, (3, None, None, None, None)),
        (([3, 10],), {"desc": "x", "unit": "files"}, (0.3, 3, 10, "files", "x")),
        ((3,), {"total": 10, "unit": "steps"}, (0.3, 3, 10, "steps", None)),
        ((0.5, "Half of it"), {}, (0.5, None, None, None, "Half of it")),
        ((0.5,), {"unit": "steps"}, (0.5, None, None, None, None)),
        ((None,), {"desc": 5}, (None, None, None, None, "5")),
    ],
)
def test_forms(run: Run, arguments: tuple[Any, ...], options: dict[str, Any], sent: Sent) -> None:
    """A share, a pair, a count of a total, with words."""
    progress(*arguments, **options)
    assert run.sent == [sent]


@pytest.mark.parametrize("wrong", ["half", (1, 2, 3), ("3", 10), object()])
def test_what_is_no_number_is_refused(run: Run, wrong: Any) -> None:
    """The developer's own mistake is told where it is made."""
    with pytest.raises(TypeError, match="of progress is a number or None"):
        progress(wrong)
    assert run.sent == []


def test_a_loop_shows_how_far_it_is(run: Run) -> None:
    """Once before the first item, and after each."""
    assert list(progress.tqdm("ab", desc="Letters", unit="letters")) == ["a", "b"]
    assert run.sent == [(count / 2, count, 2, "letters", "Letters") for count in range(3)]


def test_a_loop_without_a_length(run: Run) -> None:
    """Only the count is known."""
    assert list(progress.tqdm(iter("ab"))) == ["a", "b"]
    assert run.sent == [(None, count, None, None, None) for count in range(3)]


def test_of_nested_loops_the_outermost_is_shown(run: Run) -> None:
    """The inner ones come and go; when the outer one is over, another is shown."""
    for _ in progress.tqdm([1], desc="outer"):
        assert list(progress.tqdm([1, 2], desc="inner")) == [1, 2]
    assert {sent[4] for sent in run.sent} == {"outer"}
    list(progress.tqdm([1], desc="next"))
    assert run.sent[-1][4] == "next"


def test_a_loop_that_is_left_gives_way(run: Run) -> None:
    """By a break as well as by an exception."""
    for _ in progress.tqdm([1, 2], desc="left"):
        break
    list(progress.tqdm([1], desc="next"))
    assert run.sent[-1][4] == "next"


def test_counted_by_hand(run: Run) -> None:
    """As bars of tqdm are used without a loop."""
    with progress.tqdm(total=4, desc="a") as bar:
        bar.update(3)
        bar.set_description("b")
    assert run.sent == [(0, 0, 4, None, "a"), (0.75, 3, 4, None, "a"), (0.75, 3, 4, None, "b")]
    assert len(bar) == 4


def test_an_asynchronous_loop(run: Run) -> None:
    """As with `async for`."""

    async def letters() -> AsyncIterator[str]:
        yield "a"

    async def take() -> list[str]:
        return [letter async for letter in progress.tqdm(letters(), total=1)]

    assert asyncio.run(take()) == ["a"]
    assert run.sent == [(0, 0, 1, None, None), (1, 1, 1, None, None)]


def test_what_no_loop_can_go_over_is_refused(run: Run) -> None:
    """A number, where a range was meant."""
    with pytest.raises(TypeError, match=r"progress\.tqdm was given 3, over which no loop can go"):
        list(progress.tqdm(3))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"this progress\.tqdm has no length"):
        len(progress.tqdm(iter("a")))
    assert run.sent == []


def test_outside_a_run_loops_go_on() -> None:
    """A generator can be called in a test or a notebook as it is."""
    assert list(progress.tqdm([1, 2])) == [1, 2]
    assert list(progress.tqdm(iter([1, 2]))) == [1, 2]
