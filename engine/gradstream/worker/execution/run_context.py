"""What a run offers to `gradstream.authoring` while its generator runs: progress, log, folder."""

import threading
from pathlib import Path

from gradstream.authoring import LogLevel
from gradstream.events import codec
from gradstream.events.types import Log, Progress, Record
from gradstream.redaction.mask import hide
from gradstream.redaction.paths import without_folders, without_own_folders
from gradstream.worker.execution.outside import OutsideLog
from gradstream.worker.loading.working_directory import RunFolder
from gradstream.worker.outputs.ordered_delivery import OrderedDelivery
from gradstream.worker.printing.source import PrintSource
from gradstream.worker.progress.throttle import CallAt, LineThrottle, ProgressThrottle
from gradstream.worker.progress.tqdm_bars import BarState, RunBars, ShowBar
from gradstream.worker.sending.flow_control import FlowControl
from gradstream.worker.sending.outbox import RunOutbox
from gradstream.worker.sending.records import record


class WorkerRunContext:
    """Implements `authoring.RunContext`, with the source of the run's prints.

    `show_bar` is set if the demo has `progress: tqdm`.

    `log` is for the generator: a thread that sends more than the server can process waits in it, as it does
    at its yields, until the run ends; a task cannot. All other methods never wait: `progress` sends little,
    however often it is called, and the rest is called in the threads of encoders and timers, for which flow
    control waits.
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
        call_at: CallAt,
    ) -> None:
        self.folder = Path(folder)
        self.loop_folder: RunFolder | None = None
        self.prints = prints
        self._secrets = secrets
        self._outside = outside
        self.show_bar: ShowBar | None = None
        self._flow = flow
        self._delivery = delivery
        self._outbox = outbox
        self._progress = ProgressThrottle(emit=self._send, call_at=call_at, most=flow.limits.progress_events)
        self._lines = LineThrottle(
            emit=self._send, say=self._left_out, call_at=call_at, most=flow.limits.log_lines
        )

    def show_bars(self) -> None:
        """Show bars of tqdm as the run's progress."""
        self.show_bar = RunBars(self._send_bar).show

    def progress(
        self,
        fraction: float | None,
        *,
        index: int | None,
        total: int | None,
        unit: str | None,
        description: str | None,
    ) -> None:
        """Send the progress of the run, clipped to 0..1, unless a newer one follows at once."""
        share = None if fraction is None else min(1.0, max(0.0, float(fraction)))
        event = Progress(
            fraction=share,
            index=index,
            total=total,
            unit=self._hidden(unit),
            description=self._hidden(description),
        )
        self._progress.update(record(event))

    def log(self, text: str, *, level: LogLevel) -> None:
        """Send a line of the generator's log; after the end of the run, write it to the server's.

        Of too many in a second, only the first and the last ones are sent, and how many are missing.
        """
        if self._has_room():
            self._send_line(text, level)

    def warn(self, text: str) -> None:
        """Send a warning of the worker's own, without waiting.

        There is at most one per chunk, and the number of chunks is limited by flow control.
        """
        self._send_line(without_folders(text), "warning")

    def flush(self) -> None:
        """Send the progress and the lines that are still held."""
        self._progress.flush()
        self._lines.flush()

    def close(self) -> None:
        """Let nobody wait any more, and let bars be drawn as outside a run; called before the run's end."""
        self.show_bar = None
        self._flow.end()

    def _send_bar(self, bar: BarState) -> None:
        share = None if not bar.total or bar.index is None else min(1.0, bar.index / bar.total)
        event = Progress(
            fraction=share,
            index=bar.index,
            total=bar.total,
            unit=self._hidden(bar.unit),
            description=self._hidden(bar.description),
        )
        self._progress.update(record(event))

    def _hidden(self, text: str | None) -> str | None:
        return without_own_folders(hide(text, self._secrets)) if isinstance(text, str) else text

    def _has_room(self) -> bool:
        """Wait until there is room, except in tasks; return False if what follows is discarded."""
        if self._flow.must_check and threading.current_thread() is not threading.main_thread():
            return self._flow.wait_for_room()
        return True

    def _send_line(self, text: str, level: LogLevel) -> None:
        shown = without_own_folders(hide(text, self._secrets))
        line = record(Log(level=level, text=shown))
        self._outbox.check(line)
        self._lines.add(line)

    def _send(self, event: Record) -> None:
        """Send an event in its turn; a line that comes after the end of the run goes to the server's log."""

        def send() -> None:
            if not self._outbox.send(event):
                late = codec.event(event)
                if isinstance(late, Log):
                    self._outside.late(late.text, level=late.level)

        self._delivery.deliver(send)

    def _left_out(self, count: int) -> Record:
        lines = "1 line" if count == 1 else f"{count:,} lines"
        text = f"{lines} left out: at most {2 * self._flow.limits.log_lines:,} of each second are kept"
        return record(Log(level="warning", text=text))
