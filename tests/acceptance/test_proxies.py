"""The examples of docs/authoring/serving.md for nginx and Caddy, in front of a real server.

The blocks of the page are taken as they stand; what a test cannot have is replaced: ports, and certificates.
"""

import asyncio
import getpass
import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from tests.acceptance.transports import Sse, read_to_end
from tests.acceptance.wire_catalog import FILES
from tests.conftest import ROOT, Serve, Server
from tests.patience import PATIENCE_S

PAGE = (ROOT / "docs" / "authoring" / "serving.md").read_text(encoding="utf-8")
NAME = "lab.example.org"
PATH = f"{os.environ['PATH']}:/usr/sbin"
"""Where Debian has nginx, and people's shells do not look."""

ATTEMPTS = 5
"""A port that was free a moment ago may have been taken since."""

NGINX = """\
user {user};
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {block}
}}
"""
CADDY = "{{\n    admin off\n    auto_https off\n}}\n{block}"

Written = Callable[[Path, int, str], tuple[list[str], str, str]]
"""Returns the command of a proxy, its file's name and its file: for a folder, a port, and the server."""


def _block(heading: str, number: int = 0) -> str:
    """Return a block of code of a section."""
    section = PAGE.partition(f"### {heading}\n")[2].partition("\n### ")[0]
    blocks: list[str] = re.findall(r"^```\w+\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
    return blocks[number]


def _replaced(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


def nginx(
    folder: Path, port: int, server: str, *, path: str = "", without: str = ""
) -> tuple[list[str], str, str]:
    """Return how nginx is started as the page says, below a path or without one of the lines."""
    block = _replaced(_block("nginx"), "listen 443 ssl", f"listen 127.0.0.1:{port}")
    block = _replaced(block, "http://127.0.0.1:8600;", f"{server}{'/' if path else ''};")
    if path:
        block = _replaced(block, "location / {", f"location {path}/ {{\n{_block('nginx', 1)}")
    if without:
        block = "\n".join(line for line in block.splitlines() if without not in line)
    file = str(folder / "nginx.conf")
    return (
        ["nginx", "-p", str(folder), "-c", file],
        file,
        NGINX.format(folder=folder, block=block, user=getpass.getuser()),
    )


def caddy(folder: Path, port: int, server: str, *, path: str = "") -> tuple[list[str], str, str]:
    """Return how Caddy is started as the page says."""
    block = _replaced(_block("Caddy", 1 if path else 0), f"{NAME} {{", f"http://{NAME}:{port} {{")
    block = _replaced(block, "127.0.0.1:8600", server.removeprefix("http://"))
    file = str(folder / "Caddyfile")
    return ["caddy", "run", "--config", file, "--adapter", "caddyfile"], file, CADDY.format(block=block)


@contextmanager
def running(written: Written, folder: Path, server: Server) -> Iterator[int]:
    """Run a proxy in front of a server, and return its port; skip the test where there is no such proxy."""
    for _ in range(ATTEMPTS):
        port = _free_port()
        command, file, content = written(folder, port, server.url)
        if shutil.which(command[0], path=PATH) is None:
            pytest.skip(f"{command[0]} is not installed")
        Path(file).write_text(content, encoding="utf-8")
        with (folder / "proxy.log").open("w+", encoding="utf-8") as log:
            home = {"PATH": PATH, "HOME": str(folder)}
            process = subprocess.Popen(command, env=home, stdout=log, stderr=log)
            try:
                if _answers(process, port):
                    yield port
                    return
            finally:
                process.terminate()
                process.wait(PATIENCE_S)
    raise AssertionError((folder / "proxy.log").read_text(encoding="utf-8"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(process: "subprocess.Popen[bytes]", port: int) -> bool:
    give_up_at = time.monotonic() + PATIENCE_S
    while process.poll() is None and time.monotonic() < give_up_at:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.01)  # there is nothing to wait for: it listens in its own time
        else:
            return True
    return False


@pytest.fixture
def server(serve: Serve) -> Server:
    """Return a server as the page says."""
    options = _section_of("## A proxy in front")
    return serve({**FILES, "gradstream.yaml": options}, "--no-dev")


def _section_of(heading: str) -> str:
    found = re.search(r"^```yaml\n(.*?)^```$", PAGE.partition(heading)[2], re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def _client(port: int) -> httpx.AsyncClient:
    headers = {"Host": NAME}
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=PATIENCE_S)


@pytest.mark.parametrize("written", [nginx, caddy])
async def test_a_page_behind_a_proxy(written: Written, tmp_path: Path, server: Server) -> None:
    """The page, runs, feeds, the WebSocket and files pass as the page says, and other sites do not."""
    with running(written, tmp_path, server) as port:
        async with _client(port) as client:
            assert (await client.get("/demos/count")).status_code == 200
            own = {"Origin": f"http://{NAME}"}
            body = {"inputs": {"limit": 5}}
            answer = await client.post("/api/demos/count/runs", json=body, headers=own)
            assert answer.status_code == 201, answer.text
            run = answer.json()["run"]
            async with Sse().open(client, {run: 0}) as reader:
                assert (await read_to_end(reader))[-1]["type"] == "succeeded"
            other = {"Origin": "http://evil.example"}
            assert (await client.post("/api/demos/count/runs", json={}, headers=other)).status_code == 403
            sent = await client.post(
                "/api/uploads", files={"file": ("a.bin", bytes(19_000_000))}, headers=own
            )
            assert sent.status_code == 201, sent.text
            await _follow(port, run)


async def _follow(port: int, run: str) -> None:
    """Follow a run over the WebSocket, as a page of that name does."""
    address = f"ws://{NAME}/api/socket"
    opening = connect(address, host="127.0.0.1", port=port, origin=f"http://{NAME}")  # type: ignore[arg-type]
    async with opening as line:
        await line.send(json.dumps({"subscribe": {"run": run}}))
        types: list[str] = []
        while "succeeded" not in types:
            types += [one["type"] for one in json.loads(await asyncio.wait_for(line.recv(), PATIENCE_S))]


@pytest.mark.parametrize("written", [nginx, caddy])
async def test_below_a_path(
    written: Callable[..., tuple[list[str], str, str]], tmp_path: Path, server: Server
) -> None:
    """Addresses in answers have the path."""

    def below(folder: Path, port: int, url: str) -> tuple[list[str], str, str]:
        return written(folder, port, url, path="/lab")

    with running(below, tmp_path, server) as port:
        async with _client(port) as client:
            assert (await client.get("/lab/demos/count")).status_code == 200
            answer = await client.post("/lab/api/demos/count/runs", json={"inputs": {"limit": 2}})
            assert answer.headers["location"] == f"/lab/api/runs/{answer.json()['run']}"
            assert (await client.get(answer.headers["location"])).status_code == 200
            schema = (await client.get("/lab/schema.json")).json()
            assert [one["url"].rstrip("/") for one in schema["servers"]] == ["/lab"]


async def test_nginx_without_the_line_for_the_host(tmp_path: Path, server: Server) -> None:
    """A page that asks over plain HTTP is refused, with the line that is missing."""

    def without(folder: Path, port: int, url: str) -> tuple[list[str], str, str]:
        return nginx(folder, port, url, without="proxy_set_header Host")

    with running(without, tmp_path, server) as port:
        async with _client(port) as client:
            own = {"Origin": f"http://{NAME}"}
            answer = await client.post("/api/demos/count/runs", json={}, headers=own)
            assert answer.status_code == 403
            assert "proxy_set_header Host $http_host" in answer.json()["detail"]
