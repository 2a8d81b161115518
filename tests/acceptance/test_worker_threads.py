"""What helper threads log and show reaches the run that they work for, and nothing of it goes elsewhere."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gradstream.events.types import Log, Progress, Set
from tests.acceptance.worker_lab import Lab, open_lab, true_soon

KINDS = ["def", "async def"]
NAMED = "inputs:\n  name: text\noutputs:\n  out: {type: json}\n"

WAYS = {
    "a thread": "thread = Thread(target=tell, args=[name])\n    thread.start()\n    thread.join()",
    "a class of threads": """class Own(Thread):
        def run(self):
            tell(name)
    thread = Own()
    thread.start()
    thread.join()""",
    "a timer": "thread = Timer(0, tell, [name])\n    thread.start()\n    thread.join()",
    "a pool": "with ThreadPoolExecutor() as pool:\n        pool.submit(tell, name).result()",
    "a pool's map": "with ThreadPoolExecutor() as pool:\n        list(pool.map(tell, [name]))",
    "a pool of the module": "POOL.submit(tell, name).result()",
    "a thread in a thread": """def nest():
        thread = Thread(target=tell, args=[name])
        thread.start()
        thread.join()
    POOL.submit(nest).result()""",
    "a pool in a thread": "thread = Thread(target=lambda: POOL.submit(tell, name).result())\n"
    "    thread.start()\n    thread.join()",
    "a pool of multiprocessing": "with ThreadPool(1) as pool:\n        pool.map(tell, [name])",
}
"""How a generator starts threads. All runs use the one thread of `POOL`."""

TELLS = """
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.pool import ThreadPool
from threading import Thread, Timer
from gradstream import log, progress
from tqdm import tqdm
POOL = ThreadPoolExecutor(1)
def tell(name):
    log(name)
    progress(0.5, name)
    for _ in tqdm(range(3), desc=name + " bar"):
        pass
%(kind)s run(name):
    %(way)s
    yield name
