"""One video stream, with or without audio, from clips and arrays of any kind.

    Chunk --open_frames--> frames --VideoEncoder--.
    Chunk --open_video--> packets --ClipFrames----+--> VideoTimeline -----.
                                  --ClipAudio--> AudioTrackEncoder -------+--> VideoSegmenter --> SegmentSink

The first chunk decides whether there is an audio track, and its rate. A clip is processed while it is
read: even of an hour-long clip only a few seconds are in memory.
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
"""Frame rates written as 29.97 or 23.976 are 30 or 24 times this."""


LOSS_TOLERANCE_S = Fraction(1, 2)
"""How much longer than its frames a file may say it is: containers round, and count what is not shown."""


def exact_rate(fps: float) -> Fraction:
    """Return the exact frame rate: 23.976 and 29.97 stand for 24000/1001 and 30000/1001."""
    ntsc = round(fps / _NTSC) * _NTSC
    is_whole = abs(fps - round(fps)) < 1e-6
    return ntsc if not is_whole and abs(fps - ntsc) < 0.005 else Fraction(fps).limit_denominator(1001)


class VideoStream:
    """Implements `types.MediaStream`. `warn` receives what is left out of chunks that are accepted."""

    def __init__(
        self, options: VideoOptions, *, sink: SegmentSink, warn: Callable[[str], None] | None = None
    ) -> None:
        self._options = options
        self._period_s = 1 / exact_rate(options.fps)
        self._sink = sink
        self._warn = warn or (lambda _: None)
        self._timeline = VideoTimeline()
        self._encoder = VideoEncoder(1 / self._period_s)
        self._audio: AudioTrackEncoder | None = None
        self._segmenter: VideoSegmenter | None = None
        self._clip_audio: ClipAudio | None = None
        self._has_warned_of_audio = False

    def add(self, chunk: Chunk) -> None:
        """Decode and encode a chunk, and emit complete segments. Raises ChunkError after the valid part."""
        try:
            if chunk.frames is not None:
                self._add_frames(chunk)
            else:
                with open_video(chunk) as clip:
                    self._add_clip(clip, chunk)
        except ChunkError:
            self._end_chunk()
            raise
        self._end_chunk()

    def flush(self) -> None:
        """Emit everything that is encoded, however short."""
        if self._segmenter is not None:
            self._segmenter.flush()

    @property
    def pending_s(self) -> float:
        """Duration of the video that is encoded and held back."""
        return 0.0 if self._segmenter is None else self._segmenter.pending_s

    def finish(self) -> None:
        """Emit the rest, including the audio encoder's last frames."""
        if self._segmenter is not None:
            self._segmenter.add([], [] if self._audio is None else self._audio.finish())
            self._segmenter.flush()
        self.close()

    def close(self) -> None:
        """Release the encoders; idempotent. A clip's file is open during `add` only."""
        self._encoder.close()
        if self._audio is not None:
            self._audio.close()

    def _add_frames(self, chunk: Chunk) -> None:
        frames = open_frames(chunk)
        self._begin(None, chunk)
        self._timeline.begin()
        for number, frame in enumerate(frames):
            at_s = number * self._period_s
            stream_s = self._timeline.start_s + at_s
            self._append(self._encoder.encode(frame, at_s=at_s, duration_s=self._period_s, stream_s=stream_s))
        self._end()

    def _add_clip(self, clip: VideoClip, chunk: Chunk) -> None:
        self._begin(clip, chunk)
        frames = self._open_clip(clip)
        try:
            self._read(clip, frames)
        except (DamagedClipError, AudioTooFarAheadError, FFmpegError) as error:
            self._end()
            read_s = float(self._timeline.end_s - self._timeline.start_s)
            raise video_file_error(chunk, f"cannot be decoded beyond {read_s:.2f} s: {error}") from error
        if not self._end():
            raise video_file_error(chunk, "contains no picture that can be decoded")
        self._account(clip, chunk)

    def _account(self, clip: VideoClip, chunk: Chunk) -> None:
        """Warn where a file ends before what it states, as one does that is read while it is written."""
        came_s = self._timeline.end_s - self._timeline.start_s
        if clip.stated_s - came_s > LOSS_TOLERANCE_S:
            name = chunk_name(chunk.number)
            stated = f"the {float(clip.stated_s):.2f} s that the file states"
            self._warn(f"{name}: {float(came_s):.2f} s came into the stream of {stated}; the rest is missing")

    def _open_clip(self, clip: VideoClip) -> ClipFrames:
        if clip.is_copyable:
            self._encoder.force_key_frame()
            self._timeline.begin(reorder=MAX_REORDER_FRAMES, cadence=clip.cadence)
            return CopiedFrames(clip)
        self._timeline.begin(cadence=clip.cadence)
        return TranscodedFrames(clip, self._encoder, start_s=self._timeline.start_s)

    def _read(self, clip: VideoClip, frames: ClipFrames) -> None:
        for packet in clip.packets():
            if packet.stream_index == clip.video.index:
                for frame in frames.add(packet):
                    self._append(frame)
            elif self._clip_audio is not None:
                self._clip_audio.hold(packet)
        for frame in frames.finish():
            self._append(frame)

    def _begin(self, clip: VideoClip | None, chunk: Chunk) -> None:
        """Decide about an audio track, once, and start the chunk's audio."""
        stream = None if clip is None else clip.audio
        if self._segmenter is None:
            self._audio = self._choose_audio(stream)
        if self._audio is None:
            self._drop_audio(clip, chunk)
            return

        def warn(problem: str) -> None:
            self._warn(f"{chunk_name(chunk.number)}: its sound is damaged and replaced by silence: {problem}")

        self._clip_audio = ClipAudio(self._audio, stream, start_s=self._timeline.end_s, warn=warn)

    def _choose_audio(self, stream: av.AudioStream | None) -> AudioTrackEncoder | None:
        codec = choose_codec(self._options.codec, self._options.accepts)
        if stream is None:
            return AudioTrackEncoder(codec) if self._options.sound else None
        context = stream.codec_context
        return AudioTrackEncoder(
            codec, rate_hz=context.sample_rate or DEFAULT_RATE_HZ, channels=context.channels
        )

    def _drop_audio(self, clip: VideoClip | None, chunk: Chunk) -> None:
        if clip is None or clip.audio is None:
            return
        clip.drop_audio()
        if not self._has_warned_of_audio:
            self._has_warned_of_audio = True
            self._warn(
                f"{chunk_name(chunk.number)} has sound, but the stream started without it: set `sound: true` "
                "on the output to include sound from the start; until then it is left out"
            )

    def _append(self, frame: EncodedFrame) -> None:
        """Append a frame to the timeline; segment the frames that are now certain, with their audio."""
        samples = self._timeline.add(frame)
        base_s = self._timeline.base_s
        if not samples or base_s is None:
            return
        audio = []
        if self._clip_audio is not None:
            audio = self._clip_audio.advance(self._timeline.end_s, base_s=base_s)
        self._segmenter_for(samples[0]).add(samples, audio)

    def _end(self) -> bool:
        """End the clip on the timeline; return whether it had any frame."""
        clip_audio, self._clip_audio = self._clip_audio, None
        samples = self._timeline.end(held_until_s=self._sound_s(clip_audio))
        base_s = self._timeline.base_s
        if not samples or base_s is None:
            return False
        audio = [] if clip_audio is None else clip_audio.end(self._timeline.end_s, base_s=base_s)
        self._segmenter_for(samples[0]).add(samples, audio)
        return True

    def _sound_s(self, clip_audio: ClipAudio | None) -> Fraction:
        """Return for how long the clip's sound goes on after its first picture."""
        ends_at_s = None if clip_audio is None else clip_audio.ends_at_s
        return Fraction(0) if ends_at_s is None else ends_at_s - self._timeline.first_s

    def _end_chunk(self) -> None:
        if self._segmenter is not None:
            self._segmenter.end_chunk()

    def _segmenter_for(self, first: EncodedSample) -> VideoSegmenter:
        """Return the segmenter, created at the first frame: its parameter sets describe the track."""
        if self._segmenter is None:
            sets = find_parameter_sets(split_length_prefixed(first.data))
            size = sets.first
            video = VideoTrack(width=size.width, height=size.height, config=make_avcc(sets))
            audio = None if self._audio is None else self._audio.track
            longest_s = max(LONGEST_SEGMENT_S, float(self._period_s))
            self._segmenter = VideoSegmenter(video, audio, sink=self._sink, longest_s=longest_s)
        return self._segmenter
