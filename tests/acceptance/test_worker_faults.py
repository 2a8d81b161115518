"""What fails in a generator or its process affects only that run, and is reported clearly."""

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from gradstream.events.types import Log, Set
from tests.acceptance.worker_lab import Lab, open_lab, true_soon

ONE = "inputs: {}\noutputs:\n  out: {type: json}\n"
PID = "import os\ndef run():\n    yield os.getpid()\n"


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_a_message_for_the_visitor(lab: Lab, kind: str) -> None:
    """`UserError` is the visitor's to read, exactly as given, and what was yielded stays."""
    demo = lab.write(
        "told",
        ONE,
        f"from gradstream import UserError\n{kind} run():\n    yield 1\n    raise UserError('Too much.')\n",
    )
    run = lab.start(demo)
    ending = await run.end()
    assert (ending.fault, ending.message, ending.detail) == ("visitor", "Too much.", None)
    assert run.outputs == {"out": 1}


@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_an_exception_is_the_developers(lab: Lab, kind: str) -> None:
    """The visitor reads type and text, the developer the traceback without our frames."""
    demo = lab.write(
        "raises",
        ONE,
        f"{kind} run():\n    yield 1\n    deeper()\ndef deeper():\n    raise ValueError('no such thing')\n",
    )
    ending = await lab.start(demo).end()
    assert (ending.fault, ending.message) == ("developer", "ValueError: no such thing")
    detail = str(ending.detail)
    assert detail.startswith("Traceback (most recent call last):\n")
    assert detail.endswith("ValueError: no such thing")
    assert detail.count("  File ") == 2
    assert "gradstream/worker" not in detail


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("import asyncio; raise asyncio.CancelledError", "CancelledError"),
    ],
)
@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_exceptions_that_end_processes_end_only_the_run(
    lab: Lab, kind: str, statement: str, message: str
) -> None:
    """SystemExit and its like are failures of the run; the worker goes on."""
    demo = lab.write("exits", ONE, f"import os\n{kind} run():\n    yield os.getpid()\n    {statement}\n")
    first, second = lab.start(demo), lab.start(demo)
    assert ((await first.end()).fault, (await first.end()).message) == ("developer", message)
    await second.end()
    assert first.outputs == second.outputs


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("os._exit(3)", "ended by itself with exit code 3"),
        (
            "os.kill(os.getpid(), signal.SIGKILL)",
            "was killed by signal 9 (SIGKILL), often the out-of-memory killer",
        ),
        ("faulthandler._sigsegv()", "was killed by signal 11 (SIGSEGV), a fault in compiled code"),
    ],
)
async def test_a_crash_ends_the_run_and_nothing_else(lab: Lab, statement: str, reason: str) -> None:
    """The run fails with the reason in words, the next one works, and other demos never notice."""
    other = lab.write(
        "other", ONE, "import time\ndef run():\n    yield 1\n    time.sleep(0.5)\n    yield 2\n"
    )
    demo = lab.write(
        "crashes",
        "inputs:\n  crash: checkbox\noutputs:\n  out: {type: json}\n",
        f"""
        import faulthandler, os, signal
        def run(crash):
            yield "begun"
            if crash:
                {statement}
            yield "done"
        """,
    )
    beside = lab.start(other)
    run = lab.start(demo, crash=True)
    ending = await run.end()
    assert (ending.fault, ending.message) == (
        "worker",
        f"The demo's process {reason}. The next run starts a new one.",
    )
    assert run.outputs == {"out": "begun"}
    again = await lab.run(demo)
    assert again.stages == [f"starting: the last worker {reason}", "running"]
    assert again.outputs == {"out": "done"}
    assert (await beside.end()).fault is None


async def test_a_kill_from_outside_fails_all_runs_of_that_worker(lab: Lab) -> None:
    """`kill -9` of a worker in the middle of its runs fails them with a clear message."""
    demo = lab.write(
        "victim", ONE, "import os, time\ndef run():\n    yield os.getpid()\n    time.sleep(60)\n"
    )
    runs = [lab.start(demo), lab.start(demo)]
    for run in runs:
        await run.until(lambda run: bool(run.of(Set)))
    os.kill(runs[0].outputs["out"], signal.SIGKILL)
    endings = [await run.end() for run in runs]
    assert [ending.fault for ending in endings] == ["worker", "worker"]


