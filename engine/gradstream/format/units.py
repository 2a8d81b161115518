"""Sizes and times with their units: `20MB` -> 20,000,000 bytes, `150ms` -> 0.15 seconds.

MB are millions of bytes and MiB are 2**20, as IEC 80000-13 has it.
"""

import math
import re
from collections.abc import Mapping
from typing import Literal

Measure = Literal["size", "time"]

BYTES: Mapping[str, int] = {
    "B": 1,
    "kB": 10**3,
    "KB": 10**3,
    "MB": 10**6,
    "GB": 10**9,
    "KiB": 2**10,
    "MiB": 2**20,
    "GiB": 2**30,
}
SECONDS: Mapping[str, float] = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0}

IN_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("msec", "millis", "millisecond", "milliseconds", "millisekunden"), "ms"),
    **dict.fromkeys(("sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden", "seconde"), "s"),
    **dict.fromkeys(("m", "mins", "minute", "minutes", "minuten", "minuto", "minutos"), "min"),
    **dict.fromkeys(("hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "heure", "heures"), "h"),
    **dict.fromkeys(("byte", "bytes", "o", "octets"), "B"),
    **dict.fromkeys(("k", "kilobyte", "kilobytes", "ko"), "kB"),
    **dict.fromkeys(("megabyte", "megabytes", "mo", "meg", "megs"), "MB"),
    **dict.fromkeys(("ki", "kib"), "KiB"),
    **dict.fromkeys(("mi", "mib"), "MiB"),
    **dict.fromkeys(("gi", "gib"), "GiB"),
    **dict.fromkeys(("g", "gigabyte", "gigabytes", "go", "gig", "gigs"), "GB"),
}
"""Units as people write them, and the format's own."""

QUANTITY = re.compile(r"(?P<number>[0-9]+(\.[0-9]+)?) ?(?P<unit>[A-Za-z]+)")


DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
IN_SECONDS = {"D": 86_400, "DAY": 86_400, "DAYS": 86_400, "H": 3600, "M": 60, "MIN": 60, "S": 1}
PARTS = re.compile(r"(\d+(?:\.\d+)?)\s*(DAYS?|D|H|MIN|M|S)")


def size_bytes(text: str) -> int:
    """Return a size in bytes; raises ValueError for anything but a number with a unit of size."""
    number, unit = _split(text, BYTES)
    return round(number * BYTES[unit])


def time_s(text: str) -> float:
    """Return a time in seconds; raises ValueError for anything but a number with a unit of time."""
    number, unit = _split(text, SECONDS)
    return number / 1000 if unit == "ms" else number * SECONDS[unit]


def wait_of(text: str) -> Literal["keep", "stop"] | float | None:
    """Return how long a run goes on without readers: seconds, `keep` or `stop`; None for anything else."""
    match text:
        case "keep":
            return "keep"
        case "stop":
            return "stop"
    try:
        return time_s(text)
    except ValueError:
        return None


def units(measure: Measure) -> tuple[str, ...]:
    """Return the units that can be written, smallest first."""
    return tuple(BYTES if measure == "size" else SECONDS)


def usual_unit(measure: Measure, number: float) -> str:
    """Return the unit that a number without one was most likely meant in."""
    if measure == "size":
        return "MB" if number < 10_000 else "B"
    return "s" if number < 100 else "ms"


FULL_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("second", "secondly"), "1s"),
    **dict.fromkeys(("minute", "a minute", "minutely", "@minutely", "* * * * *"), "1min"),
    **dict.fromkeys(("hour", "an hour", "hourly", "@hourly"), "1h"),
    **dict.fromkeys(("day", "a day", "daily", "@daily", "@midnight", "0 0 * * *"), "24h"),
    **dict.fromkeys(("week", "weekly", "@weekly"), "168h"),
    **dict.fromkeys(("half a second",), "500ms"),
    **dict.fromkeys(("half a minute",), "30s"),
    **dict.fromkeys(("half an hour",), "30min"),
}
"""Times without a number, as people and cron say them."""

CRON = re.compile(r"(?:\S+\s+){4,5}\S+")
CRON_STEPS = (
    (re.compile(r"\*/(\d+) \* \* \* \* \*"), "s"),
    (re.compile(r"\*/(\d+) \* \* \* \*"), "min"),
    (re.compile(r"\d+ \*/(\d+) \* \* \*"), "h"),
    (re.compile(r"\d+ \* \* \* \*"), "h"),
)
"""Lines of cron that say how often, and no time of a day."""

