"""Whatever a generator yields is sent as the output's schema says, or refused in words."""

import datetime
import math
from collections import deque
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from msgspec import json

from gradstream.authoring import Message
from gradstream.components.outputs.delivery import AppendEdits
from gradstream.components.registry import OUTPUTS, output_kind
from gradstream.components.types import UnusableYieldError
from gradstream.events import codec
from gradstream.events.types import Set
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.worker.sending.records import record
from tests.exact import Exact
from tests.unit.components.fields import Frame, MemoryStore, output

SHOWN = Path(__file__).parents[2] / "wire" / "values"
"""Values as the worker sends them; the page's tests draw each."""

KINDS = [kind for kind, each in OUTPUTS.items() if not each.is_media and kind != "image"]

NAMES = ["constructor", "__proto__", "toString", "10", "2", "", "\u2028", "\ud800", "a\0b", "</script>"]

SCALARS: list[Any] = [
    None,
    True,
    0,
    -0.0,
    1.234e-7,
    1e308,
    2**53 + 1,
    2**70,
    -(2**63),
    math.nan,
    -math.inf,
    "",
    "text\u2028\ud800\0",
    Decimal("0.1"),
    Decimal("1e999"),
    Decimal("sNaN"),
    Fraction(1, 3),
    Fraction(10**400),
    np.float32(0.1),
    np.int64(2**62),
    np.bool_(False),  # noqa: FBT003 (NumPy's signature)
    np.datetime64("2026-11-27"),
    datetime.date(2026, 11, 27),
    b"bytes",
    1j,
    object(),
    print,
]
METADATA: list[Any] = [
    "free text",
    5,
    {},
    *({key: one} for key in ("title", "duration", "log", "status") for one in SCALARS),
]

scalars = st.sampled_from(SCALARS) | st.floats() | st.integers() | st.text()
keys = st.sampled_from([*NAMES, 5, 1.5, None, True, (1, 2)]) | st.text(max_size=5)
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.lists(inner, max_size=3).map(deque)
        | st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=12,
)
messages = st.fixed_dictionaries(
    {"role": st.sampled_from(["user", "assistant", "tool", 5, None]), "content": scalars},
    optional={"metadata": st.sampled_from(METADATA) | trees},
)
pairs = st.dictionaries(keys, st.sampled_from(SCALARS) | st.floats(), max_size=4)
yields = (
    trees | messages | st.lists(messages, max_size=3) | pairs | st.lists(st.tuples(keys, scalars), max_size=4)
)


def sent(of: Output, value: Any) -> Plain:
    """Return what readers have of a yield, through the event that says it. Raises UnusableYieldError."""
    delivery = output_kind(of.kind).delivery(of)
    if isinstance(delivery, AppendEdits):
        plain = None if value is None else delivery.join(None, value, of, MemoryStore()).value
    else:
        plain = output_kind(of.kind).encode(value, of, MemoryStore())
    event = codec.event(record(Set(output=of.name, value=plain)))
    assert isinstance(event, Set)
    return event.value


def check(of: Output, value: Any) -> None:
    """Require that a yield is refused in words, or sent as the schema says."""
    try:
        shown = sent(of, value)
    except UnusableYieldError:
        return
    Draft7Validator(output_kind(of.kind).json_schema(of)).validate(shown)


OUTPUT_FORMS = [
    *(output(kind) for kind in KINDS),
    output("chat", yields="conversation"),
    output("scores", top=2),
    output("table", columns=["a", "10"], max_rows=2),
]


@pytest.mark.parametrize("of", OUTPUT_FORMS, ids=lambda of: f"{of.kind}{of.options}")
@settings(deadline=None)
@given(value=yields)
def test_random_yields(of: Output, value: Any) -> None:
    """No value of any type gets through that the page's reader of the kind does not expect."""
    check(of, value)


@pytest.mark.parametrize("of", OUTPUT_FORMS, ids=lambda of: f"{of.kind}{of.options}")
def test_odd_yields(of: Output) -> None:
    """Each odd scalar alone, in a list, under odd names, as a score, a cell, a message and its metadata."""
    for one in SCALARS:
        for value in (one, [one], {"a": one}, [{"a": one}], [("a", one)], {"content": one}, [[one, one]]):
            check(of, value)
    for name in NAMES:
        for value in ({name: 0.5}, [{name: 1}], {"content": name}, name):
            check(of, value)
    for metadata in METADATA:
        check(of, {"content": "x", "metadata": metadata})
        check(of, Message("x", metadata=metadata))


