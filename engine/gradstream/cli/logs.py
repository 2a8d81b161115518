"""Writes the log to standard error: one readable line or one JSON object per record.

    record --formatter, in the thread that logs--> line --LogWriter, a thread of its own--> standard error

A record may have the fields `demo` and `run`, given as `extra`; both forms show them. What a record contains
comes from visitors and generators too: control characters are escaped, and a line break cannot start a line
that looks like another record.
"""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any, Literal

from gradstream.cli.log_writer import LogWriter

LogFormat = Literal["text", "json"]

FIELDS = ("demo", "run", "demos", "runs", "stream")
"""Optional fields of a record: the demo's address, the run's id, and where a generator printed the line.

`demos` and `runs` are those of which one has printed it, where nobody knows which.
"""

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""All control characters but tab and line feed, line separators, and what changes the direction of text."""

CONTINUED = "\n    "
"""Lines of one record after its first are indented: a record starts at the beginning of a line."""


def set_up_logging(form: LogFormat, *, level: int = logging.INFO) -> "LogHandler":
    """Write the records of all loggers, and Python's warnings, to standard error in the given form."""
    handler = LogHandler(LogWriter(sys.stderr.fileno()), form=form)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for chatty in ("watchfiles", "uvicorn", "PIL"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    return handler


class LogHandler(logging.Handler):
    """Passes formatted records to a writer; never waits for standard error."""

    def __init__(self, writer: LogWriter, *, form: LogFormat) -> None:
        super().__init__()
        self._form = form
        self._writer = writer
        self.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
        writer.start(describe_loss=self._describe_loss)

    def emit(self, record: logging.LogRecord) -> None:
        """Pass the record on."""
        try:
            self._writer.write(self.format(record))
        except Exception:  # noqa: BLE001 (a record that cannot be formatted must not end what logged it)
            text = f"a record of {record.name} could not be formatted"
            self._writer.write(self.format(_record(logging.ERROR, text)))

    def show(self, text: str) -> None:
        """Write text that is meant for the terminal, such as a list of errors, as it is or as one record."""
        if self._form == "text":
            self._writer.write(text)
        else:
            self.emit(_record(logging.WARNING, text))

    def close(self) -> None:
        """Write what is left; called at the end of the process."""
        super().close()
        self._writer.close()

    def _describe_loss(self, lines: int) -> str:
        noun = "line" if lines == 1 else "lines"
        text = f"{lines} {noun} of the log left out: standard error was not read fast enough"
        return self.format(_record(logging.WARNING, text))


class TextFormatter(logging.Formatter):
    """`12:30:01 demo=count run=5f3a message`; the level is named from warnings up."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a line, with its further lines indented below it."""
        clock = datetime.fromtimestamp(record.created, UTC).astimezone().strftime("%H:%M:%S")
        fields = "".join(f"{name}={value} " for name, value in _fields(record).items())
        level = f"{record.levelname.lower()}: " if record.levelno >= logging.WARNING else ""
        line = _escaped(f"{clock} {fields}{level}{record.getMessage()}")
        if record.exc_info:
            line = f"{line}\n{_escaped(self.formatException(record.exc_info))}"
        return line.rstrip("\n").replace("\n", CONTINUED)


class JsonFormatter(logging.Formatter):
    """`{"time", "level", "logger", "demo"?, "run"?, "demos"?, "runs"?, "stream"?, "message", "traceback"?}`.

    The time is in UTC.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        fields: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            **_fields(record),
            "message": record.getMessage(),
        }
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return _UNSAFE.sub(_as_json_escape, json.dumps(fields, ensure_ascii=False))


def _fields(record: logging.LogRecord) -> dict[str, str]:
    found = {name: getattr(record, name, None) for name in FIELDS}
    return {name: str(value) for name, value in found.items() if value is not None}


def _escaped(text: str) -> str:
    r"""Return the text with `\x1b` and the like in place of control characters."""
    return _UNSAFE.sub(_as_escape, text.encode("utf-8", "backslashreplace").decode())


def _as_escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"


def _as_json_escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"


def _record(level: int, text: str) -> logging.LogRecord:
    return logging.LogRecord(__name__, level, __file__, 0, "%s", (text,), None)
