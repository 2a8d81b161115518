"""The index of a stream's file has the samples that were written."""

import io
from itertools import pairwise

import pytest

from gradstream.media.mp4.fragment_reader import FragmentedFile, boxes_in, find_box
from gradstream.media.mp4.media_segment import SegmentMuxer
from gradstream.media.mp4.progressive import write_progressive
from tests.unit.media import encoded


def test_the_index_has_what_was_written() -> None:
    """Every frame of both tracks is found, with its bytes, length, place in time and whether it is a key.

    Each of the three segments is one run of a track, and one more wherever the lead of its pictures changes.
    """
    picture = encoded.video_track(30)
    sound = encoded.audio_track("aac", 60_000)
    source = FragmentedFile(io.BytesIO(encoded.stream_of(video=picture, audio=sound, parts=3)))
    for handler, (_, samples) in ((b"vide", picture), (b"soun", sound)):
        track = source.track(handler)
        assert track is not None
        assert list(track.durations) == [sample.duration for sample in samples]
        assert list(track.sizes) == [len(sample.data) for sample in samples]
        runs = [source.read(run) for run in source.runs if run.track is track]
        changes = sum(before.lead != after.lead for before, after in pairwise(samples))
        assert len(runs) == 3 + changes
        assert b"".join(runs) == b"".join(sample.data for sample in samples)
    pictures, audio = source.tracks[1], source.tracks[2]
    assert list(pictures.offsets) == [one.offset for one in picture[1]]
    assert list(pictures.keys) == [1, 25]
    assert (pictures.width, pictures.height, pictures.format) == (64, 48, b"avc3")
    assert (audio.skipped, audio.presented, audio.format) == (1024, 60_000, b"mp4a")


def test_a_stream_that_has_lost_its_beginning() -> None:
    """Its file begins with the first picture that is left, whatever the lead was before."""
    track, samples = encoded.video_track(48, b_frames=3)
    muxer = SegmentMuxer(video=track)
    kept = encoded.segments_of(muxer, video_samples=samples)[2:]
    source = FragmentedFile(io.BytesIO(b"".join((muxer.init.data, *(one.data for one in kept)))))
    assert source.tracks[1].skipped == samples[24].lead > 0
    written = io.BytesIO()
    write_progressive(source, written)
    assert encoded.frame_times(written.getvalue()) == [index * encoded.TICK for index in range(24)]


def test_every_cut() -> None:
    """A truncated file is read up to its last complete segment, or rejected if there is none."""
    whole = encoded.stream_of(audio=encoded.audio_track("flac", 10_000), parts=2)
    second = whole.rindex(b"moof") - 4
    for length in range(0, len(whole), 7):
        if length < second:
            with pytest.raises(
                ValueError, match=r"^(it does not start with the init segment|it contains no media)"
            ):
                FragmentedFile(io.BytesIO(whole[:length]))
        else:
            assert len(FragmentedFile(io.BytesIO(whole[:length])).runs) == 1
    assert len(FragmentedFile(io.BytesIO(whole)).runs) == 2


@pytest.mark.parametrize("data", [b"\0\0\0\x09free", b"\0\0\0\x07free", b"\0\0"])
def test_a_box_that_is_cut_short(data: bytes) -> None:
    """A box that exceeds its parent is an error."""
    with pytest.raises(ValueError, match=r"^a box is truncated$"):
        list(boxes_in(data))


def test_a_box_that_is_missing() -> None:
    """A box that has to be there is missed by its name."""
    with pytest.raises(ValueError, match=r"^the box 'trun' is missing$"):
        find_box(b"\0\0\0\x08free", b"trun")


def test_another_programs_table() -> None:
    """A segment with another layout of `trun` is rejected instead of misread."""
    whole = bytearray(encoded.stream_of(audio=encoded.audio_track("flac", 10_000), parts=1))
    count_at = whole.index(b"trun") + 8
    whole[count_at : count_at + 4] = b"\0\0\0\1"
    with pytest.raises(ValueError, match=r"^unsupported `trun` box: it was not written by this program$"):
        FragmentedFile(io.BytesIO(whole))
