"""Videos from visitors as the generator gets them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gradstream import authoring
from gradstream.components.form import check_form
from gradstream.components.inputs.video import VideoInput
from gradstream.components.types import UnusableInputError, Upload
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.media.files.convert import has_video_format
from tests.unit.components.fields import field
from tests.unit.components.runs import RunFolder
from tests.unit.media.clips import greys, write_video

CLIP = Upload(path="/tmp/1", name="clip.mov", mime="video/quicktime", size=9)  # noqa: S108 (never opened)
SONG = Upload(path="/tmp/2", name="song.mp3", mime="audio/mpeg", size=9)  # noqa: S108 (never opened)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Have a run go on in a folder of its own."""
    run = RunFolder(tmp_path / "run")
    leave = authoring.enter(run)
    yield run.folder
    leave()


def asked(hand_over: str = "path", **options: Any) -> Input:
    """Return an input that hands over in this form."""
    given: dict[str, Any] = {"as": hand_over, **options}
    return field("video", **given)


def uploaded(tmp_path: Path, name: str = "it.mp4", **part: float) -> dict[str, Any]:
    """Return the plain value of an upload with two seconds of pictures."""
    path = write_video(tmp_path / name, 2.0, codec="libvpx" if name.endswith("webm") else "libx264")
    return {"path": str(path), "name": name, "mime": "video/mp4", **part}


def test_videos_are_accepted_and_sound_is_not() -> None:
    """Without `accept` every kind of video is taken."""
    uploads = {"clip": CLIP, "song": SONG}
    found = [
        check_form([field("video")], {"it": {"file": one, "end_s": 2}}, find_upload=uploads.get)
        for one in uploads
    ]
    assert found[0].values["it"] == {
        "path": "/tmp/1",  # noqa: S108
        "name": "clip.mov",
        "mime": "video/quicktime",
        "end_s": 2,
    }
    assert found[1].findings[0].problem == InvalidValue(
        code="E-FILE-KIND",
        message="It does not take this kind of file",
        expected="`video/*`",
        found="song.mp3 (audio/mpeg)",
        repair="choose another file",
    )


def test_the_visitor_s_own_file_is_given_where_it_will_do(tmp_path: Path, folder: Path) -> None:
    """A path is left alone when nothing is cut and the format fits, and so are its bytes."""
    plain = uploaded(tmp_path)
    for options in ({}, {"format": "mp4"}, {"max_duration": 2.0}):
        assert VideoInput().decode(plain, asked(**options)) == plain["path"]
    content = VideoInput().decode(plain, asked("bytes"))
    assert content == Path(plain["path"]).read_bytes()
    assert VideoInput().decode(None, field("video")) is None
    assert list(folder.iterdir()) == []


def test_a_part_is_an_mp4_in_the_run_s_folder(tmp_path: Path, folder: Path) -> None:
    """What is cut out has the pictures of the part, whatever the visitor's file was."""
    path = VideoInput().decode(uploaded(tmp_path, "it.webm", start_s=0.5, end_s=1.0), field("video"))
    assert (Path(path).parent, Path(path).suffix) == (folder, ".mp4")
    assert [number for _, number in greys(path)] == [5, 6, 7, 8, 9]


@pytest.mark.usefixtures("folder")
def test_the_format_that_the_demo_asks_for(tmp_path: Path) -> None:
    """A file of another format is converted."""
    path = VideoInput().decode(uploaded(tmp_path, "it.webm"), asked(format="mp4"))
    assert has_video_format(path, "mp4")
    assert [number for _, number in greys(path)] == list(range(20))


@pytest.mark.usefixtures("folder")
def test_what_is_too_long_is_refused(tmp_path: Path) -> None:
    """The visitor is told how long a part may be."""
    with pytest.raises(UnusableInputError) as caught:
        VideoInput().decode(uploaded(tmp_path), asked(max_duration=1.5))
    assert caught.value.problem == InvalidValue(
        code="E-FILE-TOO-LONG",
        message="It is too long",
        expected="at most 1.5 s",
        found="it.mp4 with 2 s",
        repair="choose a part of at most 1.5 s",
    )


@pytest.mark.usefixtures("folder")
def test_a_damaged_file_is_the_visitor_s(tmp_path: Path) -> None:
    """What cannot be read as a video is told to the visitor."""
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"\x00\x00\x00\x1cftypisom and nothing else")
    with pytest.raises(UnusableInputError) as caught:
        VideoInput().decode(
            {"path": str(path), "name": "clip.mp4", "mime": "video/mp4", "end_s": 1}, field("video")
        )
    problem = caught.value.problem
    assert (problem.code, problem.message) == ("E-FILE-DAMAGED", "It cannot be read as a video")
