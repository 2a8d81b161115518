"""Slices of MP3 files are split into frames."""

import functools
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradstream.media.audio.mp3.frames import (
    GaplessInfo,
    Id3Tag,
    Junk,
    Mp3Element,
    Mp3Frame,
    Mp3Parser,
    contains_frames,
    read_gapless_info,
    read_header,
    starts_file,
)
from tests.effort import examples
from tests.unit.media.sounds import encoded, sine, wav

SOURCE = wav(sine(44_100, 22_050), 44_100)


@functools.cache
def mp3_file() -> bytes:
    """Return the MP3 that the tests share."""
    return encoded(SOURCE, "mp3", "-write_id3v1", "1", "-metadata", "title=" + "tone " * 50)


def parts_of(slices: list[bytes]) -> list[Mp3Element]:
    """Return everything that is found in slices."""
    frames = Mp3Parser()
    return [part for data in slices for part in frames.feed(data)] + list(frames.end())


def test_a_file_is_a_tag_and_frames() -> None:
    """A whole file contains no junk, and its last tag is not a frame."""
    parts = parts_of([mp3_file()])
    frames = [part for part in parts if isinstance(part, Mp3Frame)]
    assert parts == [Id3Tag(), *frames]
    assert b"".join(frame.data for frame in frames) in mp3_file()
    assert all(len(frame.data) == frame.header.size for frame in frames)
    info = read_gapless_info(frames[0])
    assert info is not None
    assert len(frames) - 1 == info.frames_end // 1152
    assert info.end - info.begin == 22_050


@settings(max_examples=examples(40))
@given(cuts=st.deferred(lambda: st.lists(st.integers(0, 2 * len(mp3_file())), max_size=20)))
def test_cuts_change_nothing(cuts: list[int]) -> None:
    """Two files, cut anywhere, are the same frames and tags."""
    files = mp3_file() + mp3_file()
    places = [0, *sorted(cuts), len(files)]
    slices = [files[start:end] for start, end in pairwise(places)]
    assert parts_of(slices) == parts_of([files])


def test_single_bytes() -> None:
    """Slices of one byte are enough."""
    assert parts_of([mp3_file()[at : at + 1] for at in range(len(mp3_file()))]) == parts_of([mp3_file()])


def test_junk_is_counted() -> None:
    """Bytes outside frames and tags are reported, however they are cut, and later frames are found."""
    frames = [part for part in parts_of([mp3_file()]) if isinstance(part, Mp3Frame)]
    junk = b"\xff\xfb\x00junk\xff" * 50
    data = frames[1].data + frames[2].data + junk + frames[3].data + frames[4].data
    parts = parts_of([data[:700], data[700:]])
    assert [part for part in parts if isinstance(part, Mp3Frame)] == frames[1:5]
    assert sum(part.size for part in parts if isinstance(part, Junk)) == len(junk)


def test_large_tags_are_not_kept() -> None:
    """A tag with a picture of megabytes passes by."""
    frames = Mp3Parser()
    tag = b"ID3\x03\x00\x00\x00\x60\x00\x00" + bytes(0x60 << 14)
    found = [part for at in range(0, len(tag), 20_000) for part in frames.feed(tag[at : at + 20_000])]
    assert found == [Id3Tag()]
    assert not frames.is_incomplete


def test_a_cut_off_file_does_not_spoil_the_next() -> None:
    """Where a new file begins in the middle of a frame, the frame is given up."""
    parts = parts_of([mp3_file()[:3_000], mp3_file()])
    assert parts[-len(parts_of([mp3_file()])) :] == parts_of([mp3_file()])


@pytest.mark.parametrize("rate_hz", [44_100, 48_000, 32_000, 22_050, 16_000, 8_000])
@pytest.mark.parametrize("channels", ["1", "2"])
def test_all_rates(rate_hz: int, channels: str) -> None:
    """MPEG 1, 2 and 2.5, mono and stereo: headers say how long frames are, the first how many."""
    file = encoded(SOURCE, "mp3", "-ar", str(rate_hz), "-ac", channels)
    frames = [part for part in parts_of([file]) if isinstance(part, Mp3Frame)]
    assert {(one.header.rate_hz, one.header.is_mono) for one in frames} == {(rate_hz, channels == "1")}
    info = read_gapless_info(frames[0])
    assert info is not None
    assert info.frames_end == (len(frames) - 1) * frames[1].header.samples


def test_invalid_headers() -> None:
    """Reserved values are not a frame header, and neither is AAC's ADTS."""
    for data in (
        b"\xff\xfb\xf0\x00",
        b"\xff\xfb\x9c\x00",
        b"\xff\xeb\x90\x00",
        b"\xff\xf1\x50\x80",
        b"\xff\xfb",
    ):
        assert read_header(data) is None


def test_beginnings_are_known() -> None:
    """A file begins with a tag or with LAME's frame; three frames in a row are an MP3 anywhere."""
    frames = [part.data for part in parts_of([mp3_file()]) if isinstance(part, Mp3Frame)]
    assert starts_file(mp3_file())
    assert starts_file(frames[0])
    assert not starts_file(frames[1])
    assert contains_frames(b"\xff" * 50 + b"".join(frames[1:4]), within=100)
    assert not contains_frames(b"".join(frames[1:3]), within=100)


def test_a_header_without_lame_states_no_delay() -> None:
    """Xing's header alone says nothing of delay and padding."""
    frame = next(part for part in parts_of([mp3_file()]) if isinstance(part, Mp3Frame))
    bare = Mp3Frame(frame.data.replace(b"Lavf", b"\0\0\0\0").replace(b"Lavc", b"\0\0\0\0"), frame.header)
    assert read_gapless_info(bare) == GaplessInfo()
