"""What a run offers to `gradstream.authoring` while its generator runs: progress, log, folder."""

import threading
from collections.abc import Callable
from pathlib import Path

from gradstream.authoring import LogLevel
from gradstream.events.types import Log, Progress
from gradstream.redaction import hide
from gradstream.worker.execution.outside import OutsideLog
from gradstream.worker.outputs.ordered_delivery import OrderedDelivery
from gradstream.worker.printing.source import PrintSource
from gradstream.worker.progress.throttle import BarState
from gradstream.worker.progress.tqdm_bars import ShowBar
from gradstream.worker.sending.flow_control import FlowControl
from gradstream.worker.sending.outbox import RunOutbox
from gradstream.worker.sending.records import record


class WorkerRunContext:
    """Implements `authoring.RunContext`, with the source of the run's prints.

    `show_bar` is set if the demo has `progress: tqdm`.

    `progress` and `log` are for the generator: a thread that sends more than the server can process waits in
    them, as it does at its yields, until the run ends; a task cannot. All other methods are for the worker
    itself and never wait: they are called in the threads of encoders and timers, for which flow control
    waits.
    """

    def __init__(
        self,
        *,
        folder: str,
        flow: FlowControl,
        delivery: OrderedDelivery,
        outbox: RunOutbox,
        secrets: tuple[str, ...],
        outside: OutsideLog,
        prints: PrintSource,
    ) -> None:
        self.folder = Path(folder)
        self.prints = prints
        self._secrets = secrets
        self._outside = outside
        self.show_bar: ShowBar | None = None
        self._flow = flow
        self._delivery = delivery
        self._outbox = outbox

    def progress(
        self, fraction: float | None, *, index: int | None, total: int | None, description: str | None
    ) -> None:
        """Send the progress of the run, clipped to 0..1."""
        share = None if fraction is None else min(1.0, max(0.0, float(fraction)))
        if self._has_room():
            self._send(
                Progress(fraction=share, index=index, total=total, description=self._hidden(description))
            )

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
        """Send a line of the generator's log; after the end of the run, write it to the server's."""
        if self._has_room():
            self._send_line(text, level)

    def warn(self, text: str) -> None:
        """Send a warning of the worker's own, without waiting.

        There is at most one per chunk, and the number of chunks is limited by flow control.
        """
        self._send_line(text, "warning")

    def close(self) -> None:
        """Let nobody wait any more, and let bars be drawn as outside a run; called before the run's end."""
        self.show_bar = None
        self._flow.end()

    def _hidden(self, text: str | None) -> str | None:
        return hide(text, self._secrets) if isinstance(text, str) else text

    def _has_room(self) -> bool:
        """Wait until there is room, except in tasks; return False if what follows is discarded."""
        if self._flow.must_check and threading.current_thread() is not threading.main_thread():
            return self._flow.wait_for_room()
        return True

    def _send_line(self, text: str, level: LogLevel) -> None:
        hidden = hide(text, self._secrets)
        self._send(Log(level=level, text=hidden), late=lambda: self._outside.late(hidden, level=level))

    def _send(self, event: Progress | Log, *, late: Callable[[], None] = lambda: None) -> None:
        """Send an event in its turn; call `late` if the run has ended before."""
        encoded = record(event)

        def send() -> None:
            if not self._outbox.send(encoded):
                late()

        self._delivery.deliver(send)
