"""Values of visitors against the options of each input kind: what is handed over, or the whole message."""

from datetime import date, datetime, time
from typing import Any

import pytest

from gradstream.components.registry import INPUTS, input_kind
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from tests.unit.components.fields import field

WHOLE = field("slider", default=3, minimum=1, maximum=10)
RANGE = field("slider", default=[2, 8], minimum=1, maximum=10, range=True)
TENTHS = field("slider", default=0.5, minimum=0, maximum=1, step=0.1)
PETS = [{"value": one, "label": one} for one in ("cat", "dog", "hamster")]
MIXED = [{"value": one, "label": str(one)} for one in (1, "2", True, 0.5)]


def check(value: Any, of: Input) -> Any:
    """Check a value."""
    return input_kind(of.kind).check(value, of)


@pytest.mark.parametrize(
    ("of", "value", "handed"),
    [
        (field("text"), "hi", "hi"),
        (field("text"), None, ""),
        (field("text", max_length=2), "hi", "hi"),
        (WHOLE, 3, 3),
        (WHOLE, 3.0, 3),
        (TENTHS, 1, 1.0),
        (TENTHS, 0.1 + 0.2, 0.1 + 0.2),
        (field("number"), 2, 2),
        (field("number"), 2.5, 2.5),
        (field("number"), None, None),
        (field("number", default=6, integer=False), 2, 2.0),
        (field("number", minimum=0.5, integer=True), 2.0, 2),
        (field("number", default=3, step=5), 8, 8),
        (field("number", step=0.1), 1e308, 1e308),
        (field("number", minimum=-1e308, step=0.1), 1e308, 1e308),
        (field("checkbox"), True, True),
        (field("checkbox"), None, False),
        (field("radio", choices=PETS), "dog", "dog"),
        (field("radio", choices=PETS), None, None),
        (field("dropdown", choices=MIXED), 1, 1),
        (field("dropdown", choices=MIXED), 1.0, 1),
        (field("dropdown", choices=MIXED), True, True),
        (field("dropdown", choices=PETS, multiple=True), ["dog", "cat"], ["dog", "cat"]),
        (field("dropdown", choices=PETS, multiple=True), None, []),
        (field("dropdown", choices=PETS, allow_custom=True), "fox", "fox"),
        (field("checkboxes", choices=PETS), ["dog", "cat"], ["cat", "dog"]),
        (field("checkboxes", choices=MIXED), [0.5, 1.0], [1, 0.5]),
        (field("checkboxes", choices=PETS), None, []),
        (field("toggle"), True, True),
        (field("toggle"), None, False),
        (field("color"), "#3366cc", "#3366cc"),
        (field("color"), "#36C", "#3366cc"),
        (field("color"), "#ABCDEF", "#abcdef"),
        (field("color"), None, "#000000"),
        (field("date"), "2026-05-17", "2026-05-17"),
        (field("date"), None, None),
        (field("time"), "09:30:00", "09:30"),
        (field("time"), "09:30:15", "09:30:15"),
        (field("datetime"), "2026-05-17 09:30", "2026-05-17T09:30"),
        (RANGE, [2, 8.0], [2, 8]),
        (RANGE, [3, 3], [3, 3]),
        (field("image"), None, None),
        (field("audio"), None, None),
        (field("video"), None, None),
    ],
)
def test_a_value_that_fits_is_handed_over(of: Input, value: Any, handed: Any) -> None:
    """Values keep their types; whole numbers are ints where the YAML's are, and floats where they are not."""
    got = check(value, of)
    assert got == handed
    assert type(got) is type(handed)


