"""What a generator prints reaches the run's events, in the order of its yields, and the log."""

import json
import logging
from pathlib import Path

import httpx
import pytest

from gradstream.events.types import PRINTED, Log, Set
from tests.acceptance.worker_lab import LabRun, open_lab
from tests.conftest import Serve, Server
from tests.patience import PATIENCE_S

ONE = "outputs:\n  out: json\n"
WAYS = {
    "print": ("print('said')", ("stdout", "said")),
    "print without an end": ("print('said', end='')", ("stdout", "said")),
    "several arguments": ("print('a', 1, None, sep='-')", ("stdout", "a-1-None")),
    "write": ("sys.stdout.write('said\\n')", ("stdout", "said")),
    "bytes": ("sys.stdout.buffer.write(b'said\\n')", ("stdout", "said")),
    "standard error": ("sys.stderr.write('said\\n')", ("stderr", "said")),
    "print to standard error": ("print('said', file=sys.stderr)", ("stderr", "said")),
    "the original stream": ("print('said', file=sys.__stdout__, flush=True)", ("stdout", "said")),
    "a descriptor": ("os.write(1, b'said\\n')", ("stdout", "said")),
    "the other descriptor": ("os.write(2, b'said\\n')", ("stderr", "said")),
    "another process": ("subprocess.run(['echo', 'said'])", ("stdout", "said")),
    "a process with our stream": ("subprocess.run(['echo', 'said'], stdout=sys.stderr)", ("stderr", "said")),
    "compiled code": ("ctypes.CDLL(None).puts(b'said')", ("stdout", "said")),
    "logging without a handler": ("logging.warning('said')", ("stderr", "WARNING:root:said")),
    "a logger without a handler": ("logging.getLogger('x').error('said')", ("stderr", "said")),
    "logging with a handler": (
        "log = logging.getLogger('y'); log.addHandler(logging.StreamHandler()); log.warning('said')",
        ("stderr", "said"),
    ),
    "a warning": (
        "warnings.warn_explicit('said', UserWarning, 'f.py', 1)",
        ("stderr", "f.py:1: UserWarning: said"),
    ),
    "a traceback": (
        "traceback.print_exception(ValueError('said'), file=sys.stderr)",
        ("stderr", "ValueError: said"),
    ),
    "a thread": ("run_thread(lambda: print('said'))", ("stdout", "said")),
    "a finalizer": ("Finalized()", ("stdout", "said")),
    "a forked process": ("fork(lambda: print('said'))", ("stdout", "said")),
    "colours": ("print('\\x1b[31msaid\\x1b[0m')", ("stdout", "said")),
    "a bar": ("print('10%\\r20%\\rsaid')", ("stdout", "said")),
    "surrogates": ("print('\\ud800said')", ("stdout", "\\ud800said")),
}
HEAD = """
import ctypes, logging, os, subprocess, sys, threading, traceback, warnings

class Finalized:
    def __del__(self):
        print("said")

def run_thread(call):
    thread = threading.Thread(target=call)
    thread.start()
    thread.join()

def fork(call):
    pid = os.fork()
    if pid == 0:
        call()
        os._exit(0)
    os.waitpid(pid, 0)
"""


def printed(run: LabRun) -> list[tuple[str, str]]:
    """Return what was printed, without the lines of code that a warning or a traceback quotes."""
    return [(stream, text) for stream, text in run.prints if not text.startswith(("  ", "Traceback"))]


@pytest.mark.parametrize("is_async", [False, True], ids=["thread", "task"])
async def test_every_way_to_print_is_among_the_events(tmp_path: Path, *, is_async: bool) -> None:
    """Each way gives one line with its stream, after the yield before it and before the end."""
    async with open_lab(tmp_path) as lab:
        keyword = "async def" if is_async else "def"
        ways = {f"way{number}": way for number, way in enumerate(WAYS.values())}
        code = HEAD + "".join(
            f"\n{keyword} {name}():\n    yield 1\n    {statement}\n" for name, (statement, _) in ways.items()
        )
        lab.folder.joinpath("demos").mkdir()
        lab.write_code("made", code)
        missing = {}
        for name, (statement, expected) in ways.items():
            demo = lab.write(name, f"generator: made.{name}\n{ONE}")
            run = await lab.run(demo)
            if printed(run) != [expected]:
                missing[statement] = run.prints
        assert missing == {}


async def test_prints_keep_their_place_among_the_yields(tmp_path: Path) -> None:
    """A line that was printed before a yield comes before its event."""
    async with open_lab(tmp_path) as lab:
        code = "def run():\n    for n in range(200):\n        print(n)\n        yield n\n"
        run = await lab.run(lab.write("made", ONE, code))
    before = {int(event.text): place for place, event in enumerate(run.events) if isinstance(event, Log)}
    after = {event.value: place for place, event in enumerate(run.events) if isinstance(event, Set)}
    assert before.keys() == after.keys() == set(range(200))
    assert all(before[n] < after[n] for n in range(200))


