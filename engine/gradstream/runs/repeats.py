"""Requests that are sent again because their answer was lost: the run of the first is the run of all.

    (visitor, key) --first--> start --> run | Refusal, which is not remembered
                   --again--> the same run | Reused, if it asks for something else

Bound: `repeats` requests. Policy: the oldest is forgotten, and one that is sent again starts a run.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import TypeVar

from msgspec import Struct

from gradstream.runs.contract import Refusal, Reused

Made = TypeVar("Made")


class _Request(Struct, frozen=True):
    digest: bytes
    run: str


class Repeats:
    """The requests of one home."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._requests: OrderedDict[tuple[str, str], _Request] = OrderedDict()
        self._starting: dict[tuple[str, str], asyncio.Event] = {}

    async def known(self, key: tuple[str, str], digest: bytes) -> str | Reused | None:
        """Return the run that was started for this key, once that is known; None when it is to be started."""
        while (starting := self._starting.get(key)) is not None:
            await starting.wait()
        request = self._requests.get(key)
        if request is None:
            return None
        return request.run if request.digest == digest else Reused()

    async def start(
        self,
        key: tuple[str, str],
        digest: bytes,
        create: Callable[[], Awaitable[Made | Refusal]],
        *,
        id_of: Callable[[Made], str],
    ) -> Made | Refusal:
        """Start a run for a key, for which others wait meanwhile."""
        starting = self._starting[key] = asyncio.Event()
        try:
            made = await create()
            if not isinstance(made, Refusal):
                self._remember(key, _Request(digest, id_of(made)))
            return made
        finally:
            del self._starting[key]
            starting.set()

    def _remember(self, key: tuple[str, str], request: _Request) -> None:
        self._requests[key] = request
        if len(self._requests) > self._most:
            self._requests.popitem(last=False)
