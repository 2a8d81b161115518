"""The log's two forms."""

import json
import logging

from gradstream.cli.logs import JsonFormatter, TextFormatter


def _record(level: int) -> logging.LogRecord:
    error = ValueError("torn")
    about = (type(error), error, error.__traceback__)
    return logging.LogRecord("gradstream.x", level, "f.py", 1, "said %s", ("so",), about)


def test_text_names_levels_from_warnings_up() -> None:
    """An informative line has only its time; a warning says that it is one; tracebacks follow."""
    assert " said so\nValueError: torn" in TextFormatter().format(_record(logging.INFO))
    assert " warning: said so\n" in TextFormatter().format(_record(logging.WARNING))


def test_json_is_one_object_a_line() -> None:
    """Each record is one line of JSON with time, level, logger, message and traceback."""
    line = JsonFormatter().format(_record(logging.ERROR))
    assert "\n" not in line
    fields = json.loads(line)
    assert (fields["level"], fields["logger"], fields["message"]) == ("error", "gradstream.x", "said so")
    assert fields["traceback"].endswith("ValueError: torn")
