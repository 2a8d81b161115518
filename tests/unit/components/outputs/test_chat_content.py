"""What a message contains beside text."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from gradstream.components.outputs.chat_content import encode_content
from gradstream.components.types import UnusableYieldError
from tests.unit.components.fields import MemoryStore


def kept(content: Any) -> Any:
    """Encode the content of a message."""
    return encode_content(content, MemoryStore())


def test_parts_of_a_text() -> None:
    """Text stays text, also in the mappings that other tools write; nothing is an empty text."""
    assert kept(None) == ""
    assert kept([{"type": "text", "text": "a"}, "b"]) == ["a", "b"]


def test_files_by_their_types(tmp_path: Path) -> None:
    """Sound and video keep their types, to be played; anything else is only saved, under its name."""
    (tmp_path / "tone.wav").write_bytes(b"RIFF")
    (tmp_path / "page.html").write_text("<script>")
    sound, page = kept([tmp_path / "tone.wav", tmp_path / "page.html"])
    assert sound == {"blob": "0", "mime": "audio/x-wav", "size": 4, "name": "tone.wav"}
    assert (page["mime"], page["name"]) == ("application/octet-stream", "page.html")


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