OUTSIDE = {
    "a descriptor": "os.write(1, b'%d\\n' % n)",
    "the other descriptor": "os.write(2, b'%d\\n' % n)",
    "compiled code": "ctypes.CDLL(None).puts(b'%d' % n)",
    "another process": "subprocess.run(['echo', str(n)])",
    "a copy of the descriptor, while 1 is another": (
        "kept = os.dup(1); os.dup2(os.open(os.devnull, os.O_WRONLY), 1); os.write(kept, b'%d\\n' % n); "
        "os.dup2(kept, 1)"
    ),
}


@pytest.mark.parametrize("is_async", [False, True], ids=["thread", "task"])
@pytest.mark.parametrize("way", OUTSIDE.values(), ids=OUTSIDE)
async def test_what_is_written_beside_python_keeps_its_place_too(
    tmp_path: Path, way: str, *, is_async: bool
) -> None:
    """What compiled code and other processes write before a yield comes before its event, with its run."""
    keyword = "async def" if is_async else "def"
    code = f"{HEAD}\n{keyword} run():\n    for n in range(50):\n        {way}\n        yield n\n"
    async with open_lab(tmp_path) as lab:
        run = await lab.run(lab.write("made", ONE, code))
    before = {int(event.text): place for place, event in enumerate(run.events) if isinstance(event, Log)}
    after = {event.value: place for place, event in enumerate(run.events) if isinstance(event, Set)}
    assert before.keys() == after.keys() == set(range(50))
    assert all(before[n] < after[n] for n in range(50))


async def test_runs_of_one_worker_have_their_own_prints(tmp_path: Path) -> None:
    """Threads and tasks of several runs at once: each run has its lines, all of them, in order."""
    code = """
    import asyncio, time
    def run(name):
        for n in range(100):
            print(name, n)
            time.sleep(0.001)
            yield n
    async def task(name):
        async def inner():
            print(name, "inner")
        for n in range(100):
            print(name, n)
            await asyncio.sleep(0.001)
        await asyncio.create_task(inner())
        yield n
    """
    async with open_lab(tmp_path) as lab:
        inputs = "inputs:\n  name: text\nlimits:\n  concurrency: 8\n" + ONE
        threads = lab.write("made", "worker:\n  shared: w\n" + inputs, code)
        tasks = lab.write("tasks", "generator: made.task\nworker:\n  shared: w\n" + inputs)
        started = {
            f"{demo.address}{number}": lab.start(demo, name=f"{demo.address}{number}")
            for number in range(4)
            for demo in (threads, tasks)
        }
        for run in started.values():
            assert (await run.end()).fault is None
    for name, run in started.items():
        lines = [text for _, text in run.prints]
        inner = [f"{name} inner"] if name.startswith("tasks") else []
        assert lines == [f"{name} {n}" for n in range(100)] + inner


async def test_what_compiled_code_prints_beside_other_runs_is_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Of two demos in one worker: no run gets it that may not have printed it, and the log names both."""
    caplog.set_level(logging.INFO)
    code = """
    import os, subprocess, time
    from pathlib import Path
    def run(name):
        yield "begun"
        while not Path(__file__).with_name("go").exists():
            time.sleep(0.01)
        os.write(1, f"from a descriptor: {name}\\n".encode())
        subprocess.run(["sh", "-c", f"echo from a process: {name} >&2"])
        yield "done"
    """
    inputs = "inputs:\n  name: text\noutputs:\n  it: text\nworker:\n  shared: w\n"
    async with open_lab(tmp_path) as lab:
        demos = [lab.write("one", inputs, code), lab.write("two", f"generator: one.run\n{inputs}")]
        runs = [lab.start(demo, name=demo.address) for demo in demos]
        for run in runs:
            await run.until(lambda run: bool(run.received))
        (lab.folder / "demos" / "go").touch()
        for run in runs:
            assert (await run.end()).fault is None
        lines = [record for record in caplog.records if record.name == "gradstream.prints"]
        said = {f"from a {source}: {name}" for source in ("descriptor", "process") for name in ("one", "two")}
        assert {record.getMessage() for record in lines} == said
        for record in lines:
            name = record.getMessage().rpartition(" ")[2]
            assert name in getattr(record, "demos", record.__dict__["demo"])


async def test_a_crash_loses_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What was printed before the process ends by itself, unfinished lines too, is there."""
    caplog.set_level(logging.INFO)
    code = (
        "import os\ndef run():\n    yield 1\n    print('last')\n    print('words', end='')\n    os._exit(3)\n"
    )
    async with open_lab(tmp_path) as lab:
        run = lab.start(lab.write("made", ONE, code))
        assert (await run.end()).fault == "worker"
    assert run.prints == [("stdout", "last"), ("stdout", "words")]


