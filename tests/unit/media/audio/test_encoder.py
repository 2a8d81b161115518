"""Encoders neither add nor lose a sample."""

import numpy as np
import pytest

from gradstream.media.audio.encoder import AudioEncoder, choose_codec, stream_rate
from gradstream.media.types import Codec, EncodedSample
from tests.unit.media.sounds import sine


def total_duration(samples: list[EncodedSample]) -> int:
    """Return the sum of durations."""
    return sum(sample.duration for sample in samples)


@pytest.mark.parametrize("codec", ["flac", "opus", "aac"])
@pytest.mark.parametrize("count", [1, 959, 1024, 1152, 2304, 4800, 48_000, 50_001])
def test_durations_are_exact(codec: Codec, count: int) -> None:
    """The durations of all frames add up to the priming and the input, however it was cut."""
    encoder = AudioEncoder(codec, 48_000, 1)
    samples = sine(48_000, count)[np.newaxis].astype(np.float32)
    emitted = [
        frame for start in range(0, count, 700) for frame in encoder.encode(samples[:, start : start + 700])
    ]
    emitted += encoder.finish()
    assert total_duration(emitted) == encoder.track.priming + count
    assert all(frame.data and frame.duration > 0 for frame in emitted)


@pytest.mark.parametrize(("codec", "frame"), [("flac", 1152), ("opus", 960), ("aac", 1024)])
def test_little_is_held_back(codec: Codec, frame: int) -> None:
    """After a second of audio less than three frames, including priming, are held back by the encoder."""
    encoder = AudioEncoder(codec, 48_000, 2)
    emitted = encoder.encode(np.zeros((2, 48_000), np.float32))
    assert encoder.track.priming + 48_000 - total_duration(emitted) < 3 * frame


@pytest.mark.parametrize(
    ("codec", "config", "priming"),
    [("flac", 34, 0), ("opus", 11, 312), ("aac", 5, 1024)],
)
def test_a_track_says_how_to_decode_it(codec: Codec, config: int, priming: int) -> None:
    """STREAMINFO, OpusHead without its magic, or AudioSpecificConfig are there before the first frame."""
    track = AudioEncoder(codec, 48_000, 2).track
    assert (track.rate_hz, track.channels, track.priming) == (48_000, 2, priming)
    assert len(track.config) == config


def test_nothing_becomes_nothing() -> None:
    """Without a sample there is no frame."""
    for codec in ("flac", "opus", "aac"):
        assert AudioEncoder(codec, 48_000, 1).finish() == []


def test_a_closed_encoder_takes_nothing() -> None:
    """What comes after `close` is a mistake, and said so; closing twice is none."""
    encoder = AudioEncoder("flac", 48_000, 1)
    encoder.close()
    encoder.close()
    assert encoder.finish() == []
    with pytest.raises(ValueError, match="closed"):
        encoder.encode(np.zeros((1, 4800), np.float32))


@pytest.mark.parametrize(
    ("codec", "rate_hz", "expected"),
    [
        ("flac", 44_100, 44_100),
        ("flac", 8_001, 8_001),
        ("flac", 7_999, 48_000),
        ("flac", 192_000, 48_000),
        ("aac", 22_050, 22_050),
        ("aac", 8_001, 48_000),
        ("opus", 44_100, 48_000),
    ],
)
def test_usual_rates_are_kept(codec: Codec, rate_hz: int, expected: int) -> None:
    """A rate that the codec has and players play is kept, any other becomes 48 kHz."""
    assert stream_rate(codec, rate_hz) == expected


def test_the_codec_is_what_the_reader_plays() -> None:
    """`auto` takes the first that is preferred and accepted, else AAC; a fixed one is taken as it is."""
    assert choose_codec("auto", ("aac", "opus")) == "opus"
    assert choose_codec("auto", ()) == "aac"
    assert choose_codec("flac", ("aac",)) == "flac"
