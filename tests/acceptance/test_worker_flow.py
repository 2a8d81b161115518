"""How values flow: pictures beside the generator, credit that holds it, text that is never left hanging."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from gradstream.events.types import Append, Log, Progress, Set
from gradstream.ipc.protocol import INITIAL_CREDIT_BYTES
from gradstream.limits import WORKER_LIMITS
from tests.acceptance.worker_lab import Lab, LabRun, open_lab, true_soon

PICTURES = "inputs: {}\noutputs:\n  picture: image\n  note: text\n"


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


def picture_of(run: LabRun, event: Set) -> tuple[str, Any]:
    """Return kind and pixels of a picture that was set."""
    mime, data = run.blobs[event.value["blob"]]
    assert (event.value["mime"], event.value["size"]) == (mime, len(data))
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (event.value["width"], event.value["height"])
        return mime, np.array(image)


@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_pictures_come_fast_in_order_and_the_last_one_exactly(lab: Lab, kind: str) -> None:
    """Steps are JPEG, in line with other outputs, as they were when yielded; the last one comes again."""
    demo = lab.write(
        "noise",
        PICTURES,
        f"""
        import numpy as np
        {kind} run():
            pixels = np.zeros((60, 80, 3), np.uint8)
            for step in range(6):
                pixels[:] = step * 40
                pixels[0, :, 0] = np.arange(80)
                yield pixels, f"step {{step}}"
        """,
    )
    run = await lab.run(demo)
    sets = run.of(Set)
    assert [event.output for event in sets[:-1]] == ["picture", "note"] * 6
    steps = [picture_of(run, event) for event in sets if event.output == "picture"]
    assert [mime for mime, _ in steps] == ["image/jpeg"] * 6 + ["image/webp"]
    assert [round(float(pixels[30:].mean()) / 40) for _, pixels in steps] == [0, 1, 2, 3, 4, 5, 5]
    assert (sets[-1].final, sets[0].final) == (True, False)
    exact = np.full((60, 80, 3), 200, np.uint8)
    exact[0, :, 0] = np.arange(80)
    assert np.array_equal(steps[-1][1], exact)


async def test_a_run_whose_pictures_are_all_exact(lab: Lab) -> None:
    """A caller may ask for it: no step loses anything, and none is sent twice."""
    code = """
    import numpy as np
    def run():
        for step in range(3):
            yield np.full((8, 8), step), ""
    """
    run = await lab.run(lab.write("exactly", PICTURES, code), exact=True)
    sets = [event for event in run.of(Set) if event.output == "picture"]
    assert [event.final for event in sets] == [False] * 3
    for step, event in enumerate(sets):
        mime, pixels = picture_of(run, event)
        assert mime == "image/webp"
        assert np.array_equal(pixels[:, :, 0], np.full((8, 8), step))


async def test_a_picture_of_a_function_is_exact_at_once(lab: Lab) -> None:
    """Where it is known that no other step follows, nothing is sent twice."""
    code = "import numpy as np\ndef run():\n    return np.linspace(0, 1, 64).reshape(8, 8), 'done'\n"
    run = await lab.run(lab.write("once", PICTURES, code))
    (event,) = [event for event in run.of(Set) if event.output == "picture"]
    assert event.final
    mime, pixels = picture_of(run, event)
    assert mime == "image/webp"
    assert np.array_equal(pixels[:, :, 0], np.rint(np.linspace(0, 255, 64).reshape(8, 8)))


async def test_a_picture_that_is_none_is_the_developers_fault(lab: Lab) -> None:
    """The message names the output, the shape that was found, and what is accepted."""
    code = "import numpy as np\ndef run():\n    yield np.zeros((3, 8, 8)), ''\n"
    ending = await lab.start(lab.write("channels", PICTURES, code)).end()
    assert ending.fault == "developer"
    what = "an array of float64 and shape (3, 8, 8) is not a picture: its channels come first"
    assert ending.message.startswith(
        f"output `picture`: {what}; put them last with transpose(1, 2, 0); accepted are "
    )


async def test_a_picture_that_cannot_be_encoded_fails_the_run(lab: Lab) -> None:
    """An error beside the generator ends the generator."""
    code = """
        from PIL import Image
        class Odd(Image.Image):
            def copy(self):
                return Odd()
        def run():
            while True:
                yield Odd(), ""
        """
    ending = await lab.start(lab.write("odd", PICTURES, code)).end()
    assert ending.fault == "developer"


@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_a_generator_that_outruns_the_server_waits(lab: Lab, kind: str) -> None:
    """Without credit the generator is held at its next step; Stop reaches it there; memory stays bounded."""
    size = 2**16
    count, closed = lab.folder / "count", lab.folder / "closed"
    demo = lab.write(
        "outruns",
        "inputs: {}\noutputs:\n  out: {type: json}\n",
        f"""
        from pathlib import Path
        {kind} run():
            steps = 0
            try:
                while True:
                    yield str(steps) + "x" * {size}
                    steps += 1
                    Path({str(count)!r}).write_text(str(steps))
            finally:
                Path({str(closed)!r}).touch()
        """,
    )
    await lab.engine.open(demo)
    channel = next(iter(lab.engine._supervisors["outruns"]._workers)).worker._channel._transport
    assert channel is not None
    channel.pause_reading()
    run = lab.start(demo)
    most = INITIAL_CREDIT_BYTES // size
    await true_soon(lambda: count.exists() and count.read_text() == str(most - 1))
    assert run.slot is not None
    run.slot.cancel(grace_s=20)
    await true_soon(closed.exists)
    assert int(count.read_text()) < most + 1
    channel.resume_reading()
    assert (await run.end()).canceled


async def test_credit_comes_back(lab: Lab) -> None:
    """A run may send many times its credit, with values larger than all of it, and nothing is lost."""
    size = 3 * 2**20
    code = f"def run():\n    for step in range(10):\n        yield str(step) * {size}\n"
    run = await lab.run(lab.write("large", "inputs: {}\noutputs:\n  out: {type: json}\n", code))
    assert [(event.value[0], len(event.value)) for event in run.of(Set)] == [
        (str(step), size) for step in range(10)
    ]


async def test_a_value_that_no_journal_can_hold_is_refused(lab: Lab) -> None:
    """Over 16 MiB of JSON is the developer's fault; pictures are the way for large things."""
    code = "def run():\n    yield 'x' * 20_000_000\n"
    ending = await lab.start(lab.write("huge", "inputs: {}\noutputs:\n  out: text\n", code)).end()
    assert (ending.fault, ending.message) == (
        "developer",
        "output `out`: a value of 20 MB; an event has at most 16.8 MB",
    )


