"""The input kind `file`: files of any kind, under the names that the visitor's own system gives them.

    Upload | [Upload, …] --check--> {"path", "name", "mime"} | [{…}, …] --decode--> path | bytes | text

A name is kept and never trusted: only its last part is used, cleaned, in a folder of the run's own. With
`folder: true` each file has its path within the visitor's folder, and `folder_tree.py` says where it is put.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, convert

from gradstream.authoring import folder
from gradstream.components.inputs.file_checks import ANY, damaged, hand_over, misfit, not_uploaded, patterns
from gradstream.components.inputs.file_input import FileInput
from gradstream.components.inputs.file_names import clean_name
from gradstream.components.inputs.folder_tree import safe_paths
from gradstream.components.inputs.kind import InputKind
from gradstream.components.types import JsonSchema, Upload
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.units import format_size
from gradstream.format.values import Plain
from gradstream.format.wording import describe

FileForm = Literal["path", "bytes", "text"]

PATH = "path"
"""The key of a file's path within the folder that a visitor chose."""

LONGEST_PATH = 1000


class FileOptions(Struct, frozen=True, rename={"hand_over": "as"}):
    """The keys of a file input that its value depends on."""

    accept: str | list[str] | None = None
    max_size: int | None = None
    multiple: bool = False
    folder: bool = False
    max_files: int | None = None
    max_total: int | None = None
    hand_over: FileForm = "path"


class AnyFileInput(FileInput):
    """Hands over a path, bytes or text, or a list of these; no file is None, or an empty list."""

    part_keys = frozenset({PATH})

    def takes_several(self, field: Input) -> bool:
        """Return whether the value is a list of files."""
        options = convert(field.options, FileOptions)
        return options.multiple or options.folder

    def rule_keys(self, field: Input) -> frozenset[str]:
        """Return those about the number of files, if there can be several."""
        return frozenset({"min_length", "max_length"}) if self.takes_several(field) else frozenset()

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return where the files are, or why one is not accepted."""
        options = convert(field.options, FileOptions)
        if not self.takes_several(field):
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
        wrong = next((one for one in checked if isinstance(one, InvalidValue)), None)
        return wrong or (_too_much(value, field, options) if options.folder else None) or checked

    def value_schema(self, field: Input) -> JsonSchema:
        """Return that of a reference to an upload, or of a list of them."""
        one = super().value_schema(field)
        path = {PATH: {"type": "string"}} if convert(field.options, FileOptions).folder else {}
        one["properties"] = {"file": {"type": "string"}, **path}
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
        options = convert(field.options, FileOptions)
        way = options.hand_over
        if isinstance(plain, list) and options.folder and way == "path":
            return _in_a_folder(plain)
        if isinstance(plain, list):
            return [_decoded(one, field, way) for one in plain]
        return _decoded(plain, field, way)


KINDS: Mapping[str, InputKind] = {"file": AnyFileInput()}


def _check_one(value: object, field: Input, options: FileOptions) -> Plain | InvalidValue:
    given: dict[str, Any] = value if isinstance(value, dict) else {"file": value}
    upload, path = given.get("file"), given.get(PATH)
    if not isinstance(upload, Upload):
        return not_uploaded(value, field, noun="file")
    if path is not None and not (options.folder and isinstance(path, str) and len(path) <= LONGEST_PATH):
        return _no_path(path, field, options)
    wrong = misfit(
        upload,
        field,
        accepted=patterns(options.accept, usual=ANY),
        max_size=options.max_size,
        noun="file",
        # The first bytes of a table in CSV, or of a program, only say that it is text.
        other_mimes=[guess_type(upload.name)[0] or upload.mime],
    )
    # The upload's own name is the last part: the path is the visitor's word for where it was.
    return wrong or hand_over(upload) | ({} if path is None else {"within": path})


def _no_path(path: object, field: Input, options: FileOptions) -> InvalidValue:
    if not options.folder:
        message, repair = f"{field.label} takes files, and not a folder", "leave `path` out"
    else:
        message, repair = f"{field.label} has a file whose path is invalid", "send a relative path"
    return InvalidValue(
        code="E-TYPE",
        message=message,
        expected=f"a path of at most {LONGEST_PATH} characters" if options.folder else '{"file": id}',
        found=describe(path),
        repair=repair,
    )


def _too_much(value: list[Any], field: Input, options: FileOptions) -> InvalidValue | None:
    """Return that a folder has too many files, or too large ones in all; None if it has not."""
    if options.max_files is not None and len(value) > options.max_files:
        return InvalidValue(
            code="E-FILE-SIZE",
            message=f"{field.label} has too many files",
            expected=f"at most {options.max_files}",
            found=str(len(value)),
            repair="choose a smaller folder",
        )
    total = sum((one["file"] if isinstance(one, dict) else one).size for one in value)
    if options.max_total is None or total <= options.max_total:
        return None
    return InvalidValue(
        code="E-FILE-SIZE",
        message=f"{field.label} is too large a folder",
        expected=f"at most {format_size(options.max_total, is_bound=True)}",
        found=format_size(total),
        repair="choose a smaller folder",
    )


def _in_a_folder(files: list[dict[str, str]]) -> list[str]:
    """Return the paths of files below one folder, with the names that they had in the visitor's."""
    root = Path(tempfile.mkdtemp(prefix="folder-", dir=folder()))
    targets = [root / path for path in safe_paths([file.get("within", file["name"]) for file in files])]
    for file, target in zip(files, targets, strict=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        _put(file["path"], target)
    return [str(target) for target in targets]


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
    _put(plain["path"], target)
    return str(target)


def _put(source: str, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        # Another file system, or one without links.
        shutil.copyfile(source, target)