@pytest.mark.parametrize(
    ("of", "value", "problem"),
    [
        (
            field("text"),
            3,
            ("E-TYPE", "It takes text", "text", "the number `3`", "put the value between quotes"),
        ),
        (
            field("text", max_length=3),
            "hello",
            ("E-TOO-LONG", "It is too long", "at most 3 characters", "5 characters", "leave out 2"),
        ),
        (
            WHOLE,
            "3",
            ("E-TYPE", "It takes a number", "a number", "the text `3`", "send 3 without quotes"),
        ),
        (WHOLE, True, ("E-TYPE", "It takes a number", "a number", "`true`", "")),
        (WHOLE, float("nan"), ("E-TYPE", "It takes a number", "a number", "the number `nan`", "")),
        (
            WHOLE,
            2.5,
            ("E-NOT-WHOLE", "It takes whole numbers", "a whole number", "the number `2.5`", "2 or 3"),
        ),
        (WHOLE, 11, ("E-RANGE", "It is too large", "from 1 to 10", "the number `11`", "the nearest is 10")),
        (
            field("number", minimum=0),
            -1,
            ("E-RANGE", "It is too small", "at least 0", "the number `-1`", "the nearest is 0"),
        ),
        (
            field("number", maximum=5),
            6,
            ("E-RANGE", "It is too large", "at most 5", "the number `6`", "the nearest is 5"),
        ),
        (
            TENTHS,
            0.25,
            (
                "E-STEP",
                "It moves in steps of 0.1",
                "a multiple of 0.1, counted from 0",
                "the number `0.25`",
                "0.2 or 0.3",
            ),
        ),
        (
            field("checkbox"),
            "yes",
            ("E-TYPE", "It is either on or off", "true or false", "the text `yes`", "true"),
        ),
        *(
            (
                field(kind),
                written,
                (
                    "E-TYPE",
                    f"It takes a {noun}",
                    f"a {noun} such as {shown}",
                    f"the text `{written}`",
                    f"did you mean {meant}?" if meant else "",
                ),
            )
            for kind, noun, shown, written, meant in (
                ("date", "date", "2026-05-17", "2026/5/7", "2026-05-07"),
                ("date", "date", "2026-05-17", "20260517", "2026-05-17"),
                ("date", "date", "2026-05-17", "2026-05-17T10:00", "2026-05-17"),
                ("date", "date", "2026-05-17", "2026-02-30", ""),
                ("date", "date", "2026-05-17", "17.5.2026", "2026-05-17"),
                ("date", "date", "2026-05-17", "May 17, 2026", "2026-05-17"),
                ("date", "date", "2026-05-17", "17.17.2026", ""),
                ("date", "date", "2026-05-17", "today", ""),
                ("date", "date", "2026-05-17", "", ""),
                ("date", "date", "2026-05-17", "٢٠٢٦-٠٥-١٧", ""),
                ("time", "time", "09:30", "9:30", "09:30"),
                ("time", "time", "09:30", "09.30", "09:30"),
                ("time", "time", "09:30", "9:30 pm", "21:30"),
                ("time", "time", "09:30", "12 am", "00:00"),
                ("time", "time", "09:30", "25:00", ""),
                ("datetime", "date with a time", "2026-05-17T09:30", "2026-05-17", "2026-05-17T00:00"),
                ("datetime", "date with a time", "2026-05-17T09:30", "2026-05-17T09:30Z", ""),
                ("datetime", "date with a time", "2026-05-17T09:30", "2026-5-7 9:30", "2026-05-07T09:30"),
            )
        ),
        (
            field("date", minimum="2026-01-01"),
            "2025-12-31",
            (
                "E-RANGE",
                "It is too early",
                "at least 2026-01-01",
                "2025-12-31",
                "the nearest is 2026-01-01",
            ),
        ),
        (
            field("time", minimum="09:00", maximum="18:00"),
            "18:00:01",
            ("E-RANGE", "It is too late", "from 09:00 to 18:00", "18:00:01", "the nearest is 18:00"),
        ),
        (
            RANGE,
            [8, 2],
            (
                "E-RANGE",
                "It has its numbers the wrong way round",
                "the lower number first",
                "[8, 2]",
                "send [2, 8]",
            ),
        ),
        (
            RANGE,
            3,
            (
                "E-TYPE",
                "It takes two numbers",
                "a list of two numbers, such as [1, 10]",
                "the number `3`",
                "send both numbers, the lower one first",
            ),
        ),
        (
            RANGE,
            [3],
            (
                "E-TYPE",
                "It takes two numbers",
                "a list of two numbers, such as [1, 10]",
                "a list of 1",
                "send both numbers, the lower one first",
            ),
        ),
        (
            RANGE,
            [3, 11],
            ("E-RANGE", "It is too large", "from 1 to 10", "the number `11`", "the nearest is 10"),
        ),
        (
            field("checkboxes", choices=PETS),
            "dog",
            (
                "E-TYPE",
                "It takes several values",
                "a list",
                "the text `dog`",
                "put the value between square brackets",
            ),
        ),
        *(
            (
                field("color"),
                written,
                (
                    "E-TYPE",
                    "It takes a color",
                    "a color such as #3366cc",
                    f"the text `{written}`",
                    f"did you mean {meant}?" if meant else "",
                ),
            )
            for written, meant in (
                ("3366CC", "#3366cc"),
                ("#3366cc80", "#3366cc"),
                ("rgb(51, 102, 204)", "#3366cc"),
                ("rgba(51, 102, 204, 0.5)", "#3366cc"),
                ("Orange", "#ffa500"),
                ("rgb(300, 0, 0)", ""),
                ("#12345", ""),
                ("", ""),
            )
        ),
        (field("color"), 0, ("E-TYPE", "It takes a color", "a color such as #3366cc", "the number `0`", "")),
        (
            field("radio", choices=PETS),
            "hamter",
            (
                "E-CHOICE",
                "It has no such choice",
                "`cat`, `dog` or `hamster`",
                "the text `hamter`",
                "did you mean hamster?",
            ),
        ),
        (
            field("dropdown", choices=MIXED),
            "1",
            (
                "E-CHOICE",
                "It has no such choice",
                "`1`, `2`, `true` or `0.5`",
                "the text `1`",
                "send 1 without quotes",
            ),
        ),
        (
            field("dropdown", choices=MIXED),
            2,
            (
                "E-CHOICE",
                "It has no such choice",
                "`1`, `2`, `true` or `0.5`",
                "the number `2`",
                'send "2" as text',
            ),
        ),
        (
            field("dropdown", choices=[{"value": n, "label": ""} for n in range(20)]),
            None,
            None,
        ),
        (
            field("dropdown", choices=[{"value": n, "label": ""} for n in range(20)]),
            99,
            (
                "E-CHOICE",
                "It has no such choice",
                "one of `0`, `1`, `2`, `3`, `4`, `5`, `6`, `7` and 12 more",
                "the number `99`",
                "",
            ),
        ),
        (
            field("dropdown", choices=PETS, multiple=True),
            "cat",
            (
                "E-TYPE",
                "It takes several values",
                "a list",
                "the text `cat`",
                "put the value between square brackets",
            ),
        ),
        (
            field("dropdown", choices=PETS, multiple=True),
            ["cat", "cat"],
            (
                "E-REPEATED",
                "It has a value twice",
                "each value once",
                "the text `cat`",
                "leave out the second one",
            ),
        ),
        (
            field("image"),
            {"path": "/etc/passwd"},
            (
                "E-TYPE",
                "It takes an uploaded picture",
                '{"file": id} with the id of an upload',
                "a mapping",
                "send the file to /api/uploads first",
            ),
        ),
    ],
)
def test_a_value_that_does_not_fit_is_explained(
    of: Input, value: Any, problem: tuple[str, ...] | None
) -> None:
    """Each message says what was expected, what was found, and what to do."""
    got = check(value, of)
    if problem is None:
        assert got is None
    else:
        assert (got.code, got.message, got.expected, got.found, got.repair) == problem


