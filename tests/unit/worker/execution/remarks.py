"""Everything that a stream warns of, and the functions of the engine that do."""

import io
import struct
from collections.abc import Mapping, Sequence
from typing import Any

import av
import numpy as np
from msgspec import Struct

from tests.unit.media.sounds import encoded, sine, wav
from tests.unit.media.videos import ClipForm, make_clip

WRITER = "worker/outputs/stream_writer.py: StreamWriter._warn_of"
OUTPUT = "worker/outputs/writer.py: warn_of_output"
STREAM = "media/video/stream.py: VideoStream"
SCALES = "media/audio/array_scale.py: ArrayScales"
SLICES = "media/audio/slices"

SOUND = wav(sine(44_100, 22_223), 44_100)
MP3, AAC = encoded(SOUND, "mp3"), encoded(SOUND, "aac")


class Remark(Struct, frozen=True, kw_only=True):
    """What a generator yields to an output, words of the warning, and the functions that call `warn`."""

    kind: str
    yields: Sequence[object]
    words: str
    callers: frozenset[str]
    options: Mapping[str, Any] = {}


def _remark(kind: str, yields: Sequence[object], words: str, *callers: str, **options: Any) -> Remark:
    return Remark(kind=kind, yields=yields, words=words, callers=frozenset(callers), options=options)


def _damaged_sound() -> bytes:
    """Return a clip some of whose sound cannot be decoded."""
    data = make_clip(ClipForm(rate_hz=48_000, sound_codec="flac", container="matroska"))
    with av.open(io.BytesIO(data), "r") as file:
        sounds = [bytes(packet) for packet in file.demux(audio=0) if packet.size]
    for sound in sounds[1:4]:
        data = data.replace(sound, bytes(len(sound)))
    return data


def _endless_wav() -> bytes:
    """Return the beginning of a wav of unknown length that ends within a sample."""
    return SOUND[:4] + struct.pack("<I", 0) + SOUND[8:40] + struct.pack("<I", 0) + SOUND[44:2045]


def _array(*numbers: float, dtype: type[np.generic]) -> tuple[int, Any]:
    return 48_000, np.array(numbers * 500, dtype)


REMARKS: dict[str, Remark] = {
    "a bad chunk of sound": _remark("audio", [b"no sound at all"], "chunk 1", WRITER, OUTPUT),
    "a bad clip": _remark("video", [b"no video at all"], "chunk 1", WRITER),
    "a value of another type": _remark("audio", [12.5], "chunk 1", WRITER),
    "sound after pictures without": _remark(
        "video",
        [make_clip(ClipForm()), make_clip(ClipForm(rate_hz=48_000))],
        "chunk 2 has sound",
        f"{STREAM}._drop_audio",
    ),
    "damaged sound": _remark(
        "video",
        [_damaged_sound()],
        "its sound is damaged",
        f"{STREAM}._begin.<locals>.warn",
        "media/video/clip_audio.py: ClipAudio._decode",
    ),
    "whole floats": _remark(
        "audio", [_array(1000, -2000, dtype=np.float32)], "chunk 1", f"{SCALES}._of_floats"
    ),
    "quiet int32": _remark("audio", [_array(9, -9, dtype=np.int32)], "chunk 1", f"{SCALES}._of_integers"),
    "loud unsigned": _remark(
        "audio", [_array(0, 1, dtype=np.uint16)], "far from it", f"{SCALES}._of_unsigned"
    ),
    "floats behind whole ones": _remark(
        "audio",
        [_array(1000, -2000, dtype=np.float32), _array(0.5, -0.25, dtype=np.float32)],
        "almost silent",
        f"{SCALES}._note_silence",
    ),
    "floats over 1": _remark(
        "audio", [_array(1.5, -0.25, dtype=np.float32)], "clipped", f"{SCALES}._note_clipping"
    ),
    "a cut mp3": _remark(
        "audio",
        [MP3[:3000], MP3[3000:4321]],
        "left out",
        "media/audio/mp3/slices.py: Mp3SliceDecoder.finish",
    ),
    "a cut aac": _remark(
        "audio", [AAC[:2000], AAC[2000:3264]], "left out", f"{SLICES}/demuxed_file.py: DemuxedFile.finish"
    ),
    "a cut wav": _remark(
        "audio",
        [_endless_wav()[:999], _endless_wav()[999:]],
        "left out",
        f"{SLICES}/wav_file.py: WavFile.finish",
    ),
    "cut samples": _remark(
        "audio",
        [bytes(1001)],
        "left out",
        f"{SLICES}/decoder.py: BytesDecoder.finish",
        bytes="pcm_s16le",
        rate=24_000,
    ),
}