@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.parametrize(
    ("kind", "wait"),
    [
        ("def", "time.sleep(60)"),
        ("async def", "await asyncio.sleep(60)"),
        ("async def", "time.sleep(60)"),
        ("async def", "await asyncio.sleep(0); time.sleep(60)"),
    ],
)
async def test_the_last_word_of_a_pausing_generator_arrives(
    lab: Lab, kind: str, wait: str, output: str
) -> None:
    """What was sent before a pause is not held back by it, even if the pause blocks the worker's loop."""
    demo = lab.write(
        "pauses",
        f"inputs: {{}}\noutputs:\n  out: {output}\n",
        f"""
        import asyncio, time
        from gradstream import log
        {kind} run():
            yield "one"
            yield "one two"
            yield "one two three"
            log("pausing")
            {wait}
        """,
    )
    run = lab.start(demo)
    await run.until(lambda run: run.outputs == {"out": "one two three"} and bool(run.of(Log)))
    assert run.slot is not None
    run.slot.cancel(grace_s=0)
    assert (await run.end()).canceled


async def test_a_busy_async_generator_lets_others_run(lab: Lab) -> None:
    """A generator that never awaits is made to give way to others in its worker."""
    demo = lab.write(
        "busy",
        "inputs:\n  endless: checkbox\noutputs:\n  out: {type: json}\n",
        """
        async def run(endless):
            step = 0
            while endless or step < 3:
                step += 1
                yield step
        """,
    )
    busy = lab.start(demo, endless=True)
    await busy.until(lambda run: bool(run.received))
    assert (await lab.run(demo)).outputs == {"out": 3}
    assert busy.slot is not None
    busy.slot.cancel(grace_s=20)
    assert (await busy.end()).canceled


async def test_a_run_that_waits_for_a_thread_can_be_stopped(lab: Lab) -> None:
    """Stop does not depend on the threads of others."""
    demo = lab.write(
        "crowded",
        "inputs: {}\noutputs:\n  out: {type: json}\n",
        f"""
        import time
        from pathlib import Path
        def run():
            while not Path({str(lab.folder / "go")!r}).exists():
                time.sleep(0.05)
            yield 1
        """,
    )
    await lab.engine.open(demo)
    runs = [lab.start(demo) for _ in range(WORKER_LIMITS.functions + 5)]
    assert runs[-1].slot is not None
    runs[-1].slot.cancel(grace_s=20)
    assert (await runs[-1].end()).canceled
    (lab.folder / "go").touch()
    for run in runs[:-1]:
        assert (await run.end()).fault is None


async def test_many_runs_at_once(lab: Lab) -> None:
    """300 runs in one worker, more than it has threads, all send everything."""
    demo = lab.write(
        "many",
        "inputs:\n  n: {type: number, integer: true}\noutputs:\n  out: {type: text, updates: append}\n",
        """
        import time
        def run(n):
            for step in range(5):
                yield f"{n}.{step} "
                time.sleep(0.002)
        """,
    )
    await lab.engine.open(demo)
    runs = [lab.start(demo, n=n) for n in range(300)]
    for n, run in enumerate(runs):
        assert (await run.end()).fault is None
        assert run.outputs == {"out": "".join(f"{n}.{step} " for step in range(5))}
        assert run.of(Append)


@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_nothing_locks_up_at_any_speed(lab: Lab, kind: str) -> None:
    """Bad chunks, lines, progress, bars and pictures at once, far beyond the credit, from several threads."""
    demo = lab.write(
        "storm",
        """
        progress: tqdm
        inputs: {}
        outputs:
          sound: {type: audio, on_bad_chunk: skip}
          picture: image
          text: {type: text, updates: append}
        """,
        f"""
        import threading
        import numpy as np
        from gradstream import log, progress
        from tqdm import tqdm
        SOUND = (48_000, np.random.default_rng(1).integers(-9000, 9000, 2400, np.int16))
        PICTURE = np.random.default_rng(2).integers(0, 255, (90, 160, 3), np.uint8)
        def tell():
            for number in tqdm(range(300)):
                log("x" * 5000)
                progress(number, total=300)
        {kind} run():
            helpers = [threading.Thread(target=tell) for _ in range(3)]
            for helper in helpers:
                helper.start()
            for step in range(300):
                yield b"bad" if step % 2 else SOUND, PICTURE, "y" * 3000
            for helper in helpers:
                helper.join()
        """,
    )
    run = await lab.run(demo)
    assert run.of(Progress)[-1].index == 300
    assert run.outputs["text"] == "y" * 900_000
