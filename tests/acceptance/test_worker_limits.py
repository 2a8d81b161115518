"""Bounds of workers are where `gradstream.yaml` sets them: in workers, and in the parts that hold them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gradstream.components.outputs.media import keep_clip
from gradstream.components.types import UnusableYieldError
from gradstream.events.types import Log, Progress
from gradstream.limits import WORKER_LIMITS, WorkerLimits
from gradstream.media.files.whole_clip import WholeClip
from gradstream.worker.outputs.blob_store import RunStore
from gradstream.worker.sending.flow_control import FlowControl
from gradstream.worker.sending.outbox import RunOutbox
from tests.acceptance.worker_lab import Lab, LabRun, open_lab
from tests.unit.components.fields import MemoryStore

SET = WorkerLimits(
    log_lines=3,
    progress_events=2,
    printed_lines=4,
    printed_bytes=2**10,
    line_bytes=100,
    import_lines=3,
    remarks=2,
    known_pictures=1,
    own_state_bytes=1000,
    message_chars=20,
    traceback_chars=200,
    event_bytes=20_000,
    figure_bytes=2000,
    value_bytes=3000,
    model_bytes=2000,
    clip_bytes=4000,
    functions=3,
    waiting_pictures=1,
    waiting_events=5,
    waiting_chunks=2,
)


class Case:
    """A demo, its code, and what is seen of a run of it once its bound is reached."""

    def __init__(
        self, code: str, seen: Callable[[LabRun], object], *, yaml: str = "outputs: {it: text}"
    ) -> None:
        self.code = code
        self.seen = seen
        self.yaml = yaml


def logged(run: LabRun) -> list[str]:
    """Return what the run logged."""
    return [event.text for event in run.of(Log)]


async def failure(run: LabRun) -> str:
    """Return why a run failed."""
    return (await run.end()).message


CASES = {
    "log_lines": Case(
        "    for number in range(10):\n        gradstream.log(str(number))\n    yield 'x'",
        lambda run: (
            logged(run)
            == ["0", "1", "2", "4 lines left out: at most 6 of each second are kept", "7", "8", "9"]
        ),
    ),
    "progress_events": Case(
        "    for number in range(1000):\n        gradstream.progress(number / 1000)\n    yield 'x'",
        lambda run: 2 <= len(run.of(Progress)) < 100,
    ),
    "printed_lines": Case(
        "    for number in range(100):\n        print(number)\n    yield 'x'",
        lambda run: 20 <= len(logged(run)) < 100 and "faster than 4 lines or 1 KiB" in logged(run)[-1],
    ),
    "printed_bytes": Case(
        "    print('x' * 7000)\n    print('x' * 7000)\n    yield 'x'",
        lambda run: 7000 <= "".join(logged(run)).count("x") < 14000,
    ),
    "line_bytes": Case(
        "    print('y' * 250)\n    yield 'x'", lambda run: logged(run) == ["y" * 100, "y" * 100, "y" * 50]
    ),
    "import_lines": Case(
        "    yield 'x'\nfor number in range(10):\n    print(number)",
        lambda run: logged(run) == ["7", "8", "9"],
    ),
    "remarks": Case(
        "    yield 'x', (1,), (1,), (1,), (1,)",
        lambda run: len(logged(run)) == SET.remarks + 1 and "more such remarks" in logged(run)[-1],
        yaml="outputs: {it: text}\nstate: {a: null, b: null, c: null, d: null}",
    ),
    "own_state_bytes": Case(
        "    yield 'x', 's' * 2000",
        lambda run: "at most 1,000 B can be kept" in logged(run)[-1],
        yaml="outputs: {it: text}\nstate: {a: null}",
    ),
}
"""Runs that succeed."""

FAILING = {
    "message_chars": ("    raise ValueError('z' * 100)", "text", f"ValueError: {'z' * 19}…"),
    "event_bytes": ("    yield 'x' * 30_000", "text", "an event has at most 0.02 MB"),
    "figure_bytes": (
        "    yield {'data': [{'y': list(range(1000))}], 'layout': {}}",
        "plot",
        "a figure of 0.0 MB; one has at most 0.0 MB",
    ),
    "value_bytes": ("    yield {'name': 'a.bin', 'data': bytes(4000)}", "file", "one has at most 0.003 MB"),
    "model_bytes": ("    yield bytes(3000)", "model3d", "a model may have 2kB"),
}
"""Code, output and what a run that fails says."""


def write(lab: Lab, name: str, yaml: str, code: str) -> None:
    """Write a demo; all of them share a worker."""
    lab.write(name, f"{yaml}\nworker: {{shared: bounds}}\n", f"import gradstream\ndef run():\n{code}\n")


async def test_a_worker_s_bound_is_where_it_is_set(tmp_path: Path) -> None:
    """Each bound reaches the worker with the demo, and holds there."""
    async with open_lab(tmp_path, limits=SET) as lab:
        for name, case in CASES.items():
            write(lab, name, case.yaml, case.code)
        for name, (code, kind, _) in FAILING.items():
            write(lab, name, f"outputs: {{it: {kind}}}", code)
        for name, case in CASES.items():
            run = await lab.run(lab.demo(name))
            assert case.seen(run), (name, run.events)
        for name, (_, _, said) in FAILING.items():
            message = await failure(lab.start(lab.demo(name)))
            assert said in message, name
        ending = await lab.start(lab.demo("message_chars")).end()
        assert len(ending.detail or "") == SET.traceback_chars
        await check_functions(lab)


async def check_functions(lab: Lab) -> None:
    """One more run than functions may go on at once waits, and can be stopped."""
    go = lab.folder / "go"
    code = f"    yield 'x'\n    while not Path({str(go)!r}).exists():\n        time.sleep(0.01)"
    write(lab, "functions", "outputs: {it: text}", f"    import time\n    from pathlib import Path\n{code}")
    runs = [lab.start(lab.demo("functions")) for _ in range(SET.functions)]
    for run in runs:
        await run.until(lambda run: bool(run.received))
    waiting = lab.start(lab.demo("functions"))
    assert waiting.slot is not None
    waiting.slot.cancel(grace_s=20)
    assert (await waiting.end()).canceled
    assert waiting.received == []
    go.touch()
    for run in runs:
        await run.end()


def test_known_pictures() -> None:
    """A picture that is yielded after as many others is made again."""
    outbox = RunOutbox("r", outbox=None, flow=FlowControl(), in_loop=True)  # type: ignore[arg-type]
    store, made = RunStore(outbox, warn=print, limits=SET), list[bytes]()
    for key in (b"a", b"a", b"b", b"a"):
        store.once(key, lambda key=key: made.append(key))  # type: ignore[misc]
    assert made == [b"a", b"b", b"a"]


def test_the_largest_clip_is_where_it_is_set() -> None:
    """A clip of one byte more is refused."""
    for size in (SET.clip_bytes, SET.clip_bytes + 1):
        clip = WholeClip(data=bytes(size), mime="audio/wav", duration_s=1.0)
        if size == SET.clip_bytes:
            assert keep_clip(clip, MemoryStore(SET))
            continue
        with pytest.raises(UnusableYieldError, match="may have 4kB"):
            keep_clip(clip, MemoryStore(SET))


@pytest.mark.parametrize(
    ("name", "wait"),
    [
        ("waiting_pictures", lambda flow, count: flow.set_queue(pictures=count, events=0)),
        ("waiting_events", lambda flow, count: flow.set_queue(pictures=0, events=count)),
        ("waiting_chunks", lambda flow, count: flow.add_chunks(count)),
    ],
)
def test_what_waits_is_bounded_where_it_is_set(name: str, wait: Callable[[FlowControl, int], None]) -> None:
    """A function goes on until as many wait."""
    most = getattr(SET, name)
    for count in (most - 1, most):
        flow = FlowControl(SET)
        wait(flow, count)
        assert flow.must_check is (count == most)


def test_every_bound_of_a_worker_is_tried() -> None:
    """A new bound of workers has a case above, in which it is another than usual."""
    others = {"traceback_chars", "functions", "known_pictures", "clip_bytes"}
    others |= {name for name in WorkerLimits.__struct_fields__ if name.startswith("waiting_")}
    assert CASES.keys() | FAILING.keys() | others == {*WorkerLimits.__struct_fields__}
    for name in WorkerLimits.__struct_fields__:
        assert getattr(SET, name) < getattr(WORKER_LIMITS, name)
