"""What a message of a chat contains: text, a picture, a file, or a list of such parts.

text | {"type": "text", "text"}           --> "text"
picture                                    --> {"blob", "mime", "size", "width", "height"}
path | {"path", "name"}                    --> {"blob", "mime", "size", "name"}, of a picture its size as well
{"blob", …} | {"file", …}, come back in the history --> the same
"""

import mimetypes
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gradstream.authoring import folder
from gradstream.components.outputs.file import MIME, clean_file_name
from gradstream.components.outputs.image import PICTURE, keep_exactly
from gradstream.components.outputs.picture import is_picture
from gradstream.components.plain import plain
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

ACCEPTED = "text (Markdown), a picture, the path of a file, or a list of these"

FILE: JsonSchema = {
    "type": "object",
    "properties": {
        "blob": {"type": "string"},
        "mime": {"type": "string"},
        "size": {"type": "integer", "minimum": 0},
        "name": {"type": "string"},
    },
    "required": ["blob", "mime", "size", "name"],
    "additionalProperties": False,
}
"""A file as a message refers to it; sound and video have a type of their own, and are played in the page."""

NAMED_PICTURE: JsonSchema = {
    **PICTURE,
    "properties": {**PICTURE["properties"], "name": {"type": "string"}},
}
"""A picture; that of a file has its name."""

OF_EARLIER_RUNS: JsonSchema = {
    "type": "object",
    "properties": {"blob": {"type": "string"}, "mime": {"type": "string"}, "run": {"type": "string"}},
    "required": ["blob", "mime", "run"],
}
"""What the history brought back: `run` is where the blob is."""

UPLOADED: JsonSchema = {
    "type": "object",
    "properties": {"file": {"type": "string"}, "name": {"type": "string"}},
    "required": ["file"],
}
"""An upload of a question that no run has shown, as when it was canceled before its turn."""

PART: JsonSchema = {"anyOf": [{"type": "string"}, NAMED_PICTURE, FILE, OF_EARLIER_RUNS, UPLOADED]}
CONTENT: JsonSchema = {"anyOf": [*PART["anyOf"], {"type": "array", "items": PART}]}

PLAYED = ("audio/", "video/")
"""Types that a browser plays; any other file is saved, and never shown as a page of this site."""


def encode_content(content: Any, store: Store) -> Plain:
    """Return the content of a message as a plain value. Raises UnusableYieldError."""
    if content is None:
        return ""
    if isinstance(content, list | tuple):
        return [_encode_part(part, store) for part in content]
    return _encode_part(content, store)


def is_content(value: Any) -> bool:
    """Return whether a value that is not a message can be the content of one."""
    return value is None or isinstance(value, str | os.PathLike) or is_picture(value)


def _encode_part(part: Any, store: Store) -> Plain:
    if isinstance(part, str):
        return str(part)
    if isinstance(part, Mapping):
        return _encode_mapping(part, store)
    if isinstance(part, os.PathLike):
        return _keep_file(Path(part), Path(part).name, store)
    if is_picture(part):
        # A list of messages is yielded again and again as it grows, and its pictures with it.
        return keep_exactly(part, store)
    raise UnusableYieldError(f"expected {ACCEPTED} as a message's content, got {kind_name(part)}")


def _encode_mapping(part: Mapping[Any, Any], store: Store) -> Plain:
    if "blob" in part or isinstance(part.get("file"), str):
        # Of an earlier turn, come back in the history; where its file is is nobody else's business.
        return plain({key: value for key, value in part.items() if key != "path"})
    if isinstance(part.get("text"), str):
        return str(part["text"])
    file = part.get("file", part)
    path = file.get("path") if isinstance(file, Mapping) else None
    if not isinstance(path, str | os.PathLike):
        found = ", ".join(map(repr, part))
        raise UnusableYieldError(f"expected {ACCEPTED} as a message's content, got a mapping with {found}")
    if not Path(path).resolve().is_relative_to(folder().resolve()):
        # A mapping may be a visitor's own words, which must not name files of this machine.
        raise UnusableYieldError(
            f"the mapping names the file {clean_file_name(str(path))}, which is not in the run's folder: "
            "yield pathlib.Path(…) for a file of yours"
        )
    name = file.get("name") or file.get("orig_name") or Path(path).name
    return _keep_file(Path(path), str(name), store)


def _keep_file(path: Path, name: str, store: Store) -> Plain:
    mime = mimetypes.guess_type(name)[0] or MIME
    if mime.startswith("image/"):
        try:
            return {**keep_exactly(path, store), "name": clean_file_name(name)}
        except UnusableYieldError:
            # A picture that cannot be drawn can still be saved.
            mime = MIME
    if not mime.startswith(PLAYED):
        mime = MIME
    try:
        facts = path.stat()
        key = f"{path}\0{name}\0{facts.st_mtime_ns}\0{facts.st_size}".encode()
        return store.once(key, lambda: _keep_bytes(path.read_bytes(), name, mime, store))
    except (OSError, ValueError) as error:
        raise UnusableYieldError(f"the file {clean_file_name(name)} cannot be read") from error


def _keep_bytes(data: bytes, name: str, mime: str, store: Store) -> Plain:
    return {
        "blob": store.put(data, mime),
        "mime": mime,
        "size": len(data),
        "name": clean_file_name(name),
    }