def test_every_kind_accepts_nothing() -> None:
    """A value that was not given is no problem of the kind; whether it is needed is the form's question."""
    for kind in INPUTS:
        assert not isinstance(check(None, field(kind)), InvalidValue)


@pytest.mark.parametrize(
    ("of", "plain", "given"),
    [
        (field("text"), "hi", "hi"),
        (field("color"), "#3366cc", "#3366cc"),
        (field("date"), "2026-05-17", date(2026, 5, 17)),
        (field("date"), None, None),
        (field("time"), "09:30", time(9, 30)),
        (field("datetime"), "2026-05-17T09:30:15", datetime(2026, 5, 17, 9, 30, 15)),  # noqa: DTZ001 (no zone)
        (RANGE, [2, 8], (2, 8)),
        (WHOLE, 3, 3),
    ],
)
def test_what_the_function_is_given(of: Input, plain: Any, given: Any) -> None:
    """Plain values become those of Python."""
    decoded = input_kind(of.kind).decode(plain, of)
    assert decoded == given
    assert type(decoded) is type(given)


@pytest.mark.parametrize(
    ("of", "cell", "value"),
    [
        (field("checkboxes", choices=PETS), "dog; cat", ["dog", "cat"]),
        (field("toggle"), "TRUE", True),
        (field("color"), "3366cc", "#3366cc"),
        (field("date"), " 2026-05-17 ", "2026-05-17"),
        (field("time"), " ", None),
        (RANGE, "2; 8", [2, 8]),
        (RANGE, "[2, 8.5]", [2, 8.5]),
        (RANGE, "2", 2),
    ],
)
def test_cells_and_words_of_the_command_line(of: Input, cell: str, value: Any) -> None:
    """A text in a table or behind `--input` becomes what JSON would say."""
    assert input_kind(of.kind).parse(cell, of) == value