"""


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
@pytest.mark.parametrize("kind", KINDS)
async def test_a_thread_belongs_to_the_run_that_started_it(lab: Lab, kind: str, way: str) -> None:
    """Each run gets the lines, the progress and the bars of its own threads, also from a pool of all runs."""
    demo = lab.write("tells", "progress: tqdm\n" + NAMED, TELLS % {"kind": kind, "way": way})
    runs = {name: lab.start(demo, name=name) for name in ("first", "second", "third")}
    for name, run in runs.items():
        assert (await run.end()).fault is None
        assert [line.text for line in run.of(Log)] == [name]
        shown = {event.description for event in run.of(Progress)}
        assert shown == {name, f"{name} bar"}


async def test_a_thread_without_a_run_is_in_the_servers_log(
    lab: Lab, caplog: pytest.LogCaptureFixture
) -> None:
    """What a thread of an import logs, and the import itself, reaches no run and is written down."""
    code = """
    import queue, threading
    from gradstream import log, progress
    log("importing", "warning")
    work = queue.Queue()
    def serve():
        while True:
            log(work.get())
            progress(0.5)
            progress(0.6)
            work.task_done()
    threading.Thread(target=serve, name="server", daemon=True).start()
    def run(name):
        work.put(name)
        work.join()
        yield name
    """
    caplog.set_level("INFO", "gradstream.worker")
    run = await lab.run(lab.write("served", NAMED, code), name="job")
    assert [type(event) for event in run.events] == [Set]
    lines = [
        "served: thread MainThread: `log` outside a run: importing",
        "served: thread server: `log` outside a run: job",
        "served: thread server: `progress` was called outside a run, and is not shown",
    ]
    await true_soon(lambda: caplog.messages == lines)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_thread_that_outlives_its_run_is_not_held(
    lab: Lab, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    """That of a run that has succeeded may log what it wants: nothing waits, no other run gets its lines."""
    code = f"""
    import threading
    from gradstream import log
    over = threading.Event()
    done = threading.Event()
    def outlive():
        over.wait()
        for i in range(3000):
            log(f"late {{i}} " + "x" * 1000)
        done.set()
    {kind} run(name):
        if name == "next":
            over.set()
            done.wait()
            yield "not held"
            return
        threading.Thread(target=outlive, daemon=True).start()
        yield 1
    """
    caplog.set_level("INFO", "gradstream.worker")
    demo = lab.write("outlived", NAMED, code)
    await lab.start(demo, name="first").end()
    run = await lab.run(demo, name="next")
    assert [type(event) for event in run.events] == [Set]
    late = "`log` after the end of its run: late 0 "
    await true_soon(lambda: any(late in message for message in caplog.messages))


async def test_threads_that_flood_are_held_until_the_run_ends(lab: Lab) -> None:
    """A helper thread that logs without end waits for the server, as the generator does, until Stop."""
    code = """
    import threading
    from gradstream import log
    def flood():
        while True:
            log("x" * 10_000)
    def run(name):
        threading.Thread(target=flood, daemon=True).start()
        while True:
            yield 1
    """
    run = lab.start(lab.write("floods", NAMED, code), name="a")
    await run.until(lambda run: len(run.received) > 1000)
    assert run.slot is not None
    run.slot.cancel(grace_s=20)
    assert (await run.end()).canceled


@pytest.mark.parametrize("kind", KINDS)
async def test_a_forked_process_ends_well_and_belongs_to_no_run(
    lab: Lab, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A child of multiprocessing exits with 0; what it logs is in the server's log, and disturbs nothing."""
    code = f"""
    import multiprocessing, threading
    from gradstream import log, progress
    def work(number):
        progress(0.5)
        thread = threading.Thread(target=log, args=[f"child {{number}}"])
        thread.start()
        thread.join()
        log(f"from child {{number}}")
    {kind} run(name):
        context = multiprocessing.get_context("fork")
        children = [context.Process(target=work, args=[number]) for number in range(3)]
        for child in children:
            child.start()
        for child in children:
            child.join()
        log("parent")
        yield [child.exitcode for child in children]
    """
    caplog.set_level("INFO", "gradstream.prints")
    run = await lab.run(lab.write("forks", NAMED, code), name="a")
    assert run.outputs == {"out": [0, 0, 0]}
    assert [line.text for line in run.of(Log) if line.level == "info"] == ["parent"]
    assert run.of(Progress) == []
    await true_soon(lambda: all(f"from child {number}" in caplog.text for number in range(3)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", ["return", "yield", "raise"])
async def test_a_forked_process_that_comes_back_is_ended(lab: Lab, kind: str, way: str) -> None:
    """The run is that of the process that has forked, whatever the child's copy of the generator does."""
    code = f"""
    import os
    {kind} run(name):
        yield "begun"
        pid = os.fork()
        if pid == 0:
            if name == "yield":
                yield "child"
            if name == "raise":
                raise ValueError("in the child")
            return
        yield os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    """
    run = await lab.run(lab.write("forks", NAMED, code), name=way)
    assert run.outputs == {"out": 1}
    printed = "\n".join(text for _, text in run.prints)
    assert printed.startswith("a process that was forked came back from the demo's code and is ended")
    assert ("ValueError: in the child" in printed) == (way == "raise")
    assert (await lab.run(lab.demo("forks"), name=way)).outputs == {"out": 1}


async def test_a_process_that_an_import_forks_is_ended(lab: Lab) -> None:
    """The worker is the process that goes on importing, and its child serves no runs."""
    code = """
    import os
    CHILD = os.fork()
    CODE = os.waitstatus_to_exitcode(os.waitpid(CHILD, 0)[1]) if CHILD else None
    def run(name):
        yield CODE
    """
    demo = lab.write("forks", NAMED, code)
    assert (await lab.engine.open(demo)).diagnostics == ()
    for _ in range(3):
        assert (await lab.run(demo, name="a")).outputs == {"out": 1}
    assert len(lab.reports) == 1