EXAMPLES: dict[str, list[Any]] = {
    "number": [0, -0.0, 1.234e-7, 1e308, 2**53 + 1, 2**70, math.nan, Decimal("93.5"), np.float32(0.5)],
    "text": ["", "a\u2028\ud800\0</script>", 93.0, 2**70],
    "json": [
        {"10": 1, "2": 2, "b": {"1": 2**60 + 1}},
        dict.fromkeys(name for name in NAMES if name != "\ud800"),
        [math.nan, -0.0, 1e308, 2**70, "\ud800", [[[[]]]], {}],
        93.0,
    ],
    "scores": [
        {"a": math.nan, "b": 0.9},
        {"a": math.inf, "b": 93.0, "c": -2},
        {},
        [(name, 0.5) for name in NAMES],
    ],
    "table": [
        [{"id": 2**60 + 1, "10": 1.234e-7, "constructor": None}, {"id": math.nan}],
        [],
        [[]],
        [[1, "two", [3], {"4": 4}]],
    ],
    "chat": [
        [{"content": "x", "metadata": {"title": "Tool", "duration": "1.3s"}}, "answer"],
        [{"content": "x", "metadata": {"title": 5, "log": 3, "status": None, "id": 2**60 + 1}}],
        [{"role": "tool", "content": ""}, {"content": None}],
        "\ud800\u2028",
    ],
}


@pytest.mark.parametrize("kind", EXAMPLES)
def test_values_for_the_page(kind: str, exact: Exact) -> None:
    """What the page's tests draw are values as the worker sends them."""
    values = [sent(output(kind), value) for value in EXAMPLES[kind]]
    lines = ",\n".join(f"  {json.encode(value).decode()}" for value in values)
    exact.report(SHOWN / f"{kind}.json", f"[\n{lines}\n]")


@pytest.mark.parametrize(
    ("kind", "value", "remark"),
    [
        ("number", math.nan, "output `it`: nan cannot be said in JSON and is shown as none"),
        ("number", Decimal("1e999"), "output `it`: 1E+999 cannot be said in JSON and is shown as none"),
        ("number", math.inf, "output `it`: inf cannot be said in JSON and is shown as none"),
        (
            "scores",
            {"cat": 93.0},
            "output `it`: scores are shares from 0 to 1, shown in percent; 93.0 of cat is shown as 9300 %",
        ),
        (
            "scores",
            {"cat": math.nan},
            "output `it`: scores are shares from 0 to 1, shown in percent; nan of cat is shown as -",
        ),
        ("scores", {"cat": 1.0, "dog": 0}, None),
        ("number", 1e308, None),
    ],
)
def test_what_is_not_shown_as_given_is_told(kind: str, value: Any, remark: str | None) -> None:
    """The log has a line for it, and none where all is well."""
    store = MemoryStore()
    output_kind(kind).encode(value, output(kind), store)
    assert store.remarks == ([] if remark is None else [remark])


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("93.5"), 93.5),
        (Decimal(2) ** 70, 2**70),
        (Fraction(1, 4), 0.25),
        (Fraction(2**80, 1), 2**80),
        (np.float32(0.5), 0.5),
        (np.uint64(2**63 + 1), 2**63 + 1),
        (np.array([7]), 7),
    ],
)
def test_a_number_of_any_library_keeps_its_digits(value: Any, shown: float) -> None:
    """Whole numbers are exact, and nothing becomes a text."""
    found = sent(output("number"), value)
    assert (found, type(found)) == (shown, type(shown))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (np.datetime64("2026-11-28T01:02:03", "ns"), "2026-11-28T01:02:03"),
        (np.datetime64("2026-11-28T01:02:03.000000004", "ns"), "2026-11-28T01:02:03.000000004"),
        (np.array(["2026-11-28", "NaT"], "datetime64[ns]"), ["2026-11-28T00:00:00", None]),
        (np.datetime64("2026", "Y"), "2026-01-01"),
        (np.timedelta64(1_500, "ms"), "PT1.5S"),
        (np.array([3_000_000], "timedelta64[ns]"), ["PT0.003S"]),
        (np.timedelta64(5, "ns"), "5 nanoseconds"),
        (np.datetime64("10191-01-01"), "10191-01-01"),
        (np.array(["10191-01-01T00", "2026-11-28T00"], "datetime64[h]"), ["10191-01-01T00", "2026-11-28T00"]),
        (np.timedelta64(10**13, "D"), "10000000000000 days"),
        (np.timedelta64(5, "M"), None),
        (np.timedelta64(5), None),
    ],
    ids=repr,
)
def test_a_time_is_not_a_number(value: Any, shown: Plain) -> None:
    """NumPy gives its finest and its farthest times as integers: they are shown as times, or refused."""
    if shown is None:
        with pytest.raises(UnusableYieldError, match="a duration in months, in years or without a unit"):
            sent(output("json"), value)
    else:
        assert sent(output("json"), value) == shown
        assert sent(output("table"), [[value]])["rows"] == [[shown]]
    for kind in ("number", "chart"):
        with pytest.raises(UnusableYieldError):
            sent(output(kind), value)


