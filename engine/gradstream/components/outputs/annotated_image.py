"""The output kind `annotated_image`: a picture with areas in it, each with a label.

(picture, [(area, label)]) | {"image", "areas": [(area, label) | {"box" or "mask", "label"?}]}
    --> {"image", "areas": [{"box", "mask", "label"}]}

An area is a box (left, top, right, bottom) in pixels, or a mask: an array (height, width) as large as the
picture, of bool, of floats in 0..1, or of integers in 0..255 (0 and 1 if there are no others).
"""

import math
from collections.abc import Mapping
from typing import Any, ClassVar

from gradstream.components.outputs.image import PICTURE, keep, keep_exactly
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.outputs.picture import Picture, import_libraries, is_picture
from gradstream.components.plain import repair_text
from gradstream.components.real_number import real_number
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

ACCEPTED = "(picture, [(area, label)]), or {'image', 'areas'}"
AREA = "an area: a box (left, top, right, bottom) in pixels, or a mask as large as the picture"
LABELED = "(area, label), or {'box' or 'mask', 'label'}"
CORNERS = 4


class AnnotatedImageOutput(OutputKind):
    """Shows boxes and masks over an array, a PIL image or a picture file."""

    page_events: ClassVar[tuple[str, ...]] = ("select",)

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return where the picture and its masks are kept, and where its boxes are."""
        if value is None:
            return None
        given, areas = _parts(value)
        if not (isinstance(given, str) or is_picture(given)):
            raise UnusableYieldError(f"expected {ACCEPTED}, got {kind_name(given)} as the picture")
        image: Any = keep_exactly(given, store)
        size = (image["width"], image["height"])
        return {"image": image, "areas": [encode_area(area, size, store) for area in areas]}

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of the picture and its areas, or null."""
        corner: JsonSchema = {"type": "number"}
        area: JsonSchema = {
            "type": "object",
            "properties": {
                "box": {"type": ["array", "null"], "items": corner, "minItems": CORNERS, "maxItems": CORNERS},
                "mask": {**PICTURE, "type": ["object", "null"]},
                "label": {"type": ["string", "null"]},
            },
            "required": ["box", "mask", "label"],
            "additionalProperties": False,
        }
        return {
            "type": ["object", "null"],
            "properties": {"image": PICTURE, "areas": {"type": "array", "items": area}},
            "required": ["image", "areas"],
            "additionalProperties": False,
        }

    def as_text(self, value: Plain) -> str | None:
        """Return the labels and boxes, one a line."""
        if not isinstance(value, dict):
            return None
        areas: Any = value["areas"]
        return "\n".join(f"{area['label'] or '-'}: {area['box'] or 'mask'}" for area in areas)

    def prepare(self) -> None:
        """Import NumPy and Pillow."""
        import_libraries()


KINDS: Mapping[str, OutputKind] = {"annotated_image": AnnotatedImageOutput()}


def encode_area(given: Any, size: tuple[int, int], store: Store) -> Plain:
    """Return one area of a picture of `size`, (width, height). Raises UnusableYieldError."""
    area, label = _area_and_label(given)
    if not (label is None or isinstance(label, str | int | float)):
        raise UnusableYieldError(f"expected a text as the label of an area, got {kind_name(label)}")
    text = None if label is None else repair_text(str(label))
    box = _box(area, size, store)
    mask = None if box is not None else _mask(area, size, store)
    return {"box": box, "mask": mask, "label": text}


def _parts(value: Any) -> tuple[Any, list[Any]]:
    if isinstance(value, Mapping):
        unknown = [key for key in value if key not in ("image", "areas")]
        if "image" not in value or unknown:
            found = f"with {unknown[0]!r}" if unknown else "without 'image'"
            raise UnusableYieldError(f"expected {ACCEPTED}, got a mapping {found}")
        given, areas = value["image"], value.get("areas", [])
    elif isinstance(value, tuple | list) and len(value) == 2:
        given, areas = value
    elif isinstance(value, str) or is_picture(value):
        given, areas = value, []
    else:
        raise UnusableYieldError(f"expected {ACCEPTED}, got {kind_name(value)}")
    if not isinstance(areas, list | tuple):
        raise UnusableYieldError(f"expected a list of (area, label), got {kind_name(areas)}")
    return given, list(areas)


def _area_and_label(given: Any) -> tuple[Any, Any]:
    if isinstance(given, Mapping):
        unknown = [key for key in given if key not in ("box", "mask", "label")]
        if unknown or ("box" in given) == ("mask" in given):
            found = f"with {unknown[0]!r}" if unknown else "without one of 'box' and 'mask'"
            raise UnusableYieldError(
                f"expected (area, label), or {{'box' or 'mask', 'label'}}, got a mapping {found}"
            )
        return given.get("box", given.get("mask")), given.get("label")
    if isinstance(given, tuple | list) and len(given) == 2:
        return given[0], given[1]
    raise UnusableYieldError(f"expected {LABELED}, got {kind_name(given)}")


def _box(area: Any, size: tuple[int, int], store: Store) -> Plain:
    """Return the corners of a box, within the picture; None for a mask."""
    shape = getattr(area, "shape", None)
    if shape is not None and tuple(shape) == (CORNERS,):
        area = area.tolist()
    if not isinstance(area, tuple | list) or len(area) != CORNERS:
        return None
    given: list[Any] = [real_number(one) for one in area]
    if not all(number is not None and math.isfinite(number) for number in given):
        raise UnusableYieldError(f"expected {AREA}, got {area!r:.80}")
    box = [min(max(one, 0), limit) for one, limit in zip(given, (*size, *size), strict=True)]
    left, top, right, bottom = box
    if right < left or bottom < top:
        raise UnusableYieldError(f"expected {AREA}, got {area!r:.80}, which ends before it begins")
    if box != given:
        store.warn("a box reaches beyond the picture and is shown as far as the picture goes")
    return box


def _mask(area: Any, size: tuple[int, int], store: Store) -> Plain:
    if not hasattr(area, "__array__"):
        raise UnusableYieldError(f"expected {AREA}, got {kind_name(area)}")
    import numpy as np  # noqa: PLC0415 (heavy: the server never has a mask)
    from PIL import Image  # noqa: PLC0415

    mask = np.asarray(area)
    width, height = size
    if mask.shape != (height, width) or mask.dtype.kind not in "buif":
        raise UnusableYieldError(
            f"expected a mask of {height} x {width} (height x width), as large as the picture, "
            f"got {' x '.join(map(str, mask.shape))} of {mask.dtype}"
        )
    most = 255 if mask.dtype.kind in "iu" else 1
    if mask.size and not (mask.min() >= 0 and mask.max() <= most):
        raise UnusableYieldError(
            f"expected a mask of bool, of floats in 0..1 or of integers in 0..255, "
            f"got values from {mask.min()} to {mask.max()}"
        )
    full = most if mask.max(initial=0) > 1 else 1
    alpha = Image.fromarray((mask.astype(np.float32) * (255 / full)).round().astype(np.uint8))
    picture = Picture(Image.merge("RGBA", [Image.new("L", size, 255)] * 3 + [alpha]))
    return store.once(picture.fingerprint(), lambda: keep(picture.encode("webp"), store))
