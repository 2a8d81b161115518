"""The input kinds `date`, `time` and `datetime`: what a calendar and a clock on the wall show.

    "2026-05-17T9:30" --check--> "2026-05-17T09:30:00" --decode--> datetime.datetime(2026, 5, 17, 9, 30)

Texts on the wire are those of ISO 8601 that browsers give: https://html.spec.whatwg.org/#dates-and-times.
"""

import re
from abc import abstractmethod
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time
from typing import ClassVar

from msgspec import Struct, convert
from msgspec.structs import replace

from gradstream.components.inputs.kind import InputKind
from gradstream.components.types import JsonSchema
from gradstream.format.kinds import InvalidOption, InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain
from gradstream.format.wording import LONGEST_GUESSED, describe

Moment = date | time

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
OTHER_MONTHS = {
    "jän": 1,
    "fév": 2,
    "mär": 3,
    "avr": 4,
    "mai": 5,
    "juin": 6,
    "juil": 7,
    "aoû": 8,
    "okt": 10,
    "dez": 12,
    "déc": 12,
    "ene": 1,
    "abr": 4,
    "ago": 8,
    "dic": 12,
}
"""The beginnings of other languages' months that differ from those of English."""

OTHER_ORDERS = (
    re.compile(r"(?P<a>\d{1,2})(?:[./-]|\s+)(?P<b>\d{1,2})(?:[./-]|\s+)(?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<a>\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+(?P<word>[^\W\d_]{3,10})\.?,?[\s-]+(?P<year>\d{4})"),
    re.compile(r"(?P<word>[A-Za-z]{3,9})\.?\s+(?P<a>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})", re.ASCII),
)
"""Dates with the year at their end: numbers are a day and a month in one order or the other."""

HALF_DAY = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap])\.?m\.?", re.IGNORECASE | re.ASCII
)
"""A time of a clock with twelve hours."""

DATE = r"(?P<year>\d{4})[-/.年]?(?P<month>\d{1,2})[-/.月]?(?P<day>\d{1,2})"
"""Year first: in another order the day and the month cannot be distinguished."""

TIME = r"(?P<hour>\d{1,2})[:.hH時](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"


class MomentOptions(Struct, frozen=True):
    """The bounds of a moment, as they are written; both are accepted themselves."""

    minimum: str | None = None
    maximum: str | None = None


