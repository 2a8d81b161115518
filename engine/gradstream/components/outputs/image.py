"""The output kind `image`: one picture, or nothing.

A picture is sent fast (JPEG) while the generator goes on, and the last one again exactly (WebP without loss).
One with an alpha channel is never lossy; a picture file that browsers show goes as it is; `format` overrides
all this.
"""

from typing import Any

from msgspec import Struct, convert

from gradstream.components.outputs.delivery import Delivery, Encode
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.outputs.picture import Encoded, Format, Picture, import_libraries, take
from gradstream.components.types import JsonSchema, Store
from gradstream.format.types import Output
from gradstream.format.values import Plain


class ImageOutputOptions(Struct, frozen=True):
    """The keys of an image output that its value depends on."""

    format: Format | None = None


class ImageOutput(OutputKind):
    """Shows arrays, PIL images, and picture files given by path or as bytes."""

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return where the picture is kept, exactly as it was."""
        return None if value is None else self.compress(take(value), output, store, exact=True)

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of a reference to a picture, or null."""
        return {**PICTURE, "type": ["object", "null"]}

    def delivery(self, output: Output) -> Delivery:
        """Return that pictures are encoded beside the generator."""
        return Encode(self)

    def prepare(self) -> None:
        """Import NumPy and Pillow."""
        import_libraries()

    def snapshot(self, value: Any) -> Picture | Encoded:
        """Return a copy."""
        return take(value)

    def is_lossy(self, snapshot: Picture | Encoded, output: Output) -> bool:
        """Return whether the fast encoding loses anything that the exact one would keep."""
        if isinstance(snapshot, Encoded) or convert(output.options, ImageOutputOptions).format is not None:
            return False
        return not snapshot.is_transparent()

    def compress(self, snapshot: Picture | Encoded, output: Output, store: Store, *, exact: bool) -> Plain:
        """Return where the picture is kept: {"blob", "mime", "size", "width", "height"}."""
        wanted = convert(output.options, ImageOutputOptions).format
        if isinstance(snapshot, Picture):
            fast: Format = "webp" if exact or snapshot.is_transparent() else "jpeg"
            snapshot = snapshot.encode(wanted or fast)
        return keep(snapshot, store)


PICTURE: JsonSchema = {
    "type": "object",
    "properties": {
        "blob": {"type": "string"},
        "mime": {"type": "string", "pattern": "^image/"},
        "size": {"type": "integer", "minimum": 1},
        "width": {"type": "integer", "minimum": 1},
        "height": {"type": "integer", "minimum": 1},
    },
    "required": ["blob", "mime", "size", "width", "height"],
    "additionalProperties": False,
}
"""A picture as a value refers to it: `blob` is its digest, in `/api/runs/{run}/blobs/{blob}`."""


def keep(picture: Encoded, store: Store) -> Plain:
    """Put a picture's bytes into the store and return the value that refers to them."""
    return {
        "blob": store.put(picture.data, picture.mime),
        "mime": picture.mime,
        "size": len(picture.data),
        "width": picture.width,
        "height": picture.height,
    }
