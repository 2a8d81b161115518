"""A bell wakes its one sleeper."""

import asyncio

from gradstream.events.auto_reset_event import Bell


async def test_rung_before() -> None:
    """A bell that was rung, once or often, is heard once."""
    bell = Bell()
    bell.ring()
    bell.ring()
    await bell.wait()
    waiting = asyncio.create_task(bell.wait())
    await asyncio.sleep(0)
    assert not waiting.done()
    bell.ring()
    await waiting


async def test_rung_while_somebody_waits() -> None:
    """Ringing wakes whoever sleeps, also when it is rung again before that one is up."""
    bell = Bell()
    waiting = asyncio.create_task(bell.wait())
    await asyncio.sleep(0)
    bell.ring()
    bell.ring()
    await waiting


async def test_a_sleeper_that_is_gone() -> None:
    """A sleeper that was canceled is not missed, and the next hears the bell."""
    bell = Bell()
    waiting = asyncio.create_task(bell.wait())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    bell.ring()
    await bell.wait()
