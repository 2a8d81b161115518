"""The input kind `gallery`: several pictures in an order, each with a caption if the demo asks for them.

[Upload | {"file": Upload, "caption"?}] --check--> [{"path", "name", "mime", "caption"?}]
--decode--> [array | PIL image | path], or pairs of one and its caption
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, convert

from gradstream.components.inputs.file_input import FileInput
from gradstream.components.inputs.image import check_picture, decode_picture
from gradstream.components.inputs.kind import InputKind
from gradstream.components.outputs.picture import import_libraries
from gradstream.components.types import JsonSchema
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain
from gradstream.format.wording import describe

CAPTION = "caption"


class GalleryOptions(Struct, frozen=True):
    """The keys of a gallery input that are not about a single picture."""

    captions: bool = False


class GalleryInput(FileInput):
    """Hands over a list of pictures, upright, each as an image input does; none is an empty list."""

    part_keys = frozenset({CAPTION})

    def takes_several(self, field: Input) -> bool:
        """Return that the value is a list of files."""
        return True

    def rule_keys(self, field: Input) -> frozenset[str]:
        """Return those about the number of pictures."""
        return frozenset({"min_length", "max_length"})

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return where the pictures are, or why one is not accepted."""
        if value is None:
            return []
        if not isinstance(value, list):
            return InvalidValue(
                code="E-TYPE",
                message=f"{field.label} takes several pictures",
                expected='a list of {"file": id}',
                found=describe(value),
                repair="put the picture between square brackets",
            )
        has_captions = convert(field.options, GalleryOptions).captions
        checked = [_check_item(one, field, has_captions=has_captions) for one in value]
        return next((one for one in checked if isinstance(one, InvalidValue)), checked)

    def value_schema(self, field: Input) -> JsonSchema:
        """Return that of a list of references to uploads, each with its caption or none."""
        caption = {"type": ["string", "null"]}
        item: JsonSchema = {
            "type": "object",
            "properties": {"file": {"type": "string"}, CAPTION: caption},
            "required": ["file"],
            "additionalProperties": False,
        }
        several: JsonSchema = {"type": "array", "items": item}
        return {**several, "minItems": 1} if field.required else several

    def untouched(self, field: Input) -> Plain:
        """Return no picture."""
        return []

    def decode(self, plain: Plain, field: Input) -> Any:
        """Return the pictures, or pairs of a picture and its caption, which is None where there is none."""
        pictures = [decode_picture(one, field) for one in plain or []]
        if not convert(field.options, GalleryOptions).captions:
            return pictures
        return [(picture, one.get(CAPTION)) for picture, one in zip(pictures, plain or [], strict=True)]

    def prepare(self) -> None:
        """Import NumPy and Pillow."""
        import_libraries()


KINDS: Mapping[str, InputKind] = {"gallery": GalleryInput()}


def _check_item(value: object, field: Input, *, has_captions: bool) -> Plain | InvalidValue:
    given: dict[str, Any] = value if isinstance(value, dict) else {"file": value}
    checked = check_picture(given.get("file"), field)
    caption = given.get(CAPTION)
    if isinstance(checked, InvalidValue) or caption is None:
        return checked
    if not isinstance(caption, str):
        return InvalidValue(
            code="E-TYPE",
            message=f"{field.label} has a caption that is not a text",
            expected="a text",
            found=describe(caption),
            repair="send a text, or leave the caption out",
        )
    # The pictures of an output come with their captions; only a demo that asks for captions is given them.
    return {**checked, CAPTION: caption} if has_captions and caption.strip() else checked
