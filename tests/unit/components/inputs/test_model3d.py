"""3D models from visitors, as paths and as bytes, and what is refused."""

from pathlib import Path
from typing import Any

import pytest

from gradstream.authoring import folder
from gradstream.components.form import check_form
from gradstream.components.registry import input_kind
from gradstream.components.types import UnusableInputError, Upload
from gradstream.format.types import Input
from tests.unit.components.fields import field
from tests.unit.components.models import OBJ, STL, glb

MODEL = input_kind("model3d")
ACCEPT = [".glb", ".stl", ".obj"]
BYTES: dict[str, Any] = {"as": "bytes"}


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what is handed over written into the test's own folder, as into a run's."""
    monkeypatch.chdir(tmp_path)


def given(of: Input, path: Path, name: str) -> Any:
    """Return what the function gets for an upload, or the codes of what is wrong with it."""
    upload = Upload(path=str(path), name=name, mime="text/plain", size=path.stat().st_size)
    checked = check_form([of], {"it": {"file": "f"}}, find_upload={"f": upload}.get)
    if checked.findings:
        return [finding.problem.code for finding in checked.findings]
    return MODEL.decode(checked.values["it"], of)


def test_a_path_ends_in_the_name_and_says_what_it_is(tmp_path: Path) -> None:
    """Programs that go by a suffix read what visitors send, whatever they call it."""
    path = tmp_path / "0"
    path.write_bytes(STL)
    first = Path(given(field("model3d", accept=ACCEPT), path, "Chair.STL"))
    assert (first.name, first.read_bytes()) == ("Chair.STL", STL)
    assert str(first).startswith(str(folder()))
    path.write_bytes(OBJ)
    assert Path(given(field("model3d"), path, "chair.stl")).name == "chair.stl.obj"
    assert Path(given(field("model3d"), path, "../../chair.obj")).parent.parent == Path(folder())


def test_bytes_and_nothing(tmp_path: Path) -> None:
    """`as: bytes` gives the file's bytes; no model is None."""
    path = tmp_path / "0"
    path.write_bytes(glb())
    assert given(field("model3d", **BYTES), path, "a.glb") == glb()
    assert MODEL.decode(None, field("model3d")) is None
    assert MODEL.check(None, field("model3d")) is None


def test_what_is_refused(tmp_path: Path) -> None:
    """Other suffixes and too large files before a run, other contents when it begins."""
    path = tmp_path / "0"
    path.write_bytes(b"not a model")
    assert given(field("model3d", accept=ACCEPT), path, "notes.txt") == ["E-FILE-KIND"]
    assert given(field("model3d", max_size=5), path, "a.glb") == ["E-FILE-SIZE"]
    with pytest.raises(UnusableInputError) as raised:
        given(field("model3d"), path, "a.glb")
    problem = raised.value.problem
    assert (problem.code, problem.message) == ("E-FILE-DAMAGED", "It cannot be read as a 3D model")
    assert problem.expected == "a file as GLB, glTF, OBJ, STL or PLY"
