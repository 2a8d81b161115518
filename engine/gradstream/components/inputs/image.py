"""The input kind `image`: an uploaded picture, decoded in the worker to what `as:` asks for.

Upload              --check--> {"path", "name", "mime"}          --decode--> array | image | path
{"file", "mask"}    --check--> {"path", "name", "mime", "mask"?} --decode--> {"image", "mask"}
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct, convert

from gradstream.components.inputs.file_checks import damaged, hand_over, misfit, not_uploaded, patterns
from gradstream.components.inputs.file_input import FileInput
from gradstream.components.inputs.kind import InputKind
from gradstream.components.inputs.mask import read_mask, write_mask
from gradstream.components.outputs.picture import import_libraries
from gradstream.components.types import JsonSchema, UnusableInputError, Upload
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain
from gradstream.media.pictures.types import PictureError

As = Literal["numpy", "pil", "path"]
Channels = Literal["rgb", "rgba", "gray"]

_MODES: dict[Channels, str] = {"rgb": "RGB", "rgba": "RGBA", "gray": "L"}


class ImageInputOptions(Struct, frozen=True, rename={"hand_over": "as"}):
    """The keys of an input that a picture depends on."""

    accept: str | list[str] | None = None
    max_size: int | None = None
    hand_over: As = "numpy"
    channels: Channels = "rgb"
    max_pixels: int | None = None
    mask: bool = False


class ImageInput(FileInput):
    """Hands over a picture upright, with the channels that `channels` asks for; no picture is None.

    With `mask` it hands over {"image", "mask"}, the mask as large as the picture, 255 where it was painted.
    """

    part_keys = frozenset({"mask"})
    upload_keys = frozenset({"mask"})
    whole_key = "image"

    has_picture = True

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return where the file is, and that of its mask, or why one of them is not accepted."""
        if value is None:
            return None
        given = value if isinstance(value, dict) else {"file": value}
        picture, mask = given.get("file"), given.get("mask")
        handed = check_picture(picture if isinstance(picture, Upload) else value, field)
        if isinstance(handed, InvalidValue) or mask is None:
            return handed
        if not isinstance(mask, Upload):
            return not_uploaded(mask, field, noun="mask")
        options = convert(field.options, ImageInputOptions)
        return _misfit_mask(mask, field, options) or {**handed, "mask": hand_over(mask)}

    def value_schema(self, field: Input) -> JsonSchema:
        """Return that of a reference to an upload, and to one of its mask where there is one."""
        properties: JsonSchema = {"file": {"type": "string"}}
        if convert(field.options, ImageInputOptions).mask:
            properties["mask"] = {"type": ["string", "null"]}
        return {
            "type": "object",
            "properties": properties,
            "required": ["file"],
            "additionalProperties": False,
        }

    def decode(self, plain: Plain, field: Input) -> Any:
        """Return an array of shape (height, width, 3 or 4) or (height, width), an image, or a path.

        With `mask` a mapping with `image` and `mask`, both of them such a thing.
        """
        if plain is None:
            return None
        options = convert(field.options, ImageInputOptions)
        if not options.mask:
            return decode_picture(plain, field)
        picture = _open(plain, field, options)
        mask = read_mask(plain.get("mask"), field, size=picture.size)
        if options.hand_over == "path":
            return {"image": plain["path"], "mask": write_mask(mask, field)}
        return {"image": _handed(picture, options), "mask": _handed(mask, options)}

    def prepare(self) -> None:
        """Import NumPy and Pillow."""
        import_libraries()

    def unserved(self, config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield `sample`."""
        if "sample" in config:
            yield "sample", "a picture is taken once"


KINDS: Mapping[str, InputKind] = {"image": ImageInput()}


def _misfit_mask(mask: Upload, field: Input, options: ImageInputOptions) -> InvalidValue | None:
    if not options.mask:
        return InvalidValue(
            code="E-TYPE",
            message=f"{field.label} takes a picture without a mask",
            expected='{"file": id}',
            found="a mask",
            repair="leave out `mask`",
            remedy="write `mask: true` at the input, or the picture's path alone",
        )
    return misfit(mask, field, accepted=["image/*"], max_size=options.max_size, noun="mask")


def _handed(picture: Any, options: ImageInputOptions) -> Any:
    """Return an image as `as` says."""
    if options.hand_over == "pil":
        return picture
    import numpy as np  # noqa: PLC0415 (heavy: only a worker that is given a picture pays for it)

    return np.array(picture)


def check_picture(value: object, field: Input) -> Plain | InvalidValue:
    """Return where one picture is, or why it is not accepted."""
    if not isinstance(value, Upload):
        return not_uploaded(value, field, noun="picture")
    options = convert(field.options, ImageInputOptions)
    accepted = patterns(options.accept, usual="image/*")
    wrong = misfit(value, field, accepted=accepted, max_size=options.max_size, noun="picture")
    return wrong or hand_over(value)


def decode_picture(plain: Plain, field: Input) -> Any:
    """Return one picture as the function gets it. Raises UnusableInputError."""
    options = convert(field.options, ImageInputOptions)
    if options.hand_over == "path":
        return plain["path"]
    return _handed(_open(plain, field, options), options)


def _open(plain: Mapping[str, str], field: Input, options: ImageInputOptions) -> Any:
    from PIL import Image  # noqa: PLC0415 (heavy: only a worker that is given a picture pays for it)

    from gradstream.media.pictures.reader import PictureReader, blended  # noqa: PLC0415 (heavy, as above)

    try:
        with Image.open(plain["path"]) as file:
            # Only the header was read: a few bytes can stand for gigabytes of pixels.
            _check_pixels(plain, field, file.size, most=options.max_pixels)
            # A visitor's file has the numbers that it has: nothing about them is the developer's to change.
            pixels = PictureReader(lambda _: None).picture(file)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, PictureError) as error:
        # SyntaxError is what Pillow raises for some broken headers.
        expected = "a picture in a common format, such as PNG, JPEG or WebP"
        raise damaged(plain, field, form="a picture", expected=expected) from error
    channels = options.channels
    return Image.fromarray(pixels if channels == "rgba" else blended(pixels)).convert(_MODES[channels])


def _check_pixels(plain: Mapping[str, str], field: Input, size: tuple[int, int], *, most: int | None) -> None:
    width, height = size
    if most is not None and width * height > most:
        raise UnusableInputError(
            InvalidValue(
                code="E-FILE-SIZE",
                message=f"{field.label} has too many pixels",
                expected=f"at most {most:,} pixels",
                found=f"{plain['name']} with {width} x {height}",
                repair="choose a smaller picture",
            )
        )
