"""What a run is, as opposed to how it is controlled."""

from collections.abc import Mapping

from msgspec import Struct

from gradstream.format.types import Demo
from gradstream.log_fields import about
from gradstream.runs.caller import Caller


class RunRecord(Struct, frozen=True, kw_only=True):
    """The facts of a run that never change; `created_at` is in seconds since the epoch.

    Later times are in the journal, as milliseconds since then. `example` is the number of the example whose
    values the run has, where a recording of it can stand for the example. `recorded_at` is when the recording
    was made that the run replays; None for one that runs itself.
    """

    id: str
    demo: Demo
    action: str
    caller: Caller
    created_at: float
    example: int | None = None
    recorded_at: float | None = None

    @property
    def log_fields(self) -> Mapping[str, str]:
        """The fields of the log's records about this run."""
        return about(demo=self.demo.address, run=self.id)
