"""Who may see a traceback."""

from pathlib import Path
from typing import Any

import pytest

from gradstream.ipc.protocol import Ending
from tests.unit.played_engine import loaded
from tests.unit.server.site import Site, serving


async def is_shown(site: Site, headers: dict[str, str]) -> set[bool]:
    """Return whether the places that can show a traceback do so."""
    run = await site.start()
    site.slot.end(Ending(fault="developer", message="no", detail="Traceback"))
    site.engine.report(loaded("echo", detail="Traceback"))
    view = await site.client.get(f"/api/runs/{run}", headers=headers)
    feed = await site.client.get(f"/api/runs/{run}/events", headers=headers)
    many = await site.client.get(f"/api/feed?runs={run}:0", headers=headers)
    demo = await site.client.get("/api/demos/echo", headers=headers)
    return {"Traceback" in answer.text for answer in (view, feed, many, demo)}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "localhost:8600"},
        {"Host": "[::1]:8600"},
        {"Host": "127.0.0.2"},
        {"Host": "demo.localhost"},
    ],
)
async def test_the_developer(tmp_path: Path, headers: dict[str, str]) -> None:
    """Under --dev, on loopback, asked by a loopback name, without a proxy: everything is shown."""
    async with serving(tmp_path) as site:
        assert await is_shown(site, headers) == {True}


@pytest.mark.parametrize(
    ("changes", "headers"),
    [
        ({"dev": False}, {}),
        ({"bound_to_loopback": False}, {}),
        ({}, {"Host": "lab.example"}),
        ({}, {"Host": "192.168.0.7:8600"}),
        ({}, {"Host": "localhost.evil.example"}),
        ({}, {"Forwarded": "for=10.0.0.1"}),
        ({}, {"X-Forwarded-For": "127.0.0.1"}),
        ({}, {"X-Forwarded-Host": "localhost"}),
        ({}, {"x-forwarded-anything": "1"}),
    ],
)
async def test_everybody_else(tmp_path: Path, changes: dict[str, Any], headers: dict[str, str]) -> None:
    """If any of that is missing, nothing is shown anywhere."""
    async with serving(tmp_path, **changes) as site:
        assert await is_shown(site, headers) == {False}
