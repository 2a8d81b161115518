"""What is printed at an import is kept for the first run, the newest lines of it."""

import logging
from typing import Any, cast

import pytest

from gradstream.cli.logs import FIELDS
from gradstream.engines.local.print_log import PrintLog
from gradstream.engines.local.printed import PrintedLine
from gradstream.ipc.protocol import RunOrder
from gradstream.limits import WORKER_LIMITS


class Runs:
    """Fulfils what a `PrintLog` asks of the runs of a worker."""

    def __init__(self, **going: str) -> None:
        self.printed_lines: list[tuple[str, str]] = []
        self.going = going

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


@pytest.mark.parametrize(
    ("going", "fields", "shown"),
    [
        ({}, {"demo": "w", "demos": "a,b"}, []),
        ({"r1": "a"}, {"demo": "a", "run": "r1"}, [("r1", "said")]),
        ({"r1": "a", "r2": "a"}, {"demo": "a", "runs": "r1,r2"}, []),
        ({"r1": "a", "r2": "b"}, {"demo": "w", "demos": "a,b", "runs": "r1,r2"}, []),
        (
            {f"r{number}": "a" for number in range(10)},
            {"demo": "a", "runs": "r0,r1,r2,r3,r4,r5,r6,r7,+2"},
            [],
        ),
    ],
)
def test_what_compiled_code_prints_is_named_as_far_as_it_is_known(
    going: dict[str, str],
    fields: dict[str, str],
    shown: list[tuple[str, str]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is the only run's; the log names all runs and demos that it may be of, and no later run gets it."""
    caplog.set_level(logging.INFO)
    runs = Runs(**going)
    log = PrintLog(label="w", runs=cast("Any", runs))
    log.note_demo("a")
    log.note_demo("b")
    log.add(PrintedLine(stream="stderr", text="said", demo=None, run=None))
    log.show_import(cast("RunOrder", type("Order", (), {"demo": "a", "run": "later"})))
    assert runs.printed_lines == shown
    (record,) = caplog.records
    found = {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
    assert found == {**fields, "stream": "stderr"}
    assert record.getMessage() == "said"
