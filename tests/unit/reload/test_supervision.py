"""Whatever of the reloading fails is told, starts again, and has lost nothing."""

import asyncio
import errno
import itertools
from asyncio import sleep
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gradstream.reload import reloader, watch
from gradstream.reload.swaps import SwapPoll
from gradstream.reload.watch import FolderWatch
from tests.unit.catalog.folders import good, write
from tests.unit.reload.test_reloader import Lab

TICK_S = 0.01
"""Between two looks at what must become true; the test's own limit ends a wait in vain."""

SAVES_S = 0.2
"""Between two saves: the watcher waits until a burst of changes is over."""


class Failing:
    """Stands in for a function, and raises the first time."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self.failures = 0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Raise once, then call the function."""
        if not self.failures:
            self.failures = 1
            raise RuntimeError("made to raise")
        return self._function(*args, **kwargs)


class Refusing:
    """Stands in for the watcher of files, and raises as soon as it is asked for changes."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __call__(self, *_folders: Path, **_options: Any) -> "Refusing":
        """Return the changes of folders."""
        return self

    def __aiter__(self) -> "Refusing":
        """Return itself."""
        return self

    async def __anext__(self) -> set[Any]:
        """Raise."""
        raise self._error


async def until(is_true: Callable[[], bool]) -> None:
    """Wait until the condition holds."""
    while not is_true():  # noqa: ASYNC110 (nothing here has an event for it)
        await sleep(TICK_S)


PARTS = {
    "the watching of": (FolderWatch, "_notified"),
    "the search for replaced folders and links": (SwapPoll, "look"),
    "the reading of changed files": (reloader, "reread"),
}


@pytest.mark.parametrize("name", PARTS)
async def test_each_part_starts_again(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A failure is logged, the state says so, and what was saved meanwhile is read afterwards."""
    write(tmp_path, demos__a=good("Old"))
    owner, attribute = PARTS[name]
    failing = Failing(getattr(owner, attribute))
    monkeypatch.setattr(owner, attribute, lambda *args, **kwargs: failing(*args, **kwargs))  # noqa: PLW0108 (a method gets its object)
    lab = Lab(tmp_path)
    running = asyncio.create_task(lab.reloader.run())
    if name == "the reading of changed files":
        await until(lambda: len(lab.background.states) == 4)
        # What is saved before the folders are watched is not noticed, and nothing tells when they are.
        for number in itertools.takewhile(lambda _: not failing.failures, itertools.count()):
            write(tmp_path, demos__a=good(f"Meanwhile {number}"))
            await sleep(SAVES_S)
    await until(lambda: any(one.restarts == 1 and one.name.startswith(name) for one in lab.background.states))
    assert "failed and starts again" in caplog.text
    write(tmp_path, demos__a=good("New"))
    await until(lambda: lab.store.snapshot.demos["a"].title == "New")
    await until(lambda: all(one.state == "running" for one in lab.background.states))
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


LIMIT = OSError(errno.ENOSPC, "OS file watch limit reached")


@pytest.mark.parametrize("error", [LIMIT, ExceptionGroup("a", [ExceptionGroup("b", [LIMIT])])])
async def test_the_systems_limit_of_watches(
    tmp_path: Path, error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Files are polled instead, and the log says why."""
    monkeypatch.setattr(watch, "awatch", Refusing(error))
    write(tmp_path, demos__a=good("Old"))
    lab = Lab(tmp_path)
    running = asyncio.create_task(lab.reloader.run())
    await until(lambda: "files cannot be watched, so they are polled" in caplog.text)
    assert "OS file watch limit reached" in caplog.text
    write(tmp_path, demos__a=good("New"))
    await until(lambda: lab.store.snapshot.demos["a"].title == "New")
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_a_folder_that_keeps_vanishing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is watched anew after pauses that grow, and not as fast as the processor can."""
    pauses: list[float] = []

    async def note(pause_s: float) -> None:
        pauses.append(pause_s)
        await sleep(0)

    refusing = Refusing(FileNotFoundError("gone"))
    monkeypatch.setattr(watch, "awatch", refusing)
    monkeypatch.setattr(asyncio, "sleep", note)
    watching = FolderWatch(
        lambda: frozenset({tmp_path}),
        wanted=lambda _: True,
        started=lambda _: None,
        recursive=True,
        poll=False,
    )

    async def follow() -> None:
        async for _ in watching.changes():
            continue

    running = asyncio.create_task(follow())
    await until(lambda: len(pauses) >= 12)
    running.cancel()
    assert pauses[:4] == [0.02, 0.04, 0.08, 0.16]
    assert pauses[11] == watch.LONGEST_PAUSE_S
