"""A stream's file in the terminal: it grows with the stream, and says what it lacks."""

from pathlib import Path

import pytest

from gradstream.cli.stream_file import StreamFile
from gradstream.ipc.protocol import INIT_INDEX, StreamPart
from gradstream.runs.streams import Streams


@pytest.fixture
def streams(tmp_path: Path) -> Streams:
    """Return the streams of a run, with one that has begun."""
    streams = Streams(tmp_path / "streams", outputs=("tone",), max_bytes=1_000)
    streams.put(StreamPart("r", "tone", INIT_INDEX, 0.0, 1.0, b"head "))
    streams.begin("tone", mime="audio/mp4", timescale=48_000)
    return streams


def _put(streams: Streams, index: int, data: bytes) -> None:
    streams.put(StreamPart("r", "tone", index, float(index), 1.0, data))


def _file(streams: Streams, folder: Path) -> StreamFile:
    stream = streams.get("tone")
    assert stream is not None
    return StreamFile(stream, folder=folder / "shown", name="demo.tone")


def test_it_grows_by_every_segment_that_there_is(streams: Streams, tmp_path: Path) -> None:
    """Head and segments stand behind one another, each once."""
    file = _file(streams, tmp_path)
    assert (file.path.name, file.path.read_bytes()) == ("demo.tone.growing.mp4", b"head ")
    _put(streams, 0, b"one ")
    file.grow()
    _put(streams, 1, b"two ")
    _put(streams, 2, b"three")
    file.grow()
    file.grow()
    assert (file.path.read_bytes(), file.duration_s, file.missed) == (b"head one two three", 3.0, 0)


def test_it_counts_what_was_dropped_before_it_was_written(streams: Streams, tmp_path: Path) -> None:
    """A stream beyond its bound loses its oldest segments; the file goes on with those that are left."""
    file = _file(streams, tmp_path)
    for index in range(3):
        _put(streams, index, bytes([index]) * 450)
    file.grow()
    assert file.missed == 1
    assert file.path.read_bytes() == b"head " + b"\1" * 450 + b"\2" * 450


def test_what_cannot_be_converted_stays_as_it_is(streams: Streams, tmp_path: Path) -> None:
    """The reason is returned, and nothing is lost."""
    file = _file(streams, tmp_path)
    _put(streams, 0, b"no piece of sound")
    file.grow()
    unmade = file.finish("wav")
    assert unmade
    assert "\n" not in unmade
    assert file.path.name == "demo.tone.growing.mp4"
    assert file.path.read_bytes() == b"head no piece of sound"
