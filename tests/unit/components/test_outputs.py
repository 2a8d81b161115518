"""Yields of all shapes as plain values, and the words for those that cannot be shown."""

import asyncio
import concurrent.futures
import datetime
import io
import math
import threading
import weakref
from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import PurePosixPath
from types import MappingProxyType, SimpleNamespace
from typing import Any, ClassVar, NamedTuple

import numpy as np
import pytest
from jsonschema import Draft7Validator
from msgspec import json
from msgspec.structs import replace

from gradstream.authoring import Message
from gradstream.components.outputs.delivery import (
    AppendEdits,
    AppendText,
    Encode,
    Replace,
    ReplaceItems,
    StreamChunks,
)
from gradstream.components.outputs.json import JsonOutput
from gradstream.components.outputs.table import TableOutput
from gradstream.components.plain import plain
from gradstream.components.registry import OUTPUTS, output_kind
from gradstream.components.types import UnusableYieldError
from gradstream.events import codec
from gradstream.events.fold import Fold
from gradstream.events.types import Entry, SegmentAdded, StreamBegun
from gradstream.format.schema.validators import load_schemas
from gradstream.format.types import Output
from tests.unit.components.fields import MemoryStore, output


def encode(value: Any, of: Output) -> Any:
    """Encode a value."""
    return output_kind(of.kind).encode(value, of, MemoryStore())


def schema_of(of: Output) -> Draft7Validator:
    """Return the validator of an output's values."""
    schema = output_kind(of.kind).json_schema(of)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


@dataclass
class Point:
    """A value as developers have them."""

    x: Any


class Colour(Enum):
    """Another one."""

    RED = "red"


@dataclass
class ForeignMessage:
    """A message as other packages have it."""

    content: Any
    role: str = "assistant"
    metadata: Any = None
    options: Any = None


@dataclass
class Measured:
    """A dataclass."""

    x: int
    y: float


class Pair(NamedTuple):
    """A named tuple."""

    x: int
    y: float


class Model:
    """A model as pydantic has them."""

    model_fields: ClassVar[dict[str, None]] = {"x": None, "y": None}
    x, y = 1, 2.5

    def model_dump(self) -> None:
        """Exist, as it does there."""


class Declared:
    """An object as attrs makes them."""

    __attrs_attrs__ = (SimpleNamespace(name="x"), SimpleNamespace(name="y"))
    x, y = 1, 2.5


class Series:
    """A series as pandas has them."""

    ndim = 1

    def items(self) -> list[tuple[str, float]]:
        """Return labels with values."""
        return [("cat", 0.75)]


class ArrayLike:
    """An array of a library without `tolist`."""

    def __array__(self) -> Any:
        return np.array([1.0, 0.5])


class Records(ArrayLike):
    """A data frame as pandas and polars have them."""

    columns = ("x",)

    def __init__(self, method: str) -> None:
        setattr(self, method, lambda **_: [{"x": 1}])


class Wordless:
    """An object that writes nothing as HTML, and has a text."""

    def _repr_html_(self) -> None:
        return None

    def __str__(self) -> str:
        return "as text"


class Frame:
    """A data frame as pandas has them, as far as anyone here asks."""

    columns = ("a", 7)

    def itertuples(self, *, index: bool, name: None) -> list[tuple[Any, ...]]:
        """Return the rows."""
        assert (index, name) == (False, None)
        return [(1, np.int64(2)), (3, float("nan"))]


class Written:
    """Writes itself as HTML, as data frames do."""

    def _repr_html_(self) -> str:
        return "<i>written</i>"


