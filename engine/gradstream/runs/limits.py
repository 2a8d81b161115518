"""The bounds of runs on this server, each with its policy. No behaviour."""

from msgspec import Struct


class Limits(Struct, frozen=True, kw_only=True):
    """The server's own bounds, each with its policy; those of a demo are in its `RunLimits`."""

    journal_events: int = 20_000
    """Of a run. Beyond, the oldest are folded into a snapshot."""
    journal_bytes: int = 16 * 2**20
    """Of a run, the same."""
    feed_backlog_bytes: int = 4 * 2**20
    """A reader further behind gets a snapshot in place of what it missed."""
    run_blob_bytes: int = 256 * 2**20
    """Beyond, the oldest that no output shows are dropped; a run that shows more than this fails."""
    finished_run_s: float = 3600.0
    """How long a finished run can be read."""
    finished_runs: int = 1000
    """Beyond, the run that finished first is forgotten."""
    finished_bytes: int = 512 * 2**20
    """Journals of finished runs together, in memory; the same."""
    finished_blob_bytes: int = 4 * 2**30
    """Big values and streams of finished runs together, on disk; the same."""
    run_stream_bytes: int = 2**30
    """Of a run's streams together. Beyond, the oldest segments are dropped: a window that slides."""
    session_stream_bytes: int = 2 * 2**30
    """Over all runs of one session. Beyond, its finished runs are forgotten, then oldest segments dropped."""
    first_reader_s: float = 5.0
    """With `on_disconnect: stop`, how long a run waits for its first reader."""
    state_bytes: int = 64 * 2**20
    """Total of visitors' `state`. Beyond, the state that was not used for the longest time is dropped."""
