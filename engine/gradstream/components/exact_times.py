"""Times whose zone is seconds from UTC, as zones were before they were made uniform.

12:00+00:19:32 --> 12:00:28+00:20: the same moment, with the nearest offset that JSON's times can have

That is what https://www.rfc-editor.org/rfc/rfc3339#section-5.8 does. Otherwise the offset would be rounded
and the clock left as it is, which is another moment.
"""

import re
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

ZONED = re.compile(rb"\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d:\d\d\"")
"""A time in JSON with its distance from UTC: only then is it looked for."""

MINUTE = timedelta(minutes=1)
ANY_DAY = date(2000, 1, 1)


def in_whole_minutes(value: Any) -> Any:
    """Return nested lists and mappings with such times at a whole number of minutes from UTC."""
    if isinstance(value, dict):
        return {in_whole_minutes(key): in_whole_minutes(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [in_whole_minutes(each) for each in value]
    if isinstance(value, datetime):
        return _moved(value)
    if isinstance(value, time) and value.tzinfo is not None:
        return _moved(datetime.combine(ANY_DAY, value)).timetz()
    return value


def _moved(value: datetime) -> datetime:
    offset = value.utcoffset()
    if offset is None or not offset % MINUTE:
        return value
    try:
        return value.astimezone(timezone(round(offset / MINUTE) * MINUTE))
    except OverflowError:
        # The first or the last minute that there is.
        return value
