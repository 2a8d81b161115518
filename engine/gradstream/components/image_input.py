"""The input kind `image`: an uploaded picture, decoded in the worker to what `as:` asks for.

Upload --check--> {"path", "name", "mime"} --decode--> numpy array | PIL image | path
"""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Literal

from msgspec import Struct, convert

from gradstream.components.types import Plain, Problem, UnusableInput, Upload
from gradstream.components.wording import describe, enumerate_words, format_size
from gradstream.spec.types import Input

As = Literal["numpy", "pil", "path"]


class Options(Struct, frozen=True, rename={"hand_over": "as"}):
    """The keys of an image input that its value depends on."""

    accept: str | list[str] | None = None
    max_size: int | None = None
    hand_over: As = "numpy"


class ImageInput:
    """Hands over a picture as uint8 RGB (RGBA where it has transparency), upright; no picture is None."""

    def check(self, value: object, field: Input) -> Plain | Problem:
        """Return where the file lies, or what is wrong with it."""
        if value is None:
            return None
        if not isinstance(value, Upload):
            return Problem(
                code="E-TYPE",
                message=f"{field.label} takes an uploaded picture",
                expected='{"file": id} with the id of an upload',
                found=describe(value),
                repair="send the file to /api/uploads first",
            )
        options = convert(field.options, Options)
        accepted = _patterns(options.accept)
        if not any(_matches(value, pattern) for pattern in accepted):
            return _wrong_kind(value, accepted, field)
        if options.max_size is not None and value.size > options.max_size:
            return _too_large(value, options.max_size, field)
        return {"path": value.path, "name": value.name, "mime": value.mime}

    def decode(self, plain: Plain, field: Input) -> Any:
        """Return an array of shape (height, width, 3 or 4), a PIL image, or the path as text."""
        if plain is None:
            return None
        hand_over = convert(field.options, Options).hand_over
        if hand_over == "path":
            return plain["path"]
        picture = _open(plain, field)
        if hand_over == "pil":
            return picture
        import numpy as np  # noqa: PLC0415 (heavy: only a worker that is given a picture pays for it)

        return np.array(picture)


def _patterns(accept: str | list[str] | None) -> list[str]:
    if accept is None:
        return ["image/*"]
    listed = accept.split(",") if isinstance(accept, str) else accept
    return [pattern.strip().lower() for pattern in listed]


def _matches(upload: Upload, pattern: str) -> bool:
    if pattern.startswith("."):
        return PurePath(upload.name).suffix.lower() == pattern
    mime = upload.mime.lower()
    return mime == pattern or (pattern.endswith("/*") and mime.startswith(pattern[:-1]))


def _wrong_kind(upload: Upload, accepted: list[str], field: Input) -> Problem:
    return Problem(
        code="E-FILE-KIND",
        message=f"{field.label} does not take this kind of file",
        expected=enumerate_words(accepted),
        found=f"{upload.name} ({upload.mime})",
        repair="choose another file",
    )


def _too_large(upload: Upload, longest: int, field: Input) -> Problem:
    return Problem(
        code="E-FILE-SIZE",
        message=f"{field.label} is too large a file",
        expected=f"at most {format_size(longest)}",
        found=f"{upload.name} with {format_size(upload.size)}",
        repair="choose a smaller picture",
    )


def _open(plain: Mapping[str, str], field: Input) -> Any:
    from PIL import Image, ImageOps  # noqa: PLC0415 (heavy: only a worker that is given a picture pays for it)

    try:
        with Image.open(plain["path"]) as file:
            upright = ImageOps.exif_transpose(file)
            return upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        # SyntaxError is what Pillow raises for some broken headers.
        raise UnusableInput(
            Problem(
                code="E-FILE-DAMAGED",
                message=f"{field.label} cannot be read as a picture",
                expected="a picture in a common format, such as PNG, JPEG or WebP",
                found=plain["name"],
                repair="save it again in another program, or choose another file",
            )
        ) from error
