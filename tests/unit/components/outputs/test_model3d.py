"""3D models from paths, bytes and objects that export themselves; what is none is refused with words."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from gradstream.components.registry import output_kind
from gradstream.components.types import UnusableYieldError
from gradstream.limits import WORKER_LIMITS
from tests.unit.components.fields import MemoryStore, output
from tests.unit.components.models import OBJ, PLY, STL, glb, gltf

OF = output("model3d")
KIND = output_kind("model3d")


class Mesh:
    """What trimesh's classes are, as far as anyone here asks."""

    def __init__(self, exported: Any) -> None:
        self._exported = exported

    def export(self, file_type: str) -> Any:
        """Return the model as GLB."""
        assert file_type == "glb"
        if isinstance(self._exported, Exception):
            raise self._exported
        return self._exported


def shown(value: Any, store: MemoryStore | None = None) -> Any:
    """Return what is shown of a yield."""
    encoded = KIND.encode(value, OF, store or MemoryStore())
    Draft7Validator(KIND.json_schema(OF)).validate(encoded)
    return encoded


@pytest.mark.parametrize(
    ("value", "name", "mime"),
    [
        (glb(), "it.glb", "model/gltf-binary"),
        (gltf(), "it.gltf", "model/gltf+json"),
        (bytearray(OBJ), "it.obj", "model/obj"),
        (memoryview(STL), "it.stl", "model/stl"),
        (PLY, "it.ply", "application/octet-stream"),
        (Mesh(glb()), "it.glb", "model/gltf-binary"),
    ],
)
def test_forms_in_memory(value: Any, name: str, mime: str) -> None:
    """The content says what it is, and the output's name what it is called."""
    store = MemoryStore()
    assert shown(value, store) == {"name": name, "blob": "0", "mime": mime, "size": len(store.kept[0][0])}
    assert store.kept[0][1] == mime


def test_paths(tmp_path: Path) -> None:
    """A file keeps its name, with the suffix of what it is; its bytes are copied."""
    path = tmp_path / "chair.STL"
    path.write_bytes(STL)
    assert shown(path)["name"] == "chair.STL"
    path.write_bytes(OBJ)
    assert shown(str(path))["name"] == "chair.STL.obj"
    assert shown(None) is None


def test_what_is_elsewhere_is_logged() -> None:
    """A model with pictures elsewhere is shown, and its developer is told."""
    store = MemoryStore()
    shown(glb(images=[{"uri": "https://example.com/a.png"}]), store)
    assert store.remarks == [
        "it refers to https://example.com/a.png, which is not fetched: save it as GLB, with all in one file"
    ]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (
            5,
            "expected the path or the bytes of a file as GLB, glTF, OBJ, STL or PLY, or an object of",
        ),
        (Mesh, "expected the path"),
        ("no such file", "there is no file 'no such file'; expected the path"),
        ("a\0b", "there is no file 'a\\x00b'"),
        (b"", "it is empty"),
        (b"solid ground", "it is text, and not a 3D model"),
        (Mesh("text"), "Mesh, which exports str"),
        (Mesh(ValueError("no faces")), "cannot be exported as GLB: no faces"),
    ],
)
def test_what_is_refused(value: Any, says: str) -> None:
    """What does not fit is refused where it is yielded."""
    with pytest.raises(UnusableYieldError) as raised:
        shown(value)
    assert says in str(raised.value)


def test_the_largest_model(tmp_path: Path) -> None:
    """A larger model is refused before its file is read, whatever it is."""
    path = tmp_path / "scan.stl"
    with path.open("wb") as file:
        file.truncate(WORKER_LIMITS.model_bytes + 1)
    for value, name in ((path, "scan.stl"), (bytes(WORKER_LIMITS.model_bytes + 1), "a model of it")):
        with pytest.raises(UnusableYieldError) as raised:
            shown(value)
        assert str(raised.value) == (
            f"{name} has 63MB; a model may have 60MiB: reduce the number of its triangles, "
            "or the size of its pictures"
        )
