"""An hour of sound costs disk and nothing else."""

from pathlib import Path

import pytest
from msgspec import json

from gradstream.catalog.scan import read_catalog
from gradstream.engines.local.engine import LocalEngine
from gradstream.runs.disk import Disk
from tests.conftest import write_catalog
from tests.held_memory import held_bytes
from tests.unit.server.site import Site, serving

YAML = """
gradstream: 1
generator: hour.sound
inputs:
  minutes: number
outputs:
  sound: audio
  held: json
"""

PYTHON = """
import numpy as np
from held_memory import held_bytes

RATE = 16_000
SECOND = (np.sin(np.arange(RATE) * 2 * np.pi * 440 / RATE) * 9_000).astype(np.int16)

def sound(minutes):
    for _ in range(int(minutes * 60)):
        yield {"sound": (RATE, SECOND)}
    yield {"held": held_bytes()}
"""

FILES = {
    "demos/hour.yaml": YAML,
    "demos/hour.py": PYTHON,
    "demos/held_memory.py": Path(held_bytes.__code__.co_filename).read_text(encoding="utf-8"),
}

GROWTH_BYTES = 8 * 2**20
"""Of each process: far more than a list of segments takes, and a fraction of an hour of samples (115 MB)."""


async def stream(site: Site, minutes: int) -> tuple[float, int]:
    """Run to the end; return where the stream's last segment ends, in seconds, and what its worker held."""
    end_s, held = 0.0, 0
    body = {"inputs": {"minutes": minutes}, "accept": ["flac"]}
    headers = {"Accept": "text/event-stream"}
    async with site.client.stream("POST", "/api/demos/hour/runs", json=body, headers=headers) as feed:
        async for line in feed.aiter_lines():
            assert not line.startswith("event: failed")
            event = json.decode(line.removeprefix("data:")) if line.startswith("data:") else {}
            if event.get("type") == "segment":
                end_s = event["start_s"] + event["duration_s"]
            elif event.get("type") == "set" and event["output"] == "held":
                held = event["value"]
    return end_s, held


async def test_an_hour_of_sound(tmp_path: Path) -> None:
    """Server and worker hold after an hour what they held after minutes; every second of it was told."""
    folder = write_catalog(tmp_path / "catalog", FILES)
    demos = read_catalog(folder, environ={}).demos
    engine = LocalEngine(standby=False)
    try:
        async with serving(folder, demos=demos, disk=Disk(in_threads=True), engine=engine) as site:
            end_s, worker_before = await stream(site, 5)
            assert end_s == pytest.approx(300)
            before = held_bytes()
            end_s, worker_after = await stream(site, 60)
            assert end_s == pytest.approx(3600)
            assert held_bytes() - before < GROWTH_BYTES
            assert worker_before > 0
            assert worker_after - worker_before < GROWTH_BYTES
    finally:
        await engine.aclose()
