"""A client of the wire as the tests use it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from tests.acceptance.transports import Event, Sse, read_to_end
from tests.conftest import Server


class Client(httpx.AsyncClient):
    """Starts runs and looks at them."""

    async def start(self, demo: str, headers: dict[str, str] | None = None, **inputs: Any) -> str:
        """Start a run with these inputs and return its id."""
        answer = await self.post(f"/api/demos/{demo}/runs", json={"inputs": inputs}, headers=headers)
        assert answer.status_code == 201, answer.text
        run: str = answer.json()["run"]
        return run

    async def look(self, run: str) -> dict[str, Any]:
        """Return a run's state."""
        answer = await self.get(f"/api/runs/{run}")
        assert answer.status_code == 200, answer.text
        state: dict[str, Any] = answer.json()
        return state

    async def events(self, run: str, after: int = 0) -> list[Event]:
        """Return a run's events up to its end."""
        async with Sse().open(self, {run: after}) as reader:
            return await read_to_end(reader)


@asynccontextmanager
async def client_of(server: Server) -> AsyncIterator[Client]:
    """Open a client of a server: the developer's, where that has a key."""
    # A connection that was idle may be closed by the server at the moment in which it is used again.
    limits = httpx.Limits(keepalive_expiry=1.0)
    async with Client(base_url=server.url, cookies=server.developer, timeout=None, limits=limits) as client:
        yield client
