"""Catalogs of many demos: how long they take to load, what they weigh, and what an edit costs in them.

folder of N demos --serve --no-cache--> first page   --serve, a second time--> first page
one file saved --feed of the catalog--> the change is reported
"""

import asyncio
import contextlib
import math
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec

from bench.exchange import Exchange, fetch, open_exchange, request
from bench.process import Server, free_port, serve
from bench.tools.gradstream import Gradstream
from bench.types import Figures, Row, Tool

SIZES = (10, 1_000, 10_000)
FOLDER_OF = 100  # so many demos in a folder
SAVES = 20
CHANGE_S = 30  # longer than any change takes to be reported

YAML = """\
gradstream: 1
title: Demo {number}
description: One of many that differ in their names.
tags: [many, group{group}]
generator: tool{number:05}.go

inputs:
  prompt:
    type: text
    label: Prompt {number}
    lines: 4
    placeholder: Say something
    default: Once upon a time
  steps:
    type: slider
    minimum: 1
    maximum: 100
    default: 20
  style:
    type: dropdown
    choices: [plain, bright, dark]
    default: plain
  loud: checkbox

outputs:
  answer: text
  count: number

examples:
  - {{prompt: A cat, steps: 10}}
  - {{prompt: A dog, style: dark}}
"""

PYTHON = '''\
"""Says something."""


def go(prompt: str, steps: int, style: str, loud: bool):
    """Yield the answer, word by word."""
    for index in range(steps):
        yield {"answer": prompt, "count": index}
'''


class _Catalog(msgspec.Struct):
    version: int


class Many:
    """Each demo has 37 lines and a generator of its own. The peer has no catalogs, and no figures here."""

    rows = (
        Row(key="cold_1000", title="1,000 demos: start to the first page", unit="s", limit=2),
        Row(key="kept_1000", title="1,000 demos: the same, the second time", unit="s"),
        Row(key="memory_1000", title="1,000 demos: memory of all processes", unit="MiB"),
        Row(key="cold_10000", title="10,000 demos: start to the first page", unit="s", limit=15),
        Row(key="kept_10000", title="10,000 demos: the same, the second time", unit="s", limit=3),
        Row(key="memory_10000", title="10,000 demos: memory of all processes", unit="MiB"),
        *(
            Row(
                key=f"{kind}_{size}",
                title=f"{kind} saved among {size:,} demos until it is reported",
                unit="ms",
            )
            for kind in ("YAML", "Python")
            for size in SIZES
        ),
    )

    async def measure(self, tool: Tool) -> Figures:
        """Serve each catalog twice, and save files in it the second time."""
        if tool.name != Gradstream.name:
            return {row.key: math.nan for row in self.rows}
        figures: dict[str, float] = {}
        for size in SIZES:
            with tempfile.TemporaryDirectory(prefix="gradstream-bench-") as name:
                folder = Path(name)
                write_catalog(folder, size)
                async with _served(tool, folder) as server:
                    figures[f"cold_{size}"] = server.start_s
                async with _served(tool, folder) as server:
                    figures[f"kept_{size}"] = server.start_s
                    figures[f"memory_{size}"] = server.resident_mib()
                    figures |= await _edits(server, folder, size)
        return {row.key: figures[row.key] for row in self.rows}


def write_catalog(folder: Path, size: int) -> None:
    """Write a catalog of so many demos."""
    (folder / "gradstream.yaml").write_text("gradstream: 1\ntitle: Many\n", encoding="utf-8")
    for number in range(size):
        group = folder / "demos" / f"group{number // FOLDER_OF:03}"
        group.mkdir(parents=True, exist_ok=True)
        yaml = YAML.format(number=number, group=number // FOLDER_OF)
        (group / f"demo{number:05}.yaml").write_text(yaml, encoding="utf-8")
        (group / f"tool{number:05}.py").write_text(PYTHON, encoding="utf-8")


@contextlib.asynccontextmanager
async def _served(tool: Tool, folder: Path) -> AsyncIterator[Server]:
    port = free_port()
    async with serve(tool.command("", port=port, folder=folder), port=port, page="/") as server:
        yield server


async def _edits(server: Server, folder: Path, size: int) -> Figures:
    """Return medians from saving a title, or names of a function's inputs, to the event on the feed."""
    first = folder / "demos" / "group000"
    yaml, code = first / "demo00000.yaml", first / "tool00000.py"
    return {
        f"YAML_{size}": await _edit(server, yaml, old="title: Demo", new="title: Other"),
        f"Python_{size}": await _edit(server, code, old="steps: int", new="stops: int"),
    }


async def _edit(server: Server, file: Path, *, old: str, new: str) -> float:
    original = file.read_text(encoding="utf-8")  # noqa: ASYNC240  nothing else runs
    texts = (original.replace(old, new), original)
    took_ms = []
    for number in range(SAVES):
        async with _feed(server.port) as feed:
            before = len(feed.arrivals)
            started_ns = time.monotonic_ns()
            file.write_text(texts[number % 2], encoding="utf-8")  # noqa: ASYNC240
            took_ms.append((await _reported(feed, before) - started_ns) / 1e6)
    return statistics.median(took_ms)


@contextlib.asynccontextmanager
async def _feed(port: int) -> AsyncIterator[Exchange]:
    answer = await fetch(port, request("GET", "/api/demos"))
    version = msgspec.json.decode(answer.body, type=_Catalog).version
    feed = await open_exchange(port, request("GET", f"/api/feed?catalog={version}"))
    try:
        await _reported(feed, 0)  # the answer's head: from here on changes are reported
        yield feed
    finally:
        feed.close()


async def _reported(feed: Exchange, before: int) -> int:
    """Wait for the next bytes of the feed that are more than a sign of life, and return when they came."""
    async with asyncio.timeout(CHANGE_S):
        while True:
            for at_ns, data in feed.arrivals[before:]:
                if b"data:" in data or not before:
                    return at_ns
            await asyncio.sleep(0.0005)
