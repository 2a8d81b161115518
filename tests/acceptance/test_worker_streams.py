"""Streams of sound and video, from a generator's yields to parts and events, in real workers."""

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from gradstream.events.types import Log, SegmentAdded, Set, StreamBegun
from tests.acceptance.worker_lab import Lab, LabRun, open_lab

SOUND = "inputs: {}\noutputs:\n  sound:\n    type: audio\n    codec: flac\n"

TONE = """
import io, wave
import numpy as np

RATE = 16000

def tone(seconds, start=0.0):
    time = np.arange(round(seconds * RATE)) / RATE + start
    return (np.sin(2 * np.pi * 440 * time) * 16000).astype(np.int16)

def wav(samples):
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE)
        writer.writeframes(samples.tobytes())
    return file.getvalue()
"""
RATE = 16000


def tone(seconds: float) -> NDArray[Any]:
    """Return the same tone as the demos'."""
    time = np.arange(round(seconds * RATE)) / RATE
    return (np.sin(2 * np.pi * 440 * time) * 16000).astype(np.int16)


def samples(data: bytes) -> NDArray[Any]:
    """Decode a stream's file."""
    with av.open(io.BytesIO(data), "r") as file:
        return np.concatenate([frame.to_ndarray().reshape(-1) for frame in file.decode(audio=0)])


def pictures(data: bytes) -> int:
    """Count the pictures of a stream's file."""
    with av.open(io.BytesIO(data), "r") as file:
        return sum(1 for _ in file.decode(video=0))


def duration_s(run: LabRun, output: str = "sound") -> float:
    """Return how long the stream is by its events, which follow each other without a gap."""
    end_s = 0.0
    for index, segment in enumerate(one for one in run.of(SegmentAdded) if one.output == output):
        assert segment.index == index
        assert segment.start_s == pytest.approx(end_s, abs=2e-6)
        end_s = segment.start_s + segment.duration_s
    return end_s


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("kind", ["def", "async def"])
@pytest.mark.parametrize("form", ["wav(part)", "(RATE, part)", "write(part)"])
async def test_chunks_become_one_stream(lab: Lab, kind: str, form: str) -> None:
    """Every sample of every chunk is in the stream once, in whatever form and from whatever generator."""
    demo = lab.write(
        "joined",
        SOUND,
        TONE
        + f"""
from gradstream.authoring import folder
def write(part):
    path = folder() / "same-name.wav"
    path.write_bytes(wav(part))
    return path

{kind} run():
    for second in range(5):
        yield {form.replace("part", "tone(1.0, start=second)")}
""",
    )
    run = await lab.run(demo)
    assert np.array_equal(samples(run.stream("sound")), tone(5.0))
    assert duration_s(run) == pytest.approx(5.0)
    (begun,) = run.of(StreamBegun)
    assert (begun.mime, begun.timescale) == ('audio/mp4; codecs="flac"', RATE)


async def test_a_short_yield_is_heard_without_another_one(lab: Lab) -> None:
    """What is too short for a segment is sent after a while if the generator is silent."""
    demo = lab.write(
        "short",
        SOUND,
        TONE
        + """
import time
def run():
    for step in range(40):
        yield RATE, tone(0.05, start=step * 0.05)
    while True:
        time.sleep(0.05)
        yield None
""",
    )
    run = lab.start(demo)
    await run.until(lambda run: duration_s(run) > 1.9)
    assert run.slot is not None
    run.slot.cancel(grace_s=5)
    assert (await run.end()).canceled


async def test_a_chunk_is_kept_as_it_was_yielded(lab: Lab) -> None:
    """An array that the generator fills again does not change what was yielded before."""
    demo = lab.write(
        "buffer",
        SOUND,
        TONE
        + """
def run():
    buffer = np.zeros(RATE // 4, np.int16)
    for step in range(8):
        buffer[:] = tone(0.25, start=step * 0.25)
        yield RATE, buffer
        buffer[:] = 0
""",
    )
    run = await lab.run(demo)
    assert np.array_equal(samples(run.stream("sound")), tone(2.0))


async def test_a_bad_chunk_fails_the_run_and_keeps_what_came_before(lab: Lab) -> None:
    """The message names the output, the chunk and what it looked like; the stream before it is whole."""
    demo = lab.write(
        "bad",
        SOUND,
        TONE
        + """
def run():
    yield wav(tone(1.0))
    yield b""
    yield b"<!DOCTYPE html><title>No quota left</title>"
    yield wav(tone(1.0))
""",
    )
    run = lab.start(demo)
    ending = await run.end()
    assert ending.fault == "developer"
    assert ending.message.startswith("output `sound`: chunk 3 ")
    assert "HTML" in ending.message
    assert np.array_equal(samples(run.stream("sound")), tone(1.0))


async def test_a_bad_chunk_is_skipped_where_the_demo_says_so(lab: Lab) -> None:
    """With `on_bad_chunk: skip` the run goes on, and a warning says what was left out."""
    demo = lab.write(
        "skipping",
        SOUND + "    on_bad_chunk: skip\n",
        TONE
        + """
def run():
    yield wav(tone(1.0))
    yield b"<!DOCTYPE html>" * 10
    yield 12.5
    yield wav(tone(1.0, start=1.0))
""",
    )
    run = await lab.run(demo)
    assert np.array_equal(samples(run.stream("sound")), tone(2.0))
    texts = sorted(log.text for log in run.of(Log) if log.level == "warning")
    assert [text[: len("output `sound`: chunk 2")] for text in texts] == [
        "output `sound`: chunk 2",
        "output `sound`: chunk 3",
    ]
    assert all(text.endswith("; it is left out") for text in texts)