class PolarFrame:
    """A data frame as polars has them."""

    columns = ("a", "b")

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the rows."""
        return [(1, "x")]


@pytest.mark.parametrize(
    ("of", "value", "plain"),
    [
        (output("text"), "hi", "hi"),
        (output("text"), 3, "3"),
        (output("markdown"), None, None),
        (output("number"), 3, 3),
        (output("number"), np.float32(0.5), 0.5),
        (output("number"), np.array([7]), 7),
        (output("number"), Decimal("1.5"), 1.5),
        (output("number"), float("inf"), None),
        (output("json"), {"a": (1, {2}), "b": None}, {"a": [1, [2]], "b": None}),
        (output("json"), [np.int64(1), np.True_, np.array([[1.5]])], [1, True, [[1.5]]]),
        (output("json"), [float("nan"), float("-inf")], [None, None]),
        (output("json"), [Point(np.float64(2)), Colour.RED], [{"x": 2.0}, "red"]),
        (
            output("json"),
            {1: datetime.date(2026, 11, 23), np.int64(2): range(2)},
            {"1": "2026-11-23", "2": [0, 1]},
        ),
        (
            output("json"),
            [deque([1]), OrderedDict(a=1), MappingProxyType({"b": 2})],
            [[1], {"a": 1}, {"b": 2}],
        ),
        (output("json"), [2**80, PurePosixPath("a/b"), "\ud800x"], [2**80, "a/b", "\ufffdx"]),
        (output("json"), "a\ud83d\ude00", "a\U0001f600"),
        (
            output("scores"),
            {"cat": 0.2, "dog": np.float32(0.5)},
            [{"label": "dog", "score": 0.5}, {"label": "cat", "score": 0.2}],
        ),
        (output("scores", top=1), [("cat", 1), ("dog", 3)], [{"label": "dog", "score": 3}]),
        (output("scores"), [{"label": 7, "score": 1}], [{"label": "7", "score": 1}]),
        (output("scores"), "a cat", [{"label": "a cat", "score": None}]),
        (output("scores"), Series(), [{"label": "cat", "score": 0.75}]),
        (output("scores"), None, None),
        (output("metric"), 3, {"value": 3, "delta": None}),
        (output("metric"), (np.float32(0.5), "-2 %"), {"value": 0.5, "delta": "-2 %"}),
        (output("metric"), {"value": "high", "delta": 1}, {"value": "high", "delta": 1}),
        (output("metric"), [1, float("nan")], {"value": 1, "delta": None}),
        (output("metric"), None, None),
        (
            output("highlighted_text"),
            [("Ada", "person"), " wrote ", {"text": "it", "entity": 2}],
            [
                {"text": "Ada", "label": "person"},
                {"text": " wrote ", "label": None},
                {"text": "it", "label": "2"},
            ],
        ),
        (
            output("highlighted_text"),
            {
                "text": "Ada in Rome",
                "entities": [
                    {"entity_group": "place", "start": np.int64(7), "end": 11},
                    {"entity": "person", "start": 0, "end": 3},
                    {"entity": "within", "start": 1, "end": 2},
                    {"entity": "beyond", "start": 9, "end": 99},
                ],
            },
            [
                {"text": "Ada", "label": "person"},
                {"text": " in ", "label": None},
                {"text": "Rome", "label": "place"},
            ],
        ),
        (
            output("highlighted_text"),
            SimpleNamespace(text="Ada!", ents=[SimpleNamespace(start_char=0, end_char=3, label_="PERSON")]),
            [{"text": "Ada", "label": "PERSON"}, {"text": "!", "label": None}],
        ),
        (output("highlighted_text"), "plain", [{"text": "plain", "label": None}]),
        (output("html"), "<b>x</b>", "<b>x</b>"),
        (output("html"), Written(), "<i>written</i>"),
        (
            output("table"),
            [{"a": 1, "b": 2}, {"c": 3}],
            {"columns": ["a", "b", "c"], "rows": [[1, 2, None], [None, None, 3]]},
        ),
        (output("table"), [[1, 2], (3,)], {"columns": ["1", "2"], "rows": [[1, 2], [3, None]]}),
        (
            output("table", columns=["x", "y"]),
            [[1, 2], {"y": 4}],
            {"columns": ["x", "y"], "rows": [[1, 2], [None, 4]]},
        ),
        (output("table"), {"columns": ["x"], "rows": [[1]]}, {"columns": ["x"], "rows": [[1]]}),
        (output("table"), Frame(), {"columns": ["a", "7"], "rows": [[1, 2], [3, None]]}),
        (output("table"), PolarFrame(), {"columns": ["a", "b"], "rows": [[1, "x"]]}),
        (output("table"), {"a": [1], "b": np.array([2])}, {"columns": ["a", "b"], "rows": [[1, 2]]}),
        (output("table"), np.eye(2), {"columns": ["1", "2"], "rows": [[1.0, 0.0], [0.0, 1.0]]}),
        (
            output("table", columns=["x", {"name": "on", "type": "date"}]),
            {"columns": ["on", "x"], "rows": [[np.datetime64("2026-05-17T00:00"), 1]]},
            {"columns": ["x", "on"], "rows": [[1, "2026-05-17"]]},
        ),
        (output("table", max_rows=1), [[1], [2]], {"columns": ["1"], "rows": [[2]]}),
        *(
            (output("table"), [one], {"columns": ["x", "y"], "rows": [[1, 2.5]]})
            for one in (Measured(1, 2.5), Pair(1, 2.5), Model(), Declared(), SimpleNamespace(x=1, y=2.5))
        ),
        (
            output("table"),
            np.array([(1, 2.5)], dtype=[("x", int), ("y", float)]),
            {"columns": ["x", "y"], "rows": [[1, 2.5]]},
        ),
        (output("json"), [Model()], [{"x": 1, "y": 2.5}]),
        (output("json"), {"a": ArrayLike()}, {"a": [1.0, 0.5]}),
        (output("json"), Records("to_dict"), [{"x": 1}]),
        (output("json"), Records("to_dicts"), [{"x": 1}]),
        (output("html"), Wordless(), "as text"),
        (output("table"), [], {"columns": [], "rows": []}),
        (output("table"), None, None),
        (output("chat"), "hi", [{"role": "assistant", "content": "hi"}]),
        (output("chat"), None, []),
        (
            output("chat"),
            [Message("a", metadata={"title": "t"}), {"content": "b", "role": "system"}],
            [
                {"role": "assistant", "content": "a", "metadata": {"title": "t"}},
                {"role": "system", "content": "b"},
            ],
        ),
        (
            output("chat", yields="conversation"),
            [["hello", "hi"], ("and", None), {"role": "assistant", "content": "x"}],
            [
                {"role": "user", "content": "hello"},
                {"role": "assistant", "content": "hi"},
                {"role": "user", "content": "and"},
                {"role": "assistant", "content": "x"},
            ],
        ),
    ],
)
def test_a_yield_becomes_a_plain_value(of: Output, value: Any, plain: Any) -> None:
    """What developers have in hand is shown without conversions of theirs."""
    got = encode(value, of)
    assert got == plain
    assert type(got) is type(plain)
    assert schema_of(of).is_valid(got)


@pytest.mark.parametrize(
    ("of", "value", "text"),
    [
        (output("text"), b"x", "expected text, got bytes: yield value.decode()"),
        (output("number"), "3", "expected a number (int, float or NumPy scalar), got str"),
        (
            output("number"),
            np.array([1, 2]),
            "expected a number (int, float or NumPy scalar), got numpy.ndarray",
        ),
        (
            output("json"),
            {"a": 1j},
            (
                "a value of type complex cannot be said in JSON; accepted are plain values, dates, "
                "dataclasses, and numbers and arrays of NumPy and the like"
            ),
        ),
        (
            output("json"),
            {(1, 2): 1},
            (
                "a mapping's keys are text or numbers, not a tuple; accepted are plain values, dates, "
                "dataclasses, and numbers and arrays of NumPy and the like"
            ),
        ),
        (
            output("scores"),
            5,
            (
                "expected scores as {label: score}, a list of (label, score) or of {'label', 'score'}, a "
                "series, or a label alone, got int"
            ),
        ),
        (
            output("text"),
            io.StringIO("read"),
            (
                "expected text, got a value of type _io.StringIO, which has no text of its own: yield the "
                "part of it that is meant"
            ),
        ),
        (output("scores"), {"cat": "high"}, "expected a number as the score of cat, got str"),
        (
            output("scores"),
            [1],
            (
                "expected scores as {label: score}, a list of (label, score) or of {'label', 'score'}, a "
                "series, or a label alone, got the item 1"
            ),
        ),
        (
            output("table"),
            3,
            (
                "int is not a table; accepted are a list of mappings, dataclasses or lists, {'columns', "
                "'rows'}, a mapping of columns, and data frames of pandas and polars"
            ),
        ),
        (
            output("table", columns=[{"name": "a", "type": "integer"}]),
            [[1], ["old"]],
            "row 2, column a: expected a whole number, got the text `old`",
        ),
        (output("table", columns=["a"]), [[1, 2]], "a row of 2 cells; the columns are a"),
        (output("table", columns=["a"]), [{"b": 1}], "a row with the column b; the columns are a"),
        (
            output("chat"),
            {"role": "assistant"},
            (
                "expected a message with the keys 'role', 'content', 'metadata' and 'options', got one "
                "without 'content'"
            ),
        ),
        (
            output("chat"),
            {"content": "", "name": 1},
            (
                "expected a message with the keys 'role', 'content', 'metadata' and 'options', got one "
                "with 'name'"
            ),
        ),
        (
            output("chat"),
            {"content": "", "role": "me"},
            "expected one of the roles user, assistant, system, tool, got 'me'",
        ),
        (
            output("metric"),
            (1, 2, 3),
            "expected a figure, (figure, change), or {'value', 'delta'}, got a list of 3",
        ),
        (
            output("metric"),
            {"delta": 1},
            "expected a figure, (figure, change), or {'value', 'delta'}, got a mapping without 'value'",
        ),
        (
            output("metric"),
            {"value": 1, "unit": "m"},
            "expected a figure, (figure, change), or {'value', 'delta'}, got a mapping with 'unit'",
        ),
        (output("metric"), 1j, "expected a figure, (figure, change), or {'value', 'delta'}, got complex"),
        (
            output("highlighted_text"),
            3,
            "expected a text, [(text, label)], {'text', 'entities'}, or a document of spaCy, got int",
        ),
        (
            output("highlighted_text"),
            [("a", "b", "c")],
            (
                "expected a text, [(text, label)], {'text', 'entities'}, or a document of spaCy, got the "
                "part ('a', 'b', 'c')"
            ),
        ),
        (output("highlighted_text"), [(3, "b")], "expected a text as each part, got int"),
        (
            output("highlighted_text"),
            [("a", [1])],
            "expected a text or a number as a part's label, got list",
        ),
        (
            output("highlighted_text"),
            {"text": "a", "entities": [{"entity": "x", "start": "0", "end": 1}]},
            (
                "expected an entity as {'entity', 'start', 'end'} with offsets, got {'entity': 'x', 'start': "
                "'0', 'end': 1}"
            ),
        ),
        (
            output("chat"),
            3,
            (
                "expected text, {'role', 'content'}, gradstream.Message, what a message can contain, or a "
                "list of them, got a message of type int"
            ),
        ),
        (
            output("chat"),
            Message({"path": "/etc/tone.wav"}),
            (
                "the mapping names the file tone.wav, which is not in the run's folder: yield "
                "pathlib.Path(…) for a file of yours"
            ),
        ),
        (
            output("chat"),
            Message({"sound": "tone.wav"}),
            (
                "expected text (Markdown), a picture, (rate, array), the path of a file, a table (a data "
                "frame, or a mapping with 'columns' and 'rows'), a figure of Matplotlib, or a list of these "
                "as a message's content, got a mapping with 'sound'"
            ),
        ),
        (
            output("chat"),
            Message("Which?", options=[None]),
            "expected an option as text, or with the keys 'value' and 'label', got NoneType",
        ),
        (
            output("chat", yields="conversation"),
            "x",
            "expected a list of all messages, got str",
        ),
        (
            output("chat", yields="conversation"),
            [[1, 2, 3]],
            "expected messages and pairs of [user, assistant], got a list of 3",
        ),
    ],
)
def test_a_yield_that_cannot_be_shown_is_explained(of: Output, value: Any, text: str) -> None:
    """The words say what was found and what is accepted."""
    with pytest.raises(UnusableYieldError) as caught:
        encode(value, of)
    assert str(caught.value) == text


@pytest.mark.parametrize("kind", OUTPUTS)
def test_a_kind_appends_exactly_if_its_schema_says_so(kind: str) -> None:
    """`updates: append` can be written for kinds that have a rule for it, and for no others."""
    component, of = output_kind(kind), output(kind)
    updates = load_schemas().kinds["outputs"][kind]["properties"]["updates"]["enum"]
    assert isinstance(component.delivery(replace(of, updates="replace")), Replace | ReplaceItems | Encode)
    appends = isinstance(
        component.delivery(replace(of, updates="append")), AppendText | AppendEdits | StreamChunks
    )
    assert appends == ("append" in updates)


@pytest.mark.parametrize(
    ("of", "value"),
    [
        (output("image"), np.zeros((2, 3), np.uint8)),
        (output("chat"), {"content": np.zeros((2, 3), np.uint8)}),
        (output("audio"), (8000, np.zeros(800, np.int16))),
        (output("video"), [np.zeros((16, 16, 3), np.uint8)] * 4),
    ],
)
def test_a_picture_and_a_clip_are_as_their_schema_says(of: Output, value: Any) -> None:
    """What refers to stored bytes has the members that clients are promised."""
    assert schema_of(of).is_valid(encode(value, of))


@pytest.mark.parametrize("kind", [kind for kind, each in OUTPUTS.items() if each.is_media])
def test_a_stream_is_as_its_schema_says(kind: str) -> None:
    """The value that events of a stream add up to is described; a clip alone is where nothing streams."""
    fold, of = Fold(), replace(output(kind), updates="append")
    events = (
        StreamBegun(output="it", mime="audio/mp4", timescale=48_000),
        SegmentAdded(output="it", index=0, start_s=0.0, duration_s=0.5, peaks=(1, 2)),
    )
    for seq, event in enumerate(events, 1):
        sent = codec.record(event)
        fold.apply(Entry(seq, sent.type, sent.output, sent.body))
    value = json.decode(fold.outputs()["it"])
    assert schema_of(of).is_valid(value)
    assert not schema_of(replace(of, streaming=False)).is_valid(value)


@pytest.mark.parametrize(
    ("of", "value"),
    [
        (output("text"), 3),
        (output("number"), "3"),
        (output("scores"), {"cat": 1}),
        (output("scores", top=1), [{"label": "a", "score": 1}] * 2),
        (output("table"), [[1]]),
        (output("table", max_rows=1), {"columns": [], "rows": [[], []]}),
        (output("image"), "cat.png"),
        (output("chat"), "hi"),
        (output("audio"), "sound.wav"),
    ],
)
def test_a_schema_excludes_other_values(of: Output, value: Any) -> None:
    """A schema is of use: it does not accept what the kind never shows."""
    assert not schema_of(of).is_valid(value)


def test_a_value_that_contains_itself_is_refused() -> None:
    """A circle ends in words, not in a crash."""
    circle: list[Any] = []
    circle.append(circle)
    with pytest.raises(UnusableYieldError, match="a value that contains itself cannot be shown"):
        encode(circle, output("json"))


def test_a_value_that_is_too_deep_is_refused() -> None:
    """Depth alone is not called a circle, with one list in two places either."""
    same: list[Any] = []
    deep: list[Any] = [same, same]
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(UnusableYieldError, match="a value that is nested too deeply cannot be shown"):
        encode(deep, output("json"))


def test_keys_are_written_as_json_does() -> None:
    """Keys that are true, false or nothing become text, as `json.dumps` writes them."""
    value = {True: 1, False: [{None: 2}]}
    assert plain(value) == {"true": 1, "false": [{"null": 2}]}


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        ({1: "a", "1": "b"}, "the keys 1 and '1'"),
        ([{"deep": {None: 1, "null": 2}}], "the keys None and 'null'"),
        ({1.0: 1, "1.0": 2}, "the keys 1.0 and '1.0'"),
        (OrderedDict([(True, 1), ("true", 2)]), "the keys True and 'true'"),
        ({"\ud800": 1, chr(0xFFFD): 2}, "the keys '\\ud800' and '\ufffd'"),
        ({np.int64(3): 1, "3": 2}, "the keys 3 and '3'"),
    ],
)
def test_no_value_of_a_mapping_is_lost(value: Any, keys: str) -> None:
    """Two keys that are one in JSON are refused: the value of one of them would be gone."""
    with pytest.raises(UnusableYieldError) as caught:
        plain(value)
    assert str(caught.value) == f"{keys} of a mapping are the same in JSON"


@pytest.mark.parametrize("value", [{"a": {"1": 1}, "b": {1: 1}}, {"a": [1.5, 2**70, "\u2028", -0.0]}])
def test_a_mapping_without_equal_keys_is_whole(value: Any) -> None:
    """Only keys of one mapping count, and long numbers and odd texts are no reason to refuse."""
    assert plain(value) == json.decode(json.encode(value))


def test_the_longest_floats_are_numbers() -> None:
    """NumPy's floats of 80 and 128 bits are numbers like any other, also in arrays."""
    assert plain([np.longdouble("1.5"), np.array([2.5], "longdouble")]) == [1.5, [2.5]]
    assert encode(np.longdouble("1.5"), output("number")) == 1.5


