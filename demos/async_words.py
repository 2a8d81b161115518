"""An async generator: hundreds of these share one thread."""

import asyncio
from collections.abc import AsyncIterator


async def speak(text: str) -> AsyncIterator[str]:
    """Yield the text word by word, each with the blank that follows it."""
    for word in text.split():
        yield word + " "
        await asyncio.sleep(0.06)
