"""The log's two forms."""

import json
import logging
import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.cli.log_writer import LogWriter
from gradstream.cli.logs import JsonFormatter, LogFormat, LogHandler, TextFormatter
from gradstream.log_fields import about

CLOCK = re.compile(r"\d\d:\d\d:\d\d ")
VISIBLE = re.compile("[^\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]*")


def _record(level: int = logging.INFO, text: str = "so", **fields: str) -> logging.LogRecord:
    record = logging.LogRecord("gradstream.x", level, "f.py", 1, "said %s", (text,), None)
    record.__dict__.update(about(**fields))
    return record


def _failed(level: int) -> logging.LogRecord:
    error = ValueError("torn")
    record = _record(level)
    record.exc_info = (type(error), error, error.__traceback__)
    return record


def test_text_names_levels_from_warnings_up() -> None:
    """An informative line has only its time; a warning says that it is one; tracebacks follow, indented."""
    assert " said so\n    ValueError: torn" in TextFormatter().format(_failed(logging.INFO))
    assert " warning: said so\n" in TextFormatter().format(_failed(logging.WARNING))


def test_json_is_one_object_a_line() -> None:
    """Each record is one line of JSON with time, level, logger, message and traceback."""
    line = JsonFormatter().format(_failed(logging.ERROR))
    assert "\n" not in line
    fields = json.loads(line)
    assert (fields["level"], fields["logger"], fields["message"]) == ("error", "gradstream.x", "said so")
    assert fields["traceback"].endswith("ValueError: torn")


def test_demo_and_run_are_fields_of_both_forms() -> None:
    """A record about a run names it and its demo, in a place where programs find it."""
    record = _record(demo="count", run="5f3a", stream="stderr")
    assert CLOCK.sub("", TextFormatter().format(record)) == "demo=count run=5f3a stream=stderr said so"
    fields = json.loads(JsonFormatter().format(record))
    assert (fields["demo"], fields["run"], fields["stream"]) == ("count", "5f3a", "stderr")
    assert {"demo", "run"}.isdisjoint(json.loads(JsonFormatter().format(_record())))


@given(st.text() | st.text(alphabet="\n\r\x1b\x00\x9b\u2028\u202eab1:{}"))
def test_no_text_forges_a_line_or_controls_a_terminal(text: str) -> None:
    """Each record starts one line, whatever its message; nothing that is written is a control character."""
    written = TextFormatter().format(_record(text=text))
    first, *others = written.split("\n")
    assert CLOCK.match(first)
    assert all(line.startswith("    ") for line in others)
    assert VISIBLE.fullmatch(written)
    line = JsonFormatter().format(_record(text=text))
    assert "\n" not in line
    assert VISIBLE.fullmatch(line)
    assert json.loads(line)["message"] == f"said {text}"


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_record_that_cannot_be_formatted_is_reported(form: LogFormat) -> None:
    """A wrong call of a logger leaves a line, and raises nothing where it is."""
    ours, theirs = os.pipe()
    handler = LogHandler(LogWriter(theirs), form=form)
    handler.handle(logging.LogRecord("x", logging.INFO, "f.py", 1, "%d", ("no number",), None))
    handler.show("a list\nof findings")
    handler.close()
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8") as reading:
        written = reading.read()
    assert "a record of x could not be formatted" in written
    assert ("a list\nof findings\n" in written) == (form == "text")
    if form == "json":
        assert [json.loads(line)["message"] for line in written.splitlines()][1] == "a list\nof findings"
