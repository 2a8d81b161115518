r"""Converts visitors' files: to the format that a demo requires, and to the time range that a visitor chose.

    file --audio of the range--> encoder --> wav | mp3 | flac | ogg | m4a
    file --packets, if the range is the whole file and the codec fits--> mp4 | webm
         \--video and audio of the range--> encoders ------------------/

Memory: audio is processed frame by frame, never whole; the caller limits the duration.
"""

from collections.abc import Mapping
from itertools import chain
from typing import Any

import av

from gradstream.media.files.decode import AudioTrimmer, MediaFile, MediaFileError, decode, open_file
from gradstream.media.files.output_tracks import (
    AudioTarget,
    AudioTrackWriter,
    CopiedTrack,
    DisplaySize,
    OutputTrack,
    TranscodedAudio,
    TranscodedVideo,
    VideoTarget,
)
from gradstream.media.time_range import WHOLE_FILE, TimeRange

_AUDIO_TARGETS: Mapping[str, AudioTarget] = {
    # FFmpeg's names: the container, the encoder, and the codecs that need no conversion.
    "wav": AudioTarget("wav", "pcm_s16le", frozenset({"pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le"})),
    "mp3": AudioTarget("mp3", "libmp3lame", frozenset({"mp3", "mp3float"}), 192_000),
    "flac": AudioTarget("flac", "flac", frozenset({"flac"})),
    "ogg": AudioTarget("ogg", "libopus", frozenset({"opus", "vorbis"}), 128_000),
    "m4a": AudioTarget("ipod", "aac", frozenset({"aac"}), 160_000),
}


_VIDEO_TARGETS: Mapping[str, VideoTarget] = {
    "mp4": VideoTarget(
        "libx264",
        frozenset({"h264"}),
        _AUDIO_TARGETS["m4a"],
        {"preset": "veryfast", "crf": "20"},
    ),
    "webm": VideoTarget(
        "libvpx",
        frozenset({"vp8", "vp9", "av1"}),
        _AUDIO_TARGETS["ogg"],
        {"deadline": "realtime", "cpu-used": "8", "crf": "12", "b": "4M"},
    ),
}


def has_audio_format(path: str, form: str) -> bool:
    """Return whether an audio file already has this format. Raises MediaFileError."""
    with open_file(path) as file:
        return file.video is None and _is_in(file, form) and _fits(file.audio, _AUDIO_TARGETS[form].fitting)


def has_video_format(path: str, form: str) -> bool:
    """Return whether a video file already has this format. Raises MediaFileError."""
    encoding = _VIDEO_TARGETS[form]
    with open_file(path) as file:
        return (
            _is_in(file, form)
            and _fits_video(file.video, encoding)
            and (file.audio is None or _fits(file.audio, encoding.audio.fitting))
        )


def convert_audio(path: str, target: str, *, form: str, time_range: TimeRange = WHOLE_FILE) -> None:
    """Write the audio of a time range to a new file. Raises MediaFileError."""
    with open_file(path) as file:
        if file.audio is None:
            raise MediaFileError("the file contains no sound")
        trimmer = AudioTrimmer(time_range, origin_s=file.origin_s)
        blocks = trimmer.blocks(file)
        first = next(blocks, None)
        if first is None:
            raise MediaFileError("the sound cannot be decoded")
        with av.open(target, "w", format=_AUDIO_TARGETS[form].muxer) as output:
            encoder = AudioTrackWriter(
                output, _AUDIO_TARGETS[form], rate_hz=trimmer.rate_hz, channels=trimmer.channels
            )
            for samples in chain([first], blocks):
                encoder.encode(samples, layout=trimmer.layout, rate_hz=trimmer.rate_hz, end=trimmer.position)
            encoder.finish()


def convert_video(path: str, target: str, *, form: str, time_range: TimeRange = WHOLE_FILE) -> None:
    """Write a time range to a new file; whole tracks are copied if they fit. Raises MediaFileError."""
    encoding = _VIDEO_TARGETS[form]
    display = _display_size(path)
    options = {"movflags": "+faststart"} if form == "mp4" else {}
    with open_file(path) as file, av.open(target, "w", format=form, options=options) as output:
        tracks: dict[int, OutputTrack] = {}
        if time_range.is_all and display.turns == 0 and _fits_video(file.video, encoding):
            tracks[file.video.index] = CopiedTrack(output, file.video)
        else:
            tracks[file.video.index] = TranscodedVideo(
                output, encoding, file, time_range=time_range, display=display
            )
        if file.audio is not None and time_range.is_all and _fits(file.audio, encoding.audio.fitting):
            tracks[file.audio.index] = CopiedTrack(output, file.audio)
        elif file.audio is not None:
            tracks[file.audio.index] = TranscodedAudio(output, encoding.audio, file, time_range=time_range)
        file.seek(time_range.start_s)
        for packet in file.packets(*(file.container.streams[index] for index in tracks)):
            tracks[packet.stream.index].feed(packet)
            if all(track.is_done for track in tracks.values()):
                break
        for track in tracks.values():
            track.finish()


def _display_size(path: str) -> DisplaySize:
    """Return the display size of the first frame. Raises MediaFileError if there is none."""
    with open_file(path) as file:
        if file.video is None:
            raise MediaFileError("the file contains no pictures")
        for packet in file.packets(file.video):
            for frame in decode(packet):
                turns = round(frame.rotation / 90) % 4
                width, height = frame.width, frame.height
                return DisplaySize(height, width, turns) if turns % 2 else DisplaySize(width, height, turns)
    raise MediaFileError("the pictures cannot be decoded")


def _is_in(file: MediaFile, container: str) -> bool:
    return container in file.container.format.name.split(",")


def _fits(track: Any, codecs: frozenset[str]) -> bool:
    return track is not None and track.codec_context.name in codecs


def _fits_video(track: Any, encoding: VideoTarget) -> bool:
    """Return whether every player of the format supports this track: 4:2:0 with 8 bits."""
    return _fits(track, encoding.fitting) and track.codec_context.pix_fmt in ("yuv420p", "yuvj420p")
