"""What a run offers to `gradstream.authoring` while its generator runs: progress, log, folder."""

import threading
from pathlib import Path

from gradstream.authoring import LogLevel
from gradstream.events.types import Log, Progress
from gradstream.redaction import hide
from gradstream.worker.outputs.ordered_delivery import OrderedDelivery
from gradstream.worker.progress.throttle import BarState
from gradstream.worker.progress.tqdm_bars import ShowBar
from gradstream.worker.sending.flow_control import FlowControl
from gradstream.worker.sending.outbox import RunOutbox
from gradstream.worker.sending.records import record


class WorkerRunContext:
    """Implements `authoring.RunContext`. `show_bar` is set if the demo has `progress: tqdm`.

    `progress` and `log` are for the generator: a thread that sends more than the server can process waits in
    them, as it does at its yields; a task cannot. All other methods are for the worker itself and never wait:
    they are called in the threads of encoders and timers, for which flow control waits.
    """

    def __init__(
        self,
        *,
        folder: str,
        flow: FlowControl,
        delivery: OrderedDelivery,
        outbox: RunOutbox,
        secrets: tuple[str, ...],
    ) -> None:
        self.folder = Path(folder)
        self._secrets = secrets
        self.show_bar: ShowBar | None = None
        self._flow = flow
        self._delivery = delivery
        self._outbox = outbox

    def progress(
        self, fraction: float | None, *, index: int | None, total: int | None, description: str | None
    ) -> None:
        """Send the progress of the run, clipped to 0..1."""
        share = None if fraction is None else min(1.0, max(0.0, float(fraction)))
        self._wait_for_room()
        self._send(Progress(fraction=share, index=index, total=total, description=self._hidden(description)))

    def send_bar(self, bar: BarState) -> None:
        """Send the state of a bar of tqdm, without waiting."""
        share = None if not bar.total or bar.index is None else min(1.0, bar.index / bar.total)
        self._send(
            Progress(
                fraction=share,
                index=bar.index,
                total=bar.total,
                unit=self._hidden(bar.unit),
                description=self._hidden(bar.description),
            )
        )

    def log(self, text: str, *, level: LogLevel) -> None:
        """Send a line of the generator's log."""
        self._wait_for_room()
        self._send_line(text, level)

    def warn(self, text: str) -> None:
        """Send a warning of the worker's own, without waiting.

        There is at most one per chunk, and the number of chunks is limited by flow control.
        """
        self._send_line(text, "warning")

    def _hidden(self, text: str | None) -> str | None:
        return hide(text, self._secrets) if isinstance(text, str) else text

    def _wait_for_room(self) -> None:
        if self._flow.must_check and threading.current_thread() is not threading.main_thread():
            self._flow.wait_in_thread()

    def _send_line(self, text: str, level: LogLevel) -> None:
        self._send(Log(level=level, text=hide(text, self._secrets)))

    def _send(self, event: Progress | Log) -> None:
        encoded = record(event)
        self._delivery.deliver(lambda: self._outbox.send(encoded))
