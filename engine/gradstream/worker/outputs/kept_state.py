"""Turns what a generator yields as state into what the server keeps, when it is yielded."""

from typing import Any

import msgspec

from gradstream.components.plain import plain
from gradstream.components.types import UnusableYieldError
from gradstream.format.values import Plain


def plain_state(name: str, value: Any) -> Plain:
    """Return a plain copy of a value of the state. Raises UnusableYieldError if it cannot be kept."""
    try:
        kept = plain(value)
        msgspec.msgpack.encode(kept)
    except UnusableYieldError as error:
        raise UnusableYieldError(f"state `{name}`: {error}") from error
    except OverflowError as error:
        text = f"state `{name}`: integers from -2**63 to 2**64 - 1 can be kept; keep a larger one as text"
        raise UnusableYieldError(text) from error
    return kept
