"""Writes the log to standard error: one readable line or one JSON object per record."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Literal

LogFormat = Literal["text", "json"]


def set_up_logging(form: LogFormat, *, level: int = logging.INFO) -> None:
    """Write the records of all loggers to standard error in the given form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("watchfiles", "uvicorn", "PIL"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


class TextFormatter(logging.Formatter):
    """`12:30:01 gradstream: message`; the level is named from warnings up."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a line, with its traceback below it."""
        clock = datetime.fromtimestamp(record.created, UTC).astimezone().strftime("%H:%M:%S")
        level = f"{record.levelname.lower()}: " if record.levelno >= logging.WARNING else ""
        return _with_traceback(self, record, f"{clock} {level}{record.getMessage()}")


class JsonFormatter(logging.Formatter):
    """`{"time", "level", "logger", "message", "traceback"?}`, time in UTC as RFC 3339."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


def _with_traceback(formatter: logging.Formatter, record: logging.LogRecord, line: str) -> str:
    return f"{line}\n{formatter.formatException(record.exc_info)}" if record.exc_info else line
