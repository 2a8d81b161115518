"""Turn what a generator yields into plain values: a copy that JSON can say and nobody else can change."""

import math
from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from numbers import Real
from pathlib import PurePath
from typing import Any

import msgspec

from gradstream.components.exact_times import ZONED, in_whole_minutes
from gradstream.components.record import fields_of
from gradstream.components.types import Store, UnusableYieldError
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

ACCEPTED = "accepted are plain values, dates, dataclasses, and numbers and arrays of NumPy and the like"

MISSING_TYPES = frozenset({"NAType", "NaTType"})
"""What pandas has in place of a value."""

_SPANS = frozenset({"Interval", "Period"})
"""What pandas writes as text: `(1, 2]`, `2026-11`."""

_FINE_UNITS = frozenset({"ns", "ps", "fs", "as"})
"""NumPy's units of time that Python's times do not have; NumPy gives these as plain integers."""


def plain(value: Any) -> Plain:
    """Return a plain copy: numbers and arrays of any library become numbers and lists, dates become text.

    NaN and infinities become None, halves of surrogate pairs U+FFFD. Raises UnusableYieldError for what JSON
    cannot say.
    """
    if value is None or type(value) in (bool, int):
        return value
    return _plain_and_json(value)[0]


def plain_shown(value: Any, where: str, store: Store) -> Plain:
    """Return a plain copy of the value at a place; warn through the store if NaN or infinity became None."""
    copy, encoded = _plain_and_json(value)
    if b"null" in encoded and _contains_odd_float(msgspec.to_builtins(value, enc_hook=_convert)):
        store.warn(f"{where}: NaN and infinity cannot be said in JSON, and are shown as none")
    return copy


def _contains_odd_float(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_contains_odd_float, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_contains_odd_float, value))
    return isinstance(value, float) and not math.isfinite(value)


def _plain_and_json(value: Any) -> tuple[Plain, bytes]:
    try:
        encoded = _encode(value)
        copy = msgspec.json.decode(encoded)
        is_whole = b"{" not in encoded or len(_encoder.encode(copy)) == len(encoded)
    except (TypeError, ValueError, OverflowError) as error:
        raise UnusableYieldError(f"{error}; {ACCEPTED}") from error
    except RecursionError as error:
        is_what = "contains itself" if _contains_itself(value) else "is nested too deeply"
        raise UnusableYieldError(f"a value that {is_what} cannot be shown") from error
    if not is_whole:
        raise UnusableYieldError(_equal_keys(msgspec.to_builtins(value, enc_hook=_convert)))
    return copy, encoded


def _encode(value: Any) -> bytes:
    """Return a value as JSON."""
    try:
        encoded = _encoder.encode(value)
    except UnicodeEncodeError:
        encoded = _encoder.encode(repair_texts(msgspec.to_builtins(value, enc_hook=_convert)))
    if ZONED.search(encoded) is None:
        return encoded
    parts = msgspec.to_builtins(value, enc_hook=_convert, builtin_types=(datetime, time))
    return _encoder.encode(repair_texts(in_whole_minutes(parts)))


def repair_text(text: str) -> str:
    """Replace each half of a surrogate pair that stands alone, which UTF-8 cannot say, by U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def repair_texts(value: Any) -> Any:
    """Return a copy of nested lists and dictionaries with all of their texts repaired."""
    match value:
        case str() as text:
            return repair_text(text)
        case dict() as mapping:
            repaired = {
                repair_text(key) if isinstance(key, str) else key: repair_texts(one)
                for key, one in mapping.items()
            }
            if len(repaired) != len(mapping):
                raise UnusableYieldError(_equal_keys(mapping))
            return repaired
        case list() | tuple() as items:
            return [repair_texts(one) for one in items]
        case other:
            return other


def _equal_keys(value: Any) -> str:
    """Return what is wrong with a value in which several keys of a mapping are the same text in JSON."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            names: dict[str, Any] = {}
            for key in one:
                name = repair_text(key) if isinstance(key, str) else _encoder.encode({key: 0})[2:-4].decode()
                if name in names:
                    return f"the keys {names[name]!r} and {key!r} of a mapping are the same in JSON"
                names[name] = key
        waiting.extend(_members(one))
    return "several keys of a mapping are the same in JSON"


def _members(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list | tuple) else ()


