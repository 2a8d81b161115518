"""A clip's sound beside its pictures."""

from fractions import Fraction
from itertools import pairwise

import av
import numpy as np
import numpy.typing as npt
import pytest

from gradstream.media.types import EncodedSample
from gradstream.media.video import clip_audio
from gradstream.media.video.audio_track import AudioTrackEncoder
from gradstream.media.video.clip_audio import AudioTooFarAheadError, ClipAudio
from gradstream.media.video.from_file import VideoClip, open_video
from tests.unit.media.videos import ClipForm, chunk_of, make_clip

RATE = 8000
FORM = ClipForm(container="matroska", rate_hz=RATE, sound_codec="pcm_s16le")


def decoded(samples: list[EncodedSample], sound: AudioTrackEncoder) -> npt.NDArray[np.int16]:
    """Return a FLAC track's samples."""
    codec = av.CodecContext.create("flac", "r")
    codec.extradata = sound.track.config
    packets = [av.Packet(sample.data) for sample in samples]
    frames = [frame for packet in packets for frame in codec.decode(packet)]
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])


def feed(
    clip: VideoClip, *, start_s: Fraction, base_s: Fraction, end_s: Fraction
) -> tuple[list[EncodedSample], AudioTrackEncoder]:
    """Encode a clip's audio on a timeline with silence up to its start."""
    sound = AudioTrackEncoder("flac", rate_hz=RATE, channels=1)
    samples = sound.end_clip([], end_s=start_s)
    one = ClipAudio(sound, clip.audio, start_s=start_s, warn=pytest.fail)
    for packet in clip.packets():
        if packet.stream_index == clip.video.index:
            stream_s = start_s + Fraction(packet.pts or 0) * packet.time_base - base_s
            samples += one.advance(min(max(stream_s, start_s), end_s), base_s=base_s)
        else:
            one.hold(packet)
    samples += one.end(end_s, base_s=base_s)
    return samples + sound.finish(), sound


def wave(count: int) -> npt.NDArray[np.float64]:
    """Return the clips' sine."""
    return np.asarray(0.5 * 32767 * np.sin(2 * np.pi * 440 / RATE * np.arange(count)))


@pytest.mark.parametrize("base_ms", [-500, 0, 250])
def test_audio_is_placed_by_its_timestamps(base_ms: int) -> None:
    """Sound before the first picture is cut off, and where it begins later there is silence, exactly."""
    with open_video(chunk_of(make_clip(FORM))) as clip:
        base_s = Fraction(base_ms, 1000)
        samples, sound = feed(clip, start_s=Fraction(1), base_s=base_s, end_s=Fraction(3))
    result = decoded(samples, sound)
    expected = np.zeros(3 * RATE)
    shift = base_ms * RATE // 1000
    sine = wave(2 * RATE)[max(0, shift) :]
    begin = RATE + max(0, -shift)
    expected[begin : begin + len(sine)] = sine[: 3 * RATE - begin]
    assert len(result) == 3 * RATE
    assert np.abs(result - expected).max() <= 2


def test_a_clip_without_sound_is_silent() -> None:
    """A clip without audio becomes silence as long as its video, encoded as the video advances."""
    sound = AudioTrackEncoder("flac", rate_hz=RATE, channels=1)
    one = ClipAudio(sound, None, start_s=Fraction(0), warn=pytest.fail)
    assert one.advance(Fraction(1), base_s=Fraction(0)) != []
    assert sound.end_s == 1
    one.end(Fraction(2), base_s=Fraction(0))
    assert sound.end_s == 2


def test_sound_never_runs_ahead_of_pictures() -> None:
    """Audio that comes early in a file is encoded only as far as its video has come."""
    with open_video(chunk_of(make_clip(FORM))) as clip:
        sound = AudioTrackEncoder("flac", rate_hz=RATE, channels=1)
        one = ClipAudio(sound, clip.audio, start_s=Fraction(0), warn=pytest.fail)
        for packet in clip.packets():
            if packet.stream_index != clip.video.index:
                one.hold(packet)
        ends = []
        for tenth in range(1, 10):
            one.advance(Fraction(tenth, 10), base_s=Fraction(0))
            ends.append(sound.end_s)
        assert all(Fraction(1, 20) <= after - before <= Fraction(3, 20) for before, after in pairwise(ends))
        assert ends[-1] <= Fraction(9, 10)


def test_sound_that_does_not_come_is_silence() -> None:
    """A track that has nothing for long is taken to be silent, so that pictures need not wait for ever."""
    with open_video(chunk_of(make_clip(FORM))) as clip:
        sound = AudioTrackEncoder("flac", rate_hz=RATE, channels=1)
        one = ClipAudio(sound, clip.audio, start_s=Fraction(0), warn=pytest.fail)
        assert one.advance(clip_audio.MAX_LAG_S, base_s=Fraction(0)) == []
        assert one.advance(clip_audio.MAX_LAG_S + 3, base_s=Fraction(0)) != []
        assert sound.end_s == 3


def test_a_file_that_is_not_interleaved_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """More sound ahead of its pictures than is kept raises."""
    with open_video(chunk_of(make_clip(FORM))) as clip:
        one = ClipAudio(AudioTrackEncoder("flac"), clip.audio, start_s=Fraction(0), warn=pytest.fail)
        audio = [packet for packet in clip.packets() if packet.stream_index != clip.video.index]
        monkeypatch.setattr(clip_audio, "MAX_WAITING_BYTES", audio[0].size)
        one.hold(audio[0])
        with pytest.raises(AudioTooFarAheadError):
            one.hold(audio[1])


def test_damaged_audio_is_reported_once() -> None:
    """Audio that cannot be decoded becomes silence, with one warning; the length stays exact."""
    emitted: list[str] = []
    with open_video(
        chunk_of(make_clip(ClipForm(rate_hz=44_100, sound_codec="flac", container="matroska")))
    ) as clip:
        sound = AudioTrackEncoder("flac", rate_hz=44_100, channels=1)
        one = ClipAudio(sound, clip.audio, start_s=Fraction(0), warn=emitted.append)
        for packet in clip.packets():
            if packet.stream_index != clip.video.index:
                packet.update(bytes(packet.size))
                one.hold(packet)
        one.end(Fraction(2), base_s=Fraction(0))
    assert len(emitted) == 1
    assert sound.end_s == 2
