"""A stream as an HLS playlist, for players that fetch segments by themselves.

    EXT-X-TARGETDURATION    from the stream's own bound: the same in every answer
    EXT-X-MEDIA-SEQUENCE    the oldest segment that is kept, which never goes back
    EXT-X-ENDLIST           when the run is over

No EXT-X-PLAYLIST-TYPE: an EVENT may never lose its beginning, and a stream over its bound does.
Source: RFC 8216, with fragmented MP4 as of version 7.
"""

from math import ceil

from gradstream.runs.contract import StoredStream

MEDIA_TYPE = "application/vnd.apple.mpegurl"
HEAD_NAME = "init.mp4"

SHORTEST_S = 0.001
"""What the sound is given that outlasts the last picture: its clock is the pictures', and says nothing."""


def target_s(stream: StoredStream) -> int:
    """Return the bound of segments' durations in whole seconds, at least one."""
    return max(1, ceil(stream.longest_s))


def playlist(stream: StoredStream, *, is_over: bool) -> str:
    """Return the playlist of what is kept of a stream."""
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{target_s(stream)}",
        f"#EXT-X-MEDIA-SEQUENCE:{stream.first}",
        # Each piece of sound is heard without those before it; a picture may depend on earlier ones.
        *([] if stream.is_video else ["#EXT-X-INDEPENDENT-SEGMENTS"]),
        f'#EXT-X-MAP:URI="{HEAD_NAME}"',
    ]
    for index, segment in enumerate(stream.segments, stream.first):
        lines += [f"#EXTINF:{max(segment.duration_s, SHORTEST_S):.6f},", f"{index}.m4s"]
    if is_over:
        lines.append("#EXT-X-ENDLIST")
    return "\n".join([*lines, ""])
