"""A demo goes on whatever its visitors send, and whatever raises on the way of a run into a worker."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from gradstream.background import Background
from gradstream.components.types import Upload
from gradstream.engines.local import process
from gradstream.engines.local.channel import ServerChannel
from gradstream.engines.local.engine import LocalEngine
from gradstream.engines.local.live_worker import LiveWorker
from gradstream.engines.local.process import WorkerProcess
from gradstream.engines.local.slot import LocalSlot
from gradstream.engines.local.standby import Standby
from gradstream.engines.local.supervisor import WorkerSupervisor
from gradstream.engines.local.worker_runs import WorkerRuns
from gradstream.format.types import Demo
from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.runs.contract import RunWish
from gradstream.runs.control import RunControl
from gradstream.runs.service import RunService
from tests.acceptance.worker_lab import Lab, open_lab
from tests.conftest import Serve
from tests.patience import PATIENCE_S

FILES = {
    "demos/chat.yaml": (
        "gradstream: 1\ngenerator: made.chat\ninputs:\n  message: text\noutputs:\n  out: chat\n"
        "limits:\n  concurrency: 1\n"
    ),
    "demos/number.yaml": (
        "gradstream: 1\ngenerator: made.number\ninputs:\n  x: number\noutputs:\n  out: text\n"
        "limits:\n  concurrency: 1\n"
    ),
    "demos/made.py": "def chat(message, history):\n    yield message\n\ndef number(x):\n    yield str(x)\n",
}
MESSAGE = '{"message":"x","history":[{"role":"user","content":"x","metadata":{"n":'
HUGE = MESSAGE + "18446744073709551616}}]}"
DEEP = MESSAGE + "[" * 970 + "]" * 970 + "}}]}"


@pytest.mark.parametrize(
    ("demo", "bad", "good"),
    [
        ("chat", HUGE, '{"message":"hi"}'),
        ("chat", DEEP, '{"message":"hi"}'),
        ("number", '{"x":99999999999999999999}', '{"x":1}'),
        ("number", '{"x":1' + "0" * 400 + "}", '{"x":1}'),
    ],
    ids=["huge in history", "deep history", "over 64 bits", "400 zeros"],
)
def test_values_that_cannot_be_sent_are_refused(serve: Serve, demo: str, bad: str, good: str) -> None:
    """They are answered with 422 and what is wrong, each time, and the next visitor's run succeeds."""
    server = serve(FILES)
    runs = f"{server.url}/api/demos/{demo}/runs"
    for _ in range(8):
        answer = httpx.post(runs, content=f'{{"inputs":{bad}}}', timeout=PATIENCE_S)
        assert answer.status_code == 422, answer.text
        assert answer.json()["diagnostics"][0]["code"] in ("E-TYPE", "E-HISTORY")
    following = httpx.post(
        runs, content=f'{{"inputs":{good}}}', headers={"Accept": "text/event-stream"}, timeout=PATIENCE_S
    )
    assert "event: succeeded" in following.text


CALLS: list[tuple[Any, str]] = [
    (LocalEngine, "start"),
    (LocalEngine, "_supervisor"),
    (WorkerSupervisor, "slot"),
    (WorkerSupervisor, "current"),
    (WorkerSupervisor, "ready"),
    (WorkerSupervisor, "start"),
    (WorkerSupervisor, "_prepare"),
    (Standby, "take"),
    (LiveWorker, "load"),
    (LiveWorker, "start"),
    (LiveWorker, "remove"),
    (LocalSlot, "start"),
    (LocalSlot, "ended"),
    (WorkerProcess, "load"),
    (WorkerProcess, "run"),
    (ServerChannel, "write"),
    (WorkerRuns, "_grant"),
    (process, "pack"),
    (RunControl, "records"),
]
"""What is called on the way of a run into a worker and out of it."""


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("is_warm", [False, True], ids=["cold", "warm"])
@pytest.mark.parametrize(("owner", "name"), CALLS, ids=[f"{owner.__name__}.{name}" for owner, name in CALLS])
async def test_whatever_raises_the_next_run_succeeds(
    lab: Lab, tmp_path: Path, owner: Any, name: str, *, is_warm: bool
) -> None:
    """When a call raises once, the run is over all the same, and the next run succeeds."""
    demo = lab.write(
        "one", "inputs: {}\noutputs:\n  out: text\nlimits:\n  concurrency: 1\n", "def run():\n    yield 'a'\n"
    )
    async with RunService(
        background=Background(), engine=lab.engine, folder=tmp_path / "runs", limits=Limits()
    ) as runs:
        if is_warm:
            assert await _ended(_create(runs, demo))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(owner, name, _raising_once(getattr(owner, name)))
            run = _create(runs, demo)
            await _ended(run)
        assert await _ended(_create(runs, demo))


def _create(runs: RunService, demo: Demo) -> RunControl:
    run = runs.start(RunWish(demo=demo, inputs={}), Caller(), find_upload=_no_uploads)
    assert isinstance(run, RunControl)
    return run


async def _ended(run: RunControl) -> bool:
    """Wait for the terminal event; True for success."""
    happened = asyncio.Event()
    leave = run.run.journal.subscribe(happened.set)
    async with asyncio.timeout(PATIENCE_S):
        while not run.is_over:
            happened.clear()
            await happened.wait()
    leave()
    return run.has_succeeded


def _no_uploads(_key: str) -> Upload | None:
    return None


def _raising_once(original: Callable[..., Any]) -> Callable[..., Any]:
    calls = iter(range(1_000_000))

    def call(*values: Any, **named: Any) -> Any:
        if next(calls) == 0:
            raise RuntimeError("made to raise")
        return original(*values, **named)

    return call