def test_what_is_masked_is_not_shown() -> None:
    """A masked number is none, wherever one number is shown, and never what is behind the mask."""
    for masked in (np.ma.masked, np.ma.array([5.0], mask=[True])):
        for kind in ("number", "metric", "scores"):
            assert "5" not in str(encode({"a": masked} if kind == "scores" else masked, output(kind)))
            assert "0.0" not in str(encode({"a": masked} if kind == "scores" else masked, output(kind)))


def test_a_plain_value_is_a_copy() -> None:
    """What the generator does to its own value afterwards changes nothing."""
    value = {"a": [1]}
    shown = encode(value, output("json"))
    value["a"].append(2)
    assert shown == {"a": [1]}


ODD_FLOATS = [math.nan, -math.inf, np.float32("nan"), np.array([1.0, math.inf]), (math.nan,)]


@pytest.mark.parametrize("odd", ODD_FLOATS, ids=repr)
@pytest.mark.parametrize("of", [JsonOutput(), TableOutput()])
def test_what_json_cannot_say_is_told(of: JsonOutput | TableOutput, odd: Any) -> None:
    """NaN and infinity, however deep, are shown as none, with a line for the developer."""
    remark = "output `it`: NaN and infinity cannot be said in JSON, and are shown as none"
    store = MemoryStore()
    of.encode([{"a": odd, "b": None}], output("any"), store)
    assert store.remarks == [remark]
    of.join(None, [{"a": odd}], output("any"), store)
    assert store.remarks == [remark, remark]
    of.encode([{"a": 1.5, "b": None, "c": "null"}], output("any"), store)
    assert len(store.remarks) == 2


