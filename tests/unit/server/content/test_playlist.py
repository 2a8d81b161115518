"""Streams as HLS playlists."""

from msgspec.structs import replace

from gradstream.file_ref import FileRef, StoredFile
from gradstream.runs.contract import Segment, StoredStream
from gradstream.server.content.playlist import playlist


def make_stream(
    *durations: float, mime: str = "audio/mp4", longest_s: float = 1.0, first: int = 0
) -> StoredStream:
    """Return a stream with segments of these durations."""
    folder = FileRef("run", "r", "streams/0")
    return StoredStream(
        init=StoredFile(ref=FileRef("run", "r", "streams/0/init"), mime=mime, size=4),
        longest_s=longest_s,
        folder=folder,
        first=first,
        segments=[Segment(0.0, duration_s, 1) for duration_s in durations],
    )


def test_a_live_playlist() -> None:
    """A live playlist names the head and what is there, and has no end."""
    stream = make_stream(0.1, 1 / 3)
    assert playlist(stream, is_over=False) == (
        "#EXTM3U\n"
        "#EXT-X-VERSION:7\n"
        "#EXT-X-TARGETDURATION:1\n"
        "#EXT-X-MEDIA-SEQUENCE:0\n"
        "#EXT-X-INDEPENDENT-SEGMENTS\n"
        '#EXT-X-MAP:URI="init.mp4"\n'
        "#EXTINF:0.100000,\n"
        "0.m4s\n"
        "#EXTINF:0.333333,\n"
        "1.m4s\n"
    )


def test_what_was_dropped() -> None:
    """A sequence goes on counting where its beginning is gone."""
    stream = make_stream(0.25, 0.125, first=1)
    lines = playlist(stream, is_over=True).splitlines()
    assert "#EXT-X-MEDIA-SEQUENCE:1" in lines
    assert lines[-5:] == ["#EXTINF:0.250000,", "1.m4s", "#EXTINF:0.125000,", "2.m4s", "#EXT-X-ENDLIST"]


def test_pictures() -> None:
    """Segments of pictures are not promised to stand alone, and the target is the bound in whole seconds."""
    text = playlist(make_stream(mime="video/mp4", longest_s=2.04), is_over=False)
    assert "INDEPENDENT" not in text
    assert "#EXT-X-TARGETDURATION:3\n" in text


def test_the_target_does_not_move() -> None:
    """Whatever comes, the target stays what it was in the first answer."""
    stream = make_stream(longest_s=0.2)
    before = playlist(stream, is_over=False).splitlines()[2]
    stream = replace(stream, segments=[Segment(0.0, 0.9, 1)])
    assert playlist(stream, is_over=True).splitlines()[2] == before == "#EXT-X-TARGETDURATION:1"
