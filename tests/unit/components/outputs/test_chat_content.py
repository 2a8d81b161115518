"""What a message contains beside text."""

import os
import wave
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from gradstream.components.outputs.chat_content import CONTENT, encode_content
from gradstream.components.types import UnusableYieldError
from tests.unit.components.fields import Frame, MemoryStore


def kept(content: Any) -> Any:
    """Encode the content of a message."""
    return encode_content(content, MemoryStore())


def test_parts_of_a_text() -> None:
    """Text stays text, also in the mappings that other tools write; nothing is an empty text."""
    assert kept(None) == ""
    assert kept([{"type": "text", "text": "a"}, "b"]) == ["a", "b"]


def a_sound(path: Path) -> Path:
    """Write a second of silence."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 8000, "NONE", ""))
        file.writeframes(bytes(16000))
    return path


def test_files_by_their_types(tmp_path: Path) -> None:
    """Sound is played as an output of sound plays it; anything else is only saved, under its name."""
    (tmp_path / "page.html").write_text("<script>")
    sound, page = kept([a_sound(tmp_path / "tone.wav"), tmp_path / "page.html"])
    assert (sound["mime"], sound["duration_s"], sound["name"]) == ("audio/wav", 1.0, "tone.wav")
    assert (page["mime"], page["name"]) == ("application/octet-stream", "page.html")


def test_what_other_kinds_show(tmp_path: Path) -> None:
    """Every kind of part, in one list, with text between; each has the form of the output of its kind."""
    figure = Figure(figsize=(1, 1))
    table = {"columns": ["n"], "rows": [[1], [2]]}
    sound = (8000, np.zeros(4000, np.int16))
    parts = [
        "# Look",
        Frame(["n"], [(1,), (2,)]),
        table,
        {"n": [1, 2]},
        "between",
        figure,
        sound,
        a_sound(tmp_path / "tone.wav").read_bytes(),
    ]
    text, frame, plain, columns, between, drawn, tone, data = kept(parts)
    assert (text, between) == ("# Look", "between")
    assert frame == plain == columns == table
    assert (drawn["mime"], drawn["width"]) == ("image/png", 200)
    assert (tone["mime"], tone["duration_s"], data["duration_s"]) == ("audio/flac", 0.5, 1.0)
    for content in [parts, *parts]:
        jsonschema.validate(kept(content), CONTENT)


def test_a_figure_is_drawn_when_it_has_changed() -> None:
    """A token behind a figure does not draw it again; a line in it does."""
    store, figure = MemoryStore(), Figure(figsize=(1, 1))
    axes = figure.add_subplot()
    first = encode_content([figure, "a"], store)
    assert encode_content([figure, "a b"], store)[0] == first[0]
    axes.plot([1, 2])
    assert encode_content(figure, store) != first[0]
    assert len(store.kept) == 2


def test_what_no_message_can_contain() -> None:
    """The error says what is accepted, and of a figure that needs a script what to do."""
    with pytest.raises(UnusableYieldError, match=r"expected text .* got int"):
        kept([5])
    with pytest.raises(UnusableYieldError, match="got a mapping with 'a'"):
        kept({"a": 1})
    with pytest.raises(UnusableYieldError, match="a sound without samples"):
        kept((8000, np.zeros(0, np.int16)))

    class Chart:
        """A figure of another library."""

    Chart.__module__ = "altair.vegalite"
    with pytest.raises(UnusableYieldError, match="a message shows no figure of Altair: yield it to"):
        kept([Chart()])


def test_a_picture_that_is_none_is_a_file(tmp_path: Path) -> None:
    """What a visitor has attached as a picture is never a reason to fail."""
    (tmp_path / "odd.png").write_bytes(b"no picture")
    assert kept(tmp_path / "odd.png")["mime"] == "application/octet-stream"


def test_a_picture_has_its_size(tmp_path: Path) -> None:
    """It is kept as it is drawn; that of a file has its name, by which it can be sent again."""
    assert kept(np.zeros((2, 3, 3), np.uint8))["width"] == 3
    Image.new("RGB", (4, 2)).save(tmp_path / "seen.png")
    picture = kept(tmp_path / "seen.png")
    assert (picture["width"], picture["mime"], picture["name"]) == (4, "image/png", "seen.png")


def test_a_mapping_names_files_of_the_run_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A visitor's words may become a mapping; a file elsewhere is refused, and one that is missing too."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.txt").write_text("x")
    assert kept({"path": str(tmp_path / "mine.txt"), "name": "yours.txt"})["name"] == "yours.txt"
    with pytest.raises(UnusableYieldError, match="not in the run's folder"):
        kept({"file": {"path": "/etc/passwd"}})
    with pytest.raises(UnusableYieldError, match=r"the file gone\.txt cannot be read"):
        kept(tmp_path / "gone.txt")


def test_what_comes_back_from_the_page_stays() -> None:
    """A file of an earlier run is named as before, without where it is on this machine."""
    assert kept({"blob": "d", "run": "r", "path": "/x"}) == {"blob": "d", "run": "r"}
    assert kept({"file": "u", "name": "a", "path": "/x"}) == {"file": "u", "name": "a"}


@pytest.mark.parametrize("name", ["pipe", "pipe.png", "pipe.mp3", "huge.bin", "folder"])
def test_a_file_without_an_end_is_refused(tmp_path: Path, name: str) -> None:
    """A pipe into which nobody writes is not waited for, and nothing is read that is too large."""
    path = tmp_path / name
    if name == "huge.bin":
        with path.open("wb") as file:
            file.truncate(2**40)
    elif name == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    with pytest.raises(UnusableYieldError, match=r"is not a file with an end|a value has at most"):
        encode_content(path, MemoryStore())
