"""Streams from a real generator to real players: ffmpeg and ffprobe, by HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from gradstream.ipc.protocol import INITIAL_CREDIT_BYTES
from tests.acceptance.transports import Sse, read_until
from tests.acceptance.wire_catalog import demo, open_gate
from tests.acceptance.wire_client import Client, client_of
from tests.conftest import Serve, Server

RATE_HZ = 16000

GENERATORS = '''
import time
from pathlib import Path

import numpy as np


def _wait(gate):
    while gate and not Path(gate).exists():
        time.sleep(0.002)


def tone(seconds, gate):
    """Yields half-second pieces of one sine, and waits after the first second."""
    for number in range(2 * seconds):
        if number == 2:
            _wait(gate)
        moments = np.arange(8000) + 8000 * number
        yield 16000, (12000 * np.sin(2 * np.pi * 440 * moments / 16000)).astype(np.int16)


def noise(seconds):
    """Yields what no encoder can make small, as fast as it can."""
    random = np.random.default_rng(1)
    for _ in range(seconds):
        yield 48000, random.integers(-30000, 30000, (48000, 2), dtype=np.int16)


def film(seconds, gate):
    """Yields pictures that move, 10 a second, and waits after the first second."""
    for number in range(10 * seconds):
        if number == 10:
            _wait(gate)
        picture = np.zeros((48, 64, 3), dtype=np.uint8)
        picture[:, number % 64] = 255
        yield picture
'''

SECONDS_OF_NOISE = 20
SECONDS = "  seconds:\n    type: number\n    default: 3\n    integer: true\n"
FILES = {
    "generators.py": GENERATORS,
    "demos/tone.yaml": demo(
        "Tone",
        "generator: generators.tone",
        "inputs:",
        SECONDS,
        "  gate: text",
        "outputs:",
        "  sound: audio",
    ),
    "demos/noise.yaml": demo(
        "Noise", "generator: generators.noise", "inputs:", SECONDS, "outputs:", "  sound: audio"
    ),
    "demos/film.yaml": demo(
        "Film",
        "generator: generators.film",
        "inputs:",
        SECONDS,
        "  gate: text",
        "outputs:",
        "  film: {type: video, fps: 10}",
    ),
}


@pytest.fixture
def server(serve: Serve) -> Server:
    """Return a server of demos that stream."""
    return serve(FILES)


@pytest.fixture
async def client(server: Server) -> AsyncIterator[Client]:
    """Return a client of it."""
    async with client_of(server) as opened:
        yield opened


async def called(*command: str, stdin: bytes | None = None) -> bytes:
    """Run a program and return what it printed; a complaint of its own fails the test."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE if stdin is not None else asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    printed, complaints = await process.communicate(stdin)
    assert (process.returncode, complaints.decode()) == (0, ""), command
    return printed


async def samples_in(address: str, *options: str) -> int:
    """Have ffmpeg play an address to its end; return how many samples of sound it heard."""
    output = ("-map", "0:a", "-f", "s16le", "-ac", "1", "-")
    return len(await called("ffmpeg", "-v", "error", *options, "-i", address, *output)) // 2


