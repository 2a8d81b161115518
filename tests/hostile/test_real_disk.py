"""A disk that is really full, and a work folder that somebody removes: the server lives, and says so."""

import asyncio
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.transports import Sse, read_until
from tests.acceptance.wire_catalog import FILES
from tests.acceptance.wire_client import Client, client_of
from tests.acceptance.worker_lab import true_soon
from tests.conftest import Serve

FILLS_YAML = "gradstream: 1\ngenerator: fills.go\noutputs: {out: number}\n"
FILLS = """
def go():
    yield 1
    with open("large", "wb", buffering=0) as file:
        while True:
            file.write(bytes(2**16))
"""
WAITS_YAML = (
    "gradstream: 1\ngenerator: waits.go\ninputs:\n  seconds: {type: number, default: 600}\n"
    "outputs: {out: text}\nlimits: {concurrency: 1}\n"
)
WAITS = """
import os, time
def go(seconds):
    yield "begun"
    time.sleep(seconds)
    yield os.getcwd()
"""

DISK = 16 * 2**20
LEFT = 2**20


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a small file system, which has the server's temporary folder; skip where none can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.decode().strip()}")
    monkeypatch.setenv("TMPDIR", str(folder))
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the server makes its temporary one."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def scratch(folder: Path) -> Path:
    """Return the server's own folder there."""
    (found,) = folder.glob("gradstream-*")
    return found


def fill(folder: Path) -> Path:
    """Write until the disk is full."""
    path = folder / "other"
    with path.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(bytes(LEFT if shutil.disk_usage(folder).free > LEFT else 4096))
            except OSError:
                return path


async def drawn(client: Client) -> dict[str, Any]:
    """Run a demo that makes pictures, and return its last event, or the refusal."""
    answer = await client.post("/api/demos/draw/runs", json={"inputs": {"frames": 2}})
    if answer.status_code != 201:
        return {"status": answer.status_code, **answer.json()}
    return (await client.events(answer.json()["run"]))[-1]


async def test_a_disk_that_is_full(serve: Serve, disk: Path) -> None:
    """Runs fail or are refused in words, files are refused with 507, and all goes on once there is room."""
    server = serve(FILES)
    async with client_of(server) as client:
        other = fill(disk)
        for _ in range(2):
            ended = await drawn(client)
            assert ended.get("status") == 507 or "No space left on device" in ended["message"], ended
        answer = await client.post("/api/uploads", files={"file": ("a.txt", b"x" * 100_000)})
        assert (answer.status_code, answer.json()["title"]) == (507, "Insufficient Storage")
        assert (await client.get("/health/ready")).status_code == 503
        assert (await client.get("/health/live")).status_code == 200
        other.unlink()
        assert (await client.get("/health/ready")).status_code == 200
        assert (await drawn(client))["type"] == "succeeded"


async def test_a_disk_that_fills_during_a_run(serve: Serve, disk: Path) -> None:
    """What the function itself cannot write fails its run with the system's words, and others go on."""
    server = serve({**FILES, "demos/fills.yaml": FILLS_YAML, "demos/fills.py": FILLS})
    async with client_of(server) as client:
        ended = (await client.events(await client.start("fills")))[-1]
        assert (ended["type"], ended["fault"]) == ("failed", "developer")
        assert "No space left on device" in ended["message"]
        # What it had written is gone with its folder.
        await true_soon(lambda: shutil.disk_usage(disk).free > DISK // 2)
        assert (await drawn(client))["type"] == "succeeded"


@pytest.mark.parametrize("above", [False, True], ids=["its own", "and the one above"])
async def test_a_work_folder_that_is_removed(serve: Serve, temporary: Path, above: bool) -> None:  # noqa: FBT001 (pytest passes it)
    """It is made again for this user alone; what was in it is not found, and next runs and files succeed."""
    server = serve({**FILES, "demos/waits.yaml": WAITS_YAML, "demos/waits.py": WAITS})
    async with client_of(server) as client:
        run = await client.start("draw", frames=2)
        picture = next(each for each in await client.events(run) if each["type"] == "set")["value"]["blob"]
        first, second = await client.start("waits"), await client.start("waits")
        async with Sse().open(client, {first: 0}) as reader:
            await read_until(reader, "set")
        shutil.rmtree(scratch(temporary))
        if above:
            shutil.rmtree(temporary)
        for _ in range(2):
            assert (await drawn(client))["type"] == "succeeded"
        for each in (first, second):
            await client.delete(f"/api/runs/{each}")
            end = (await client.events(each))[-1]
            assert end["type"] == "canceled", end.get("message")
        assert (await client.events(await client.start("waits", seconds=0)))[-1]["type"] == "succeeded"
        assert (await client.get(f"/api/runs/{run}/blobs/{picture}")).status_code == 404
        answer = await client.post("/api/uploads", files={"file": ("a.txt", b"x" * 100_000)})
        assert answer.status_code == 201
        assert (await client.get("/health/ready")).status_code == 200
        assert stat.S_IMODE(scratch(temporary).stat().st_mode) == 0o700
    assert "the temporary folder was removed" in await asyncio.to_thread(server.log.read_text)
