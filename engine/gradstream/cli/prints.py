"""What a demo prints in `gradstream run`: on standard error, each line once.

    printed by the run --> event `log` --> the transcript
    printed by the import, or after the end --the log's record--> standard error, at once

The first run has the lines of the import among its events too; these were shown already.
"""

import logging
import sys
from collections import deque

from gradstream.events.types import PRINTED, AnyEvent, Log
from gradstream.limits import WORKER_LIMITS


class PrintHandler(logging.Handler):
    """Shows the log's records of prints that no run has among its events."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: deque[str] = deque(maxlen=WORKER_LIMITS.import_lines)

    def emit(self, record: logging.LogRecord) -> None:
        """Show a line; remember one of an import."""
        fields = record.__dict__
        if fields.get("is_shown"):
            return
        text = record.getMessage()
        print(text, file=sys.stderr, flush=True)
        if "run" not in fields:
            self._shown.append(text)

    def has_shown(self, event: AnyEvent) -> bool:
        """Return whether an event is a printed line of the import; asked once for each event, in order."""
        if not (isinstance(event, Log) and event.level in PRINTED and self._shown):
            return False
        if event.text == self._shown[0]:
            self._shown.popleft()
            return True
        self._shown.clear()
        return False


def show_prints() -> PrintHandler:
    """Show prints, and no other records of the log: the transcript shows the run's own events."""
    handler = PrintHandler()
    prints = logging.getLogger("gradstream.prints")
    prints.setLevel(logging.INFO)
    prints.propagate = False
    prints.addHandler(handler)
    logging.getLogger().addHandler(logging.NullHandler())
    return handler