def test_a_zone_of_seconds_leaves_the_moment_as_it_is() -> None:
    """JSON's times have whole minutes to UTC: the clock is moved by the seconds, at any depth."""
    zone = datetime.timezone(datetime.timedelta(minutes=19, seconds=32))
    moment = datetime.datetime(1937, 1, 1, 12, tzinfo=zone)
    assert sent(output("table"), [{"at": moment, "clock": moment.timetz()}])["rows"] == [
        ["1937-01-01T12:00:28+00:20", "12:00:28+00:20"]
    ]
    assert sent(output("json"), {moment: [moment.astimezone(datetime.UTC)]}) == {
        "1937-01-01T12:00:28+00:20": ["1937-01-01T11:40:28Z"]
    }


def test_the_first_moment_has_no_earlier_clock() -> None:
    """A moment that cannot be moved is shown with its own clock."""
    zone = datetime.timezone(datetime.timedelta(seconds=90))
    assert sent(output("json"), datetime.datetime(1, 1, 1, tzinfo=zone)) == "0001-01-01T00:00:00+00:01"


@pytest.mark.parametrize("kind", ["number", "metric"])
def test_a_number_that_python_writes_not_as_text_is_refused(kind: str) -> None:
    """The message is about the output, and not about a limit of Python's."""
    with pytest.raises(UnusableYieldError, match="a whole number of more than 4,000 digits cannot be shown"):
        sent(output(kind), 10**5000)


class NAType:
    """What pandas has in place of a value."""


class Interval(NAType):
    """A part of pandas' line of numbers."""

    def __str__(self) -> str:
        return "(1, 2]"


class Index:
    """Names of rows, as pandas has them."""

    names = (None,)

    def __init__(self, kind: str) -> None:
        self.dtype = np.dtype(kind)


class Labeled(Frame):
    """A data frame whose rows have names."""

    def __init__(self, index: Index) -> None:
        super().__init__(["a"], [(1,), (NAType(),), (Interval(),)])
        self.index = index

    def __len__(self) -> int:
        return len(self._rows)


def test_what_only_pandas_has() -> None:
    """A missing value is none, an interval its text; names of rows that are not shown are told."""
    for kind, remarks in (
        ("i8", []),
        ("U3", ["output `it`: the index of a data frame is not shown; yield frame.reset_index() to show it"]),
    ):
        store = MemoryStore()
        shown = output_kind("table").encode(Labeled(Index(kind)), output("table"), store)
        assert shown == {"columns": ["a"], "rows": [[1], [None], ["(1, 2]"]]}
        assert store.remarks == remarks


@pytest.mark.parametrize("value", [[{1: "a", "1": "b"}], {1: ["a"], "1": ["b"]}], ids=["rows", "columns"])
def test_no_cell_is_lost_to_another(value: Any) -> None:
    """Two keys that are written alike would be one column."""
    with pytest.raises(
        UnusableYieldError, match="two columns with the name 1: their keys differ only in type"
    ):
        sent(output("table"), value)


class Series:
    """One number of pandas', which has a name and no place."""

    ndim, size = 1, 1

    def item(self) -> int:
        """Return the number."""
        return 7

    def tolist(self) -> list[int]:
        """Return it in a list."""
        return [7]

    def __getitem__(self, _: object) -> int:
        raise KeyError


@pytest.mark.parametrize(
    ("value", "rows"),
    [
        (Series(), [[0, 7]]),
        (np.ma.array([1, 2], mask=[True, False]), [[0, None], [1, 2]]),
        (np.array([7.5]), [[0, 7.5]]),
    ],
    ids=["series", "masked", "one"],
)
def test_points_of_other_libraries(value: Any, rows: Plain) -> None:
    """One number is one point, and what is masked leaves a gap."""
    assert sent(output("chart"), value)["rows"] == rows


@pytest.mark.parametrize(
    ("label", "shown"),
    [(1_234_567, "1234567"), (2**70, str(2**70)), (0.5, "0.5"), (1 / 3, "0.333333"), (np.int64(7), "7")],
)
def test_a_whole_number_as_a_label_keeps_its_digits(label: Any, shown: str) -> None:
    """The number of a class is not rounded, as a share is."""
    assert sent(output("highlighted_text"), [("word", label)]) == [{"text": "word", "label": shown}]
