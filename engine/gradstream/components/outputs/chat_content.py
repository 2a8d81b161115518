"""What a message of a chat contains: text, or what other kinds show, or a list of such parts.

text | {"type": "text", "text"}                   --> "text"
picture | figure of Matplotlib                    --> {"blob", "mime", "size", "width", "height"}
(rate, array) | bytes of sound or video           --> {"blob", "mime", "size", "duration_s", …}
path | {"path", "name"}                           --> one of these two, or a file to save, with "name"
data frame | {"columns", "rows"} | {name: [cell]} --> {"columns", "rows"}
{"blob", …} | {"file", …}, from the history       --> the same

Each part is encoded by the kind of output that shows it.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gradstream.authoring import folder
from gradstream.components.buffer import unbuffered
from gradstream.components.outputs.chat_files import (
    FILE,
    NAMED_CLIP,
    NAMED_PICTURE,
    PART,
    is_clip,
    is_sound,
    keep_clip,
    keep_file,
    keep_sound,
)
from gradstream.components.outputs.figure import library_of
from gradstream.components.outputs.file import clean_file_name
from gradstream.components.outputs.image import keep_exactly
from gradstream.components.outputs.matplotlib_figure import Matplotlib, is_matplotlib
from gradstream.components.outputs.picture import is_picture
from gradstream.components.outputs.rows import take_rows
from gradstream.components.outputs.table import TableOutput
from gradstream.components.plain import plain
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

ACCEPTED = (
    "text (Markdown), a picture, (rate, array), the path of a file, a table (a data frame, or a mapping with "
    "'columns' and 'rows'), a figure of Matplotlib, or a list of these"
)

TABLE, FIGURES = TableOutput(), Matplotlib()

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

ROWS: JsonSchema = {**TABLE.json_schema(PART), "type": "object"}

PARTS: JsonSchema = {
    "anyOf": [{"type": "string"}, NAMED_PICTURE, NAMED_CLIP, FILE, ROWS, OF_EARLIER_RUNS, UPLOADED]
}
CONTENT: JsonSchema = {"anyOf": [*PARTS["anyOf"], {"type": "array", "items": PARTS}]}


def encode_content(content: Any, store: Store) -> Plain:
    """Return the content of a message as a plain value. Raises UnusableYieldError."""
    if content is None:
        return ""
    if isinstance(content, list | tuple) and not is_sound(content):
        return [_encode_part(part, store) for part in content]
    return _encode_part(content, store)


def is_content(value: Any) -> bool:
    """Return whether a value that is neither a message nor a mapping can be the content of one."""
    return (
        value is None
        or isinstance(value, str | os.PathLike)
        or is_sound(value)
        or is_matplotlib(value)
        or is_picture(value)
        or _is_frame(value)
    )


def _encode_part(part: Any, store: Store) -> Plain:
    part = unbuffered(part)
    _refuse_figure(part)
    if isinstance(part, str):
        return str(part)
    if isinstance(part, Mapping):
        return _encode_mapping(part, store)
    if isinstance(part, os.PathLike):
        return keep_file(Path(part), Path(part).name, store)
    # A list of messages is yielded again and again as it grows, and what is in them with it.
    if is_matplotlib(part):
        return FIGURES.draw_changed(part, PART.name, store)
    if is_sound(part):
        return keep_sound(part, store)
    if is_clip(part):
        return keep_clip(part, store)
    # Before pictures: a data frame is an array as well.
    if _is_frame(part):
        return TABLE.encode(part, PART, store)
    if is_picture(part):
        return keep_exactly(part, store)
    raise UnusableYieldError(f"expected {ACCEPTED} as a message's content, got {kind_name(part)}")


def _refuse_figure(part: Any) -> None:
    library = library_of(part)
    if library is not None:
        raise UnusableYieldError(
            f"a message shows no figure of {library}: yield it to an output `type: plot`, or a figure of "
            "Matplotlib here"
        )


def _is_frame(value: Any) -> bool:
    """Return whether this is a data frame of pandas or polars."""
    return hasattr(value, "columns") and (hasattr(value, "itertuples") or hasattr(value, "rows"))


def _encode_mapping(part: Mapping[Any, Any], store: Store) -> Plain:
    if "blob" in part or isinstance(part.get("file"), str):
        # Of an earlier turn, come back in the history; where its file is is nobody else's business.
        return plain({key: value for key, value in part.items() if key != "path"})
    if isinstance(part.get("text"), str):
        return str(part["text"])
    file = part.get("file", part)
    path = file.get("path") if isinstance(file, Mapping) else None
    if isinstance(path, str | os.PathLike):
        return _encode_named(Path(path), file, store)
    if take_rows(part) is not None:
        return TABLE.encode(part, PART, store)
    found = ", ".join(map(repr, part))
    raise UnusableYieldError(f"expected {ACCEPTED} as a message's content, got a mapping with {found}")


def _encode_named(path: Path, file: Mapping[Any, Any], store: Store) -> Plain:
    """Return a file of the run's folder: a mapping may be a visitor's own words, which name no other file."""
    if not path.resolve().is_relative_to(folder().resolve()):
        raise UnusableYieldError(
            f"the mapping names the file {clean_file_name(str(path))}, which is not in the run's folder: "
            "yield pathlib.Path(…) for a file of yours"
        )
    name = file.get("name") or file.get("orig_name") or path.name
    return keep_file(path, str(name), store)
