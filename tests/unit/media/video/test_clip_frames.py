"""A clip's frames, copied or encoded again."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest

from gradstream.media.mp4.h264 import SPS, nal_unit_type, split_length_prefixed
from gradstream.media.video.clip_frames import ClipFrames, CopiedFrames, DamagedClipError, TranscodedFrames
from gradstream.media.video.encoder import VideoEncoder
from gradstream.media.video.from_file import VideoClip, open_video
from gradstream.media.video.timeline import EncodedFrame
from tests.unit.media.videos import ClipForm, chunk_of, make_clip


def all_of(clip: VideoClip, pictures: ClipFrames) -> list[EncodedFrame]:
    """Return all pictures of a clip."""
    encoded = [one for packet in clip.packets() for one in pictures.add(packet)]
    return encoded + list(pictures.finish())


@pytest.mark.parametrize("container", ["mp4", "mpegts", "matroska"])
def test_copied_pictures_are_those_of_the_clip(container: str) -> None:
    """Each packet is one picture at its time, with lengths; key frames have their parameter sets in front."""
    form = ClipForm(container=container, options="bf=2 preset=ultrafast g=10")
    with open_video(chunk_of(make_clip(form))) as clip:
        pictures = all_of(clip, CopiedFrames(clip))
    assert len(pictures) == 50
    times = sorted(picture.at_s for picture in pictures)
    assert {after - before for before, after in pairwise(times)} == {Fraction(1, 25)}
    for picture in pictures:
        types = [nal_unit_type(unit) for unit in split_length_prefixed(picture.data)]
        assert picture.is_key == (types[0] == SPS)
    assert sum(picture.is_key for picture in pictures) == 5


def test_transcoded_pictures_keep_their_times() -> None:
    """Each decoded picture is encoded at its time, in the order in which it is shown."""
    times = tuple(40 * number + number % 3 for number in range(50))
    with open_video(chunk_of(make_clip(ClipForm(times=times)))) as clip:
        pictures = all_of(clip, TranscodedFrames(clip, VideoEncoder(), start_s=Fraction(7)))
    assert [picture.at_s for picture in pictures] == [Fraction(time, 1000) for time in times]
    assert pictures[0].is_key


@pytest.mark.parametrize(
    "broken",
    [
        # Lengths beyond the end, a unit of no type, and one with the bit that is never set.
        lambda data: b"\xff\xff\xff\xff" + data[4:],
        lambda data: data[:4] + b"\x00" + data[5:],
        lambda data: data[:4] + b"\xe5" + data[5:],
    ],
)
def test_a_damaged_frame_is_not_copied(broken: Callable[[bytes], bytes]) -> None:
    """A frame that is no longer made of an H.264 picture's units is not passed on to players."""
    with open_video(chunk_of(make_clip(ClipForm()))) as clip:
        pictures = CopiedFrames(clip)
        packet = next(clip.packets())
        packet.update(broken(bytes(packet)))
        with pytest.raises(DamagedClipError):
            list(pictures.add(packet))
