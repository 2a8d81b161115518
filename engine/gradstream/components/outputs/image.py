"""The output kind `image`: one picture, or nothing.

A picture is sent fast (JPEG) while the generator goes on, and the last one again exactly (WebP without loss).
One with an alpha channel is never lossy; a picture file that browsers show goes as it is; `format` overrides
all this.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from msgspec import Struct, convert

from gradstream.components.outputs.delivery import Delivery, Encode
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.outputs.picture import Encoded, Format, Picture, PictureTaker, import_libraries
from gradstream.components.types import JsonSchema, Store
from gradstream.format.types import Output
from gradstream.format.values import Plain


class ImageOutputOptions(Struct, frozen=True):
    """The keys of an image output that its value depends on."""

    format: Format | None = None


class ImageOutput(OutputKind):
    """Shows arrays, PIL images, and picture files given by path or as bytes."""

    handed_as: ClassVar[str | None] = "image"

    has_picture = True
    page_events: ClassVar[tuple[str, ...]] = ("select",)

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return where the picture is kept, exactly as it was."""
        if value is None:
            return None
        return self.compress(PictureTaker().take(value), output, store, exact=True, warn=None)

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of a reference to a picture, or null."""
        return {**PICTURE, "type": ["object", "null"]}

    def delivery(self, output: Output) -> Delivery:
        """Return that pictures are encoded beside the generator."""
        return Encode(self)

    def prepare(self) -> None:
        """Import NumPy and Pillow."""
        import_libraries()

    def snapshots(self, output: Output, warn: Callable[[str], None]) -> Callable[[Any], Picture | Encoded]:
        """Return what copies and converts; a picture that its `format` cannot hold is logged once."""
        taker = PictureTaker(warn)
        wanted = convert(output.options, ImageOutputOptions).format
        told: set[Format] = set()

        def take(value: Any) -> Picture | Encoded:
            picture = taker.take(value)
            if wanted is not None and isinstance(picture, Picture):
                possible = picture.possible(wanted)
                if possible != wanted and possible not in told:
                    told.add(possible)
                    warn(_replacement(picture, wanted, possible))
            return picture

        return take

    def is_lossy(self, snapshot: Picture | Encoded, output: Output) -> bool:
        """Return whether the fast encoding loses anything that the exact one would keep."""
        if isinstance(snapshot, Encoded) or convert(output.options, ImageOutputOptions).format is not None:
            return False
        return not snapshot.is_transparent()

    def compress(
        self,
        snapshot: Picture | Encoded,
        output: Output,
        store: Store,
        *,
        exact: bool,
        warn: Callable[[str], None] | None,
    ) -> Plain:
        """Return where the picture is kept: {"blob", "mime", "size", "width", "height"}."""
        wanted = convert(output.options, ImageOutputOptions).format
        if isinstance(snapshot, Picture):
            fast: Format = "webp" if exact or snapshot.is_transparent() else "jpeg"
            snapshot = snapshot.encode(wanted or fast)
        return keep(snapshot, store)


KINDS: Mapping[str, OutputKind] = {"image": ImageOutput()}


def _replacement(picture: Picture, wanted: Format, possible: Format) -> str:
    reason = (
        "an alpha channel"
        if picture.is_transparent() and wanted == "jpeg"
        else f"{max(picture.image.size)} pixels a side"
    )
    return f"a picture with {reason} is sent as {possible}: {wanted} cannot hold it"


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


def keep_exactly(given: Any, store: Store) -> Plain:
    """Return what refers to a picture, kept as it is; one that is given again and again is encoded once.

    Raises UnusableYieldError.
    """
    picture = PictureTaker(store.warn).take(given)
    if isinstance(picture, Encoded):
        return keep(picture, store)
    return store.once(picture.fingerprint(), lambda: keep(picture.encode("webp"), store))
