"""Files of 3D models are known by their content, and what is none says what it is."""

import struct

import pytest

from gradstream.components.model_file import ModelFileError, read_model
from tests.unit.components.models import OBJ, PLY, PLY_HEAD, STL, STL_TEXT, glb, gltf


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (glb(), "GLB"),
        (gltf(), "glTF"),
        (b"\xef\xbb\xbf\n" + gltf(), "glTF"),
        (OBJ, "OBJ"),
        (OBJ.replace(b"\n", b"\r\n"), "OBJ"),
        (b"v 0 0 0\nv 1 0 0\nl 1 2", "OBJ"),
        (STL, "STL"),
        (b"solid" + STL[5:], "STL"),
        (STL_TEXT, "STL"),
        (PLY, "PLY"),
        (PLY.replace(b"\n", b"\r\n"), "PLY"),
    ],
)
def test_formats(data: bytes, name: str) -> None:
    """Each format is recognised without a name."""
    assert read_model(data).format.name == name


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (
            b"Views:\nv 1 2 3\nf 1 2 3\n",
            "is text, and not a 3D model as GLB, glTF, OBJ, STL or PLY",
        ),
        (b"v 1 2 3\nv 1 2 4\n", "is text, and not"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG picture, and not"),
        (bytes(100), "is data of another kind, and not"),
        (STL[:-1], "is data of another kind, and not"),
        (glb()[:-1], "is a GLB file of which the end is missing"),
        (b"glTF", "is a GLB file of which the end is missing"),
        (struct.pack("<4sII", b"glTF", 1, 20) + bytes(8), "is a GLB file of version 1; version 2 is shown"),
        (b"{}", "cannot be read as glTF: Object missing required field `asset`"),
        (b"[" * 3, "is text, and not"),
        (b'{"a":' * 100_000, "cannot be read as glTF"),
        (gltf(version="1.0"), "has glTF version 1.0; version 2 is shown"),
        (gltf("shape.bin"), "has its shapes in another file, shape.bin, which is not fetched"),
        (PLY_HEAD % 10**9 + b"0\n", "is a PLY file of which a part is missing"),
        (PLY_HEAD[:30], "is a PLY file of which a part is missing"),
    ],
)
def test_what_is_no_model(data: bytes, says: str) -> None:
    """Other files, damaged ones and counts that cannot be true are refused with words."""
    with pytest.raises(ModelFileError) as raised:
        read_model(data)
    assert str(raised.value).startswith(says)


def test_what_is_elsewhere() -> None:
    """Pictures and materials outside of a file are named, each once; those within are not."""
    images = [{"uri": "https://example.com/a.png"}, {"uri": "a.png"}, {"uri": "a.png"}, {"uri": "data:,"}]
    assert read_model(glb(images=images)).outside == ("https://example.com/a.png", "a.png")
    assert read_model(OBJ).outside == ("paint.mtl",)
    assert read_model(glb()).outside == ()
