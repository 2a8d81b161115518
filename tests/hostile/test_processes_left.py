"""What a demo starts ends with its worker, and a worker with its server, whatever both are doing."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil

from gradstream.process_tree import read_process
from tests.acceptance.transports import ENDS, Sse
from tests.acceptance.wire_client import Client, client_of
from tests.acceptance.worker_lab import true_soon
from tests.conftest import Server, write_catalog
from tests.patience import PATIENCE_S

FILES = {
    "demos/held.yaml": "gradstream: 1\ngenerator: made.held\noutputs:\n  pids: {type: json}\n",
    "demos/hides.yaml": "gradstream: 1\ngenerator: made.hides\noutputs:\n  pids: {type: json}\n",
    "demos/made.py": '''
import os, re, subprocess, sys, time

def held():
    """Compute in C, with the interpreter lock, for ever."""
    yield [os.getpid()]
    re.match(r"(a+)+$", "a" * 64 + "b")

def hides():
    """Start processes that are hard to find: own sessions, no environment, no parents."""
    sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
    own = subprocess.Popen(sleep, start_new_session=True, env={})
    fork = "subprocess.Popen(%r, stdout=subprocess.DEVNULL, start_new_session=True)" % sleep
    forks = f"import os, subprocess; os.setsid(); print({fork}.pid)"
    daemon = subprocess.run([sys.executable, "-c", forks], env={}, stdout=subprocess.PIPE, text=True).stdout
    deaf = subprocess.Popen([sys.executable, "-c",
        "import signal, time; [signal.signal(n, signal.SIG_IGN) for n in (1, 2, 15)]; time.sleep(600)"])
    yield [os.getpid(), own.pid, int(daemon), deaf.pid]
    time.sleep(600)
''',
}


@asynccontextmanager
async def busy(folder: Path) -> AsyncIterator[tuple[Server, dict[str, list[int]]]]:
    """Return a server with a run of each demo, and the processes of each."""
    server = Server(write_catalog(folder / "catalog", FILES), log=folder / "server.log").__enter__()
    try:
        async with client_of(server) as client:
            yield server, {demo: await started(client, demo) for demo in ("held", "hides")}
    finally:
        server.kill()


async def started(client: Client, demo: str) -> list[int]:
    """Start a run, and return the processes that it yields."""
    run = await client.start(demo)
    async with Sse().open(client, {run: 0}) as reader:
        while (event := await reader.next())["type"] != "set":
            assert event["type"] not in ENDS, event
    pids: list[int] = event["value"]
    assert alive(pids) == pids
    return pids


def alive(pids: list[int]) -> list[int]:
    """Return those of these processes that have not ended."""
    return [pid for pid in pids if (one := read_process(pid)) is not None and not one.is_zombie]


async def test_nothing_outlives_a_server_that_is_killed(tmp_path: Path) -> None:
    """`kill -9` of the server ends workers in C code, daemons, sessions of their own and deaf processes."""
    async with busy(tmp_path) as (server, pids):
        server.process.kill()
        await true_soon(lambda: not alive([*pids["held"], *pids["hides"]]))


async def test_what_a_killed_worker_has_started_ends_with_it(tmp_path: Path) -> None:
    """`kill -9` of a worker, and of the process above all workers, ends all below, and the next run works."""
    async with busy(tmp_path) as (server, pids), client_of(server) as client:
        os.kill(pids["hides"][0], signal.SIGKILL)
        await true_soon(lambda: not alive(pids["hides"]))
        assert alive(pids["held"])
        (launcher,) = psutil.Process(server.process.pid).children()
        launcher.kill()
        await true_soon(lambda: not alive(pids["held"]))
        await started(client, "hides")


async def test_a_server_that_ends_in_order_leaves_nothing(tmp_path: Path) -> None:
    """SIGTERM ends the same, at the latest when the runs in flight had their time."""
    async with busy(tmp_path) as (server, pids):
        for _ in range(2):
            server.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(server.process.wait, PATIENCE_S) == 0, server.read_log()
        assert alive([*pids["held"], *pids["hides"]]) == []
