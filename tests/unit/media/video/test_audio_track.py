"""The track of sound beside pictures."""

from fractions import Fraction

import numpy as np
import pytest

from gradstream.media.audio.pcm import PcmBlock
from gradstream.media.types import Codec, EncodedSample
from gradstream.media.video.audio_track import AudioFormat, AudioTrackEncoder, silence


def block(count: int, *, rate_hz: int = 48_000, channels: int = 2) -> PcmBlock:
    """Return so many samples at half of full scale."""
    samples = np.full((channels, count), 0.5, np.float32)
    return PcmBlock(samples=samples, rate_hz=rate_hz, layout="stereo" if channels == 2 else "mono")


def length(sound: AudioTrackEncoder, samples: list[EncodedSample]) -> int:
    """Return how many samples the frames hold, without priming."""
    return sum(sample.duration for sample in samples) - sound.track.priming


@pytest.mark.parametrize("codec", ["aac", "opus", "flac"])
@pytest.mark.parametrize(("rate_hz", "channels"), [(48_000, 2), (44_100, 1), (22_050, 2)])
def test_the_track_is_as_long_as_the_pictures(codec: Codec, rate_hz: int, channels: int) -> None:
    """After many clips, with too little sound or too much of it, the length is exact to the sample."""
    sound = AudioTrackEncoder(codec, rate_hz=48_000, channels=2)
    samples = []
    for clip in range(1, 21):
        blocks = [block(rate_hz // 2 + 100 * clip % 37, rate_hz=rate_hz, channels=channels)] * (clip % 4)
        samples += sound.end_clip(blocks, end_s=Fraction(1001 * clip, 1000))
        assert sound.end_s == Fraction(round(Fraction(1001 * clip, 1000) * 48_000), 48_000)
    samples += sound.finish()
    assert length(sound, samples) == round(Fraction(1001 * 20, 1000) * 48_000)


def test_nothing_is_encoded_twice() -> None:
    """Settling where the track already ends adds nothing, and what begins there is cut off whole."""
    sound = AudioTrackEncoder("flac")
    sound.end_clip([block(4800)], end_s=Fraction(1, 10))
    assert sound.end_clip([block(100)], end_s=Fraction(1, 10)) == []
    assert sound.end_s == Fraction(1, 10)


def test_silence_is_generated_in_blocks() -> None:
    """Long silence is generated in blocks of a second, rounded to a sample; a duration of 0 gives none."""
    form = AudioFormat(rate_hz=8000, layout="mono", channels=1)
    assert [len(one.samples[0]) for one in silence(Fraction(25, 10), form)] == [8000, 8000, 4000]
    assert list(silence(Fraction(-1), form)) == []


def test_closing_is_idempotent() -> None:
    """A track is closed at any time, and twice."""
    sound = AudioTrackEncoder("aac")
    sound.feed(block(100))
    sound.close()
    sound.close()