def test_rows_are_added_up_to_a_bound() -> None:
    """Later rows push out the first."""
    table = TableOutput()
    of = output("table", max_rows=3)
    first = table.join(None, [[1], [2]], of, MemoryStore())
    joined = table.join(first.value, [[3], [4]], of, MemoryStore())
    assert joined.value == {"columns": ["1"], "rows": [[2], [3], [4]]}
    assert joined.edits == [
        ("insert", ["rows", 2], [3]),
        ("insert", ["rows", 3], [4]),
        ("delete", ["rows", 0], None),
    ]


def test_pictures_in_a_chat_are_kept_once() -> None:
    """A list of messages that is yielded again as it grows does not encode its pictures again."""
    store = MemoryStore()
    pixels = np.zeros((4, 4, 3), np.uint8)
    chat = output_kind("chat")
    shown = [chat.encode({"content": pixels}, output("chat"), store) for _ in range(3)]
    (message,) = shown[0]
    assert shown == [[message]] * 3
    assert message["content"]["mime"] == "image/webp"
    assert len(store.kept) == 1
    pixels[0] = 9
    assert chat.encode([pixels, message], output("chat"), store)[1] == message
    assert len(store.kept) == 2


async def wait() -> None:
    """Do nothing, later."""


def items() -> Iterator[int]:
    """Have one item."""
    yield 1


