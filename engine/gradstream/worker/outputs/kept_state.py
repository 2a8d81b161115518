"""The values of a demo's `state` as the server stores them, and which will not come back as they were set.

a yield --plain_state--> plain copy, and a remark if it comes back changed --keep_state--> Ended
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from gradstream.components.plain import plain
from gradstream.components.types import UnusableYieldError
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name
from gradstream.limits import WORKER_LIMITS, size_in_words

Warn = Callable[[str], None]


def plain_state(name: str, value: Any, *, warn: Warn) -> Plain:
    """Return a plain copy of a value of the state. Raises UnusableYieldError if it cannot be kept."""
    try:
        kept = plain(value)
        msgspec.msgpack.encode(kept)
    except UnusableYieldError as error:
        raise UnusableYieldError(f"state `{name}`: {error}") from error
    except OverflowError as error:
        text = f"state `{name}`: integers from -2**63 to 2**64 - 1 can be kept; keep a larger one as text"
        raise UnusableYieldError(text) from error
    change = _change(value, kept)
    if change is not None:
        warn(f"state `{name}`: {change} in the next run")
    return kept


def keep_state(
    state: Mapping[str, Any], *, warn: Warn, most_bytes: int = WORKER_LIMITS.own_state_bytes
) -> dict[str, Plain]:
    """Return plain copies of all values; warn if they are too large for the server to keep them."""
    kept = {name: plain_state(name, value, warn=warn) for name, value in state.items()}
    size = len(msgspec.msgpack.encode(kept))
    if size > most_bytes:
        most = size_in_words(most_bytes)
        warn(f"the state is not kept: it has {size:,} bytes, and at most {most} can be kept")
    return kept


def is_another_type(before: Plain, now: Plain) -> bool:
    """Return whether both are values, of types that are unlikely to take each other's place."""
    if before is None or now is None:
        return False
    numbers = {int, float}
    return type(before) is not type(now) and not {type(before), type(now)} <= numbers


def _change(value: Any, kept: Any) -> str | None:
    """Return the first way in which a value differs from what is kept of it; None where they are alike."""
    if type(value) is not type(kept):
        return f"a value of type {kind_name(value)} is one of type {kind_name(kept)}"
    if isinstance(value, dict):
        for key, one in value.items():
            if not isinstance(key, str):
                return f"the key {key!r:.60} is text"
            if (change := _change(one, kept.get(key))) is not None:
                return change
    elif isinstance(value, list):
        for one, kept_one in zip(value, kept, strict=False):
            if (change := _change(one, kept_one)) is not None:
                return change
    return None
