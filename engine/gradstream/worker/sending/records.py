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

MAX_BODY_BYTES = 16 * 2**20
"""A larger event would not fit into a run's journal; pictures and files are sent as blobs."""

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
    if len(encoded.body) > MAX_BODY_BYTES:
        found, most = len(encoded.body) / 1e6, MAX_BODY_BYTES / 1e6
        raise UnusableYieldError(f"a value of {found:.0f} MB; an event has at most {most:.0f} MB")
    return encoded
