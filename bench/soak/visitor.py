"""One visitor: starts a run, reads it in one of four ways, and checks every event.

start --> read: whole | with drops | with reloads | and stop it --> checked --> Account
"""

import random
from collections import Counter
from typing import Any

import httpx
from msgspec import Struct, field

from bench.soak.catalog import COMPLETE, DEMOS
from tests.acceptance.transports import ENDS, Event, LongPoll, MultiplexedFeed, Socket, Sse, Transport

WAYS: dict[str, Transport] = {
    "SSE": Sse(),
    "feed": MultiplexedFeed(),
    "poll": LongPoll(),
    "socket": Socket(),
}
HABITS = ("whole", "drops", "reloads", "stops")

ENDS_IN_ORDER = {"failed": {"worker"}}
"""Faults that the soak test itself causes, by killing workers."""

TURNED_AWAY = 429
SAVED_WRONG = 409
"""The file of a demo has a mistake at the moment, and had it when the server started."""


class Account(Struct):
    """What all visitors have seen: runs by their end, and what went wrong, in words."""

    ends: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    habits: Counter[str] = field(default_factory=Counter)
    started: int = 0
    turned_away: int = 0
    connections: int = 0
    events: int = 0
    wrong: list[str] = field(default_factory=list)


class Visitor:
    """One of several, with a random generator of its own."""

    def __init__(self, client: httpx.AsyncClient, account: Account, *, seed: int) -> None:
        self._client = client
        self._account = account
        self._random = random.Random(seed)
        self._headers = {"X-Gradstream-Session": f"{seed:032x}"}

    async def visit(self) -> None:
        """Start a run, read it, and enter it in the account."""
        demo = self._random.choice(DEMOS)
        way, habit = self._random.choice(list(WAYS)), self._random.choice(HABITS)
        answer = await self._client.post(
            f"/api/demos/{demo}/runs", json={"inputs": {}}, headers=self._headers
        )
        if answer.status_code in {TURNED_AWAY, SAVED_WRONG}:
            self._account.turned_away += 1
            return
        answer.raise_for_status()
        run: str = answer.json()["run"]
        self._account.started += 1
        self._account.ways[way] += 1
        self._account.habits[habit] += 1
        try:
            events = await self._read(run, WAYS[way], habit)
        except Exception as error:  # noqa: BLE001 (entered in the account, like all that goes wrong)
            self._account.ends["lost"] += 1
            self._account.wrong.append(f"{demo} by {way}, {habit}: {type(error).__name__}: {error}")
            return
        self._account.ends[events[-1]["type"]] += 1
        self._account.events += len(events)
        found = await self._mistake(demo, run, events, stopped=habit == "stops")
        if found is not None:
            self._account.wrong.append(f"{demo} by {way}, {habit}: {found}")

    async def _read(self, run: str, way: Transport, habit: str) -> list[Event]:
        """Return all events of a run, put together by a client that loses its connection now and then."""
        events: list[Event] = []
        while not events or events[-1]["type"] not in ENDS:
            most = 10**9 if habit == "whole" else self._random.randint(1, 15)
            if habit == "reloads":
                # A page that is loaded again has nothing and reads all of it.
                events, most = [], most + 10 * self._account.connections % 60
            self._account.connections += 1
            await self._read_some(run, way, events, most=most)
            if habit == "stops" and events:
                (await self._client.delete(f"/api/runs/{run}", headers=self._headers)).raise_for_status()
                habit = "drops"
        return events

    async def _read_some(self, run: str, way: Transport, events: list[Event], *, most: int) -> None:
        after = events[-1]["seq"] if events else 0
        async with way.open(self._client, {run: after}) as reader:
            for _ in range(most):
                events.append(await reader.next())
                if events[-1]["type"] in ENDS:
                    return

    async def _mistake(self, demo: str, run: str, events: list[Event], *, stopped: bool) -> str | None:
        """Return what is wrong with the events of a run; None when nothing is."""
        if events[-1]["type"] == "gone":
            return "the server does not know the run any more"
        numbers = [event["seq"] for event in events]
        if numbers != list(range(1, len(events) + 1)):
            return f"events are missing, doubled or out of order: {numbers}"
        last = events[-1]
        fault = last.get("fault")
        if last["type"] == "failed" and fault not in ENDS_IN_ORDER["failed"]:
            return f"failed ({fault}): {last.get('message')}"
        if last["type"] == "canceled" and not stopped:
            return f"canceled by {last.get('by')}"
        state = (await self._client.get(f"/api/runs/{run}", headers=self._headers)).json()
        if state.get("status", last["type"]) != last["type"]:
            return f"the server says {state['status']}, the events say {last['type']}"
        shown: Any = state.get("outputs", {}).get("out", COMPLETE[demo])
        if last["type"] == "succeeded" and shown != COMPLETE[demo]:
            return f"an incomplete value after success: {shown!r}"
        return None