class Blank:
    """Has no text of its own."""


class Drawn:
    """Saves itself as figures do."""

    def savefig(self) -> None:
        """Do nothing."""


class Words(Blank):
    """Has a text of its own."""

    def __str__(self) -> str:
        return "words"


@pytest.mark.parametrize("kind", ["text", "markdown", "code"])
@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"__type__": "update", "visible": False}, "yield gradstream.skip for an output that does not"),
        (wait(), "coroutine: await it"),
        (asyncio.Future(loop=asyncio.new_event_loop()), "Future: await it"),
        (items(), "generator: yield its items"),
        (Blank, "the class Blank: yield an object of it"),
        (math, "the module math: yield a text"),
        (items, "the function items: call it"),
        ("".join, "the function join: call it"),
        (Drawn(), "yield it to an output `type: plot`"),
        (Blank(), "Blank, which has no text of its own: yield the part of it that is meant"),
        (object(), "a value of type object, which has no text of its own"),
        (memoryview(b"x"), "memoryview: yield value.decode()"),
        (threading.Lock(), "which would be shown as <unlocked _thread.lock object at 0x"),
        ([1, object()], "a value of type list, which would be shown as <object object at 0x"),
        ({"a": Blank()}, "which would be shown as <"),
        (concurrent.futures.Future(), "which would be shown as <Future at 0x"),
        (weakref.ref(Blank), "which would be shown as <weakref at 0x"),
    ],
)
def test_what_has_no_text_is_no_text(kind: str, value: Any, words: str) -> None:
    """What Python would print of such values tells visitors nothing; the message says what to do."""
    for updates in ("replace", "append"):
        with pytest.raises(UnusableYieldError) as caught:
            encode(value, output(kind, updates=updates))
        assert words in str(caught.value)


