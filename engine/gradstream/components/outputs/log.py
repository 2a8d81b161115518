"""The output kind `log`: lines with a level, each with its time if it is known.

text | (level, text) | {"text", "level"?, "time"?} | logging.LogRecord | [any of these]
    --> [{"level", "text", "time"}]     `time` in seconds since 1970, or None
"""

import datetime
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, convert

from gradstream.components.outputs.delivery import AppendEdits, Delivery, Joined, Replace
from gradstream.components.outputs.kind import OutputKind
from gradstream.components.plain import repair_text
from gradstream.components.real_number import real_number
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.events.types import Edit
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.format.wording import kind_name

ACCEPTED = "a text, (level, text), {'level', 'text', 'time'}, a record of logging, or a list of these"
KEYS = ("level", "text", "message", "time")
LEVELS = ("debug", "info", "warning", "error")
NAMES = {
    "trace": "debug",
    "notset": "debug",
    "notice": "info",
    "success": "info",
    "warn": "warning",
    "err": "error",
    "exception": "error",
    "critical": "error",
    "fatal": "error",
}
"""What other loggers call these levels."""

ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
"""Colours and links of terminals (ECMA-48, 5.4 and 8.3.89)."""


class LogOptions(Struct, frozen=True):
    """The keys of a log that its value depends on."""

    max_lines: int = 1000


class LogOutput(OutputKind):
    """Shows lines in order; each step adds its lines, unless `updates: replace`."""

    def encode(self, value: Any, output: Output, store: Store) -> Plain:
        """Return the lines; over `max_lines`, the last ones."""
        if value is None:
            return None
        return list(_lines(value))[-_most(output) :]

    def json_schema(self, output: Output) -> JsonSchema:
        """Return that of the list of lines."""
        line = {
            "type": "object",
            "properties": {
                "level": {"enum": list(LEVELS)},
                "text": {"type": "string"},
                "time": {"type": ["number", "null"]},
            },
            "required": ["level", "text", "time"],
            "additionalProperties": False,
        }
        return {"type": ["array", "null"], "items": line, "maxItems": _most(output)}

    def delivery(self, output: Output) -> Delivery:
        """Return that each step adds its lines, or is the whole log."""
        return AppendEdits(self.join) if output.updates == "append" else Replace(self.encode)

    def join(self, shown: Plain, added: Any, output: Output, store: Store) -> Joined:
        """Return the log with more lines; the first ones go where there are too many."""
        lines = [] if shown is None else shown
        more = self.encode(added, output, store)
        edits: list[Edit] = [("insert", [len(lines) + index], line) for index, line in enumerate(more)]
        lines.extend(more)
        too_many = max(0, len(lines) - _most(output))
        edits.extend(("delete", [0], None) for _ in range(too_many))
        del lines[:too_many]
        return Joined(value=lines, edits=edits)

    def as_text(self, value: Plain) -> str | None:
        """Return the lines, with the levels of warnings and errors."""
        if not isinstance(value, list):
            return None
        quiet = ("debug", "info")
        return "\n".join(
            each["text"] if each["level"] in quiet else f"{each['level']}: {each['text']}" for each in value
        )


KINDS: Mapping[str, OutputKind] = {"log": LogOutput()}


def _most(output: Output) -> int:
    return convert(output.options, LogOptions).max_lines


def _lines(value: Any) -> Iterator[Plain]:
    if isinstance(value, list):
        for each in value:
            yield from _lines(each)
        return
    level, text, time = _parts(value)
    plain = ESCAPE.sub("", repair_text(str(text)))
    for line in plain.splitlines() or [""]:
        yield {"level": _level(level), "text": line, "time": _seconds(time)}


def _parts(value: Any) -> tuple[Any, Any, Any]:
    if isinstance(value, str):
        return None, value, None
    if isinstance(value, tuple) and len(value) == 2:
        return value[0], value[1], None
    if isinstance(value, Mapping):
        return _from_mapping(value)
    if hasattr(value, "levelname") and callable(getattr(value, "getMessage", None)):  # logging
        return getattr(value, "levelno", None), _message(value), getattr(value, "created", None)
    raise UnusableYieldError(f"expected {ACCEPTED}, got {kind_name(value)}")


def _from_mapping(value: Mapping[Any, Any]) -> tuple[Any, Any, Any]:
    unknown = [key for key in value if key not in KEYS]
    text = value.get("text", value.get("message"))
    if unknown or text is None:
        found = f"a mapping with {unknown[0]!r}" if unknown else "a mapping without 'text'"
        raise UnusableYieldError(f"expected {ACCEPTED}, got {found}")
    return value.get("level"), text, value.get("time")


def _message(record: Any) -> str:
    """Return the message of a record, with the exception that it was made for."""
    error = (getattr(record, "exc_info", None) or (None, None))[1]
    text = str(record.getMessage())
    return text if error is None else f"{text}\n{type(error).__name__}: {error}"


def _level(level: Any) -> str:
    if level is None:
        return "info"
    number = real_number(level)
    if number is not None:
        return _severity(number)
    name = str(getattr(level, "value", level)).lower()
    found = NAMES.get(name, name)
    if found not in LEVELS:
        raise UnusableYieldError(f"expected {', '.join(LEVELS)} as the level of a line, got {level!r:.60}")
    return found


def _severity(number: float) -> str:
    """Return the level at or below a number of `logging`."""
    return "error" if number >= 40 else "warning" if number >= 30 else "info" if number >= 20 else "debug"


def _seconds(time: Any) -> float | None:
    if time is None:
        return None
    if isinstance(time, datetime.datetime):
        return time.timestamp()
    number = real_number(time)
    if number is None:
        raise UnusableYieldError(
            f"expected a datetime, or seconds since 1970, as the time of a line, got {kind_name(time)}"
        )
    return float(number) if math.isfinite(number) else None
