"""A stream's fragments as one finished MP4: everything that tells of the frames in front of them.

    FragmentedFile -> ftyp | moov, with tables | mdat, the frames as the fragments have them

Nothing is decoded; lengths stay exact to the sample, by edit lists with exact durations. Parameter sets of
pictures stay in band (`avc3`), so that a change of size plays on.
"""

import struct
from collections.abc import Sequence
from typing import BinaryIO

from gradstream.media.mp4.fragment_reader import FragmentedFile, SourceTrack
from gradstream.media.mp4.init_segment import TrackDescription, make_ftyp, make_moov
from gradstream.media.mp4.sample_table import sample_table

_MDAT_HEAD = 16
"""Bytes before the frames: the box's size is told with 64 bits."""


def write_progressive(
    source: FragmentedFile, target: BinaryIO, *, tracks: Sequence[SourceTrack] = (), brand: bytes = b"isom"
) -> None:
    """Write the finished file of these tracks of a stream, or of all."""
    movie = _Movie(source, tracks or tuple(source.tracks.values()))
    begin = make_ftyp(brand)
    # The tables' length depends on the places in them only when these need more than 32 bits.
    head = len(movie.head(media_at=0))
    head = len(movie.head(media_at=len(begin) + head + _MDAT_HEAD))
    target.write(begin)
    target.write(movie.head(media_at=len(begin) + head + _MDAT_HEAD))
    size = sum(piece.size for piece in movie.pieces)
    target.write(struct.pack(">I4sQ", 1, b"mdat", _MDAT_HEAD + size))
    target.writelines(source.read(piece) for piece in movie.pieces)


class _Movie:
    """Which tracks, and which pieces of the source's media, a finished file has."""

    def __init__(self, source: FragmentedFile, tracks: Sequence[SourceTrack]) -> None:
        self._tracks = [track for track in tracks if track.sizes]
        self.pieces = [piece for piece in source.pieces if piece.track in tracks]

    def head(self, *, media_at: int) -> bytes:
        """Return what tells of the tracks when their media begins there."""
        places: dict[int, list[int]] = {track.number: [] for track in self._tracks}
        for piece in self.pieces:
            places[piece.track.number].append(media_at)
            media_at += piece.size
        timescale = self._tracks[0].timescale
        told = [self._track(track, places[track.number], timescale) for track in self._tracks]
        return make_moov(told, timescale)

    def _track(self, track: SourceTrack, places: Sequence[int], timescale: int) -> TrackDescription:
        # The least offset that the order of decoding allows is 0: what all have in common is only delay.
        surplus = min(track.offsets, default=0)
        table = sample_table(
            durations=track.durations,
            sizes=track.sizes,
            offsets=[offset - surplus for offset in track.offsets],
            keys=track.keys,
            counts=[piece.count for piece in self.pieces if piece.track is track],
            places=places,
        )
        return TrackDescription(
            number=track.number,
            handler=track.handler,
            timescale=track.timescale,
            entry=track.entry,
            skipped=track.skipped - surplus,
            width=track.width,
            height=track.height,
            duration=track.duration,
            # Rounded up: the last frame's own duration is what ends a track.
            presented=-(-track.presented * timescale // track.timescale),
            samples=table,
        )
