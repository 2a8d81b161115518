"""The output kind `image_compare`: two pictures of the same thing, one over the other.

(before, after) | {"before", "after"} --> {"before", "after"}
"""

from collections.abc import Mapping
from typing import Any

from gradstream.components.outputs.image import PICTURE, keep_exactly
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.outputs.picture import import_libraries, is_picture
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

ACCEPTED = "a pair of pictures, or {'before', 'after'}"
SIDES = ("before", "after")


class ImageCompareOutput(OutputKind):
    """Shows arrays, PIL images and picture files; a side may be None as long as it is not there yet."""

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return where both pictures are kept, exactly as they were."""
        if value is None:
            return None
        return {side: _side(given, side, store) for side, given in zip(SIDES, _sides(value), strict=True)}

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of the two pictures, or null."""
        picture: JsonSchema = {**PICTURE, "type": ["object", "null"]}
        return {
            "type": ["object", "null"],
            "properties": dict.fromkeys(SIDES, picture),
            "required": list(SIDES),
            "additionalProperties": False,
        }

    def prepare(self) -> None:
        """Import NumPy and Pillow."""
        import_libraries()


KINDS: Mapping[str, OutputKind] = {"image_compare": ImageCompareOutput()}


def _sides(value: Any) -> tuple[Any, Any]:
    if isinstance(value, Mapping):
        unknown = [key for key in value if key not in SIDES]
        if unknown or not value:
            found = f"with {unknown[0]!r}" if unknown else "without both"
            raise UnusableYieldError(f"expected {ACCEPTED}, got a mapping {found}")
        return value.get("before"), value.get("after")
    if isinstance(value, tuple | list):
        if len(value) != len(SIDES):
            raise UnusableYieldError(f"expected {ACCEPTED}, got {kind_name(value)} of {len(value)}")
        return value[0], value[1]
    raise UnusableYieldError(f"expected {ACCEPTED}, got {kind_name(value)}")


def _side(given: Any, side: str, store: Store) -> Plain:
    if given is None:
        return None
    if not (isinstance(given, str) or is_picture(given)):
        raise UnusableYieldError(f"expected a picture as {side!r}, got {kind_name(given)}")
    return keep_exactly(given, store)
