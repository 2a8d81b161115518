"""An hour of sound costs disk and nothing else."""

import json

import httpx
import psutil
import pytest

from tests.conftest import Serve, Server
from tests.patience import PATIENCE_S

YAML = """
gradstream: 1
generator: hour.sound
inputs:
  minutes: number
outputs:
  sound: audio
"""

PYTHON = """
import numpy as np

RATE = 16_000
SECOND = (np.sin(np.arange(RATE) * 2 * np.pi * 440 / RATE) * 9_000).astype(np.int16)

def sound(minutes):
    for _ in range(int(minutes * 60)):
        yield RATE, SECOND
"""

GROWTH_BYTES = 24 * 2**20
"""Far more than allocators and the list of segments take, and a fraction of an hour of samples (115 MB)."""


def resident(server: Server) -> int:
    """Return what the server's processes hold in memory, all together."""
    processes = [psutil.Process(server.process.pid), *server.children()]
    return sum(process.memory_info().rss for process in processes)


def stream(server: Server, minutes: int) -> float:
    """Run to the end, and return where the stream's last segment ends, in seconds."""
    end_s = 0.0
    body = {"inputs": {"minutes": minutes}, "accept": ["flac"]}
    headers = {"Accept": "text/event-stream"}
    url = f"{server.url}/api/demos/hour/runs"
    with httpx.stream("POST", url, json=body, headers=headers, timeout=PATIENCE_S) as feed:
        for line in feed.iter_lines():
            if line.startswith("data:") and '"index"' in line:
                segment = json.loads(line.removeprefix("data:"))
                end_s = segment["start_s"] + segment["duration_s"]
            assert not line.startswith("event: failed")
    return end_s


def test_an_hour_of_sound(serve: Serve) -> None:
    """Memory after an hour is what it was after a few minutes, and every second of the hour was told."""
    server = serve({"demos/hour.yaml": YAML, "demos/hour.py": PYTHON})
    assert stream(server, 5) == pytest.approx(300)
    before = resident(server)
    assert stream(server, 60) == pytest.approx(3600)
    assert resident(server) - before < GROWTH_BYTES
