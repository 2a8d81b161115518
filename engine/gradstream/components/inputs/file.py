"""The input kind `file`: files of any kind, under the names that the visitor's own system gives them.

    Upload | [Upload, …] --check--> {"path", "name", "mime"} | [{…}, …] --decode--> path | bytes | text

A name is kept and never trusted: only its last part is used, cleaned, in a folder of the run's own.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path, PurePath
from typing import Any, Literal

from msgspec import Struct, convert

from gradstream.authoring import folder
from gradstream.components.inputs.file_checks import ANY, damaged, hand_over, misfit, not_uploaded, patterns
from gradstream.components.inputs.file_input import FileInput
from gradstream.components.types import JsonSchema, Upload
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain
from gradstream.format.wording import describe

FileForm = Literal["path", "bytes", "text"]

MOST_NAME_BYTES = 200
"""File systems allow 255; demos add suffixes of their own."""

MOST_SUFFIX_BYTES = 32

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]|^[.\s-]+|[.\s]+$')
"""What some system does not allow in a name, what hides a file, and what commands take for an option."""


class FileOptions(Struct, frozen=True, rename={"hand_over": "as"}):
    """The keys of a file input that its value depends on."""

    accept: str | list[str] | None = None
    max_size: int | None = None
    multiple: bool = False
    hand_over: FileForm = "path"


class AnyFileInput(FileInput):
    """Hands over a path, bytes or text, or a list of these; no file is None, or an empty list."""

    def takes_several(self, field: Input) -> bool:
        """Return whether the value is a list of files."""
        return convert(field.options, FileOptions).multiple

    def rule_keys(self, field: Input) -> frozenset[str]:
        """Return those about the number of files, if there can be several."""
        return frozenset({"min_length", "max_length"}) if self.takes_several(field) else frozenset()

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return where the files are, or why one is not accepted."""
        options = convert(field.options, FileOptions)
        if not options.multiple:
            return None if value is None else _check_one(value, field, options)
        if value is None:
            return []
        if not isinstance(value, list):
            return InvalidValue(
                code="E-TYPE",
                message=f"{field.label} takes several files",
                expected='a list of {"file": id}',
                found=describe(value),
                repair="put the file between square brackets",
            )
        checked = [_check_one(one, field, options) for one in value]
        return next((one for one in checked if isinstance(one, InvalidValue)), checked)

    def value_schema(self, field: Input) -> JsonSchema:
        """Return that of a reference to an upload, or of a list of them."""
        one = super().value_schema(field)
        if not self.takes_several(field):
            return one
        several: JsonSchema = {"type": "array", "items": one}
        return {**several, "minItems": 1} if field.required else several

    def untouched(self, field: Input) -> Plain:
        """Return no file."""
        return [] if self.takes_several(field) else None

    def decode(self, plain: Plain, field: Input) -> Any:
        """Return a path as text, a file's bytes, or its text in UTF-8; a list where several are taken."""
        if plain is None:
            return None
        way = convert(field.options, FileOptions).hand_over
        if isinstance(plain, list):
            return [_decoded(one, field, way) for one in plain]
        return _decoded(plain, field, way)


def clean_name(name: str) -> str:
    """Return a name that no file system reads otherwise, as near to the visitor's as can be."""
    last = re.split(r"[\\/]", name)[-1]
    cleaned = PurePath(_UNSAFE.sub("_", last) or "file")
    suffix = _cut(cleaned.suffix, MOST_SUFFIX_BYTES)
    return _cut(cleaned.stem, MOST_NAME_BYTES - len(suffix.encode())) + suffix


def _cut(text: str, most_bytes: int) -> str:
    return text.encode("utf-8", "ignore")[:most_bytes].decode("utf-8", "ignore")


def _check_one(value: object, field: Input, options: FileOptions) -> Plain | InvalidValue:
    if not isinstance(value, Upload):
        return not_uploaded(value, field, noun="file")
    wrong = misfit(
        value,
        field,
        accepted=patterns(options.accept, usual=ANY),
        max_size=options.max_size,
        noun="file",
        # The first bytes of a table in CSV, or of a program, only say that it is text.
        other_mimes=[guess_type(value.name)[0] or value.mime],
    )
    return wrong or hand_over(value)


def _decoded(plain: Mapping[str, str], field: Input, way: FileForm) -> Any:
    if way == "path":
        return named_path(plain)
    data = Path(plain["path"]).read_bytes()
    if way == "bytes":
        return data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise damaged(dict(plain), field, form="text", expected="text in UTF-8") from error


def named_path(plain: Mapping[str, str]) -> str:
    """Return a path in the run's own folder whose last part is the visitor's name for the file."""
    # A folder each: two files may have one name.
    target = Path(tempfile.mkdtemp(prefix="file-", dir=folder()), clean_name(plain["name"]))
    try:
        os.link(plain["path"], target)
    except OSError:
        # Another file system, or one without links.
        shutil.copyfile(plain["path"], target)
    return str(target)