@pytest.mark.parametrize(
    "value", [3, 1.5, True, datetime.date(2026, 1, 2), PurePosixPath("a/b"), Colour.RED, Point(1), Words()]
)
def test_what_has_a_text_is_shown_by_it(value: Any) -> None:
    """Numbers, dates, paths, enums and objects with a text of their own."""
    assert encode(value, output("text")) == str(value)


def test_messages_of_other_packages() -> None:
    """An object with a role and a content is a message, whatever its class."""
    given = [ForeignMessage("a", metadata={"title": "t"}), ForeignMessage("b", role="user")]
    assert encode(given, output("chat")) == [
        {"role": "assistant", "content": "a", "metadata": {"title": "t"}},
        {"role": "user", "content": "b"},
    ]


def test_a_message_may_be_completed() -> None:
    """A thought is yielded, changed and yielded again."""
    thought = Message("", metadata={"title": "Thinking", "status": "pending"})
    before = encode(thought, output("chat"))
    thought.content += "done"
    thought.metadata = {"title": "Thinking", "status": "done"}
    assert encode(thought, output("chat")) != before


def test_parts_of_a_text_are_added() -> None:
    """Each step costs its own parts."""
    kind = output_kind("highlighted_text")
    of = output("highlighted_text")
    delivery = kind.delivery(replace(of, updates="append"))
    assert isinstance(delivery, AppendEdits)
    first = delivery.join(None, [("a", "x")], of, MemoryStore())
    second = delivery.join(first.value, "b", of, MemoryStore())
    assert second.edits == [("insert", [1], {"text": "b", "label": None})]
    assert kind.as_text(second.value) == "a [x]b"


def test_entities_that_are_not_shown_are_reported() -> None:
    """One within another one, and one beyond the text."""
    store = MemoryStore()
    entities = [{"entity": "a", "start": 0, "end": 2}, {"entity": "b", "start": 1, "end": 2}]
    of = output("highlighted_text")
    output_kind("highlighted_text").encode({"text": "ab", "entities": entities}, of, store)
    (remark,) = store.remarks
    assert remark.startswith("output `it`: b from 1 to 2 is not shown: it is within another part, empty, or ")
