"""Checks all that a visitor sends for one action, and reports everything that is wrong at once.

{name: JSON} --defaults, uploads, required, each kind's check--> {name: plain value} | [Finding]

Bound: `most` findings. Policy: the others are counted.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gradstream.components.registry import input_kind
from gradstream.components.types import Upload
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain
from gradstream.format.wording import describe, guess, one_of, shorten
from gradstream.limits import Limits

FindUpload = Callable[[str], Upload | None]
"""Return the visitor's upload with this id, or the demo's own file of this name; None if there is none."""


class Finding(Struct, frozen=True, kw_only=True):
    """What is wrong with the value of one input."""

    input: str
    problem: InvalidValue


class Checked(Struct, frozen=True, kw_only=True):
    """The outcome: `values` has every input when there are no findings; `more` are not among them."""

    values: Mapping[str, Plain]
    findings: tuple[Finding, ...]
    more: int = 0


def check_form(
    fields: Sequence[Input],
    given: Mapping[str, Any],
    *,
    find_upload: FindUpload,
    others: Sequence[str] = (),
    hidden: Collection[str] = (),
    most: int = Limits().findings,
) -> Checked:
    """Check a visitor's values against the inputs; what is not given takes its default.

    `others` are names that are in order but belong to no field, such as `history`: they are passed over.
    The fields named in `hidden` are not shown with these values: they are not required, and no rule is asked.
    """
    values: dict[str, Plain] = {}
    names = [field.name for field in fields]
    known = {*names, *others}
    unknown = [name for name in given if name not in known]
    findings = [Finding(input=shorten(name), problem=_no_such_input(name, names)) for name in unknown[:most]]
    for field in fields:
        shown = replace(field, required=False, rules=()) if field.name in hidden else field
        value = _check_one(shown, given.get(field.name), find_upload)
        if isinstance(value, InvalidValue):
            findings.append(Finding(input=field.name, problem=value))
        else:
            values[field.name] = value
    more = len(unknown[most:]) + len(findings[most:])
    return Checked(values=values, findings=tuple(findings[:most]), more=more)


def _no_such_input(name: str, names: Sequence[str]) -> InvalidValue:
    close = guess(name, names)
    return InvalidValue(
        code="E-UNKNOWN-INPUT",
        message=f"There is no input named {shorten(name)}",
        expected=one_of(names) or "no inputs",
        found=f"`{shorten(name)}`",
        repair=f"did you mean {close}?" if close else "leave it out",
    )


def _check_one(field: Input, given: Any, find_upload: FindUpload) -> Plain | InvalidValue:
    kind = input_kind(field.kind)
    value = field.default if given is None else given
    if value is not None and kind.takes_file:
        upload = _find_files(field, value, find_upload)
        if isinstance(upload, InvalidValue):
            return upload
        value = upload
    if kind.files_key is not None and isinstance(value, dict):
        value = _find_attached(field, value, kind.files_key, find_upload)
        if isinstance(value, InvalidValue):
            return value
    checked = kind.check(value, field)
    if isinstance(checked, InvalidValue) or not field.required:
        return checked
    return kind.check_required(checked, field) or checked


def _find_files(field: Input, given: Any, find_upload: FindUpload) -> Any:
    """Replace the ids in a list of files, or of the one file, by the uploads."""
    if not isinstance(given, list) or not input_kind(field.kind).takes_several(field):
        return _find_file(field, given, find_upload)
    uploads = [_find_one_of(field, each, find_upload) for each in given]
    return next((each for each in uploads if isinstance(each, InvalidValue)), uploads)


def _find_attached(field: Input, given: dict[str, Any], key: str, find_upload: FindUpload) -> Any:
    """Replace the ids in the list below a key by the uploads; what has another form is left to the check."""
    if not isinstance(given.get(key), list):
        return given
    uploads = [_find_one_of(field, each, find_upload) for each in given[key]]
    wrong = next((each for each in uploads if isinstance(each, InvalidValue)), None)
    return wrong or {**given, key: uploads}


def _find_one_of(field: Input, given: Any, find_upload: FindUpload) -> Any:
    """Find one of several: the kind's check is about lists, so it is not asked about what names no upload."""
    if _names_upload(given, part_keys=input_kind(field.kind).part_keys):
        return _find_file(field, given, find_upload)
    return _no_such_file(field, given)


def _find_file(field: Input, given: Any, find_upload: FindUpload) -> Any:
    """Replace the id in {"file": id} by the upload; what has another form is left to the kind's check."""
    kind = input_kind(field.kind)
    if not _names_upload(given, part_keys=kind.part_keys):
        invalid = kind.check(given, field)
        return invalid if isinstance(invalid, InvalidValue) else _no_such_file(field, given)
    upload = find_upload(given["file"])
    if upload is None:
        return _no_such_file(field, given)
    parts = {key: given[key] for key in kind.part_keys & set(given)}
    for key in kind.upload_keys & set(parts):
        found = find_upload(parts[key]) if isinstance(parts[key], str) else None
        if found is None and parts[key] is not None:
            return _no_such_file(field, {"file": parts[key]})
        parts[key] = found
    return {**parts, "file": upload} if parts else upload


def _names_upload(given: Any, *, part_keys: frozenset[str]) -> bool:
    if not isinstance(given, dict) or not isinstance(given.get("file"), str):
        return False
    return set(given) - {"file"} <= part_keys


def _no_such_file(field: Input, given: Any) -> InvalidValue:
    return InvalidValue(
        code="E-NO-UPLOAD",
        message=f"The file for {field.label} is not on the server",
        expected="the id of one of your uploads",
        found=describe(given["file"] if isinstance(given, dict) and "file" in given else given),
        repair="upload the file again",
    )
