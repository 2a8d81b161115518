"""Turns what a function yields into an input to the value that the field has then.

yield --plain--> value --InputKind.check--> value of the field | UnusableYieldError
yield --OutputKind.encode--> where a file is kept, for kinds whose values are files
"""

from typing import Any

from gradstream.components.registry import input_kind, output_kind
from gradstream.components.types import Store, UnusableYieldError
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain


def filled(value: Any, field: Input, store: Store) -> Plain:
    """Return a field's value; None empties the field. Raises UnusableYieldError for one that does not fit."""
    kind = input_kind(field.kind)
    if value is None:
        return _emptied(field)
    if field.as_output is not None:
        return _kept(output_kind(field.as_output.kind).encode(value, field.as_output, store), field)
    checked = kind.check(kind.fill(value), field)
    if isinstance(checked, InvalidValue):
        raise UnusableYieldError(
            f"the input does not accept the value: {checked.message}; expected {checked.expected}, "
            f"got {checked.found}"
        )
    return checked


def _emptied(field: Input) -> Plain:
    kind = input_kind(field.kind)
    untouched = kind.untouched(field)
    checked = kind.check(untouched, field)
    return untouched if isinstance(checked, InvalidValue) else checked


def _kept(files: Plain, field: Input) -> Plain:
    """Return a list of files as the field holds it: as it is, or the only one."""
    if not isinstance(files, list) or input_kind(field.kind).takes_several(field):
        return files
    if len(files) > 1:
        raise UnusableYieldError(f"{len(files)} files for an input that takes one")
    return files[0] if files else None
