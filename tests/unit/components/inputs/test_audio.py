"""Sound from visitors as the generator gets it: checked in the server, decoded in the worker."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradstream import authoring
from gradstream.components.form import check_form
from gradstream.components.inputs.audio import AudioInput
from gradstream.components.types import UnusableInputError, Upload
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.media.files.convert import has_audio_format
from gradstream.media.files.decode import read_audio
from tests.unit.components.fields import field
from tests.unit.components.runs import RunFolder
from tests.unit.media.clips import RATE, tone, write_sound

SONG = Upload(path="/tmp/1", name="song.mp3", mime="audio/mpeg", size=2_500_000)  # noqa: S108 (never opened)
SPOKEN = Upload(path="/tmp/2", name="spoken.webm", mime="video/webm", size=9)  # noqa: S108 (never opened)
UPLOADS = {"song": SONG, "spoken": SPOKEN}


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
    return field("audio", **given)


def uploaded(tmp_path: Path, name: str = "it.wav", *, channels: int = 1, **part: float) -> dict[str, Any]:
    """Return the plain value of an upload with a second of sound."""
    codec = {"wav": "pcm_s16le", "mp3": "libmp3lame"}[name.partition(".")[2]]
    path = write_sound(tmp_path / name, tone(1.0, channels=channels), codec=codec)
    return {"path": str(path), "name": name, "mime": "audio/wav", **part}


def check(value: Any, **options: Any) -> Any:
    """Check what a visitor sends, as a form does."""
    checked = check_form([field("audio", **options)], {"it": value}, find_upload=UPLOADS.get)
    return checked.findings[0].problem if checked.findings else checked.values["it"]


def test_an_upload_is_handed_over_with_its_part() -> None:
    """The id becomes a path; times go along, and a time that is null was not given."""
    plain = {"path": "/tmp/1", "name": "song.mp3", "mime": "audio/mpeg"}  # noqa: S108
    assert check({"file": "song"}) == plain
    assert check({"file": "song", "start_s": 1.5, "end_s": 4}) == {**plain, "start_s": 1.5, "end_s": 4}
    assert check({"file": "song", "start_s": None, "end_s": 4}) == {**plain, "end_s": 4}


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (
            {"file": "song", "start_s": "1"},
            InvalidValue(
                code="E-TYPE",
                message="It is cut at times in seconds, and start_s is not one",
                expected="a number of seconds, 0 or more",
                found="the text `1`",
                repair="send a number, such as 1.5",
            ),
        ),
        (
            {"file": "song", "start_s": 4, "end_s": 1.5},
            InvalidValue(
                code="E-RANGE",
                message="It has nothing between its start and its end",
                expected="start_s below end_s",
                found="4 s to 1.5 s",
                repair="choose a longer part",
            ),
        ),
        (
            "song",
            InvalidValue(
                code="E-TYPE",
                message="It takes an uploaded recording",
                expected='{"file": id} with the id of an upload',
                found="the text `song`",
                repair="send the file to /api/uploads first",
            ),
        ),
    ],
)
def test_what_is_no_part_of_a_file_is_explained(value: Any, problem: InvalidValue) -> None:
    """Each message says what was expected, what was found, and what to do."""
    assert check(value) == problem


def test_other_values_are_refused() -> None:
    """No time may be negative, endless or a truth value, and no other key may come along."""
    codes = [
        check({"file": "song", **more}).code
        for more in ({"end_s": -1}, {"end_s": float("inf")}, {"start_s": True}, {"speed": 2}, {"end_s": 0})
    ]
    assert codes == ["E-TYPE", "E-TYPE", "E-TYPE", "E-TYPE", "E-RANGE"]
    assert check({"file": "gone", "start_s": 1}).code == "E-NO-UPLOAD"
    picture = check_form([field("image")], {"it": {"file": "song", "start_s": 1}}, find_upload=UPLOADS.get)
    assert picture.findings[0].problem.code == "E-TYPE"


@pytest.mark.parametrize(
    ("accept", "song", "spoken"),
    [
        (None, True, True),
        (["audio/*"], True, True),
        ([".mp3"], True, False),
        (["audio/mp3"], True, False),
        (["audio/webm"], False, True),
        (["audio/wav", ".webm"], False, True),
    ],
)
def test_recordings_of_browsers_are_sound(accept: list[str] | None, *, song: bool, spoken: bool) -> None:
    """A browser's recording looks like a video by its first bytes, and is accepted as the sound it is."""
    fits = [not isinstance(check({"file": one}, accept=accept), InvalidValue) for one in ("song", "spoken")]
    assert fits == [song, spoken]


