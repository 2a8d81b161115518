"""A server, or a worker, at the limit of its descriptors: it is said, nothing is lost, and it recovers."""

import resource
import socket
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

from tests.acceptance.transports import ENDS, Sse
from tests.acceptance.wire_client import Client, client_of
from tests.acceptance.worker_lab import true_soon
from tests.conftest import Server, write_catalog

FILES = {
    "demos/files.yaml": "gradstream: 1\ngenerator: made.files\noutputs:\n  text: text\n",
    "demos/echo.yaml": "gradstream: 1\ngenerator: made.echo\noutputs:\n  text: text\n",
    "demos/counts.yaml": "gradstream: 1\ngenerator: made.counts\noutputs:\n  n: number\n",
    "demos/made.py": '''
import os, resource, time

def counts():
    for number in range(100_000):
        yield number
        time.sleep(0.01)

def echo():
    yield "here"

def files():
    """Open files until there can be no more."""
    yield "opens"
    resource.setrlimit(resource.RLIMIT_NOFILE, (100, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    kept = []
    while True:
        kept.append(open(os.devnull))
''',
}


async def outcome(client: Client, demo: str) -> tuple[str, str | None]:
    """Run a demo to its end; return the last event's type and its message."""
    run = await client.start(demo)
    async with Sse().open(client, {run: 0}) as reader:
        while (event := await reader.next())["type"] not in ENDS:
            pass
    return event["type"], event.get("message")


@pytest.fixture
def server(tmp_path: Path) -> Server:
    """Return a server that is not started yet."""
    return Server(write_catalog(tmp_path / "catalog", FILES), log=tmp_path / "server.log")


def set_limit(pid: int, most: int) -> None:
    """Let a process open so many files."""
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (most, resource.prlimit(pid, resource.RLIMIT_NOFILE)[1]))


async def test_a_server_without_descriptors(server: Server) -> None:
    """Connections beyond the limit are closed; a run that is read goes on; then all are answered again."""
    with server, ExitStack() as held:
        async with client_of(server) as client:
            run = await client.start("counts")
            async with Sse().open(client, {run: 0}) as reader:
                await reader.next()
                process = psutil.Process(server.process.pid)
                most = process.num_fds() + 8
                set_limit(process.pid, most)
                for _ in range(40):
                    held.enter_context(socket.create_connection(("127.0.0.1", client.base_url.port or 0)))
                await true_soon(lambda: process.num_fds() >= most)
                seqs = [(await reader.next())["seq"] for _ in range(50)]
                assert seqs == list(range(seqs[0], seqs[0] + 50))
                held.close()
                # Not as few as before: a process that stands by may have been started meanwhile.
                await true_soon(lambda: process.num_fds() < most - 4)
                await client.delete(f"/api/runs/{run}")
            assert await outcome(client, "echo") == ("succeeded", None)
    assert "Traceback" not in server.read_log()


async def test_a_worker_without_descriptors(server: Server) -> None:
    """The run that opens too many files fails with the system's words, as the next one does; others work."""
    with server:
        async with client_of(server) as client:
            for _ in range(2):
                status, message = await outcome(client, "files")
                assert (status, "Too many open files" in str(message)) == ("failed", True)
            assert await outcome(client, "echo") == ("succeeded", None)
