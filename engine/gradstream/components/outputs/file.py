"""The output kind `file`: files that a visitor can download under their own names.

path | (name, bytes) | {"name", "data"} | open file | a list of these --> [{"name", "blob", "mime", "size"}]
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from gradstream.components.buffer import unbuffered
from gradstream.components.outputs.delivery import AppendEdits, Delivery, Joined, Replace
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.outputs.path_content import read_path
from gradstream.components.plain import repair_text
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.events.types import Edit
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

ACCEPTED = "a path, (name, bytes), {'name', 'data'}, an open file, or a list of these"
MIME = "application/octet-stream"
"""Whatever a file is, a browser saves it, and never shows it as a page of this site."""

LONGEST_NAME = 200
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
"""Characters that a system of a visitor may not allow in a name."""


class FileOutput(OutputKind):
    """Offers files; their content is copied when they are yielded."""

    handed_as: ClassVar[str | None] = "file"

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return where each file is kept, with its name and size."""
        if value is None:
            return None
        items, most = value if isinstance(value, list) else [value], store.limits.value_bytes
        return [_keep(*_read(item, most), store) for item in items]

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of the list of files."""
        file = {
            "type": "object",
            "properties": {
                "name": {"type": "string"},
                "blob": {"type": "string"},
                "mime": {"const": MIME},
                "size": {"type": "integer", "minimum": 0},
            },
            "required": ["name", "blob", "mime", "size"],
            "additionalProperties": False,
        }
        return {"type": ["array", "null"], "items": file}

    def delivery(self, output: Output) -> Delivery:
        """Return that each step adds its files, or replaces them."""
        return AppendEdits(self.join) if output.updates == "append" else Replace(self.encode)

    def join(self, shown: Plain, added: Any, output: Output, store: Store) -> Joined:
        """Return the files and some more."""
        files = [] if shown is None else shown
        more = self.encode(added, output, store)
        edits: list[Edit] = [("insert", [len(files) + index], file) for index, file in enumerate(more)]
        files.extend(more)
        return Joined(value=files, edits=edits)

    def as_text(self, value: Plain) -> str | None:
        """Return the names, one a line."""
        return "\n".join(file["name"] for file in value) if isinstance(value, list) else None


KINDS: Mapping[str, OutputKind] = {"file": FileOutput()}


def _read(item: Any, most_bytes: int) -> tuple[str, bytes]:
    """Return a file's name and content. Raises UnusableYieldError."""
    if isinstance(item, str | os.PathLike):
        return _read_path(Path(item), most_bytes)
    if isinstance(item, tuple) and len(item) == 2 and isinstance(item[0], str):
        return item[0], _content(item[1])
    if isinstance(item, Mapping):
        if not {"name", "data"} == set(item) or not isinstance(item["name"], str):
            raise UnusableYieldError(f"expected {ACCEPTED}, got a mapping with {', '.join(map(str, item))}")
        return item["name"], _content(item["data"])
    if isinstance(item, bytes | bytearray | memoryview):
        raise UnusableYieldError(f"{len(item)} bytes have no name: yield (name, bytes)")
    if callable(getattr(item, "read", None)) and isinstance(getattr(item, "name", None), str):
        return Path(item.name).name, _from_start(item)
    raise UnusableYieldError(f"expected {ACCEPTED}, got {kind_name(item)}")


def _read_path(path: Path, most_bytes: int) -> tuple[str, bytes]:
    name = repair_text(path.name)
    try:
        return path.name, read_path(path, most_bytes=most_bytes)
    except OSError as error:
        raise UnusableYieldError(f"the file {name} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise UnusableYieldError(f"{name!r:.60} is not a path; expected {ACCEPTED}") from error


def _from_start(file: Any) -> bytes:
    """Return all that is in an open file, and leave it where it was."""
    place = file.tell() if file.seekable() else None
    if place is not None:
        file.flush()
        file.seek(0)
    content = _content(file.read())
    if place is not None:
        file.seek(place)
    return content


def _content(data: Any) -> bytes:
    data = unbuffered(data)
    if isinstance(data, str):
        return repair_text(data).encode()
    if isinstance(data, bytes | bytearray | memoryview):
        return bytes(data)
    raise UnusableYieldError(f"expected a file's content as bytes or text, got {kind_name(data)}")


def clean_file_name(name: str) -> str:
    """Return the last part of a file's name, without what a system of a visitor may not allow."""
    shown = _NOT_IN_NAMES.sub("_", repair_text(re.split(r"[/\\]", name)[-1])).strip(" .")
    return shown[-LONGEST_NAME:] or "file"


def _keep(name: str, data: bytes, store: Store) -> Plain:
    return {"name": clean_file_name(name), "blob": store.put(data, MIME), "mime": MIME, "size": len(data)}
