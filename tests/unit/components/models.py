"""Small 3D models in each format."""

import json
import struct
from typing import Any

CORNERS = ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
OBJ = b"# a triangle\nmtllib paint.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"
STL = bytes(80) + struct.pack("<I", 1) + struct.pack("<12fH", *(0.0,) * 3, *sum(CORNERS, ()), 0)
STL_TEXT = b"solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nendloop\nendfacet\nendsolid a\n"
PLY_HEAD = b"ply\nformat ascii 1.0\ncomment made by hand\nelement vertex %d\nproperty float x\nend_header\n"
PLY = PLY_HEAD % 3 + b"0\n1\n2\n"
PLY_POINTS = b"""ply
format ascii 1.0
element vertex 3
property float x
property float y
property float z
end_header
0 0 0
1 0 0
0 1 0
"""


def gltf(buffer: str | None = "data:,", *, version: str = "2.0", **more: Any) -> bytes:
    """Return a glTF file of one triangle, whose buffer is at this address."""
    document = {
        "asset": {"version": version},
        "buffers": [{"byteLength": 36} | ({} if buffer is None else {"uri": buffer})],
        "bufferViews": [{"buffer": 0, "byteLength": 36}],
        "accessors": [
            {
                "bufferView": 0,
                "componentType": 5126,
                "count": 3,
                "type": "VEC3",
                "min": [0, 0, 0],
                "max": [1, 1, 0],
            }
        ],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "nodes": [{"mesh": 0}],
        "scenes": [{"nodes": [0]}],
        "scene": 0,
    }
    return json.dumps({**document, **more}).encode()


def glb(**more: Any) -> bytes:
    """Return the same triangle as GLB."""
    text = gltf(None, **more)
    text += b" " * (-len(text) % 4)
    body = b"".join(struct.pack("<3f", *corner) for corner in CORNERS)
    size = 12 + 8 + len(text) + 8 + len(body)
    chunks = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(body), b"BIN\0") + body
    return struct.pack("<4sII", b"glTF", 2, size) + chunks
