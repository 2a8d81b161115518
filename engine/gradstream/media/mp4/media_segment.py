"""Muxes encoded samples into an init segment and media segments.

    ftyp moov | moof mdat | moof mdat | …          moof( mfhd  traf( tfhd tfdt trun ), one per track )

The init segment and any number of the media segments after it, concatenated, are a valid file. A segment has
another `moof` where the lead of its pictures changes: decode times within one follow from durations, and
the first picture is shown at 0 without an edit list. FFmpeg shows all later pictures later when it reads a
negative composition offset, so there is none. Source: ISO/IEC 14496-12.
"""

import struct
from collections.abc import Iterator, Sequence
from itertools import groupby

from gradstream.media.mp4.boxes import box, full_box
from gradstream.media.mp4.h264 import codec_string
from gradstream.media.mp4.init_segment import make_init_segment
from gradstream.media.types import (
    LONGEST_SEGMENT_S,
    VIDEO_TIMESCALE,
    AudioTrack,
    EncodedSample,
    InitSegment,
    MediaSegment,
    VideoTrack,
)

_KEY = 0x02000000
"""sample_depends_on 2: the sample does not depend on others (ISO/IEC 14496-12, 8.8.3.1)."""

_NOT_KEY = 0x01010000
"""sample_depends_on 1 and sample_is_non_sync_sample: a decoder cannot start here."""

_DATA_OFFSET, _DURATION, _SIZE, _FLAGS, _COMPOSITION = 0x1, 0x100, 0x200, 0x400, 0x800
"""Flags of `trun`: the fields it has, for the run and for each sample (ISO/IEC 14496-12, 8.8.8)."""

_DEFAULT_FLAGS, _BASE_IS_MOOF = 0x20, 0x020000
"""Flags of `tfhd`: it has default_sample_flags, and offsets count from the start of `moof`."""


class SegmentMuxer:
    """Muxes encoded samples, and keeps the decode time of each track.

    `longest_s` is a promise of the caller about the duration of segments: nothing is cut here.
    """

    def __init__(
        self,
        *,
        video: VideoTrack | None = None,
        audio: AudioTrack | None = None,
        longest_s: float = LONGEST_SEGMENT_S,
    ) -> None:
        """Start at time 0. Raises ValueError without any track, or for an invalid codec configuration."""
        data = make_init_segment(video, audio)
        self._video = None if video is None else _TrackClock(1, VIDEO_TIMESCALE, is_video=True)
        self._audio = None if audio is None else _TrackClock(1 if video is None else 2, audio.rate_hz)
        first = self._video or self._audio
        if first is None:
            raise ValueError("a segment muxer needs a video track, an audio track, or both")
        self._first = first
        self._priming = audio.priming if audio is not None and video is None else 0
        self._count = self._fragments = 0
        self._end_s = 0.0
        mime = mime_type(video, audio)
        self._init = InitSegment(mime=mime, timescale=first.timescale, data=data, longest_s=longest_s)

    @property
    def init(self) -> InitSegment:
        """The init segment, which precedes all media segments."""
        return self._init

    def segment(
        self,
        *,
        video: Sequence[EncodedSample] = (),
        audio: Sequence[EncodedSample] = (),
        peaks: tuple[int, ...] = (),
    ) -> MediaSegment:
        """Return the next media segment, made of these samples in decode order.

        Its times are those of the first track, without priming. Raises ValueError without any sample, and for
        samples of a track that does not exist.
        """
        tracks = self._with_clocks(video, audio)
        data = b"".join(self._fragment(runs) for runs in _fragments(tracks))
        index, start_s = self._count, self._end_s
        # Rounding can make the difference slightly negative, for example when only priming was added.
        duration_s = max(0.0, self._presented_s() - start_s)
        self._count += 1
        self._end_s = start_s + duration_s
        return MediaSegment(index=index, start_s=start_s, duration_s=duration_s, data=data, peaks=peaks)

    def _fragment(self, runs: Sequence["_TrackFragment"]) -> bytes:
        """Return `moof` and `mdat` of these runs, and advance the clocks of their tracks."""
        self._fragments += 1
        # The data offsets depend on the size of `moof`, which does not depend on the offsets.
        size = len(_moof(self._fragments, runs, data_offset=0))
        moof = _moof(self._fragments, runs, data_offset=size + 8)
        for run in runs:
            run.clock.ticks += run.duration
        return moof + box(b"mdat", *(sample.data for run in runs for sample in run.samples))

    def _with_clocks(
        self, video: Sequence[EncodedSample], audio: Sequence[EncodedSample]
    ) -> list[tuple["_TrackClock", Sequence[EncodedSample]]]:
        tracks = []
        for noun, clock, samples in (("video", self._video, video), ("audio", self._audio, audio)):
            if samples and clock is None:
                raise ValueError(f"the segment contains {noun}, but the stream has no {noun} track")
            if samples and clock is not None:
                tracks.append((clock, samples))
        if not tracks:
            raise ValueError("a segment needs at least one sample")
        return tracks

    def _presented_s(self) -> float:
        return max(0, self._first.ticks - self._priming) / self._first.timescale


