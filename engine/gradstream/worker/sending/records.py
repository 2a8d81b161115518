"""Encodes events as records, once: no process between here and the page decodes them."""

from msgspec.structs import asdict

from gradstream.components.plain import plain
from gradstream.components.types import UnusableYieldError
from gradstream.events import codec
from gradstream.events.types import (
    Append,
    Log,
    Patch,
    Progress,
    Props,
    Record,
    SegmentAdded,
    Set,
    StreamBegun,
)
from gradstream.limits import LARGEST_EVENT_BYTES

WorkerEvent = Set | Append | Patch | StreamBegun | SegmentAdded | Props | Progress | Log
"""The events that a worker emits; all others are created by the server."""


def record(event: WorkerEvent) -> Record:
    """Encode an event. Raises UnusableYieldError if it is too large."""
    try:
        return record_as_is(event)
    except UnicodeEncodeError:
        # A text has an unpaired surrogate. Texts are only searched for them here, since almost none has one.
        return record_as_is(type(event)(**{name: plain(value) for name, value in asdict(event).items()}))


def record_as_is(event: WorkerEvent) -> Record:
    """Encode an event. Raises UnusableYieldError if it is too large, or UnicodeEncodeError."""
    encoded = codec.record(event)
    check_size(encoded, most_bytes=LARGEST_EVENT_BYTES)
    return encoded


def check_size(encoded: Record, *, most_bytes: int) -> None:
    """Raise UnusableYieldError if an event is larger."""
    if len(encoded.body) > most_bytes:
        found, most = len(encoded.body) / 1e6, most_bytes / 1e6
        raise UnusableYieldError(f"a value of {found:.3g} MB; an event has at most {most:.3g} MB")
