"""The measured work: generators that both tools run as they are."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator

import numpy as np
import numpy.typing as npt

PERIOD_S = 1 / 50
SIDE_PX = 600


def growing(steps: int) -> Iterator[str]:
    """Yield a text that grows by one numbered word a step, at full speed."""
    text = ""
    for index in range(steps):
        text += f"~{index:05} "
        yield text


def stamp() -> str:
    """Write the moment down."""
    return f"t={time.monotonic_ns()};"


def ticking(seconds: int) -> Iterator[str]:
    """Yield 50 moments a second, in a thread."""
    tick = time.monotonic()
    end = tick + seconds
    while tick < end:
        yield stamp()
        # A tick that was missed stays missed: the share of values delivered shows it.
        tick = max(tick + PERIOD_S, time.monotonic())
        time.sleep(max(0, tick - time.monotonic()))


async def ticking_async(seconds: int) -> AsyncIterator[str]:
    """Yield 50 moments a second, on an event loop."""
    tick = time.monotonic()
    end = tick + seconds
    while tick < end:
        yield stamp()
        tick = max(tick + PERIOD_S, time.monotonic())
        await asyncio.sleep(max(0, tick - time.monotonic()))


def once() -> Iterator[str]:
    """Yield one moment at once."""
    yield stamp()


def pictures(frames: int) -> Iterator[npt.NDArray[np.float64]]:
    """Yield noise as generators of pictures make it, at full speed."""
    for _ in range(frames):
        yield np.random.random((SIDE_PX, SIDE_PX, 3))