@asynccontextmanager
async def playing(address: str) -> AsyncIterator[asyncio.StreamReader]:
    """Have ffmpeg play a live playlist from its beginning; what it hears can be read as it does."""
    early = ("-live_start_index", "0", "-analyzeduration", "0")
    process = await asyncio.create_subprocess_exec(
        *("ffmpeg", "-v", "error", *early, "-i", address, "-flush_packets", "1", "-f", "s16le", "-"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        yield process.stdout
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def frames_in(address: str) -> int:
    """Have ffprobe count the pictures of an address."""
    entries = ("-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "json")
    told = json.loads(await called("ffprobe", "-v", "error", "-select_streams", "v", *entries, address))
    return int(told["streams"][0]["nb_read_frames"])


def at(server: Server, run: str, name: str, output: str = "sound") -> str:
    """Return the address of a part of a run's stream."""
    return f"{server.url.rstrip('/')}/api/runs/{run}/outputs/{output}/{name}"


async def start(client: Client, name: str, *accept: str, **inputs: Any) -> str:
    """Start a run for a player of these codecs."""
    body = {"inputs": inputs, "accept": accept}
    answer = await client.post(f"/api/demos/{name}/runs", json=body)
    run: str = answer.json()["run"]
    return run


async def start_live(client: Client, name: str, *accept: str, **inputs: Any) -> str:
    """Start a run and wait for its first segment, for which a request would wait only a few seconds."""
    run = await start(client, name, *accept, **inputs)
    async with Sse().open(client, {run: 0}) as reader:
        await read_until(reader, "segment")
    return run


@pytest.mark.parametrize(
    ("codec", "rate_hz", "padding"),
    # ffmpeg plays what an encoder needs before and after the sound, though the edit list excepts it.
    [("flac", RATE_HZ, 0), ("opus", 48000, 2 * 960), ("aac", RATE_HZ, 2 * 1024)],
)
async def test_a_finished_stream(
    server: Server, client: Client, codec: str, rate_hz: int, padding: int
) -> None:
    """A finished stream is heard whole, as a playlist and as one answer, and kept exact to the sample."""
    run = await start(client, "tone", codec, seconds=3)
    assert (await client.events(run))[-1]["type"] == "succeeded"
    segments = (await client.look(run))["outputs"]["sound"]["segments"]
    assert sum(duration_s for _, duration_s, _ in segments) == pytest.approx(3, abs=1e-4)
    for name in ("index.m3u8", "stream.mp4"):
        assert 0 <= await samples_in(at(server, run, name)) - 3 * rate_hz <= padding, name
    for name in ("download.wav", "download.flac"):
        assert await samples_in(at(server, run, name)) == 3 * rate_hz, name


async def test_a_playlist_that_is_played_while_it_grows(
    server: Server, client: Client, tmp_path: Path
) -> None:
    """A player of playlists follows a live run from its beginning to its end and loses no sample."""
    gate = tmp_path / "gate"
    run = await start_live(client, "tone", "flac", seconds=4, gate=str(gate))
    live = (await client.get(at(server, run, "index.m3u8"))).text
    assert "#EXT-X-ENDLIST" not in live
    async with playing(at(server, run, "index.m3u8")) as heard:
        # It plays what is there, and has not seen an end.
        await heard.readexactly(RATE_HZ)
        open_gate(gate)
        assert len(await heard.read()) == 2 * 4 * RATE_HZ - RATE_HZ
    over = (await client.get(at(server, run, "index.m3u8"))).text
    assert over.startswith(live)
    assert over.endswith("#EXT-X-ENDLIST\n")


async def test_a_stream_that_is_cut(server: Server, client: Client, tmp_path: Path) -> None:
    """Wherever a listener lets go of a live stream, what it has is sound."""
    gate = tmp_path / "gate"
    run = await start_live(client, "tone", "aac", seconds=2, gate=str(gate))
    got = b""
    async with client.stream("GET", at(server, run, "stream.mp4")) as listening:
        async for chunk in listening.aiter_raw():
            got += chunk
            if got.count(b"moof") >= 2:
                break
    path = tmp_path / "cut.mp4"
    for size in (len(got), len(got) - 100):
        path.write_bytes(got[:size])
        entries = ("-show_entries", "stream=codec_name", "-of", "csv=p=0")
        assert await called("ffprobe", "-v", "fatal", *entries, str(path)) == b"aac\n"
    assert (await client.delete(f"/api/runs/{run}")).status_code == 204
    over = await client.get(at(server, run, "index.m3u8"))
    assert over.text.endswith("#EXT-X-ENDLIST\n")


async def test_pictures(server: Server, client: Client) -> None:
    """Every picture is seen: in the playlist, in the whole stream, and in the download."""
    run = await start(client, "film", "aac", seconds=3)
    assert (await client.events(run))[-1]["type"] == "succeeded"
    for name in ("index.m3u8", "stream.mp4", "download.mp4"):
        assert await frames_in(at(server, run, name, "film")) == 30, name
    playlist = (await client.get(at(server, run, "index.m3u8", "film"))).text
    assert "INDEPENDENT" not in playlist


async def test_seeking(server: Server, client: Client) -> None:
    """A player that seeks in a finished stream asks for parts of it, and gets them."""
    run = await start(client, "tone", "flac", seconds=3)
    await client.events(run)
    assert await samples_in(at(server, run, "stream.mp4"), "-seekable", "1", "-ss", "2") == RATE_HZ
    whole = (await client.get(at(server, run, "stream.mp4"))).content
    part = await client.get(at(server, run, "stream.mp4"), headers={"Range": f"bytes={len(whole) - 9}-"})
    assert (part.status_code, part.content) == (httpx.codes.PARTIAL_CONTENT, whole[-9:])


async def test_more_than_may_be_on_the_way(server: Server, client: Client) -> None:
    """A stream of many times what a worker may send ahead comes whole: what was taken in is granted again."""
    run = await start(client, "noise", "flac", seconds=SECONDS_OF_NOISE)
    assert (await client.events(run))[-1]["type"] == "succeeded"
    address = at(server, run, "stream.mp4")
    assert int((await client.head(address)).headers["content-length"]) > 3 * INITIAL_CREDIT_BYTES
    assert await samples_in(address) == SECONDS_OF_NOISE * 48000
