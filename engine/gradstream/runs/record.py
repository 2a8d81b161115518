"""What a run is, as opposed to how it is controlled."""

from msgspec import Struct

from gradstream.format.types import Demo


class RunRecord(Struct, frozen=True, kw_only=True):
    """The facts of a run that never change; `created_at` is in seconds since the epoch."""

    id: str
    demo: Demo
    action: str
    session: str | None
    created_at: float