class _TrackClock:
    """The ID of a track, and the sum of the durations of its samples."""

    def __init__(self, number: int, timescale: int, *, is_video: bool = False) -> None:
        self.number = number
        self.timescale = timescale
        self.is_video = is_video
        self.ticks = 0


class _TrackFragment:
    """Samples of one track, all with the same lead: a `traf` box and its data."""

    def __init__(self, clock: _TrackClock, samples: Sequence[EncodedSample]) -> None:
        self.clock = clock
        self.samples = samples
        self.lead = samples[0].lead
        self.duration = sum(sample.duration for sample in samples)
        self.size = sum(len(sample.data) for sample in samples)

    def traf(self, *, data_offset: int) -> bytes:
        """Return the `traf` box; `data_offset` is where the samples start, counted from `moof`."""
        fields = struct.pack(">II", self.clock.number, _KEY)
        tfhd = full_box(b"tfhd", fields, flags=_BASE_IS_MOOF | _DEFAULT_FLAGS)
        tfdt = full_box(b"tfdt", struct.pack(">Q", self.clock.ticks - self.lead), version=1)
        return box(b"traf", tfhd, tfdt, self._trun(data_offset))

    def _trun(self, data_offset: int) -> bytes:
        flags = _DATA_OFFSET | _DURATION | _SIZE
        if self.clock.is_video:
            flags |= _FLAGS | _COMPOSITION
            rows = [_video_row(sample) for sample in self.samples]
        else:
            rows = [struct.pack(">II", sample.duration, len(sample.data)) for sample in self.samples]
        # Version 1 allows signed composition offsets, which broken clips may need.
        return full_box(b"trun", struct.pack(">Ii", len(rows), data_offset), *rows, version=1, flags=flags)


def _video_row(sample: EncodedSample) -> bytes:
    flags = _KEY if sample.is_key else _NOT_KEY
    return struct.pack(">IIIi", sample.duration, len(sample.data), flags, sample.offset + sample.lead)


def _fragments(
    tracks: Sequence[tuple[_TrackClock, Sequence[EncodedSample]]],
) -> Iterator[list[_TrackFragment]]:
    """Yield the runs of each `moof`: those of all tracks in the first, then what has another lead."""
    runs = [
        [_TrackFragment(clock, list(run)) for _, run in groupby(samples, lambda sample: sample.lead)]
        for clock, samples in tracks
    ]
    yield [of_track[0] for of_track in runs]
    yield from ([run] for of_track in runs for run in of_track[1:])


def _moof(number: int, runs: Sequence[_TrackFragment], *, data_offset: int) -> bytes:
    trafs = []
    for run in runs:
        trafs.append(run.traf(data_offset=data_offset))
        data_offset += run.size
    return box(b"moof", full_box(b"mfhd", struct.pack(">I", number)), *trafs)


def mime_type(video: VideoTrack | None, audio: AudioTrack | None) -> str:
    """Return the MIME type of a stream with these tracks, including its codecs (RFC 6381)."""
    codecs = []
    if video is not None:
        codecs.append(codec_string(video.config))
    if audio is not None:
        object_type = audio.config[0] >> 3
        codecs.append(f"mp4a.40.{object_type}" if audio.codec == "aac" else audio.codec)
    kind = "audio" if video is None else "video"
    return f'{kind}/mp4; codecs="{", ".join(codecs)}"'
