"""Check all that a visitor sends for one action, and say everything that does not fit at once.

{name: JSON} --defaults, uploads, required, each kind's check--> {name: plain value} | [Finding]
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from gradstream.components.portable import check_portable
from gradstream.components.registry import input_component
from gradstream.components.types import Plain, Problem, Upload
from gradstream.components.wording import describe, enumerate_words, guess
from gradstream.format.rules.values import FILES
from gradstream.format.types import Input

FindUpload = Callable[[str], Upload | None]
"""Returns the upload with this id that the visitor owns."""

CUT_KINDS = frozenset({"audio", "video"})
"""Kinds of which a part can be taken: {"file": id, "start_s": 1.5, "end_s": 4} in JSON."""

CUT_KEYS = frozenset({"start_s", "end_s"})


class Finding(Struct, frozen=True, kw_only=True):
    """What is wrong with the value of one input."""

    input: str
    problem: Problem


class Checked(Struct, frozen=True, kw_only=True):
    """The outcome: `values` has every input when there are no findings."""

    values: Mapping[str, Plain]
    findings: tuple[Finding, ...]


def check_form(
    fields: Sequence[Input], given: Mapping[str, Any], *, find_upload: FindUpload, others: Sequence[str] = ()
) -> Checked:
    """Check a visitor's values against the inputs; what is not given takes its default.

    `others` are names that are in order but belong to no field, such as `history`: they are passed over.
    """
    values: dict[str, Plain] = {}
    findings = [Finding(input=name, problem=problem) for name, problem in _unknown(fields, given, others)]
    for field in fields:
        value = _check_one(field, given.get(field.name), find_upload)
        if isinstance(value, Problem):
            findings.append(Finding(input=field.name, problem=value))
        else:
            values[field.name] = value
    return Checked(values=values, findings=tuple(findings))


def _unknown(
    fields: Sequence[Input], given: Mapping[str, Any], others: Sequence[str]
) -> list[tuple[str, Problem]]:
    names = [field.name for field in fields]
    return [(name, _no_such_input(name, names)) for name in given if name not in names and name not in others]


def _no_such_input(name: str, names: Sequence[str]) -> Problem:
    close = guess(name, names)
    return Problem(
        code="E-UNKNOWN-INPUT",
        message=f"There is no input named {name}",
        expected=enumerate_words(names) if names else "no inputs",
        found=name,
        repair=f"did you mean {close}?" if close else "leave it out",
    )


def _check_one(field: Input, given: Any, find_upload: FindUpload) -> Plain | Problem:
    # First of all: no kind's own check has to know integers of any size.
    if (problem := check_portable(given, code="E-TYPE", label=field.label)) is not None:
        return problem
    value = field.default if given is None else given
    if given is not None and field.kind in FILES:
        upload = _take_upload(field, given, find_upload)
        if isinstance(upload, Problem):
            return upload
        value = upload
    checked = input_component(field.kind).check(value, field)
    if field.required and _is_missing(checked, field):
        return _required(field)
    # Some checks make an integer of a float: 1e300 has no 64 bits either.
    return checked if isinstance(checked, Problem) else _portable(checked, field)


def _portable(checked: Plain, field: Input) -> Plain | Problem:
    return check_portable(checked, code="E-TYPE", label=field.label) or checked


def _take_upload(field: Input, given: Any, find_upload: FindUpload) -> Any:
    """Turn the id in {"file": id} into the upload, or say a problem; the rest is for the kind's own check."""
    if not _names_upload(field, given):
        problem = input_component(field.kind).check(given, field)
        return problem if isinstance(problem, Problem) else _no_such_file(field, given)
    upload = find_upload(given["file"])
    if upload is None:
        return _no_such_file(field, given)
    return upload if set(given) == {"file"} else {**given, "file": upload}


def _names_upload(field: Input, given: Any) -> bool:
    if not isinstance(given, dict) or not isinstance(given.get("file"), str):
        return False
    return set(given) - {"file"} <= (CUT_KEYS if field.kind in CUT_KINDS else frozenset())


def _no_such_file(field: Input, given: Any) -> Problem:
    return Problem(
        code="E-NO-UPLOAD",
        message=f"{field.label} names a file that is not here",
        expected="the id of one of your uploads",
        found=describe(given["file"] if isinstance(given, dict) and "file" in given else given),
        repair="upload the file again",
    )


def _is_missing(checked: Plain, field: Input) -> bool:
    return checked in (None, "", []) or (field.kind == "checkbox" and checked is False)


def _required(field: Input) -> Problem:
    return Problem(
        code="E-REQUIRED",
        message=f"{field.label} is needed",
        expected="a tick" if field.kind == "checkbox" else "a value",
        found="nothing",
        repair="tick it" if field.kind == "checkbox" else "fill it in",
    )