@pytest.mark.parametrize("kind", ["def", "async def"])
@pytest.mark.parametrize(("before", "bad", "after"), [(0, 20, 0), (10, 10, 10)])
async def test_bad_chunks_that_come_fast_do_not_hold_the_run(
    lab: Lab, kind: str, before: int, bad: int, after: int
) -> None:
    """A generator that is faster than the encoder may have any number of chunks skipped, each with a line."""
    demo = lab.write(
        "skips",
        SOUND + "    on_bad_chunk: skip\n",
        TONE
        + f"""
{kind} run():
    good = wav(tone(0.5))
    for chunk in [good] * {before} + [b"no sound, but a server's words"] * {bad} + [good] * {after}:
        yield chunk
""",
    )
    run = await lab.run(demo)
    assert [log.level for log in run.of(Log)] == ["warning"] * bad
    assert duration_s(run) == pytest.approx(0.5 * (before + after))


async def test_a_generator_that_fails_keeps_its_stream(lab: Lab) -> None:
    """Everything that was yielded before an exception is in the stream, to the last sample."""
    demo = lab.write(
        "failing",
        SOUND,
        TONE
        + """
def run():
    yield RATE, tone(1.01)
    raise RuntimeError("out of words")
""",
    )
    run = lab.start(demo)
    ending = await run.end()
    assert (ending.fault, ending.message) == ("developer", "RuntimeError: out of words")
    assert np.array_equal(samples(run.stream("sound")), tone(1.01))


async def test_stop_ends_the_encoder(lab: Lab) -> None:
    """A stopped run does not encode the rest of an hour that was yielded at once."""
    demo = lab.write(
        "hour",
        SOUND,
        TONE
        + """
from gradstream.authoring import folder
def run():
    path = folder() / "hour.wav"
    with wave.open(str(path), "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE)
        for minute in range(60):
            writer.writeframes(tone(60.0).tobytes())
    yield path
""",
    )
    run = lab.start(demo)
    await run.until(lambda run: duration_s(run) > 5)
    assert run.slot is not None
    run.slot.cancel(grace_s=5)
    assert (await run.end()).canceled
    assert duration_s(run) < 3000


async def test_without_streaming_the_chunks_are_one_clip(lab: Lab) -> None:
    """`streaming: false` shows nothing until the end, and then one file with every sample."""
    demo = lab.write(
        "whole",
        SOUND + "    streaming: false\n",
        TONE
        + """
def run():
    for second in range(3):
        yield RATE, tone(1.0, start=second)
""",
    )
    run = await lab.run(demo)
    (event,) = run.of(Set)
    mime, data = run.blobs[event.value["blob"]]
    assert (mime, run.of(SegmentAdded), event.value["duration_s"]) == (event.value["mime"], [], 3.0)
    assert np.array_equal(samples(data), tone(3.0))


@pytest.mark.parametrize("updates", ["append", "replace"])
async def test_a_function_gives_a_clip(lab: Lab, updates: str) -> None:
    """What an ordinary function returns is shown whole, and a file that browsers play goes as it is."""
    demo = lab.write(
        "once", SOUND + f"    updates: {updates}\n", TONE + "\ndef run():\n    return wav(tone(1.5))\n"
    )
    run = await lab.run(demo)
    (event,) = run.of(Set)
    mime, data = run.blobs[event.value["blob"]]
    assert (mime, event.value["duration_s"]) == ("audio/wav", 1.5)
    assert np.array_equal(samples(data), tone(1.5))


async def test_a_clip_can_change_whole(lab: Lab) -> None:
    """With `updates: replace` each yield takes the place of the last one."""
    demo = lab.write(
        "growing",
        SOUND + "    updates: replace\n",
        TONE
        + """
def run():
    for seconds in (0.5, 1.0, 1.5):
        yield RATE, tone(seconds)
""",
    )
    run = await lab.run(demo)
    assert [event.value["duration_s"] for event in run.of(Set)] == [0.5, 1.0, 1.5]


async def test_pictures_become_a_video(lab: Lab) -> None:
    """Every yielded picture is a frame of the stream, beside sound in another output."""
    demo = lab.write(
        "both",
        "inputs: {}\noutputs:\n  film:\n    type: video\n    fps: 25\n  sound: audio\n",
        TONE
        + """
def run():
    for step in range(50):
        picture = np.full((48, 64, 3), step * 5, np.uint8)
        yield picture, (RATE, tone(0.04, start=step * 0.04))
""",
    )
    run = await lab.run(demo)
    assert pictures(run.stream("film")) == 50
    assert duration_s(run, "film") == pytest.approx(2.0)
    assert duration_s(run, "sound") == pytest.approx(2.0)


async def test_many_streams_share_few_encoders(lab: Lab) -> None:
    """Forty runs at once all come to their end, each whole."""
    demo = lab.write(
        "crowd",
        SOUND + "limits:\n  concurrency: 40\n",
        TONE
        + """
def run():
    for step in range(10):
        yield RATE, tone(0.1, start=step * 0.1)
""",
    )
    runs = [lab.start(demo) for _ in range(40)]
    endings = await asyncio.gather(*(run.end() for run in runs))
    assert {ending.fault for ending in endings} == {None}
    assert all(np.array_equal(samples(run.stream("sound")), tone(1.0)) for run in runs)


async def test_what_is_left_out_is_said(lab: Lab) -> None:
    """A yield that is not sound at all fails with the forms that are accepted."""
    demo = lab.write("number", SOUND, "def run():\n    yield 12.5\n")
    run = lab.start(demo)
    ending = await run.end()
    assert ending.fault == "developer"
    assert ending.message.startswith("output `sound`: chunk 1 ")
    assert "(sample_rate, array)" in ending.message
    assert ending.detail is not None
    assert "yield 12.5" in ending.detail
