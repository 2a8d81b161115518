"""Encoded frames become a head and playable fragments of an MP4.

    make_init_segment | moof mdat | moof mdat | …          moof( mfhd  traf( tfhd tfdt trun ), one a track )

Head and fragments, one after the other, are a file wherever they are cut. Source: ISO/IEC 14496-12.
"""

import struct
from collections.abc import Sequence

from gradstream.media.mp4.boxes import box, full_box
from gradstream.media.mp4.h264 import codec_string
from gradstream.media.mp4.init_segment import COMPOSITION_DELAY, make_init_segment
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
"""Sample flags: depends on no other."""

_NOT_KEY = 0x01010000
"""Sample flags: depends on others, and nothing can begin here."""

_DATA_OFFSET, _DURATION, _SIZE, _FLAGS, _COMPOSITION = 0x1, 0x100, 0x200, 0x400, 0x800
"""What a `trun` says, of all samples and of each."""

_DEFAULT_FLAGS, _BASE_IS_MOOF = 0x20, 0x020000
"""What a `tfhd` says."""


class SegmentMuxer:
    """Turns encoded frames into a head and fragments; keeps each track's decode time.

    `longest_s` is what the maker of the fragments promises: nothing is cut here.
    """

    def __init__(
        self,
        *,
        picture: VideoTrack | None = None,
        sound: AudioTrack | None = None,
        longest_s: float = LONGEST_SEGMENT_S,
    ) -> None:
        """Begin at 0. Raises ValueError without any track, or for a configuration that no codec has."""
        init = make_init_segment(picture, sound)
        self._pictures = None if picture is None else _Clock(1, VIDEO_TIMESCALE, delay=COMPOSITION_DELAY)
        self._sounds = None if sound is None else _Clock(1 if picture is None else 2, sound.rate_hz)
        first = self._pictures or self._sounds
        if first is None:
            raise ValueError("a fragmenter needs a track of pictures, one of sound, or both")
        self._first = first
        self._priming = sound.priming if sound is not None and picture is None else 0
        self._count = 0
        self._end_s = 0.0
        mime = mime_type(picture, sound)
        self._head = InitSegment(mime=mime, timescale=first.timescale, init=init, longest_s=longest_s)

    @property
    def head(self) -> InitSegment:
        """What goes in front of the fragments."""
        return self._head

    def fragment(
        self,
        *,
        pictures: Sequence[EncodedSample] = (),
        sounds: Sequence[EncodedSample] = (),
        peaks: tuple[int, ...] = (),
    ) -> MediaSegment:
        """Return the next fragment of these frames, in decode order.

        Its times are those of the first track, and without priming. Raises ValueError for no frames at all,
        and for frames of a track that is not there.
        """
        runs = [_Run(clock, samples) for clock, samples in self._given(pictures, sounds)]
        # Where the media begins depends on how long the `moof` is, which does not depend on where that is.
        size = len(_moof(self._count + 1, runs, media_at=0))
        moof = _moof(self._count + 1, runs, media_at=size + 8)
        for run in runs:
            run.clock.ticks += run.duration
        media = box(b"mdat", *(sample.data for run in runs for sample in run.samples))
        index, start_s = self._count, self._end_s
        # The sum below may be beyond what is presented by its last bit, also when nothing was added.
        duration_s = max(0.0, self._presented_s() - start_s)
        self._count += 1
        self._end_s = start_s + duration_s
        return MediaSegment(
            index=index, start_s=start_s, duration_s=duration_s, data=moof + media, peaks=peaks
        )

    def _given(
        self, pictures: Sequence[EncodedSample], sounds: Sequence[EncodedSample]
    ) -> list[tuple["_Clock", Sequence[EncodedSample]]]:
        given = []
        for noun, clock, samples in (("pictures", self._pictures, pictures), ("sound", self._sounds, sounds)):
            if samples and clock is None:
                raise ValueError(f"a fragment with {noun}, for which there is no track")
            if samples and clock is not None:
                given.append((clock, samples))
        if not given:
            raise ValueError("a fragment without any frame")
        return given

    def _presented_s(self) -> float:
        return max(0, self._first.ticks - self._priming) / self._first.timescale


class _Clock:
    """A track's number and how far it has been told."""

    def __init__(self, number: int, timescale: int, *, delay: int = 0) -> None:
        self.number = number
        self.timescale = timescale
        self.delay = delay
        """Part of each composition offset, taken off by the head's edit list."""
        self.ticks = 0


class _Run:
    """One track's frames in one fragment."""

    def __init__(self, clock: _Clock, samples: Sequence[EncodedSample]) -> None:
        self.clock = clock
        self.samples = samples
        self.duration = sum(sample.duration for sample in samples)
        self.size = sum(len(sample.data) for sample in samples)

    def traf(self, *, media_at: int) -> bytes:
        """Return what tells of these frames, whose bytes begin there, counted from the `moof`'s beginning."""
        fields = struct.pack(">II", self.clock.number, _KEY)
        tfhd = full_box(b"tfhd", fields, flags=_BASE_IS_MOOF | _DEFAULT_FLAGS)
        tfdt = full_box(b"tfdt", struct.pack(">Q", self.clock.ticks), version=1)
        return box(b"traf", tfhd, tfdt, self._trun(media_at))

    def _trun(self, media_at: int) -> bytes:
        flags = _DATA_OFFSET | _DURATION | _SIZE
        if self.clock.delay:
            flags |= _FLAGS | _COMPOSITION
            rows = [_picture_row(sample, self.clock.delay) for sample in self.samples]
        else:
            rows = [struct.pack(">II", sample.duration, len(sample.data)) for sample in self.samples]
        # Version 1: a composition offset that is below 0 in spite of the delay stays what it is.
        return full_box(b"trun", struct.pack(">Ii", len(rows), media_at), *rows, version=1, flags=flags)


def _picture_row(sample: EncodedSample, delay: int) -> bytes:
    flags = _KEY if sample.is_key else _NOT_KEY
    return struct.pack(">IIIi", sample.duration, len(sample.data), flags, sample.offset + delay)


def _moof(number: int, runs: Sequence[_Run], *, media_at: int) -> bytes:
    trafs = []
    for run in runs:
        trafs.append(run.traf(media_at=media_at))
        media_at += run.size
    return box(b"moof", full_box(b"mfhd", struct.pack(">I", number)), *trafs)


def mime_type(picture: VideoTrack | None, sound: AudioTrack | None) -> str:
    """Return the MIME type of these tracks' fragments, with the codecs as RFC 6381 writes them."""
    codecs = []
    if picture is not None:
        codecs.append(codec_string(picture.config))
    if sound is not None:
        object_type = sound.config[0] >> 3
        codecs.append(f"mp4a.40.{object_type}" if sound.codec == "aac" else sound.codec)
    kind = "audio" if picture is None else "video"
    return f'{kind}/mp4; codecs="{", ".join(codecs)}"'
