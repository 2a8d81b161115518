"""Writes the segments of a stream as one progressive MP4: the index of all samples first.

    FragmentedFile -> ftyp | moov, with sample tables | mdat, the samples as in the segments

Nothing is decoded; lengths stay exact to the sample, by edit lists with exact durations. Parameter sets of
H.264 stay in band (`avc3`), so that playback survives a change of size.
"""

import struct
from collections.abc import Sequence
from typing import BinaryIO

from gradstream.media.mp4.fragment_reader import FragmentedFile, SourceTrack
from gradstream.media.mp4.init_segment import TrackDescription, make_ftyp, make_moov
from gradstream.media.mp4.sample_table import sample_table

_MDAT_HEADER_BYTES = 16
"""Size of the `mdat` header with a 64-bit size."""


def write_progressive(
    source: FragmentedFile, target: BinaryIO, *, tracks: Sequence[SourceTrack] = (), brand: bytes = b"isom"
) -> None:
    """Write a progressive file with these tracks of a stream, or with all."""
    movie = _Movie(source, tracks or tuple(source.tracks.values()))
    ftyp = make_ftyp(brand)
    # The size of `moov` depends on the offsets in it only when these need more than 32 bits.
    size = len(movie.moov(media_at=0))
    size = len(movie.moov(media_at=len(ftyp) + size + _MDAT_HEADER_BYTES))
    target.write(ftyp)
    target.write(movie.moov(media_at=len(ftyp) + size + _MDAT_HEADER_BYTES))
    media_size = sum(run.size for run in movie.runs)
    target.write(struct.pack(">I4sQ", 1, b"mdat", _MDAT_HEADER_BYTES + media_size))
    target.writelines(source.read(run) for run in movie.runs)


class _Movie:
    """The tracks of a progressive file, and the runs of samples it is made of."""

    def __init__(self, source: FragmentedFile, tracks: Sequence[SourceTrack]) -> None:
        self._tracks = [track for track in tracks if track.sizes]
        self.runs = [run for run in source.runs if run.track in tracks]

    def moov(self, *, media_at: int) -> bytes:
        """Return the `moov` box for media that starts at this offset."""
        offsets: dict[int, list[int]] = {track.number: [] for track in self._tracks}
        for run in self.runs:
            offsets[run.track.number].append(media_at)
            media_at += run.size
        timescale = self._tracks[0].timescale
        described = [self._track(track, offsets[track.number], timescale) for track in self._tracks]
        return make_moov(described, timescale)

    def _track(self, track: SourceTrack, chunk_offsets: Sequence[int], timescale: int) -> TrackDescription:
        # In decode order the smallest offset needed is 0: what all offsets have in common is only delay.
        surplus = min(track.offsets, default=0)
        tables = sample_table(
            durations=track.durations,
            sizes=track.sizes,
            offsets=[offset - surplus for offset in track.offsets],
            keys=track.keys,
            counts=[run.count for run in self.runs if run.track is track],
            chunk_offsets=chunk_offsets,
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
            # Rounded up, so that the last frame is not cut.
            presented=-(-track.presented * timescale // track.timescale),
            tables=tables,
        )
