"""Files of 3D models, known by their content: what yields, visitors' files and a demo's own have in common.

    bytes --read_model--> ModelFile(format, outside) | ModelFileError, which says what is wrong

Sources: glTF 2.0 (Khronos), sections 3.6 and 4.4; the PLY format (Turk); the STL format (3D Systems);
Wavefront's OBJ.
"""

import codecs
import re

import msgspec
from msgspec import Struct

from gradstream.errors import GradstreamError
from gradstream.signatures import find_signature

FORMATS = "GLB, glTF, OBJ, STL or PLY"


class ModelFormat(Struct, frozen=True, kw_only=True):
    """A format of files: its name, the suffix that other programs know it by, and its media type."""

    name: str
    suffix: str
    mime: str


GLB = ModelFormat(name="GLB", suffix=".glb", mime="model/gltf-binary")
GLTF = ModelFormat(name="glTF", suffix=".gltf", mime="model/gltf+json")
OBJ = ModelFormat(name="OBJ", suffix=".obj", mime="model/obj")
STL = ModelFormat(name="STL", suffix=".stl", mime="model/stl")
# Nobody has registered a type for it.
PLY = ModelFormat(name="PLY", suffix=".ply", mime="application/octet-stream")

MODEL_TYPES = {form.suffix: form.mime for form in (GLB, GLTF, OBJ, STL, PLY)}
"""Media types by suffix."""


class ModelFile(Struct, frozen=True, kw_only=True):
    """What a file is; `outside` are the addresses that it refers to, which nobody fetches."""

    format: ModelFormat
    outside: tuple[str, ...] = ()


class ModelFileError(GradstreamError):
    """Raised for bytes that are not a model, or a damaged one; its text goes on after "the file"."""


class _Referring(Struct):
    uri: str | None = None


class _Asset(Struct):
    version: str


class _Gltf(Struct):
    asset: _Asset
    buffers: list[_Referring] = []
    images: list[_Referring] = []


_GLB_HEADER_BYTES = 20
_STL_HEADER_BYTES = 84
_STL_FACET_BYTES = 50

_PLY = re.compile(
    rb"ply\s+(?:comment[^\n]*\n|obj_info[^\n]*\n)*\s*format (?:ascii|binary_(?:little|big)_endian) "
)
_PLY_END = b"end_header"
_PLY_ELEMENT = re.compile(rb"^element[ \t]+\S+[ \t]+(\d+)", re.MULTILINE)

_OBJ_LINE = re.compile(
    rb"\s*(?:#.*|(?:v|vt|vn|vp|f|l|p|o|g|s|mg|mtllib|usemtl|usemap|cstype|deg|surf|curv2?|parm|end|lod)\b.*)?"
)
_OBJ_VERTEX = re.compile(rb"^[ \t]*v[ \t]+[-+]?[\d.]", re.MULTILINE)
_OBJ_SHAPE = re.compile(rb"^[ \t]*[flp][ \t]+-?\d", re.MULTILINE)
_OBJ_LIBRARY = re.compile(rb"^[ \t]*mtllib[ \t]+([^\r\n]+)", re.MULTILINE)
_OBJ_HEAD_LINES = 50
"""Lines by which an OBJ differs from any other text."""

_DATA = "data:"


def read_model(data: bytes) -> ModelFile:
    """Return which format a file's bytes have. Raises ModelFileError."""
    if not data:
        raise ModelFileError("is empty")
    if data.startswith(b"glTF"):
        return _read_glb(data)
    if _PLY.match(data):
        return _read_ply(data)
    if _is_binary_stl(data):
        return ModelFile(format=STL)
    if data[:5].lower() == b"solid" and b"facet" in data:
        return ModelFile(format=STL)
    if data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{":
        return _read_gltf(data.removeprefix(codecs.BOM_UTF8), GLTF)
    if _is_obj(data):
        libraries = (each.decode(errors="replace").strip() for each in _OBJ_LIBRARY.findall(data))
        return ModelFile(format=OBJ, outside=tuple(dict.fromkeys(libraries)))
    raise ModelFileError(f"is {_found(data)}, and not a 3D model as {FORMATS}")


def _read_glb(data: bytes) -> ModelFile:
    version, length, chunk = (int.from_bytes(data[at : at + 4], "little") for at in (4, 8, 12))
    if len(data) < _GLB_HEADER_BYTES or length > len(data) or _GLB_HEADER_BYTES + chunk > len(data):
        raise ModelFileError("is a GLB file of which the end is missing")
    if version != 2 or data[16:20] != b"JSON":
        raise ModelFileError(f"is a GLB file of version {version}; version 2 is shown")
    return _read_gltf(data[_GLB_HEADER_BYTES : _GLB_HEADER_BYTES + chunk], GLB)


def _read_gltf(text: bytes, form: ModelFormat) -> ModelFile:
    try:
        scene = msgspec.json.decode(text, type=_Gltf)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise ModelFileError(f"cannot be read as {form.name}: {error}") from error
    if not scene.asset.version.startswith("2."):
        raise ModelFileError(f"has glTF version {scene.asset.version[:20]}; version 2 is shown")
    missing = _outside(scene.buffers)
    if missing:
        raise ModelFileError(
            f"has its shapes in another file, {missing[0]}, which is not fetched: save it as GLB, which has "
            "all in one file"
        )
    return ModelFile(format=form, outside=_outside(scene.images))


def _outside(parts: list[_Referring]) -> tuple[str, ...]:
    """Return the addresses of what is not in the file itself, each once and cut to what can be read."""
    return tuple(
        dict.fromkeys(part.uri[:100] for part in parts if part.uri and not part.uri.startswith(_DATA))
    )


def _read_ply(data: bytes) -> ModelFile:
    header, end, body = data.partition(_PLY_END)
    count = sum(int(found) for found in _PLY_ELEMENT.findall(header[: 2**16]) if len(found) < 20)
    # Each element takes a byte or more.
    if not end or not count or count > len(body):
        raise ModelFileError("is a PLY file of which a part is missing")
    return ModelFile(format=PLY)


def _is_binary_stl(data: bytes) -> bool:
    """Return whether a file is as long as an STL with its number of facets: it has no signature."""
    count = int.from_bytes(data[_STL_HEADER_BYTES - 4 : _STL_HEADER_BYTES], "little")
    return count > 0 and len(data) == _STL_HEADER_BYTES + count * _STL_FACET_BYTES


def _is_obj(data: bytes) -> bool:
    head = data[: 2**13].split(b"\n")[:_OBJ_HEAD_LINES]
    # The last line may be cut.
    known = all(_OBJ_LINE.fullmatch(line) for line in head[: len(head) - 1] or head)
    return known and _OBJ_VERTEX.search(data) is not None and _OBJ_SHAPE.search(data) is not None


def _found(data: bytes) -> str:
    signature = find_signature(data[:512])
    if signature is not None and signature.name is not None:
        return signature.name
    return "text" if _is_text(data[:512]) else "data of another kind"


def _is_text(head: bytes) -> bool:
    return all(byte >= 0x20 or byte in b"\t\n\r\f\x1b" for byte in head)
