"""A stream as an HLS playlist, for players that fetch segments by themselves.

    EXT-X-TARGETDURATION    from the stream's longest possible segment: the same in every response
    EXT-X-MEDIA-SEQUENCE    the oldest stored segment, which only grows
    EXT-X-ENDLIST           when the run is over

No EXT-X-PLAYLIST-TYPE: an EVENT playlist may not drop segments, and a stream over its size limit does.
Source: RFC 8216, with fragmented MP4 as of version 7.
"""

from math import ceil

from gradstream.runs.contract import StoredStream

MEDIA_TYPE = "application/vnd.apple.mpegurl"
INIT_NAME = "init.mp4"

SHORTEST_S = 0.001
"""For a segment of only audio after the last video frame: its duration is measured in frames, and so 0."""


def target_s(stream: StoredStream) -> int:
    """Return the longest duration of a segment in whole seconds, at least one."""
    return max(1, ceil(stream.longest_s))


def playlist(stream: StoredStream, *, is_over: bool) -> str:
    """Return the playlist of a stream's stored segments."""
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{target_s(stream)}",
        f"#EXT-X-MEDIA-SEQUENCE:{stream.first}",
        # Audio segments decode independently; video frames may depend on earlier segments.
        *([] if stream.is_video else ["#EXT-X-INDEPENDENT-SEGMENTS"]),
        f'#EXT-X-MAP:URI="{INIT_NAME}"',
    ]
    for index, segment in enumerate(stream.segments, stream.first):
        lines += [f"#EXTINF:{max(segment.duration_s, SHORTEST_S):.6f},", f"{index}.m4s"]
    if is_over:
        lines.append("#EXT-X-ENDLIST")
    return "\n".join([*lines, ""])
