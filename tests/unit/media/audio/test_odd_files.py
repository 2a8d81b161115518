"""Files whose headers lie, and several files in the same bytes: all is heard, or there are words."""

import io
import struct
from collections.abc import Iterable
from typing import Any

import av
import numpy as np
import pytest

from gradstream.media.audio.stream import AudioStream
from gradstream.media.snapshot import snapshot_audio
from gradstream.media.types import AudioOptions, ChunkError

RATE = 24_000
TONE = (8_000 * np.sin(np.arange(RATE) / 10)).astype("<i2")


class Sink:
    """Adds up how long the segments are."""

    def __init__(self) -> None:
        self.duration_s = 0.0

    def open(self, _: Any) -> None:
        """Receive the head."""

    def append(self, segment: Any) -> None:
        """Receive a segment."""
        self.duration_s += segment.duration_s


def heard(values: Iterable[Any]) -> tuple[float, list[str], str]:
    """Return how many seconds a stream of these chunks has, what is logged, and the error that ends it."""
    log: list[str] = []
    sink = Sink()
    stream = AudioStream(AudioOptions(codec="flac"), sink=sink, warn=log.append)
    error = ""
    try:
        for number, value in enumerate(values, 1):
            chunk = snapshot_audio(value, number=number)
            assert chunk is not None
            stream.add(chunk)
        stream.finish()
    except ChunkError as caught:
        error = str(caught)
        stream.flush()
    stream.close()
    return sink.duration_s, log, error


def wav(data: bytes = TONE.tobytes(), *, rate_hz: int = RATE, tag: int = 1, bits: int = 16) -> bytes:
    """Return a wav; every number of its header is as given."""
    frame = bits // 8
    form = struct.pack("<HHIIHH", tag, 1, rate_hz, rate_hz * frame & 0xFFFFFFFF, frame, bits)
    head = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", len(data))
    return b"RIFF" + struct.pack("<I", len(head) + len(data)) + head + data


def cut(data: bytes, size: int) -> list[bytes]:
    """Return the bytes in slices."""
    return [data[at : at + size] for at in range(0, len(data), size)]


def encoded(container: str, codec: str, **options: str) -> bytes:
    """Return the tone in another container."""
    file = io.BytesIO()
    with av.open(file, "w", format=container, options=options) as output:
        track = output.add_stream(codec, rate=RATE, layout="mono")
        assert isinstance(track, av.AudioStream)
        frame = av.AudioFrame.from_ndarray(TONE[np.newaxis], format="s16", layout="mono")
        frame.sample_rate = RATE
        resampler = av.AudioResampler(
            format=track.format.name, layout="mono", rate=RATE, frame_size=track.codec_context.frame_size
        )
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            output.mux(track.encode(part))
        output.mux(track.encode(None))
    return file.getvalue()


@pytest.mark.parametrize("size", [100, 1_000, 48_000, 10**6])
def test_two_wavs_in_the_same_bytes_are_both_heard_or_told(size: int) -> None:
    """Wherever the bytes are cut, the second file is not taken for a text behind the first one."""
    duration_s, _, error = heard(cut(wav() + wav(), size))
    assert duration_s == pytest.approx(2.0) or "is followed by another wav in the same bytes" in error
    if size in {100, 10**6}:
        assert error == ""


def test_two_mp4_in_the_same_bytes_are_told() -> None:
    """The second file would be lost: FFmpeg reads the fragments of the first one only."""
    mp4 = encoded("mp4", "aac", movflags="frag_keyframe+empty_moov+default_base_moof")
    assert heard(cut(mp4, 1_000))[2] == ""
    assert (
        "is followed by another mp4 in the same bytes: yield each file by itself"
        in heard(cut(mp4 * 2, 1_000))[2]
    )


@pytest.mark.parametrize("container", ["aiff", "au", "caf"])
def test_samples_that_a_header_declares_and_that_are_missing(container: str) -> None:
    """A file that ends early is told of, with what it declares and what there was."""
    whole = encoded(container, "pcm_s16be")
    assert heard([whole]) == (1.0, [], "")
    for chunks in ([whole[: len(whole) // 2]], cut(whole[: len(whole) // 2], 1_000)):
        duration_s, log, error = heard(chunks)
        assert duration_s == pytest.approx(0.5, abs=0.1)
        assert "its header declares 1.00 s of sound" in " ".join([*log, error])


@pytest.mark.parametrize("size", [1_000, 10**6])
@pytest.mark.parametrize("rate_hz", [0, 1, 999, 768_001, 2**31, 2**32 - 1])
def test_rates_that_no_sound_has(rate_hz: int, size: int) -> None:
    """A header that was never filled in does not become hours of sound."""
    duration_s, _, error = heard(cut(wav(rate_hz=rate_hz), size))
    assert duration_s == 0
    assert f"its header declares {rate_hz} samples a second, not 1000 to 768000" in error


@pytest.mark.parametrize("size", [1_000, 10**6])
def test_floats_that_are_no_numbers_or_far_too_loud(size: int) -> None:
    """NaN in a file is an error as in an array, and samples of another scale are logged."""
    nothing = np.full(RATE, np.nan, "<f4").tobytes()
    assert heard(cut(wav(nothing, tag=3, bits=32), size))[2] == "chunk 1 contains NaN or infinity"
    loud = (TONE / 400).astype("<f4").tobytes()
    duration_s, log, error = heard(cut(wav(loud, tag=3, bits=32), size))
    assert (duration_s, error) == (1.0, "")
    assert log == ["chunk 1: its sound goes up to 20 times full scale and is clipped"]
