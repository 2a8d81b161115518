"""What all tests share: a real server over a catalog written for the test."""

import functools
import re
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Self

import psutil
import pytest

from tests.acceptance.wire_catalog import FILES
from tests.effort import set_effort
from tests.forked_command import ForkedCommand
from tests.patience import PATIENCE_S

pytest_plugins = ("tests.early_failures", "tests.exact", "tests.garbage", "tests.grouping", "tests.sampling")

TESTS = Path(__file__).parent
ROOT = TESTS.parent
ADDRESS = re.compile(r"gradstream: serving .* at (http://\S+)")
KEY = re.compile(r"gradstream: for you, .*: http://\S+/\?key=(\S+)\n")

set_effort()


class Server:
    """A running `gradstream serve`; a context manager that ends it and sees that nothing is left behind."""

    def __init__(self, folder: Path, *arguments: str, log: Path) -> None:
        self.folder = folder
        self.log = log
        self._arguments = arguments

    def __enter__(self) -> Self:
        """Start the server and wait for its address."""
        self.process = ForkedCommand(
            ["serve", str(self.folder), "--port", "0", *self._arguments], folder=ROOT, stderr=self.log
        )
        for line in self.process.stdout:
            if found := ADDRESS.fullmatch(line.rstrip("\n")):
                self.url = found[1]
                return self
        raise AssertionError(f"the server ended before it answered:\n{self.read_log()}")

    def __exit__(self, *_exception: object) -> None:
        """Ask the server to end, and assert that it and all of its processes have."""
        children = self.children()
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(PATIENCE_S)
        finally:
            self.process.kill()
            _, left = psutil.wait_procs(children, timeout=0)
            for child in left:
                child.kill()
            self.process.stdout.close()
        assert code == 0, self.read_log()
        assert left == [], f"left behind: {left}"

    @functools.cached_property
    def developer(self) -> dict[str, str]:
        """The cookie of a client that has opened the address with the key; none without `--dev`."""
        if not {"--no-dev", "--host"}.isdisjoint(self._arguments):
            return {}
        assert self.process.stdout is not None
        found = KEY.fullmatch(self.process.stdout.readline())
        assert found is not None
        return {f"gradstream_key_{self.url.rpartition(':')[2]}": found[1]}

    def for_developer(self, path: str) -> str:
        """Return the address of a page with the key."""
        (key,) = self.developer.values()
        return f"{self.url}{path}?key={key}"

    def kill(self) -> None:
        """End the server as a crash does, in place of `__exit__`, and assert that its workers end with it."""
        try:
            children = self.children()
        except psutil.NoSuchProcess:
            # It was killed a moment ago.
            children = []
        self.process.kill()
        self.process.wait(PATIENCE_S)
        _, left = psutil.wait_procs(children, timeout=PATIENCE_S)
        self.process.stdout.close()
        assert left == [], f"left behind: {left}"

    def children(self) -> list[psutil.Process]:
        """Return the server's processes below it."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def read_log(self, *, until: str = "") -> str:
        """Return what the server has logged so far, as soon as this text is in it."""
        give_up_at = time.monotonic() + PATIENCE_S
        while until not in (logged := self.log.read_text(encoding="utf-8")):
            assert time.monotonic() < give_up_at, f"{until!r} was not logged:\n{logged}"
            time.sleep(0.01)  # there is nothing to wait for: a thread of another process writes it
        return logged


Serve = Callable[..., Server]


def write_catalog(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files by their path below a folder, and return the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Return what serves a catalog of these files until the test ends: `serve(files, "--no-dev")`."""
    running: list[Server] = []

    def start(files: Mapping[str, str], *arguments: str) -> Server:
        number = len(running)
        folder = write_catalog(tmp_path / f"catalog{number}", files)
        server = Server(folder, *arguments, log=tmp_path / f"server{number}.log")
        running.append(server.__enter__())
        return server

    yield start
    for server in running:
        server.__exit__(None, None, None)


@pytest.fixture(scope="session")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return the server that the tests of the wire share."""
    folder = tmp_path_factory.mktemp("wire")
    with Server(write_catalog(folder / "catalog", FILES), log=folder / "server.log") as running:
        yield running


@pytest.fixture(scope="session")
def own_demos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server of this repository's own demos."""
    with Server(ROOT, log=tmp_path_factory.mktemp("own") / "server.log") as running:
        yield running
