"""Repairs of files: shown as a difference, and written whole or not at all."""

import stat
import subprocess
from pathlib import Path

import pytest

from gradstream.catalog.repairs import FileChangedError, RepairedFile, repairs_of

GOOD = "gradstream: 1\ngenerator: made.back\ninputs:\n  text: text\noutputs:\n  said: text\n"
BAD = GOOD.replace("text: text", "text: txet").replace("said: text", "said: tetx")


def repairs(folder: Path, text: str, name: str = "demo.yaml") -> list[RepairedFile]:
    """Write a demo with its function, and return the repairs of the folder."""
    (folder / "made.py").write_text("def back(text):\n    yield text\n")
    (folder / name).write_bytes(text.encode())
    return list(repairs_of([folder], environ={}))


def test_all_certain_repairs_of_a_file_are_one_difference(tmp_path: Path) -> None:
    """What `patch` reads makes of the file what writing does."""
    (found,) = repairs(tmp_path, BAD)
    assert found.after == GOOD
    (tmp_path / "change.diff").write_text(found.difference())
    subprocess.run(["patch", "demo.yaml", "change.diff"], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "demo.yaml").read_text() == GOOD


def test_a_good_file_is_left_alone(tmp_path: Path) -> None:
    """There is nothing to repair, and nothing to show."""
    assert repairs(tmp_path, GOOD) == []


def test_what_has_two_ways_is_left_to_the_author(tmp_path: Path) -> None:
    """A default between two steps may mean either of them."""
    slider = "slider\n    minimum: 10\n    step: 20\n    maximum: 110\n    default: 45"
    text = GOOD.replace("text: text", f"text:\n    type: {slider}", 1)
    assert repairs(tmp_path, text) == []


@pytest.mark.parametrize("text", [BAD.replace("\n", "\r\n"), "\ufeff" + BAD, BAD.rstrip("\n")])
def test_a_file_keeps_its_form(tmp_path: Path, text: str) -> None:
    """Line breaks, a byte order mark and a missing last line break stay; so do its rights."""
    (found,) = repairs(tmp_path, text)
    (tmp_path / "demo.yaml").chmod(0o640)
    found.write()
    good = text.replace("txet", "text").replace("tetx", "text")
    assert (tmp_path / "demo.yaml").read_bytes() == good.encode()
    assert stat.S_IMODE((tmp_path / "demo.yaml").stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo.yaml", "made.py"]


def test_a_file_that_was_saved_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """The author's text is newer than the check."""
    (found,) = repairs(tmp_path, BAD)
    (tmp_path / "demo.yaml").write_text("# mine")
    with pytest.raises(FileChangedError, match=r"demo\.yaml has been changed"):
        found.write()
    assert (tmp_path / "demo.yaml").read_text() == "# mine"


def test_the_catalog_s_own_file_is_repaired_too(tmp_path: Path) -> None:
    """A misspelt key of gradstream.yaml is one as well."""
    (found,) = repairs(tmp_path, "gradstream: 1\ntitel: Lab\n", name="gradstream.yaml")
    assert found.after == "gradstream: 1\ntitle: Lab\n"
