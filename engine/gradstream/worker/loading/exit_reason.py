"""Why the developer's code exits: parsers of arguments print the reason and raise SystemExit with a number.

argparse, optparse   the text that they print is a variable of their `exit`
click, others        the exception that was being handled
"""

import traceback
from types import TracebackType
from typing import Any

_CODE: Any = SystemExit.code
_CONTEXT: Any = BaseException.__dict__["__context__"]
_TRACEBACK: Any = BaseException.__dict__["__traceback__"]
"""The descriptors of the built-in classes: a developer's class may override the attributes."""

_EXIT = "exit"
_TEXTS = ("message", "msg")
"""The function that prints a reason and exits, and the variables that may have it."""


def exit_reason(error: BaseException) -> str | None:
    """Return the reason of an exit with a number, if any. Raises what the reason's own code raises."""
    if not issubclass(type(error), SystemExit) or type(_CODE.__get__(error)) is not int:
        return None
    printed = _printed(_TRACEBACK.__get__(error))
    if printed:
        return printed
    handled = _CONTEXT.__get__(error)
    return str(handled) if handled is not None else None


def _printed(place: TracebackType | None) -> str | None:
    frames = [frame for frame, _ in traceback.walk_tb(place)]
    for frame in reversed(frames):
        if frame.f_code.co_name != _EXIT:
            continue
        for text in map(frame.f_locals.get, _TEXTS):
            if isinstance(text, str) and text.strip():
                return text.strip()
    return None
