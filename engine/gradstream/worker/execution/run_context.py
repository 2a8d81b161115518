"""What a run offers to `gradstream.authoring` while its generator runs."""

import threading
from pathlib import Path

from gradstream.authoring import LogLevel
from gradstream.events.types import Log, Progress
from gradstream.redaction import hide
from gradstream.worker.outputs.ordered_delivery import Lane
from gradstream.worker.progress.throttle import BarState
from gradstream.worker.progress.tqdm_bars import ShowBar
from gradstream.worker.sending.flow_control import Gate
from gradstream.worker.sending.outbox import RunOutbox
from gradstream.worker.sending.records import record


class RunTeller:
    """One run's. `show_bar` is there when its demo says `progress: tqdm`.

    `progress` and `log` are for the generator: a thread that sends more than the server takes in waits in
    them, as it does at its yields; a task cannot. All else is for the worker itself and never waits, because
    it is called in the threads of encoders and timers, and the gate opens only when those go on.
    """

    def __init__(
        self, *, folder: str, gate: Gate, lane: Lane, outbox: RunOutbox, secrets: tuple[str, ...]
    ) -> None:
        self.folder = Path(folder)
        self._secrets = secrets
        self.show_bar: ShowBar | None = None
        self._gate = gate
        self._lane = lane
        self._outbox = outbox

    def progress(
        self, fraction: float | None, *, index: int | None, total: int | None, description: str | None
    ) -> None:
        """Send how far the run is; shares outside of 0..1 are cut to it."""
        share = None if fraction is None else min(1.0, max(0.0, float(fraction)))
        self._wait_for_room()
        self._put(Progress(fraction=share, index=index, total=total, description=self._hidden(description)))

    def tell_bar(self, bar: BarState) -> None:
        """Send how far a bar of tqdm is, without waiting."""
        share = None if not bar.total or bar.index is None else min(1.0, bar.index / bar.total)
        self._put(
            Progress(
                fraction=share,
                index=bar.index,
                total=bar.total,
                unit=self._hidden(bar.unit),
                description=self._hidden(bar.description),
            )
        )

    def log(self, text: str, *, level: LogLevel) -> None:
        """Send a line of the generator's."""
        self._wait_for_room()
        self._put_line(text, level)

    def warn(self, text: str) -> None:
        """Send a warning of the worker's own, without waiting.

        There is at most one for a chunk, and the generator waits before it yields too many of those.
        """
        self._put_line(text, "warning")

    def _hidden(self, text: str | None) -> str | None:
        return hide(text, self._secrets) if isinstance(text, str) else text

    def _wait_for_room(self) -> None:
        if self._gate.closed and threading.current_thread() is not threading.main_thread():
            self._gate.pass_thread()

    def _put_line(self, text: str, level: LogLevel) -> None:
        self._put(Log(level=level, text=hide(text, self._secrets)))

    def _put(self, event: Progress | Log) -> None:
        encoded = record(event)
        self._lane.pass_on(lambda: self._outbox.put(encoded))
