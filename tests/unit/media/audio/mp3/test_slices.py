"""Slices of an MP3 sound as the file does."""

import functools
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradstream.media.audio.from_file import file_blocks
from gradstream.media.audio.mp3.slices import MAX_JUNK_BYTES, Mp3SliceDecoder
from gradstream.media.audio.pcm import PcmBlock, Samples
from gradstream.media.types import Chunk, ChunkError
from tests.effort import examples
from tests.unit.media.sounds import encoded, joined, sine, wav

COUNT = 22_223
SOURCE = wav(sine(44_100, COUNT), 44_100)


@functools.cache
def mp3_file() -> bytes:
    """Return the MP3 that the tests share."""
    return encoded(SOURCE, "mp3")


def mp3_decoder() -> Mp3SliceDecoder:
    """Return a decoder whose remarks do not matter."""
    return Mp3SliceDecoder(warn=lambda _: None)


def heard(slices: list[bytes]) -> Samples:
    """Return the sound of slices, each of which must be taken for one."""
    mp3 = mp3_decoder()
    blocks: list[PcmBlock] = []
    for number, data in enumerate(slices, 1):
        chunk = Chunk(number=number, data=data)
        assert mp3.accepts(chunk), number
        blocks += mp3.feed(chunk)
    return joined([*blocks, *mp3.finish()])


def sliced(data: bytes, size: int) -> list[bytes]:
    """Return slices of one size."""
    return [data[at : at + size] for at in range(0, len(data), size)]


def by_path(data: bytes) -> Samples:
    """Return what FFmpeg makes of the file."""
    return joined(file_blocks(Chunk(number=1, data=data, name="it.mp3"), warn=lambda _: None))


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("-b:a", "320k"),
        ("-q:a", "2"),
        ("-write_xing", "0"),
        ("-id3v2_version", "0"),
        ("-write_id3v1", "1", "-metadata", "title=tone"),
        ("-ar", "22050"),
        ("-ar", "8000", "-b:a", "8k"),
        ("-ac", "2"),
        ("-metadata", "title=" + "tone " * 600),
    ],
)
@pytest.mark.parametrize("size", [20_000, 1_000, 417])
def test_slices_are_the_file(options: tuple[str, ...], size: int) -> None:
    """Every sample is the one that FFmpeg finds in the whole file, of any kind of file."""
    file = encoded(SOURCE, "mp3", *options)
    assert np.array_equal(heard(sliced(file, size)), by_path(file))


@settings(max_examples=examples(30))
@given(cuts=st.deferred(lambda: st.lists(st.integers(0, len(mp3_file())), max_size=10)))
def test_chunked_equals_whole(cuts: list[int]) -> None:
    """Where slices are cut changes no sample, be it within a tag or within a header."""
    places = [0, *sorted(set(cuts) - {0, len(mp3_file())}), len(mp3_file())]
    slices = [mp3_file()[start:end] for start, end in pairwise(places)]
    assert np.array_equal(heard(slices), by_path(mp3_file()))


def test_single_bytes() -> None:
    """Slices of one byte are enough, and the sound is exactly as long as it was before it was encoded."""
    assert np.array_equal(heard(sliced(mp3_file(), 1)), by_path(mp3_file()))
    assert by_path(mp3_file()).shape == (1, COUNT)


def test_files_follow_each_other() -> None:
    """A new tag begins a new file, whose delay is taken off as well; so does LAME's frame without a tag."""
    bare = encoded(SOURCE, "mp3", "-id3v2_version", "0")
    for files in (mp3_file() * 3, bare * 3, mp3_file() + bare + mp3_file()):
        assert np.array_equal(heard(sliced(files, 5_000)), np.tile(by_path(mp3_file()), 3))


def test_a_yield_holds_nothing_back() -> None:
    """When a slice ends where the file ends, everything is decoded without waiting for more."""
    mp3 = mp3_decoder()
    assert joined(mp3.feed(Chunk(number=1, data=mp3_file()))).shape == (1, COUNT)


def test_what_is_not_a_slice() -> None:
    """Files by path, other formats and text are none, even while an MP3 runs."""
    mp3 = mp3_decoder()
    others = (
        SOURCE,
        b"<!DOCTYPE html>",
        b"OggS" + bytes(100),
        b"The server is busy, please try again later.",
    )
    for begun in (False, True):
        if begun:
            list(mp3.feed(Chunk(number=1, data=mp3_file()[:3_000])))
        assert not mp3.accepts(Chunk(number=2, data=mp3_file(), name="it.mp3"))
        assert not mp3.accepts(Chunk(number=2, path="it.mp3", name="it.mp3"))
        assert not any(mp3.accepts(Chunk(number=2, data=other)) for other in others)


def test_some_junk_is_normal() -> None:
    """Padding between files is passed over."""
    padded = mp3_file() + bytes(MAX_JUNK_BYTES - 100) + mp3_file()
    assert np.array_equal(heard(sliced(padded, 20_000)), np.tile(by_path(mp3_file()), 2))


def test_much_junk_is_an_error() -> None:
    """Longer junk is an error: audio before it is decoded first, and another file may follow."""
    mp3 = mp3_decoder()
    noise = np.random.default_rng(7).bytes(20_000)
    assert joined(mp3.feed(Chunk(number=1, data=mp3_file()[:-100]))).shape[1] > COUNT - 3_000
    with pytest.raises(
        ChunkError, match=r"^chunk 2 \(20000 bytes\) contains more than 4096 bytes in a row that are not mp3"
    ):
        list(mp3.feed(Chunk(number=2, data=noise)))
    assert joined(mp3.feed(Chunk(number=3, data=mp3_file()))).shape == (1, COUNT)


def test_a_slice_without_any_frame_is_an_error() -> None:
    """So is a shorter one in which nothing is an MP3 at all."""
    mp3 = mp3_decoder()
    list(mp3.feed(Chunk(number=1, data=mp3_file())))
    with pytest.raises(
        ChunkError, match=r"^chunk 2 \(2000 bytes\) contains no mp3 frame: .*nothing but zeros"
    ):
        list(mp3.feed(Chunk(number=2, data=bytes(2_000))))


def test_what_only_looked_like_an_mp3_is_an_error_at_the_end() -> None:
    """A tag without a frame was none."""
    mp3 = mp3_decoder()
    assert mp3.accepts(Chunk(number=1, data=b"ID3"))
    assert list(mp3.feed(Chunk(number=1, data=b"ID3"))) == []
    with pytest.raises(ChunkError, match=r"^chunk 1 \(3 bytes\) contains no mp3 frame"):
        list(mp3.finish())
    assert list(mp3.finish()) == []
