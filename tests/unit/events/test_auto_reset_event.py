"""An event that resets itself ends one wait."""

import asyncio

from gradstream.events.auto_reset_event import AutoResetEvent


async def test_set_before_the_wait() -> None:
    """An event that was set, once or often, ends the next wait and no other."""
    event = AutoResetEvent()
    event.set()
    event.set()
    await event.wait()
    waiting = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    assert not waiting.done()
    event.set()
    await waiting


async def test_set_during_the_wait() -> None:
    """Setting the event ends the current wait, also when it is set again before the task goes on."""
    event = AutoResetEvent()
    waiting = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    event.set()
    event.set()
    await waiting


async def test_a_wait_that_was_canceled() -> None:
    """A canceled wait does not use up the event: the next wait is ended by it."""
    event = AutoResetEvent()
    waiting = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    event.set()
    await event.wait()
