"""Work that goes on for as long as the server does."""

import asyncio

import pytest

from gradstream.background import keep_running


async def test_work_that_raises_starts_again(caplog: pytest.LogCaptureFixture) -> None:
    """Each failure is logged with its traceback, and the work goes on until it is done."""
    calls: list[int] = []

    async def work() -> None:
        calls.append(len(calls))
        if len(calls) < 3:
            raise ExceptionGroup("several", [ValueError("made to raise")])

    await keep_running(work, name="the work", first_pause_s=0)
    assert calls == [0, 1, 2]
    assert caplog.text.count("the work failed and starts again in 0 s") == 2
    assert "ValueError: made to raise" in caplog.text


async def test_cancellation_passes_through() -> None:
    """Work that is canceled does not start again."""
    begun = asyncio.Event()

    async def work() -> None:
        begun.set()
        await asyncio.Event().wait()

    running = asyncio.create_task(keep_running(work, name="the work"))
    await begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
