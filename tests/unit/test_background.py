"""Work that goes on for as long as the server does."""

import asyncio

import pytest

from gradstream.background import Background, WorkState


async def test_work_that_raises_starts_again(caplog: pytest.LogCaptureFixture) -> None:
    """Each failure is logged with its traceback, and the work goes on until it is done."""
    background, calls = Background(), list[int]()

    async def work() -> None:
        calls.append(len(calls))
        if len(calls) < 3:
            raise ExceptionGroup("several", [ValueError("made to raise")])

    await background.keep_running(work, name="the work", first_pause_s=0)
    assert calls == [0, 1, 2]
    assert caplog.text.count("the work failed and starts again in 0 s") == 2
    assert "ValueError: made to raise" in caplog.text
    assert background.states == ()


async def test_what_is_shown_of_it() -> None:
    """Its name, whether it runs or waits to start again, since when, and how often it was started again."""
    background, shown = Background(), list[WorkState]()

    async def work() -> None:
        shown.extend(background.states)
        if len(shown) == 1:
            asyncio.get_running_loop().call_soon(lambda: shown.extend(background.states))
            raise ValueError("made to raise")

    await background.keep_running(work, name="the work", first_pause_s=0.001)
    assert [(one.name, one.state, one.restarts) for one in shown] == [
        ("the work", "running", 0),
        ("the work", "paused", 1),
        ("the work", "running", 1),
    ]
    assert [one.since for one in shown] == sorted(one.since for one in shown)


async def test_cancellation_passes_through() -> None:
    """Work that is canceled does not start again, and is no longer shown."""
    background, begun = Background(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await asyncio.Event().wait()

    running = asyncio.create_task(background.keep_running(work, name="the work"))
    await begun.wait()
    assert [one.state for one in background.states] == ["running"]
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert background.states == ()
