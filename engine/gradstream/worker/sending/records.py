"""Events as records, encoded here, once: no process on the way to the page decodes them."""

from msgspec.structs import asdict

from gradstream.components.plain import plain
from gradstream.components.types import UnusableYield
from gradstream.events import codec
from gradstream.events.types import Append, Log, Patch, Progress, Record, SegmentAdded, Set, StreamBegun

MAX_BODY_BYTES = 16 * 2**20
"""A longer event would not fit into a run's journal; pictures and files travel as blobs."""

Told = Set | Append | Patch | StreamBegun | SegmentAdded | Progress | Log
"""What a worker tells; the other events are made by the server."""


def record(event: Told) -> Record:
    """Encode an event. Raises UnusableYield when it is too long."""
    try:
        made = codec.record(event)
    except UnicodeEncodeError:
        # Texts are not searched for halves of surrogate pairs unless they are known to have some.
        made = codec.record(type(event)(**{name: plain(value) for name, value in asdict(event).items()}))
    if len(made.body) > MAX_BODY_BYTES:
        found, most = len(made.body) / 1e6, MAX_BODY_BYTES / 1e6
        raise UnusableYield(f"a value of {found:.0f} MB; an event has at most {most:.0f} MB")
    return made
