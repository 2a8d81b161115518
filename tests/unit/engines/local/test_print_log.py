"""What is printed at an import is kept for the first run, the newest lines of it."""

from typing import Any, cast

from gradstream.engines.local.print_log import PrintLog
from gradstream.engines.local.printed import PrintedLine
from gradstream.ipc.protocol import RunOrder
from gradstream.limits import WORKER_LIMITS


class Runs:
    """Fulfils what a `PrintLog` asks of the runs of a worker, of which none is going on."""

    only_run = None

    def __init__(self) -> None:
        self.printed_lines: list[tuple[str, str]] = []

    def demo_of(self, _run: str | None) -> str | None:
        """Return None: there is no run."""
        return None

    def printed(self, run: str, _stream: str, text: str) -> bool:
        """Note a line."""
        self.printed_lines.append((run, text))
        return True


def test_an_import_that_prints_without_end_keeps_its_newest_lines() -> None:
    """They are the first run's, once."""
    runs = Runs()
    log = PrintLog(label="talks", runs=cast("Any", runs))
    for number in range(WORKER_LIMITS.import_lines + 5):
        log.add(PrintedLine(stream="stdout", text=str(number), demo="talks", run=None))
    order = cast("RunOrder", type("Order", (), {"demo": "talks", "run": "r"}))
    log.show_import(order)
    log.show_import(order)
    assert runs.printed_lines == [("r", str(number)) for number in range(5, WORKER_LIMITS.import_lines + 5)]
