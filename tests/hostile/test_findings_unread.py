"""A catalog with more errors than a pipe holds is served, although nobody reads the list of them."""

import signal
import subprocess
import sys
from pathlib import Path

import httpx

from tests.conftest import ADDRESS, ROOT, write_catalog
from tests.patience import PATIENCE_S

BROKEN = {f"demos/broken{number}.yaml": "gradstream: 1\noutput: {}\n" for number in range(1000)}


def test_errors_that_nobody_reads_do_not_keep_the_server_from_starting(tmp_path: Path) -> None:
    """The server answers, and ends at SIGTERM."""
    folder = write_catalog(tmp_path, BROKEN)
    command = [sys.executable, "-m", "gradstream.cli.main", "serve", str(folder), "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        address = ADDRESS.fullmatch(server.stdout.readline().rstrip("\n"))
        try:
            assert address is not None
            demos = httpx.get(f"{address[1]}/api/demos", timeout=PATIENCE_S).json()["demos"]
            assert len(demos) == len(BROKEN)
            server.send_signal(signal.SIGTERM)
            assert server.wait(PATIENCE_S) == 0
        finally:
            server.kill()
