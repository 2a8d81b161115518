"""The input kind `model3d`: a 3D model from a visitor, shown on the page, known by its content.

Upload --check--> {"path", "name", "mime"} --decode--> path | bytes
"""

from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any, Literal

from msgspec import Struct, convert

from gradstream.components.inputs.file import named_path
from gradstream.components.inputs.file_checks import ANY, damaged, hand_over, misfit, not_uploaded, patterns
from gradstream.components.inputs.file_input import FileInput
from gradstream.components.inputs.kind import InputKind
from gradstream.components.model_file import FORMATS, ModelFileError, read_model
from gradstream.components.types import Upload
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain


class Model3dOptions(Struct, frozen=True, rename={"hand_over": "as"}):
    """The keys of an input that its value depends on."""

    accept: str | list[str] | None = None
    max_size: int | None = None
    hand_over: Literal["path", "bytes"] = "path"


class Model3dInput(FileInput):
    """Hands over the path or the bytes of a model's file; no model is None."""

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return where the file is, or why it is not accepted."""
        if value is None:
            return None
        if not isinstance(value, Upload):
            return not_uploaded(value, field, noun="3D model")
        options = convert(field.options, Model3dOptions)
        accepted = patterns(options.accept, usual=ANY)
        wrong = misfit(value, field, accepted=accepted, max_size=options.max_size, noun="model")
        return wrong or hand_over(value)

    def decode(self, plain: Plain, field: Input) -> Any:
        """Return a path as text, whose suffix says what the file is, or the file's bytes."""
        if plain is None:
            return None
        data = Path(plain["path"]).read_bytes()
        try:
            suffix = read_model(data).format.suffix
        except ModelFileError as error:
            raise damaged(plain, field, form="a 3D model", expected=f"a file as {FORMATS}") from error
        if convert(field.options, Model3dOptions).hand_over == "bytes":
            return data
        name = plain["name"]
        is_named = PurePath(name).suffix.lower() == suffix
        return named_path(plain if is_named else {**plain, "name": f"{name}{suffix}"})


KINDS: Mapping[str, InputKind] = {"model3d": Model3dInput()}
