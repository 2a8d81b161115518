"""Demos of one group share a number of runs, and every run gives back what it took, however it ends."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from gradstream.background import Background
from gradstream.format.types import Demo, RunLimits
from gradstream.ipc.protocol import Ending
from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.runs.contract import RunWish
from gradstream.runs.control import RunControl
from gradstream.runs.service import RunService
from tests.unit.played_engine import PlayedEngine, PlayedSlot, make_demo


class Lab:
    """A service, and the engine in which a test plays the workers' part."""

    def __init__(self, service: RunService, engine: PlayedEngine) -> None:
        self.service = service
        self.engine = engine

    def start(self, demo: Demo, session: str = "s", **wish: Any) -> RunControl:
        """Start a run."""
        made = self.service.start(
            RunWish(demo=demo, inputs={}, **wish), Caller(session=session), find_upload=lambda _: None
        )
        assert isinstance(made, RunControl)
        return made

    def going(self) -> list[str]:
        """Return the demos of the runs that ever had a slot, in their order."""
        return [slot.demo.address for slot in self.engine.slots]


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a service without runs."""
    engine = PlayedEngine()
    async with RunService(
        background=Background(), engine=engine, folder=tmp_path, limits=Limits()
    ) as service:
        yield Lab(service, engine)


def member(address: str, *, group: str | None = "gpu", concurrency: int = 8) -> Demo:
    """Return a demo of a group."""
    return replace(make_demo(limits=RunLimits(concurrency=concurrency)), address=address, group=group)


A, B = member("a"), member("b")


def position(run: RunControl) -> int | None:
    """Return a run's place in the line."""
    return run.run.journal.state().position


async def test_demos_of_a_group_take_turns(lab: Lab) -> None:
    """A group of which nothing is said has one run at once; a demo outside of it does not wait."""
    lab.start(A)
    second, third = lab.start(B), lab.start(A)
    lab.start(member("c", group=None))
    lab.start(member("d", group="other"))
    assert lab.going() == ["a", "c", "d"]
    assert (position(second), position(third)) == (1, 2)
    lab.engine.slots[0].end()
    assert lab.going() == ["a", "c", "d", "b"]
    assert position(third) == 1


@pytest.mark.parametrize(
    "ending", [Ending(), Ending(fault="worker", message="killed"), Ending(canceled=True)]
)
async def test_a_place_is_given_back_however_a_run_ends(lab: Lab, ending: Ending) -> None:
    """Also when its process was killed."""
    lab.start(A)
    lab.start(B)
    lab.engine.slots[0].end(ending)
    assert lab.going() == ["a", "b"]


async def test_a_run_that_waits_leaves_the_line(lab: Lab) -> None:
    """It has taken no place, and gives none back."""
    lab.start(A)
    lab.start(B).stop("visitor")
    lab.start(A)
    lab.start(B)
    assert lab.going() == ["a"]
    lab.engine.slots[0].end()
    assert lab.going() == ["a", "a"]


async def test_a_stopped_run_keeps_its_place_until_its_generator_has_ended(lab: Lab) -> None:
    """What shares a graphics card must have left it; a newer run of a live action waits for it as well."""
    first = lab.start(A)
    lab.start(A, supersedes=first.id)
    assert first.is_over
    assert lab.going() == ["a"]
    lab.engine.slots[0].end(Ending(canceled=True))
    assert lab.going() == ["a", "a"]


async def test_an_engine_that_fails_to_start_a_run_costs_no_place(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next run has it."""
    lab.start(A)
    failing = lab.start(B)

    def fail(*_: object) -> PlayedSlot:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(lab.engine, "start", fail)
        lab.engine.slots[0].end()
    assert failing.is_over
    lab.start(A)
    assert lab.going() == ["a", "a"]


async def test_a_demo_that_changes_its_group_gives_back_what_it_took(lab: Lab) -> None:
    """Runs that wait or go on stay in the line that they came to; new ones go to the other."""
    lab.start(A)
    lab.start(A)
    lab.start(B)
    moved = replace(A, group="other")
    lab.start(moved)
    assert lab.going() == ["a", "a"]
    assert lab.engine.slots[1].demo.group == "other"
    lab.engine.slots[1].end()
    lab.start(moved)
    assert lab.going() == ["a", "a", "a"]
    lab.engine.slots[0].end()
    lab.engine.slots[3].end()
    assert lab.going() == ["a", "a", "a", "a", "b"]


async def test_a_demo_with_one_slot_is_never_forgotten_in_the_line_that_it_has_left(lab: Lab) -> None:
    """Its own slot is one, whatever its group: when it is free, its runs of both lines are looked at."""
    one = member("a", concurrency=1)
    lab.start(one)
    lab.start(replace(one, group=None))
    lab.start(one)
    assert len(lab.engine.slots) == 1
    for number in range(3):
        lab.engine.slots[number].end()
    assert len(lab.engine.slots) == 3


async def test_the_size_of_a_group_changes_at_once(lab: Lab) -> None:
    """More room lets waiting runs start; less lets the present ones end."""
    for demo in (A, B, A, B):
        lab.start(demo, "s")
    lab.service.resize_groups({"gpu": 3})
    assert lab.going() == ["a", "b", "a"]
    lab.service.resize_groups({})
    lab.engine.slots[0].end()
    lab.engine.slots[1].end()
    assert len(lab.engine.slots) == 3
    lab.engine.slots[2].end()
    assert len(lab.engine.slots) == 4