def test_a_file_that_is_too_large() -> None:
    """The size is told as the YAML writes it."""
    problem = check({"file": "song"}, max_size=2_000_000)
    assert (problem.code, problem.expected, problem.repair) == (
        "E-FILE-SIZE",
        "at most 2MB",
        "choose a smaller recording",
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("channels", [1, 2])
def test_arrays(tmp_path: Path, channels: int) -> None:
    """`as: numpy` gives the rate and int16 samples of the part."""
    plain = uploaded(tmp_path, channels=channels, start_s=0.25, end_s=0.5)
    rate, samples = AudioInput().decode(plain, asked("numpy"))
    expected = tone(1.0, channels=channels)[round(0.25 * RATE) : round(0.5 * RATE)]
    assert (rate, samples.dtype) == (RATE, np.dtype(np.int16))
    assert np.array_equal(samples, expected[:, 0] if channels == 1 else expected)


def test_the_visitor_s_own_file_is_given_where_it_will_do(tmp_path: Path, folder: Path) -> None:
    """A path is left alone when nothing is cut and the format fits, and so are its bytes."""
    plain = uploaded(tmp_path)
    for options in ({}, {"format": "wav"}, {"max_duration": 1.0}):
        assert AudioInput().decode(plain, asked(**options)) == plain["path"]
    content = AudioInput().decode(plain, asked("bytes"))
    assert content == Path(plain["path"]).read_bytes()
    assert AudioInput().decode(None, field("audio")) is None
    assert list(folder.iterdir()) == []


def test_a_part_is_a_wav_in_the_run_s_folder(tmp_path: Path, folder: Path) -> None:
    """What is cut out is exact, and goes with the run."""
    path = AudioInput().decode(uploaded(tmp_path, "it.mp3", start_s=0.5), field("audio"))
    assert (Path(path).parent, Path(path).suffix) == (folder, ".wav")
    assert read_audio(path)[1].shape == (RATE // 2,)


@pytest.mark.usefixtures("folder")
def test_the_format_that_the_demo_asks_for(tmp_path: Path) -> None:
    """A file of another format is converted, whole or in part, and can be had as bytes."""
    plain = uploaded(tmp_path)
    path = AudioInput().decode(plain, asked(format="mp3"))
    assert (has_audio_format(path, "mp3"), Path(path).suffix) == (True, ".mp3")
    content = AudioInput().decode({**plain, "end_s": 0.1}, asked("bytes", format="flac"))
    assert content[:4] == b"fLaC"


@pytest.mark.usefixtures("folder")
def test_two_inputs_do_not_collide(tmp_path: Path) -> None:
    """Each file in a run's folder has its own name, also beside files that a generator made."""
    plain = uploaded(tmp_path)
    paths = {AudioInput().decode(plain, asked(format="mp3")) for _ in range(2)}
    assert len(paths) == 2


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", ["path", "numpy", "bytes"])
def test_what_is_too_long_is_refused(tmp_path: Path, form: str) -> None:
    """The part counts, not the file: a visitor can cut a long one."""
    plain = uploaded(tmp_path)
    short = asked(form, max_duration=0.5)
    with pytest.raises(UnusableInputError) as caught:
        AudioInput().decode(plain, short)
    assert caught.value.problem == InvalidValue(
        code="E-FILE-TOO-LONG",
        message="It is too long",
        expected="at most 0.5 s",
        found="it.wav with 1 s",
        repair="choose a part of at most 0.5 s",
    )
    assert AudioInput().decode({**plain, "start_s": 0.5}, short) is not None
    assert AudioInput().decode({**plain, "start_s": 0.45}, short) is not None


@pytest.mark.usefixtures("folder")
def test_a_part_after_the_end(tmp_path: Path) -> None:
    """There is nothing to give, and the visitor is told why."""
    with pytest.raises(UnusableInputError) as caught:
        AudioInput().decode(uploaded(tmp_path, start_s=7.5), field("audio"))
    assert caught.value.problem == InvalidValue(
        code="E-RANGE",
        message="It ends before 7.5 s",
        expected="a start before 1 s",
        found="7.5 s",
        repair="choose an earlier part",
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("options", [{"hand_over": "numpy"}, {"format": "mp3"}, {"max_duration": 3.0}])
@pytest.mark.parametrize("content", [b"", b"no sound at all", b"RIFF\x00\x00\x00\x00WAVEbroken"])
def test_a_damaged_file_is_the_visitor_s(tmp_path: Path, content: bytes, options: dict[str, Any]) -> None:
    """What cannot be read as sound is told to the visitor, with the file's name."""
    path = tmp_path / "song.wav"
    path.write_bytes(content)
    with pytest.raises(UnusableInputError) as caught:
        AudioInput().decode({"path": str(path), "name": "song.wav", "mime": "audio/wav"}, asked(**options))
    assert caught.value.problem == InvalidValue(
        code="E-FILE-DAMAGED",
        message="It cannot be read as sound",
        expected="sound in a common format, such as MP3, WAV, FLAC or M4A",
        found="song.wav",
        repair="save it again in another program, or choose another file",
    )
