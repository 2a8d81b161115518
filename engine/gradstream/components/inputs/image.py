"""The input kind `image`: an uploaded picture, decoded in the worker to what `as:` asks for.

Upload --check--> {"path", "name", "mime"} --decode--> numpy array | PIL image | path
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct, convert

from gradstream.components.inputs.file_checks import damaged, hand_over, misfit, not_uploaded, patterns
from gradstream.components.inputs.file_input import FileInput
from gradstream.components.outputs.picture import import_libraries
from gradstream.components.types import Upload
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain

As = Literal["numpy", "pil", "path"]


class ImageInputOptions(Struct, frozen=True, rename={"hand_over": "as"}):
    """The keys of an image input that its value depends on."""

    accept: str | list[str] | None = None
    max_size: int | None = None
    hand_over: As = "numpy"


class ImageInput(FileInput):
    """Hands over a picture as uint8 RGB (RGBA where it has transparency), upright; no picture is None."""

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return where the file is, or why it is not accepted."""
        if value is None:
            return None
        if not isinstance(value, Upload):
            return not_uploaded(value, field, noun="picture")
        options = convert(field.options, ImageInputOptions)
        accepted = patterns(options.accept, usual="image/*")
        wrong = misfit(value, field, accepted=accepted, max_size=options.max_size, noun="picture")
        return wrong or hand_over(value)

    def decode(self, plain: Plain, field: Input) -> Any:
        """Return an array of shape (height, width, 3 or 4), a PIL image, or the path as text."""
        if plain is None:
            return None
        hand_over = convert(field.options, ImageInputOptions).hand_over
        if hand_over == "path":
            return plain["path"]
        picture = _open(plain, field)
        if hand_over == "pil":
            return picture
        import numpy as np  # noqa: PLC0415 (heavy: only a worker that is given a picture pays for it)

        return np.array(picture)

    def prepare(self) -> None:
        """Import NumPy and Pillow."""
        import_libraries()

    def unserved(self, config: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield `default`, `sample`, and a webcam among `sources`."""
        yield from super().unserved(config)
        if "sample" in config:
            yield "sample", "a picture is taken once"
        if "webcam" in config.get("sources", ()):
            yield "sources", "a picture comes from a file or from the clipboard"


def _open(plain: Mapping[str, str], field: Input) -> Any:
    from PIL import Image, ImageOps  # noqa: PLC0415 (heavy: only a worker that is given a picture pays for it)

    try:
        with Image.open(plain["path"]) as file:
            upright = ImageOps.exif_transpose(file)
            return upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        # SyntaxError is what Pillow raises for some broken headers.
        expected = "a picture in a common format, such as PNG, JPEG or WebP"
        raise damaged(plain, field, form="a picture", expected=expected) from error