def scalar(value: Any) -> Any:
    """Return the Python number in a NumPy number or a tensor with one element; anything else as it is.

    A masked number is NaN: what is behind the mask is not meant to be seen.
    """
    item = getattr(value, "item", None)
    if not callable(item) or is_time(value):
        return value
    if getattr(getattr(value, "mask", None), "shape", None) is not None and value.mask.any():
        return math.nan if value.size == 1 else value
    try:
        number = item()
    except (ValueError, RuntimeError, TypeError):
        # Not exactly one element: the caller says what it got and what it takes.
        return value
    if isinstance(number, int | float):
        return number
    # NumPy's longest floats have no other form.
    return float(number) if isinstance(number, Real) else number


def is_time(value: Any) -> bool:
    """Return whether a value has NumPy's dates or durations, which must not become plain integers."""
    return getattr(getattr(value, "dtype", None), "kind", "") in ("m", "M") and hasattr(value, "astype")


def times(value: Any) -> Any:
    """Return NumPy's dates or durations as Python's, or as text where these have too few digits.

    Raises TypeError for durations that have no length in seconds.
    """
    kind = "datetime64" if value.dtype.kind == "M" else "timedelta64"
    unit = str(value.dtype).partition("[")[2].rstrip("]")
    if kind == "timedelta64" and unit in ("", "Y", "M"):
        raise TypeError("a duration in months, in years or without a unit cannot be said in JSON")
    if unit not in _FINE_UNITS:
        listed = value.tolist()
        # A time that Python's have no year or no day for is a plain number there.
        return value.astype(str).tolist() if _has_number(listed) else listed
    rounded = value.astype(f"{kind}[us]")
    # In text, because what is not a time differs from itself.
    texts = value.astype(str).tolist()
    return rounded.tolist() if rounded.astype(value.dtype).astype(str).tolist() == texts else texts


def _has_number(value: Any) -> bool:
    return any(map(_has_number, value)) if isinstance(value, list) else isinstance(value, int)


def _convert(value: Any) -> Any:
    """Offer another form of a value that msgspec does not know; raises TypeError when there is none."""
    if value is None or isinstance(value, bool):
        # Only as a mapping's key; written as `json.dumps` does.
        return "null" if value is None else str(value).lower()
    if isinstance(value, tuple | frozenset):
        raise TypeError(f"a mapping's keys are text or numbers, not a {kind_name(value)}")
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, range | deque):
        return list(value)
    if isinstance(value, PurePath):
        return str(value)
    if (fields := fields_of(value)) is not None:
        return fields
    if type(value).__name__ in MISSING_TYPES:
        return None
    return times(value) if is_time(value) else _convert_foreign(value)


def _convert_foreign(value: Any) -> Any:
    if hasattr(value, "__array__") and not hasattr(value, "tolist") and not isinstance(value, type):
        return _array_of(value)
    for method in ("tolist", "isoformat"):
        # Arrays, tensors and NumPy's numbers have `tolist`; pandas' times have `isoformat`.
        convert = getattr(value, method, None)
        if callable(convert) and type(converted := convert()) is not type(value):
            return converted
    for builtin in (str, int, float):
        if isinstance(value, builtin):
            return builtin(value)
    if isinstance(value, Real):
        # NumPy's longest floats have no other form.
        return float(value)
    if type(value).__name__ in _SPANS:
        return str(value)
    raise TypeError(f"a value of type {kind_name(value)} cannot be said in JSON")


def _array_of(value: Any) -> Any:
    """Return an array of another library as one of NumPy, a data frame as its rows."""
    if callable(getattr(value, "to_dicts", None)):  # polars
        return value.to_dicts()
    if hasattr(value, "columns") and callable(getattr(value, "to_dict", None)):  # pandas
        return value.to_dict(orient="records")
    return value.__array__()


def _contains_itself(value: Any) -> bool:
    """Return whether a list, tuple or dictionary is among its own members, at any depth."""
    around: set[int] = set()
    done: set[int] = set()
    waiting = [(value, False)]
    while waiting:
        one, is_left = waiting.pop()
        if is_left:
            around.discard(id(one))
            done.add(id(one))
        elif id(one) in around:
            return True
        elif isinstance(one, list | tuple | dict) and id(one) not in done:
            around.add(id(one))
            waiting.append((one, True))
            waiting.extend((each, False) for each in (one.values() if isinstance(one, dict) else one))
    return False


_encoder = msgspec.json.Encoder(enc_hook=_convert)
