"""Files of a few bytes that stand for gigabytes are refused before they are decoded."""

import wave
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from gradstream.components.inputs.audio import AudioInput
from gradstream.components.inputs.image import ImageInput
from gradstream.components.outputs.picture import PictureTaker
from gradstream.components.types import UnusableInputError, UnusableYieldError
from gradstream.format.types import DECODING_OPTIONS, Input
from gradstream.media.files.decode import MediaFileError, read_audio
from gradstream.media.snapshot import snapshot_audio
from gradstream.media.types import ChunkError
from tests.unit.format.demos import demo_of


def _plain(path: Path, mime: str) -> dict[str, str]:
    return {"path": str(path), "name": path.name, "mime": mime}


@pytest.mark.parametrize("form", ["numpy", "pil"])
def test_a_picture_with_many_pixels(tmp_path: Path, form: str) -> None:
    """81 million pixels in 13 kB are refused by the header alone; as a path the file is handed over."""
    path = tmp_path / "bomb.png"
    Image.new("1", (9000, 9000)).save(path)
    field = Input(name="it", kind="image", label="It", options={"as": form, "max_pixels": 50_000_000})
    with pytest.raises(UnusableInputError) as refusal:
        ImageInput().decode(_plain(path, "image/png"), field)
    problem = refusal.value.problem
    assert (problem.code, problem.message, problem.expected, problem.found) == (
        "E-FILE-SIZE",
        "It has too many pixels",
        "at most 50,000,000 pixels",
        "bomb.png with 9000 x 9000",
    )
    handed = Input(name="it", kind="image", label="It", options={"as": "path", "max_pixels": 1})
    assert ImageInput().decode(_plain(path, "image/png"), handed) == str(path)


def _sound(path: Path, *, seconds: int) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(np.zeros(8000 * seconds, np.int16).tobytes())
    return path


def test_sound_of_hours(tmp_path: Path) -> None:
    """It is refused by its length, unless a part that is short enough was chosen."""
    path = _sound(tmp_path / "long.wav", seconds=100)
    options: dict[str, Any] = {"as": "numpy", "max_seconds": 60.0}
    field = Input(name="it", kind="audio", label="It", options=options)
    with pytest.raises(UnusableInputError) as refusal:
        AudioInput().decode(_plain(path, "audio/wav"), field)
    assert (refusal.value.problem.code, refusal.value.problem.expected) == (
        "E-FILE-TOO-LONG",
        "at most 1 min",
    )
    rate, samples = AudioInput().decode({**_plain(path, "audio/wav"), "start_s": 10.0, "end_s": 20.0}, field)
    assert (rate, samples.shape) == (8000, (80_000,))


def test_sound_that_states_less_than_it_has(tmp_path: Path) -> None:
    """What is decoded is counted too, whatever a header says."""
    path = tmp_path / "many.wav"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=48_000, layout="7.1")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 48_000 * 8), np.int16), format="s16", layout="7.1")
        frame.sample_rate = 48_000
        for _ in range(10):
            container.mux(stream.encode(frame))
    assert read_audio(str(path), most_s=60)[1].shape == (480_000, 8)
    with pytest.raises(MediaFileError, match="more sound than it states"):
        read_audio(str(path), most_s=10)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/urandom", "/proc", "/dev"])
def test_a_path_without_an_end(path: str) -> None:
    """Devices, pipes and folders are no files of sound or pictures."""
    with pytest.raises(ChunkError, match="is not a file with an end"):
        snapshot_audio(path, number=1)
    with pytest.raises(UnusableYieldError, match="is not a file with an end"):
        PictureTaker(lambda _: None).take(path)


def test_limits_reach_the_inputs(tmp_path: Path) -> None:
    """A demo's `limits` bound what its workers decode, and no page reads them."""
    demo = demo_of(
        tmp_path,
        "gradstream: 1\ngenerator: studio.anything\nlimits:\n  pixels: 1000\n  media_time: 2min\n"
        "inputs:\n  photo: image\n  name: text\noutputs:\n  text: text\n",
    )
    photo, name = demo.inputs
    assert (photo.options["max_pixels"], photo.options["max_seconds"]) == (1000, 120)
    assert not set(DECODING_OPTIONS) & set(name.options)