RATE = re.compile(r"(?:@every|rate|interval)\s*\(?\s*(?P<time>[^()]+?)\s*\)?", re.IGNORECASE)
EVERY = re.compile(r"^(?:every|each|after|alle|toutes les)\s+(?=\d)", re.IGNORECASE)
FREQUENCY = re.compile(r"(?P<times>\d+(?:\.\d+)?)\s*(?:hz|fps|/s|per second|times per second)", re.IGNORECASE)


def in_short(measure: Measure, text: str) -> str | None:
    """Return a quantity with its unit as the format writes it: `5 seconds` -> `5s`; None if it is none."""
    plain = EVERY.sub("", DECIMAL_COMMA.sub(".", text.strip()))
    if measure == "time":
        rate = RATE.fullmatch(plain)
        plain = rate["time"] if rate else plain
        spoken = re.sub(r"^(?:every|each|once|per)\s+", "", plain.lower())
        if (often_said := FULL_WORDS.get(spoken) or _of_cron(plain)) is not None:
            return often_said
    often = FREQUENCY.fullmatch(plain)
    if often and measure == "time" and float(often["times"]) > 0:
        return f"{1000 / float(often['times']):.4g}ms"
    found = QUANTITY.fullmatch(plain)
    if found is None or found["unit"].lower() in ("d", "day", "days"):
        return _on_a_clock(plain) or _compound(plain) if measure == "time" else None
    word = found["unit"].lower()
    known = {unit.lower(): unit for unit in reversed(units(measure))}
    unit = known.get(word) or known.get(IN_WORDS.get(word, "").lower())
    if measure == "size" and word == "m":
        unit = "MB"
    return None if unit is None else f"{found['number']}{unit}"


def is_clock_line(text: str) -> bool:
    """Return whether a text is a line of cron: when on a day, and not how long between two times."""
    return CRON.fullmatch(text) is not None and re.fullmatch(r"[\d*/,?LW#\sA-Z-]+", text) is not None


def _of_cron(text: str) -> str | None:
    plain = " ".join(text.split())
    for pattern, unit in CRON_STEPS:
        found = pattern.fullmatch(plain)
        if found is not None:
            return f"{found.group(1) if found.groups() else 1}{unit}"
    return None


def _compound(text: str) -> str | None:
    """Return several quantities of time as one: `1m30s` and `PT1M30S` -> `90s`."""
    parts = PARTS.findall(text.upper().removeprefix("PT"))
    if not parts or "".join(f"{number}{unit}" for number, unit in parts) != re.sub(
        r"\s+", "", text.upper().removeprefix("PT")
    ):
        return None
    seconds = sum(float(number) * IN_SECONDS[unit] for number, unit in parts)
    return f"{seconds / 3600:g}h" if seconds % 3600 == 0 else f"{seconds:g}s"


def _on_a_clock(text: str) -> str | None:
    """Return hours, minutes and seconds between colons in one unit: `00:05:00` -> `5min`."""
    if not re.fullmatch(r"\d{1,2}:\d{2}:\d{2}", text):
        return None
    hours, minutes, seconds = (int(part) for part in text.split(":"))
    total = hours * 3600 + minutes * 60 + seconds
    unit = next((unit for unit in ("h", "min") if total and total % SECONDS[unit] == 0), "s")
    return f"{total / SECONDS[unit]:g}{unit}"


def format_size(size: int, *, is_bound: bool = False) -> str:
    """Return a size as the format writes it: 20MB, 2.5MB, 512kB, 100B.

    With `is_bound` what is beyond a bound is never shown as large as the bound: the bound is exact, as 20MiB,
    or rounded down.
    """
    unit = next((unit for unit in ("GB", "MB", "kB") if size >= BYTES[unit]), "B")
    tenths = size * 10 / BYTES[unit]
    if not is_bound:
        return f"{math.ceil(tenths) / 10:g}{unit}"
    exact = next((unit for unit in ("GiB", "MiB", "KiB") if size and size % BYTES[unit] == 0), None)
    if exact is not None and not tenths.is_integer():
        return f"{size // BYTES[exact]}{exact}"
    return f"{math.floor(tenths) / 10:g}{unit}"


def _split(text: str, known: Mapping[str, object]) -> tuple[float, str]:
    found = QUANTITY.fullmatch(text)
    if found is None or found["unit"] not in known:
        raise ValueError(text)
    return float(found["number"]), found["unit"]
