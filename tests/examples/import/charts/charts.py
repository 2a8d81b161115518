"""Functions of charts.py."""

import datetime as dt
import gradstream


def series(n, kind="sin"):
    for i in range(int(n)):
        yield [{"x": j, "y": j * j} for j in range(i + 1)], i / n


def to_file(text):
    with open("out.txt", "w") as f:
        f.write(text or "")
    return "out.txt", gradstream.update(label="Save it", value="out.txt", visible=True)


def now():
    return f"{dt.datetime.now():%H:%M:%S}"


def when(date):
    return str(date)


def hl(text):
    return [(word, "long" if len(word) > 4 else None) for word in text.split()]


def as_timestamp(moment, zone=None):
    """Return a date, with or without a time of day, as seconds since 1970."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    if moment is None:
        return None
    return datetime(*moment.timetuple()[:6], tzinfo=zone and ZoneInfo(zone)).timestamp()


def on_when(date):
    return when(as_timestamp(date))


def colour_2(c):
    return f"<b style='color:{c}'>x</b>"


def start():
    return gradstream.update(visible=False)
