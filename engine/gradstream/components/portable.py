"""Which plain values can be sent to a worker: integers of 64 bits, whole characters, bounded nesting."""

from collections.abc import Iterable
from typing import Any

import msgspec

from gradstream.format.kinds import InvalidValue
from gradstream.format.values import Plain

MAX_DEPTH = 100
"""Levels of lists and mappings in one value: msgpack and `copy.deepcopy` give up at several hundred."""


def check_portable(value: Plain, *, code: str, label: str) -> InvalidValue | None:
    """Return why a value cannot be sent to a worker, None if it can; `label` begins the message."""
    if isinstance(value, str) and value.isascii():
        # Known without a look at each character: a text of 10 MB would hold the event loop.
        return None
    if _is_deeper(value, MAX_DEPTH):
        return InvalidValue(
            code=code,
            message=f"{label} is nested too deeply",
            expected=f"at most {MAX_DEPTH} levels of lists and mappings",
            found="more levels",
        )
    try:
        msgspec.msgpack.encode(value)
    except OverflowError:
        return InvalidValue(
            code=code,
            message=f"{label} has an integer that is too large",
            expected="integers from -2^63 to 2^64 - 1",
            found="an integer outside this range",
            repair="send it as text",
        )
    except UnicodeEncodeError:
        return InvalidValue(
            code=code,
            message=f"{label} has a text with half of a character",
            expected="text that UTF-8 can represent",
            found="half of a surrogate pair",
            repair="remove it",
        )
    return None


def _is_deeper(value: Plain, depth: int) -> bool:
    level: list[Any] = [value]
    for _ in range(depth):
        level = [child for one in level for child in _children(one) if isinstance(child, dict | list)]
        if not level:
            return False
    return True


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