class MomentInput(InputKind):
    """A kind of input of which the function gets a date, a time or both; an empty field is None."""

    page_events: ClassVar[tuple[str, ...]] = ("change", "clear")

    properties = frozenset({"minimum", "maximum"})

    noun: ClassVar[str]
    shown: ClassVar[str]
    """A value as an author may write it."""
    form: ClassVar[re.Pattern[str]]
    """What is accepted."""
    near: ClassVar[re.Pattern[str]]
    """What is understood, for repairs."""
    schema: ClassVar[JsonSchema]

    @abstractmethod
    def read(self, text: str) -> Moment:
        """Return the moment of a text that has the accepted form. Raises ValueError for February 30."""

    @abstractmethod
    def build(self, parts: dict[str, int]) -> Moment:
        """Return the moment of these numbers by the names of `datetime`. Raises ValueError."""

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return the moment as text in its one form, or why the value is not accepted."""
        if value is None:
            return None
        moment = self._read(value)
        if moment is None:
            return self._misfit(value, field)
        return self._range_problem(moment, field) or _written(moment)

    def decode(self, plain: Plain, field: Input) -> Moment | None:
        """Return a date, a time or a datetime without a zone."""
        return None if plain is None else self.read(plain)

    def value_schema(self, field: Input) -> JsonSchema:
        """Return that of a text; JSON Schema has no bounds for moments."""
        return {"type": "string", **self.schema}

    def check_options(self, field: Input, *, keys: Collection[str]) -> Iterator[InvalidOption]:
        """Yield an invalid bound, and an empty range."""
        options = convert(field.options, MomentOptions)
        bounds = {"minimum": options.minimum, "maximum": options.maximum}
        for key, text in bounds.items():
            if text is not None and self._read(text) is None:
                yield self._not_a_bound(key, text)
                return
        low, high = self._read(options.minimum), self._read(options.maximum)
        if low is not None and high is not None and low.isoformat() > high.isoformat():
            span = f"a minimum of {_written(low)} and a maximum of {_written(high)}"
            yield InvalidOption(
                route=("maximum",),
                code="E-RANGE",
                message=f"there is nothing between {span}",
                expected="a minimum before the maximum",
                found=f"{options.minimum} to {options.maximum}",
                repair=f"write minimum: {options.maximum} and maximum: {options.minimum}",
                suggested={"minimum": options.maximum, "maximum": options.minimum},
            )

    def complete(self, field: Input) -> Input:
        """Return the input with bounds in the form that values have."""
        given = {key: self._read(field.options.get(key)) for key in ("minimum", "maximum")}
        bounds = {key: _written(moment) for key, moment in given.items() if moment is not None}
        return replace(field, options={**field.options, **bounds})

    def parse(self, text: str, field: Input) -> Plain:
        """Return the text without the space around it; none where nothing else is there."""
        return text.strip() or None

    def _read(self, value: object) -> Moment | None:
        if not isinstance(value, str) or not self.form.fullmatch(value):
            return None
        try:
            return self.read(value)
        except ValueError:
            return None

    def _meant(self, value: object) -> str:
        """Return the accepted text for one in a form that leaves no doubt; "" for none."""
        if not isinstance(value, str) or len(value) > LONGEST_GUESSED:
            return ""
        found = self.near.match(value.strip())
        if found is None:
            return ""
        try:
            parts = {name: int(part) for name, part in found.groupdict("0").items()}
            return _written(self.build(parts))
        except ValueError:
            return ""

    def _readings(self, value: object) -> tuple[str, ...]:
        """Return the accepted texts that one in another order may stand for."""
        text = value.strip() if isinstance(value, str) and len(value) <= LONGEST_GUESSED else ""
        meant = self._meant(text)
        return (meant,) if meant else tuple(self.other_readings(text))

    def other_readings(self, _text: str) -> Iterator[str]:
        """Yield the accepted texts for one that is not in the order of ISO 8601."""
        yield from ()

    def _misfit(self, value: object, field: Input) -> InvalidValue:
        readings = self._readings(value)
        meant = readings[0] if len(readings) == 1 else ""
        return InvalidValue(
            code="E-TYPE",
            message=f"{field.label} takes a {self.noun}",
            expected=f"a {self.noun} such as {self.shown}",
            found=describe(value),
            repair=f"did you mean {meant}?" if meant else "",
            accepted=readings,
            remedy="" if readings else f"write it as {self.shown}",
        )

    def _not_a_bound(self, key: str, text: str) -> InvalidOption:
        readings = self._readings(text)
        meant = readings[0] if len(readings) == 1 else ""
        return InvalidOption(
            route=(key,),
            code="E-TYPE",
            message=f"`{key}` is not a {self.noun}",
            expected=f"a {self.noun} such as {self.shown}",
            repair=f"write {meant}" if meant else f"write it as {self.shown}",
            suggested={key: meant} if meant else {},
        )

    def _range_problem(self, moment: Moment, field: Input) -> InvalidValue | None:
        options = convert(field.options, MomentOptions)
        low, high = self._read(options.minimum), self._read(options.maximum)
        if low is not None and moment.isoformat() < low.isoformat():
            nearest, when, remedy = low, "early", "change `minimum`"
        elif high is not None and moment.isoformat() > high.isoformat():
            nearest, when, remedy = high, "late", "change `maximum`"
        else:
            return None
        return InvalidValue(
            code="E-RANGE",
            message=f"{field.label} is too {when}",
            expected=_range_words(low, high),
            found=_written(moment),
            repair=f"the nearest is {_written(nearest)}",
            accepted=(_written(nearest),),
            remedy=remedy,
        )


class DateInput(MomentInput):
    """Hands over a `datetime.date`."""

    noun = "date"
    shown = "2026-05-17"
    form = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
    near = re.compile(DATE + r"(?!\d)", re.ASCII)
    schema: ClassVar[JsonSchema] = {"format": "date"}

    def read(self, text: str) -> date:
        """Return the date."""
        return date.fromisoformat(text)

    def build(self, parts: dict[str, int]) -> date:
        """Return the date."""
        return date(**parts)

    def other_readings(self, text: str) -> Iterator[str]:
        """Yield the dates that a text with its year at the end may stand for."""
        yield from _dates(text)


class TimeInput(MomentInput):
    """Hands over a `datetime.time`."""

    noun = "time"
    shown = "09:30"
    form = re.compile(r"\d{2}:\d{2}(:\d{2})?", re.ASCII)
    near = re.compile(TIME + r"(?=$|\s)(?!\s*[ap]m)", re.IGNORECASE | re.ASCII)
    schema: ClassVar[JsonSchema] = {"pattern": r"^\d{2}:\d{2}(:\d{2})?$"}

    def read(self, text: str) -> time:
        """Return the time."""
        return time.fromisoformat(text)

    def build(self, parts: dict[str, int]) -> time:
        """Return the time."""
        return time(parts["hour"], parts["minute"], parts["second"])

    def other_readings(self, text: str) -> Iterator[str]:
        """Yield the time of a clock with twelve hours."""
        found = HALF_DAY.fullmatch(text)
        hour = int(found["hour"]) if found else 0
        if found and 1 <= hour <= 12 and int(found["minute"] or 0) < 60:
            yield _written(time(hour % 12 + (12 if found["half"] in "pP" else 0), int(found["minute"] or 0)))


class DatetimeInput(MomentInput):
    """Hands over a `datetime.datetime`."""

    noun = "date with a time"
    shown = "2026-05-17T09:30"
    form = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?", re.ASCII)
    near = re.compile(DATE + r"(?:[T ]+" + TIME + r")?(?=$|\s)(?!\s*[ap]m)", re.IGNORECASE | re.ASCII)
    schema: ClassVar[JsonSchema] = {"pattern": r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?$"}

    def read(self, text: str) -> datetime:
        """Return the date with its time."""
        return datetime.fromisoformat(text)

    def build(self, parts: dict[str, int]) -> datetime:
        """Return the date with its time."""
        days = parts["year"], parts["month"], parts["day"]
        return datetime(*days, parts["hour"], parts["minute"], parts["second"])  # noqa: DTZ001 (as above)


KINDS: Mapping[str, InputKind] = {"date": DateInput(), "time": TimeInput(), "datetime": DatetimeInput()}


def _written(moment: Moment) -> str:
    """Return the shortest text for the moment: seconds are left out where there are none, as browsers do."""
    text = moment.isoformat()
    return text.removesuffix(":00") if text.count(":") == 2 else text


def _month(word: str) -> int:
    """Return the number of a month by its name or the beginning of it; 0 for another word."""
    beginning = word[:4] if word.startswith("jui") else word[:3]
    return MONTHS.index(beginning) + 1 if beginning in MONTHS else OTHER_MONTHS.get(beginning, 0)


def _dates(text: str) -> Iterator[str]:
    """Yield the dates that a text may stand for, each once."""
    found = next((match for each in OTHER_ORDERS if (match := each.fullmatch(text))), None)
    if found is None:
        return
    parts = found.groupdict()
    year, first = int(parts["year"]), int(parts["a"])
    if "word" in parts:
        month = _month(parts["word"].lower())
        orders = [(first, month)]
    else:
        orders = [(first, int(parts["b"])), (int(parts["b"]), first)]
    for day, month in dict.fromkeys(orders):
        try:
            yield date(year, month, day).isoformat()
        except ValueError:
            continue


def _range_words(low: Moment | None, high: Moment | None) -> str:
    if low is None:
        return "" if high is None else f"at most {_written(high)}"
    return f"at least {_written(low)}" if high is None else f"from {_written(low)} to {_written(high)}"