@pytest.mark.parametrize(
    ("kind", "wait"),
    [
        ("def", "time.sleep(0.01)"),
        ("async def", "await asyncio.sleep(0.01)"),
        ("async def", "time.sleep(0.001)"),
    ],
)
async def test_a_generator_that_is_asked_to_end_ends(lab: Lab, kind: str, wait: str) -> None:
    """Stop closes the generator, which may tidy up; the worker stays."""
    demo = lab.write(
        "stops",
        ONE,
        f"""
        import asyncio, os, time
        from pathlib import Path
        {kind} run():
            try:
                while True:
                    yield os.getpid()
                    {wait}
            finally:
                Path({str(lab.folder / "tidied")!r}).touch()
        """,
    )
    run = lab.start(demo)
    await run.until(lambda run: len(run.received) > 2)
    assert run.slot is not None
    run.slot.cancel(grace_s=20)
    ending = await run.end()
    assert (ending.canceled, ending.fault) == (True, None)
    assert (lab.folder / "tidied").exists()
    assert psutil.pid_exists(run.outputs["out"])


@pytest.mark.parametrize(
    "body",
    ["yield 1\n    await asyncio.sleep(60)", "log('on')\n    await asyncio.sleep(60)\n    return 1"],
    ids=["generator", "coroutine"],
)
async def test_an_await_that_takes_long_is_interrupted(lab: Lab, body: str) -> None:
    """Stop does not wait for the next step of an async generator, nor for a coroutine."""
    code = f"import asyncio\nfrom gradstream import log\nasync def run():\n    {body}\n"
    run = lab.start(lab.write("awaits", ONE, code))
    await run.until(lambda run: bool(run.received))
    assert run.slot is not None
    run.slot.cancel(grace_s=20)
    assert (await run.end()).canceled


@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_an_endless_loop_is_killed_after_the_grace(lab: Lab, kind: str) -> None:
    """A generator that does not end when asked is killed with its worker, and a replacement is ready soon."""
    demo = lab.write(
        "endless",
        ONE,
        f"""
        import os
        from gradstream import log
        {kind} run():
            yield os.getpid()
            log("in the loop")
            while True:
                pass
        """,
    )
    run = lab.start(demo)
    await run.until(lambda run: bool(run.of(Log)))
    assert run.slot is not None
    run.slot.cancel(grace_s=0.2)
    assert (await run.end()).canceled
    pid = run.outputs["out"]
    await true_soon(lambda: not psutil.pid_exists(pid))
    await lab.reported(2)
    again = lab.start(demo)
    await again.until(lambda run: bool(run.of(Log)))
    assert again.stages == ["running"]
    assert again.outputs["out"] != pid


async def test_a_poisoned_worker_lets_other_runs_finish(lab: Lab) -> None:
    """The worker of a run that will not stop takes no new runs, but ends only after the others in it."""
    demo = lab.write(
        "poisoned",
        "inputs:\n  endless: checkbox\noutputs:\n  out: {type: json}\n",
        f"""
        import os, time
        from pathlib import Path
        from gradstream import log
        def run(endless):
            yield os.getpid()
            log("on")
            while endless:
                time.sleep(0.001)
            while not Path({str(lab.folder / "go")!r}).exists():
                time.sleep(0.001)
            yield "finished"
        """,
    )
    endless, other = lab.start(demo, endless=True), lab.start(demo)
    for run in (endless, other):
        await run.until(lambda run: bool(run.of(Log)))
    pid = other.outputs["out"]
    assert endless.slot is not None
    endless.slot.cancel(grace_s=0.1)
    await lab.reported(2)
    later = lab.start(demo)
    await later.until(lambda run: bool(run.received))
    assert later.outputs["out"] != pid
    (lab.folder / "go").touch()
    assert (await other.end()).fault is None
    assert other.outputs == {"out": "finished"}
    assert (await endless.end()).canceled
    await true_soon(lambda: not psutil.pid_exists(pid))


