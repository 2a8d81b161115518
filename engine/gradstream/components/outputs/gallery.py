"""The output kind `gallery`: pictures, each with a caption or none.

[picture | (picture, caption) | {"image", "caption"?}] --> [{"image", "caption"}]
"""

import os
from collections.abc import Mapping
from typing import Any, ClassVar

from gradstream.components.outputs.delivery import AppendEdits, Delivery, Joined, ReplaceItems
from gradstream.components.outputs.image import PICTURE, keep_exactly
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.outputs.picture import import_libraries, is_picture
from gradstream.components.plain import repair_text
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.events.types import Edit
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

ACCEPTED = "a list of pictures, (picture, caption), or {'image', 'caption'}"


class GalleryOutput(OutputKind):
    """Shows arrays, PIL images and picture files side by side."""

    handed_as: ClassVar[str | None] = "gallery"

    page_events: ClassVar[tuple[str, ...]] = ("select",)

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return where each picture is kept, and its caption."""
        return None if value is None else [encode_item(item, store) for item in take_items(value, output)]

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of the list of pictures."""
        item = {
            "type": "object",
            "properties": {"image": PICTURE, "caption": {"type": ["string", "null"]}},
            "required": ["image", "caption"],
            "additionalProperties": False,
        }
        return {"type": ["array", "null"], "items": item}

    def delivery(self, output: Output) -> Delivery:
        """Return that each step adds its pictures, or has all of them, of which few change."""
        return AppendEdits(self.join) if output.updates == "append" else ReplaceItems(take_items, encode_item)

    def join(self, shown: Plain, added: Any, output: Output, store: Store) -> Joined:
        """Return the gallery with more pictures; a picture that is not in a list is one more."""
        items = [] if shown is None else shown
        more = [encode_item(item, store) for item in take_items(added, output)]
        edits: list[Edit] = [("insert", [len(items) + index], item) for index, item in enumerate(more)]
        items.extend(more)
        return Joined(value=items, edits=edits)

    def prepare(self) -> None:
        """Import NumPy and Pillow."""
        import_libraries()


KINDS: Mapping[str, OutputKind] = {"gallery": GalleryOutput()}


def take_items(value: Any, output: Output) -> list[Any]:
    """Return the items of a yield as they were given. Raises UnusableYieldError."""
    if value is None:
        return []
    if isinstance(value, list) or (isinstance(value, tuple) and not _is_captioned(value)):
        return list(value)
    is_added = output.updates == "append"
    if is_added and (isinstance(value, str | Mapping | tuple) or is_picture(value)):
        return [value]
    raise UnusableYieldError(f"expected {ACCEPTED}, got {kind_name(value)}")


def encode_item(item: Any, store: Store) -> Plain:
    """Return one picture as a plain value. Raises UnusableYieldError."""
    given, caption = _parts(item)
    if not (isinstance(given, str) or is_picture(given)):
        raise UnusableYieldError(f"expected {ACCEPTED}, got an item of type {kind_name(given)}")
    if not (caption is None or isinstance(caption, str | int | float)):
        raise UnusableYieldError(f"expected a text as the caption of a picture, got {kind_name(caption)}")
    text = None if caption is None else repair_text(str(caption))
    return {"image": keep_exactly(given, store), "caption": text}


def _parts(item: Any) -> tuple[Any, Any]:
    if isinstance(item, Mapping):
        unknown = [key for key in item if key not in ("image", "caption")]
        if "image" not in item or unknown:
            found = f"with {unknown[0]!r}" if unknown else "without 'image'"
            raise UnusableYieldError(f"expected {ACCEPTED}, got a mapping {found}")
        return item["image"], item.get("caption")
    return (item[0], item[1]) if _is_captioned(item) else (item, None)


def _is_captioned(item: Any) -> bool:
    """Return whether this is a pair of a picture and its caption; of two paths it is none."""
    if not isinstance(item, tuple | list) or len(item) != 2 or isinstance(item[0], list | tuple):
        return False
    return item[1] is None or (isinstance(item[1], str) and not isinstance(item[1], os.PathLike))
