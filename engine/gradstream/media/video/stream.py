"""One stream of pictures, with or without sound, from clips and arrays of any kind.

    Chunk --open_frames--> frames --VideoEncoder--.
    Chunk --open_video--> packets --ClipFrames------+--> VideoTimeline --.
                                  --ClipAudio-----------> AudioTrackEncoder ----+--> VideoSegmenter --> Sink

The first chunk decides whether there is a track for sound, and its rate. Everything happens while a clip is
read: of an hour's clip there is never more in memory than some seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import av
from av.error import FFmpegError

from gradstream.media.audio.encoder import choose_codec
from gradstream.media.errors import chunk_name
from gradstream.media.mp4.h264 import find_parameter_sets, make_avcc, split_length_prefixed
from gradstream.media.types import (
    LONGEST_SEGMENT_S,
    Chunk,
    ChunkError,
    EncodedSample,
    SegmentSink,
    VideoOptions,
    VideoTrack,
)
from gradstream.media.video.audio_track import DEFAULT_RATE_HZ, AudioTrackEncoder
from gradstream.media.video.clip_audio import AudioTooFarAheadError, ClipAudio
from gradstream.media.video.clip_frames import ClipFrames, CopiedFrames, DamagedClipError, TranscodedFrames
from gradstream.media.video.encoder import VideoEncoder
from gradstream.media.video.errors import video_file_error
from gradstream.media.video.from_array import open_frames
from gradstream.media.video.from_file import VideoClip, open_video
from gradstream.media.video.segmenter import VideoSegmenter
from gradstream.media.video.timeline import MAX_REORDER_FRAMES, EncodedFrame, VideoTimeline

_NTSC = Fraction(1000, 1001)
"""What people write as 29.97 or 23.976 frames a second is 30 or 24 times this."""


def exact_rate(fps: float) -> Fraction:
    """Return the frame rate that is meant: 23.976 and 29.97 are 24000/1001 and 30000/1001."""
    ntsc = round(fps / _NTSC) * _NTSC
    is_whole = abs(fps - round(fps)) < 1e-6
    return ntsc if not is_whole and abs(fps - ntsc) < 0.005 else Fraction(fps).limit_denominator(1001)


class VideoStream:
    """Fulfils types.Stream. `warn` is told what is left out although the chunk is accepted."""

    def __init__(
        self, options: VideoOptions, *, sink: SegmentSink, warn: Callable[[str], None] | None = None
    ) -> None:
        self._options = options
        self._period_s = 1 / exact_rate(options.fps)
        self._sink = sink
        self._warn = warn or (lambda _: None)
        self._line = VideoTimeline()
        self._encoder = VideoEncoder(1 / self._period_s)
        self._sound: AudioTrackEncoder | None = None
        self._fragments: VideoSegmenter | None = None
        self._clip_sound: ClipAudio | None = None
        self._has_told_of_sound = False

    def add(self, chunk: Chunk) -> None:
        """Decode a chunk, and put what is ready. Raises ChunkError, after what could be decoded."""
        try:
            if chunk.pictures is not None:
                self._add_pictures(chunk)
            else:
                with open_video(chunk) as clip:
                    self._add_clip(clip, chunk)
        except ChunkError:
            self._end_chunk()
            raise
        self._end_chunk()

    def flush(self) -> None:
        """Put everything that is encoded, however short."""
        if self._fragments is not None:
            self._fragments.put_all()

    @property
    def pending_s(self) -> float:
        """How much is encoded and held back."""
        return 0.0 if self._fragments is None else self._fragments.pending_s

    def finish(self) -> None:
        """Put what is left, with the sound encoder's last frames."""
        if self._fragments is not None:
            self._fragments.add([], [] if self._sound is None else self._sound.finish())
            self._fragments.put_all()
        self.close()

    def close(self) -> None:
        """Let go of the encoders; idempotent. A clip's file is open during `add` only."""
        self._encoder.close()
        if self._sound is not None:
            self._sound.close()

    def _add_pictures(self, chunk: Chunk) -> None:
        frames = open_frames(chunk)
        self._begin(None, chunk)
        self._line.begin()
        for number, frame in enumerate(frames):
            at_s = number * self._period_s
            line_s = self._line.place_s + at_s
            picture = self._encoder.encode(frame, at_s=at_s, duration_s=self._period_s, line_s=line_s)
            self._place(picture)
        self._end()

    def _add_clip(self, clip: VideoClip, chunk: Chunk) -> None:
        self._begin(clip, chunk)
        pictures = self._open_pictures_of(clip)
        try:
            self._read(clip, pictures)
        except (DamagedClipError, AudioTooFarAheadError, FFmpegError) as error:
            self._end()
            read_s = float(self._line.end_s - self._line.place_s)
            raise video_file_error(chunk, f"cannot be decoded beyond {read_s:.2f} s: {error}") from error
        if not self._end():
            raise video_file_error(chunk, "holds no picture that can be decoded")

    def _open_pictures_of(self, clip: VideoClip) -> ClipFrames:
        if clip.is_copyable:
            self._encoder.force_key_frame()
            self._line.begin(reorder=MAX_REORDER_FRAMES, cadence=clip.cadence)
            return CopiedFrames(clip)
        self._line.begin(cadence=clip.cadence)
        return TranscodedFrames(clip, self._encoder, place_s=self._line.place_s)

    def _read(self, clip: VideoClip, pictures: ClipFrames) -> None:
        for packet in clip.packets():
            if packet.stream_index == clip.pictures.index:
                for picture in pictures.add(packet):
                    self._place(picture)
            elif self._clip_sound is not None:
                self._clip_sound.hold(packet)
        for picture in pictures.finish():
            self._place(picture)

    def _begin(self, clip: VideoClip | None, chunk: Chunk) -> None:
        """Decide about sound, once, and open the chunk's own."""
        stream = None if clip is None else clip.sound
        if self._fragments is None:
            self._sound = self._choose_sound(stream)
        if self._sound is None:
            self._leave_out_sound(clip, chunk)
            return

        def warn(problem: str) -> None:
            self._warn(f"{chunk_name(chunk.number)}: its sound is damaged, and silent there: {problem}")

        self._clip_sound = ClipAudio(self._sound, stream, place_s=self._line.end_s, warn=warn)

    def _choose_sound(self, stream: av.AudioStream | None) -> AudioTrackEncoder | None:
        codec = choose_codec(self._options.codec, self._options.accepts)
        if stream is None:
            return AudioTrackEncoder(codec) if self._options.sound else None
        context = stream.codec_context
        return AudioTrackEncoder(
            codec, rate_hz=context.sample_rate or DEFAULT_RATE_HZ, channels=context.channels
        )

    def _leave_out_sound(self, clip: VideoClip | None, chunk: Chunk) -> None:
        if clip is None or clip.sound is None:
            return
        clip.drop_audio()
        if not self._has_told_of_sound:
            self._has_told_of_sound = True
            self._warn(
                f"{chunk_name(chunk.number)} has sound, and the stream began without: set `sound: true` on "
                "the output to keep a track for it from the start; until then sound is left out"
            )

    def _place(self, picture: EncodedFrame) -> None:
        """Put a picture on the line, and with those that are certain now the sound beside them."""
        samples = self._line.add(picture)
        base_s = self._line.base_s
        if not samples or base_s is None:
            return
        sounds = []
        if self._clip_sound is not None:
            sounds = self._clip_sound.advance(self._line.end_s, base_s=base_s)
        self._fragments_from(samples[0]).add(samples, sounds)

    def _end(self) -> bool:
        """Put the end of the clip on the line; tells whether there was any picture."""
        samples = self._line.end()
        base_s = self._line.base_s
        clip_sound, self._clip_sound = self._clip_sound, None
        if not samples or base_s is None:
            return False
        sounds = [] if clip_sound is None else clip_sound.end(self._line.end_s, base_s=base_s)
        self._fragments_from(samples[0]).add(samples, sounds)
        return True

    def _end_chunk(self) -> None:
        if self._fragments is not None:
            self._fragments.end_chunk()

    def _fragments_from(self, first: EncodedSample) -> VideoSegmenter:
        """Return where fragments are made; the first picture of all says how they begin."""
        if self._fragments is None:
            sets = find_parameter_sets(split_length_prefixed(first.data))
            size = sets.first
            picture = VideoTrack(width=size.width, height=size.height, config=make_avcc(sets))
            track = None if self._sound is None else self._sound.track
            longest_s = max(LONGEST_SEGMENT_S, float(self._period_s))
            self._fragments = VideoSegmenter(picture, track, sink=self._sink, longest_s=longest_s)
        return self._fragments