async def test_a_poisoned_worker_that_does_not_answer_is_killed_with_all_in_it(lab: Lab) -> None:
    """When a run holds the whole interpreter, others in it cannot finish either: they fail, and read why."""
    demo = lab.write(
        "silent",
        "inputs:\n  hold: checkbox\noutputs:\n  out: {type: json}\n",
        f"""
        import ctypes, time
        from pathlib import Path
        from gradstream import log
        def run(hold):
            log("on")
            while hold and not Path({str(lab.folder / "go")!r}).exists():
                time.sleep(0.001)
            if hold:
                ctypes.PyDLL(None).sleep(600)
            time.sleep(600)
            yield 1
        """,
    )
    holds, other = lab.start(demo, hold=True), lab.start(demo)
    for run in (holds, other):
        await run.until(lambda run: bool(run.of(Log)))
    (lab.folder / "go").touch()
    assert holds.slot is not None
    holds.slot.cancel(grace_s=1)
    assert (await holds.end()).canceled
    ending = await other.end()
    assert ending.fault == "worker"
    assert ending.message.startswith("The demo's process stopped answering and was ended.")


async def test_a_run_that_is_stopped_before_its_worker_is_ready_never_begins(lab: Lab) -> None:
    """Stop works before the first yield too, even before the import is done."""
    demo = lab.write("early", ONE, "import time\ntime.sleep(0.3)\ndef run():\n    yield 1\n")
    run = lab.start(demo)
    assert run.slot is not None
    run.slot.cancel(grace_s=5)
    assert (await run.end()).canceled
    await lab.report(lambda report: report.demo == "early")
    assert run.stages == ["starting: first run"]


async def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """Closing the engine ends workers, what they started, and runs that do not want to end."""
    others = set(psutil.Process().children())
    async with open_lab(tmp_path, standby=True) as lab:
        demo = lab.write(
            "leaves",
            ONE,
            """
            import os, subprocess, sys, time
            def run():
                child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
                yield [os.getpid(), child.pid]
                while True:
                    try:
                        time.sleep(1)
                    except BaseException:
                        pass
            """,
        )
        run = lab.start(demo)
        await run.until(lambda run: bool(run.received))
        pids = run.outputs["out"]
        workers = psutil.Process().children(recursive=True)
        assert pids[0] in [worker.pid for worker in workers]
    assert set(psutil.Process().children()) <= others
    await true_soon(lambda: not any(psutil.pid_exists(pid) for pid in pids))
    assert (await run.end()).canceled


async def test_a_worker_ends_when_its_server_is_gone(tmp_path: Path) -> None:
    """A worker whose channel is closed ends by itself, whatever its generators do."""
    async with open_lab(tmp_path) as lab:
        demo = lab.write(
            "orphan", ONE, "import os\ndef run():\n    yield os.getpid()\n    while True:\n        pass\n"
        )
        run = lab.start(demo)
        await run.until(lambda run: bool(run.received))
        pid = run.outputs["out"]
        host = next(iter(lab.engine._supervisors["orphan"]._workers))
        assert host.worker._channel is not None
        host.worker._channel.abort()
        await true_soon(lambda: not psutil.pid_exists(pid))


@pytest.mark.parametrize("kind", ["def", "async def"])
@pytest.mark.parametrize(
    ("cleanup", "message"),
    [
        ("raise ValueError('no way back')", "ValueError: no way back"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("yield 'late'", "RuntimeError: generator ignored GeneratorExit"),
        ("pass", None),
    ],
)
async def test_what_is_raised_while_a_run_is_stopped_is_logged(
    lab: Lab, kind: str, cleanup: str, message: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    """The run is canceled all the same, and the developer learns that tidying up has failed."""
    # An asynchronous one is always canceled within its wait, never at its `yield`, where it would be closed.
    wait = "time.sleep(0.01)" if kind == "def" else "await asyncio.sleep(600)"
    code = f"""
    import asyncio, time
    {kind} run():
        try:
            while True:
                yield 1
                {wait}
        finally:
            {cleanup}
    """
    run = lab.start(lab.write("tidies", ONE, code))
    await run.until(lambda run: bool(run.received))
    assert run.slot is not None
    run.slot.cancel(grace_s=20)
    ending = await run.end()
    assert (ending.canceled, ending.fault) == (True, None)
    lines = [line for line in caplog.messages if "while it was being stopped" in line]
    if message is None or (kind == "async def" and cleanup.startswith("yield")):
        # A task that is canceled ends by that, and what its `finally` yields is dropped.
        assert lines == []
    else:
        (line,) = lines
        assert line.endswith(f": run run1 raised while it was being stopped: {message}")
