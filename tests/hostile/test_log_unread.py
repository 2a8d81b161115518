"""Standard error that nobody reads, such as a stuck collector or a terminal held by Ctrl-S, stops nothing."""

import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.conftest import ADDRESS, ROOT, write_catalog
from tests.patience import PATIENCE_S

FILES = {
    "demos/loud.yaml": "gradstream: 1\ngenerator: made.loud\noutputs:\n  text: text\n",
    "demos/made.py": (
        "import logging, os, sys\n\n"
        "def loud():\n"
        "    for number in range(1000):\n"
        "        print('x' * 1000)\n"
        "        sys.stderr.write('y' * 1000 + '\\n')\n"
        "    os.write(1, b'z' * 300_000 + b'\\n')\n"
        "    yield 'done'\n"
        "    raise ValueError('w' * 100_000)\n"
    ),
}


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_log_that_nobody_reads_stops_nothing(tmp_path: Path, form: str) -> None:
    """With prints and errors beyond what a pipe holds, runs go on, requests are answered, SIGTERM ends."""
    folder = write_catalog(tmp_path, FILES)
    command = [
        sys.executable,
        "-m",
        "gradstream.cli.main",
        "serve",
        str(folder),
        "--port",
        "0",
        "--log",
        form,
    ]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        address = ADDRESS.fullmatch(server.stdout.readline().rstrip("\n"))
        assert address is not None
        try:
            for _ in range(3):
                answer = httpx.post(
                    f"{address[1]}/api/demos/loud/runs",
                    json={},
                    headers={"Accept": "text/event-stream"},
                    timeout=PATIENCE_S,
                )
                assert '"done"' in answer.text
                assert "event: failed" in answer.text
                assert httpx.get(f"{address[1]}/health/ready", timeout=PATIENCE_S).status_code == 200
            server.send_signal(signal.SIGTERM)
            assert server.wait(PATIENCE_S) == 0
        finally:
            server.kill()