async def test_what_an_import_prints_is_shown_by_the_first_run(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It belongs to the demo in the log, and is among the events of the demo's first run only."""
    caplog.set_level(logging.INFO)
    async with open_lab(tmp_path) as lab:
        code = "print('importing')\ndef run():\n    print('running')\n    yield 1\n"
        demo = lab.write("made", "worker:\n  shared: w\n" + ONE, code)
        first, second = await lab.run(demo), await lab.run(demo)
    assert first.prints == [("stdout", "importing"), ("stdout", "running")]
    assert second.prints == [("stdout", "running")]
    (record,) = [each for each in caplog.records if each.getMessage() == "importing"]
    assert (record.__dict__["demo"], record.__dict__.get("run")) == ("made", None)


@pytest.mark.parametrize("count", [5_000, 100_000])
async def test_a_flood_is_bounded_and_every_line_accounted_for(tmp_path: Path, count: int) -> None:
    """Lines that are left out are counted: shown and left out are all that was printed."""
    code = f"def run():\n    for n in range({count}):\n        print('line', n)\n    yield 1\n"
    async with open_lab(tmp_path) as lab:
        run = await lab.run(lab.write("made", ONE, code))
    lines = [text for _, text in run.prints]
    notices = [int(text[1:].split()[0].replace(",", "")) for text in lines if text.endswith("a second]")]
    shown = [text for text in lines if text.startswith("line ")]
    assert notices
    assert len(shown) + sum(notices) == count
    assert len(lines) == len(shown) + len(notices)
    assert [int(text.split()[1]) for text in shown] == sorted(int(text.split()[1]) for text in shown)


async def test_a_flood_of_another_process_holds_it_and_is_bounded(tmp_path: Path) -> None:
    """What compiled code or a subprocess writes is read no faster than stated, and counted the same way."""
    code = "import subprocess\ndef run():\n    subprocess.run(['seq', '40000'])\n    yield 1\n"
    async with open_lab(tmp_path) as lab:
        run = await lab.run(lab.write("made", ONE, code))
    lines = [text for _, text in run.prints]
    notices = [int(text[1:].split()[0].replace(",", "")) for text in lines if text.endswith("a second]")]
    assert notices
    assert len(lines) - len(notices) + sum(notices) == 40_000


FILES = {
    "demos/made.yaml": (
        "gradstream: 1\ngenerator: made.run\nwith:\n  key: ${GRADSTREAM_TEST_KEY}\noutputs:\n  out: text\n"
    ),
    "demos/made.py": (
        "import sys\n"
        "def run(key):\n"
        "    print('out', key)\n"
        "    print('err', key, file=sys.stderr)\n"
        "    print('x' * 20_000 + key)\n"
        "    yield 'done'\n"
    ),
}


def events_of(server: Server, cookies: dict[str, str] | None = None) -> tuple[str, list[dict[str, str]]]:
    """Run the demo; return the run's id, and its printed lines as a client with these cookies reads them.

    Without cookies, the client is the developer.
    """
    cookies = server.developer if cookies is None else cookies
    url = f"{server.url}/api/demos/made/runs"
    run: str = httpx.post(url, json={}, cookies=cookies, timeout=PATIENCE_S).json()["run"]
    return run, read_prints(server, run, cookies)


def read_prints(server: Server, run: str, cookies: dict[str, str]) -> list[dict[str, str]]:
    """Return a run's printed lines as a client with these cookies reads them."""
    url = f"{server.url}/api/runs/{run}/events"
    text = httpx.get(url, cookies=cookies, timeout=PATIENCE_S).text
    found = [
        json.loads(line.removeprefix("data: ")) for line in text.splitlines() if line.startswith("data:")
    ]
    return [event for event in found if event.get("level") in PRINTED]


def test_the_log_has_every_line_with_demo_and_run(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """In both forms, with the secret masked; under --dev the run has the lines too."""
    monkeypatch.setenv("GRADSTREAM_TEST_KEY", "correct-horse-battery")
    server = serve(FILES, "--log", "json")
    run, prints = events_of(server)
    assert [(event["level"], event["text"]) for event in prints][:2] == [
        ("stdout", "out •••"),
        ("stderr", "err •••"),
    ]
    records = [json.loads(line) for line in server.read_log(until="xxx•••").splitlines()]
    ours = [each for each in records if each.get("run") == run]
    assert [(each["demo"], each["stream"], each["message"]) for each in ours][:2] == [
        ("made", "stdout", "out •••"),
        ("made", "stderr", "err •••"),
    ]
    text = serve(FILES)
    run, _ = events_of(text)
    assert f"demo=made run={run} stream=stdout out •••" in text.read_log(until="out •••")
    assert "correct-horse" not in server.read_log() + text.read_log()


def test_nobody_else_reads_what_is_printed(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --dev no run has the lines; with it a visitor's has none, and the text of others' is blank."""
    monkeypatch.setenv("GRADSTREAM_TEST_KEY", "correct-horse-battery")
    server = serve(FILES, "--no-dev")
    assert events_of(server)[1] == []
    server.read_log(until="out •••")
    server = serve(FILES)
    assert events_of(server, cookies={})[1] == []
    run, prints = events_of(server)
    seen = read_prints(server, run, cookies={})
    assert next(event["text"] for event in prints) == "out •••"
    assert {event["text"] for event in seen} == {""}
    assert len(seen) == len(prints)
