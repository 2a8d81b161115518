"""A run's streams on disk."""

import asyncio
from pathlib import Path

import pytest

from gradstream.ipc.protocol import INIT_INDEX, StreamPart
from gradstream.runs.streams import BrokenStreamError, StreamFiles, Streams


class Kept:
    """Streams of two outputs in a folder, and the sizes that were told."""

    def __init__(self, folder: Path, *, max_bytes: int = 1000, max_segments: int = 1000) -> None:
        self.told = 0
        self.streams = Streams(
            folder / "streams",
            outputs=("sound", "film"),
            max_bytes=max_bytes,
            max_segments=max_segments,
            resized=self._resized,
        )

    def _resized(self, size: int) -> None:
        self.told += size

    def put(self, index: int, data: bytes, output: str = "sound") -> None:
        """Put a part of half a second."""
        asyncio.run(self.streams.add(StreamPart("r", output, index, max(index, 0) / 2, 0.5, data)))

    def begin(self, output: str = "sound") -> StreamFiles:
        """Begin a stream and return it."""
        self.put(INIT_INDEX, b"head", output)
        self.streams.start(output, mime="audio/mp4", timescale=48000)
        stream = self.streams.get(output)
        assert stream is not None
        return stream


def test_a_stream_grows_by_files(tmp_path: Path) -> None:
    """Head and segments are kept each in a file, counted, and found by their indices."""
    kept = Kept(tmp_path)
    stream = kept.begin()
    for index in range(3):
        kept.put(index, b"%d" % index * 10)
    assert [stream.path(index).read_bytes() for index in (INIT_INDEX, 0, 2)] == [
        b"head",
        b"0" * 10,
        b"2" * 10,
    ]
    assert (stream.first, stream.end, stream.size, kept.streams.size, kept.told) == (0, 3, 34, 34, 34)
    assert [(one.start_s, one.duration_s) for one in stream.segments] == [(0, 0.5), (0.5, 0.5), (1.0, 0.5)]
    assert (stream.longest_s, stream.timescale, stream.container) == (0.5, 48000, "audio/mp4")


def test_a_stream_is_there_when_it_was_told(tmp_path: Path) -> None:
    """Until its type is known nobody can read a stream."""
    kept = Kept(tmp_path)
    kept.put(INIT_INDEX, b"head")
    assert kept.streams.get("sound") is None
    kept.streams.start("sound", mime="video/mp4", timescale=1)
    assert kept.streams.get("sound") is not None
    assert kept.streams.get("film") is None


def test_nothing_is_named_by_a_worker(tmp_path: Path) -> None:
    """An output is no path, and one that the action does not have is refused."""
    kept = Kept(tmp_path)
    with pytest.raises(BrokenStreamError, match=r"^'\.\./evil' is not an output of this action$"):
        kept.put(INIT_INDEX, b"head", "../evil")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("before", "index", "message"),
    [
        ([], 0, "The stream of 'sound' continued with part 0 instead of -1"),
        ([INIT_INDEX], 1, "The stream of 'sound' continued with part 1 instead of 0"),
        ([INIT_INDEX, 0], 0, "The stream of 'sound' continued with part 0 instead of 1"),
        ([INIT_INDEX, 0], INIT_INDEX, "The stream of 'sound' continued with part -1 instead of 1"),
    ],
)
def test_parts_out_of_place(tmp_path: Path, before: list[int], index: int, message: str) -> None:
    """What does not go on where the stream ended is refused, and nothing is changed by it."""
    kept = Kept(tmp_path)
    for earlier in before:
        kept.put(earlier, b"12345")
    with pytest.raises(BrokenStreamError) as refused:
        kept.put(index, b"67890")
    assert str(refused.value) == message
    assert kept.streams.size == 5 * len(before)


def test_announced_out_of_place(tmp_path: Path) -> None:
    """A stream is announced once, and not before its initialization segment has come."""
    kept = Kept(tmp_path)
    with pytest.raises(
        BrokenStreamError, match=r"^The stream of 'sound' was announced before its first part$"
    ):
        kept.streams.start("sound", mime="audio/mp4", timescale=1)
    kept.begin()
    with pytest.raises(BrokenStreamError, match=r"^The stream of 'sound' was announced twice$"):
        kept.streams.start("sound", mime="audio/mp4", timescale=1)


def test_the_oldest_make_room(tmp_path: Path) -> None:
    """Over the bound a stream loses its beginning, from disk too, and goes on counting."""
    kept = Kept(tmp_path, max_bytes=100)
    stream = kept.begin()
    for index in range(6):
        kept.put(index, b"x" * 30)
    assert (stream.first, stream.end, kept.streams.size, kept.told) == (3, 6, 94, 94)
    assert [stream.path(index).exists() for index in (INIT_INDEX, 2, 3, 5)] == [True, False, True, True]


def test_the_newest_stays(tmp_path: Path) -> None:
    """A segment that is larger than the bound is kept until the next."""
    kept = Kept(tmp_path, max_bytes=10)
    stream = kept.begin()
    kept.put(0, b"x" * 30)
    kept.put(1, b"y" * 40)
    assert (stream.first, stream.end, kept.streams.size) == (1, 2, 44)


def test_the_largest_stream_makes_room(tmp_path: Path) -> None:
    """Pictures do not push out the sound beside them."""
    kept = Kept(tmp_path, max_bytes=100)
    sound, film = kept.begin(), kept.begin("film")
    for index in range(6):
        kept.put(index, b"s")
        kept.put(index, b"f" * 40, "film")
    assert (sound.first, sound.end) == (0, 6)
    assert (film.first, film.end) == (4, 6)


def test_a_stream_of_many_small_segments(tmp_path: Path) -> None:
    """However small they are, a stream has no more than a stated number of segments."""
    kept = Kept(tmp_path, max_segments=3)
    stream = kept.begin()
    for index in range(5):
        kept.put(index, b"x")
    assert (stream.first, stream.end, kept.streams.size) == (2, 5, 7)


def test_what_was_forgotten_is_not_counted(tmp_path: Path) -> None:
    """A run that is forgotten takes nothing any more, whatever is still made of it."""
    kept = Kept(tmp_path)
    kept.begin()
    kept.streams.resize(100)
    assert kept.told == 104
    kept.streams.forget()
    kept.streams.resize(100)
    assert (kept.told, kept.streams.size) == (0, 0)
