"""The output kind `model3d`: 3D models that visitors turn, zoom and move.

path | bytes | an object with .export(file_type="glb") --read_model--> {"name", "blob", "mime", "size"}
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from typing import Any, ClassVar

from gradstream.components.buffer import unbuffered
from gradstream.components.model_file import (
    FORMATS,
    GLB,
    ModelFile,
    ModelFileError,
    read_model,
)
from gradstream.components.outputs.file import clean_file_name
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.plain import repair_text
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.format.types import Output
from gradstream.format.units import format_size
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

ACCEPTED = f"the path or the bytes of a file as {FORMATS}, or an object of trimesh"

MOST_REMARKS = 3
"""Addresses outside of a file that are named in the log; the page says how many there are."""


class Model3dOutput(OutputKind):
    """Shows a model from a file, from bytes, or from an object that can export itself."""

    handed_as: ClassVar[str | None] = "model3d"

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return where the model is kept, with its name and size."""
        if value is None:
            return None
        name, data = _read(value, output, store.limits.model_bytes)
        try:
            model = read_model(data)
        except ModelFileError as error:
            raise UnusableYieldError(f"{name} {error}") from error
        for address in model.outside[:MOST_REMARKS]:
            store.warn(
                f"{name} refers to {address}, which is not fetched: save it as GLB, with all in one file"
            )
        mime = model.format.mime
        return {"name": _named(name, model), "blob": store.put(data, mime), "mime": mime, "size": len(data)}

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of a reference to a file, or null."""
        return {"anyOf": [{"type": "null"}, MODEL]}


KINDS: Mapping[str, OutputKind] = {"model3d": Model3dOutput()}


MODEL: JsonSchema = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "blob": {"type": "string"},
        "mime": {"type": "string"},
        "size": {"type": "integer", "minimum": 1},
    },
    "required": ["name", "blob", "mime", "size"],
    "additionalProperties": False,
}


def _read(value: Any, output: Output, most_bytes: int) -> tuple[str, bytes]:
    """Return a model's name, and its file. Raises UnusableYieldError."""
    if isinstance(value, str | os.PathLike):
        return _read_path(value, most_bytes)
    value = unbuffered(value)
    if isinstance(value, bytes | bytearray | memoryview):
        _check_size(memoryview(value).nbytes, f"a model of {output.name}", most_bytes)
        return output.name, bytes(value)
    export = None if isinstance(value, type) else getattr(value, "export", None)
    if not callable(export):
        raise UnusableYieldError(f"expected {ACCEPTED}, got {kind_name(value)}")
    return output.name, _exported(export, value, most_bytes)


def _read_path(given: str | os.PathLike[str], most_bytes: int) -> tuple[str, bytes]:
    path = Path(given)
    name = repair_text(path.name)
    try:
        if not path.is_file():
            raise UnusableYieldError(f"there is no file {repair_text(str(path))[:80]!r}; expected {ACCEPTED}")
        _check_size(path.stat().st_size, name, most_bytes)
        return name, path.read_bytes()
    except OSError as error:
        raise UnusableYieldError(f"the file {name[:80]} cannot be read: {error.strerror}") from error


def _exported(export: Callable[..., Any], value: Any, most_bytes: int) -> bytes:
    """Return what an object, such as a mesh or a scene of trimesh, writes as GLB."""
    try:
        data = export(file_type=GLB.suffix.removeprefix("."))
    except Exception as error:
        raise UnusableYieldError(f"{kind_name(value)} cannot be exported as GLB: {error}") from error
    if not isinstance(data, bytes | bytearray | memoryview):
        raise UnusableYieldError(
            f"expected {ACCEPTED}, got {kind_name(value)}, which exports {kind_name(data)}"
        )
    _check_size(len(data), kind_name(value), most_bytes)
    return bytes(data)


def _check_size(size: int, name: str, most_bytes: int) -> None:
    if size > most_bytes:
        most = format_size(most_bytes, is_bound=True)
        raise UnusableYieldError(
            f"{name} has {format_size(size)}; a model may have {most}: "
            "reduce the number of its triangles, or the size of its pictures"
        )


def _named(name: str, model: ModelFile) -> str:
    """Return the name with which a model is downloaded, or handed over: its suffix says what it is."""
    clean = clean_file_name(name)
    suffix = model.format.suffix
    return clean if PurePath(clean).suffix.lower() == suffix else f"{clean}{suffix}"
