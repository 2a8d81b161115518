"""Lines in every form that developers have them; what is added costs what is added."""

import datetime
import logging
from typing import Any

import pytest
from jsonschema import Draft7Validator
from msgspec.structs import replace

from gradstream.components.outputs.delivery import AppendEdits
from gradstream.components.registry import output_kind
from gradstream.components.types import UnusableYieldError
from tests.unit.components.fields import MemoryStore, output

OF = output("log")
KIND = output_kind("log")
NOON = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)


def line(text: str, level: str = "info", time: float | None = None) -> dict[str, Any]:
    """Return a line as readers get it."""
    return {"level": level, "text": text, "time": time}


def failure() -> logging.LogRecord:
    """Return the record of an exception."""
    raised = ValueError("no such row")
    record = logging.LogRecord(
        "n", logging.ERROR, "f", 1, "%s failed", ("it",), (ValueError, raised, raised.__traceback__)
    )
    record.created = 5.0
    return record


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("reading", [line("reading")]),
        ("one\ntwo\n", [line("one"), line("two")]),
        ("", [line("")]),
        ("\x1b[31mred\x1b[0m \x1b]8;;https://example.org\x07link\x1b]8;;\x07", [line("red link")]),
        (("WARN", "hot"), [line("hot", "warning")]),
        ((logging.CRITICAL, 5), [line("5", "error")]),
        ({"level": "success", "message": "done", "time": NOON}, [line("done", "info", NOON.timestamp())]),
        ({"text": "x", "time": float("inf")}, [line("x")]),
        (failure(), [line("it failed", "error", 5.0), line("ValueError: no such row", "error", 5.0)]),
        (["a", ("debug", "b")], [line("a"), line("b", "debug")]),
    ],
)
def test_every_form(value: Any, lines: list[Any]) -> None:
    """Texts, pairs, mappings, records of logging and lists; colours of terminals are left out."""
    shown: Any = KIND.encode(value, OF, MemoryStore())
    Draft7Validator(KIND.json_schema(OF)).validate(shown)
    assert shown == lines


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (5, "or a list of these, got int"),
        (
            ("first line", "second line"),
            "debug, info, warning, error as the level of a line, got 'first line'",
        ),
        ({"text": "x", "colour": "red"}, "a mapping with 'colour'"),
        ({"level": "info"}, "a mapping without 'text'"),
        ({"text": "x", "time": "noon"}, "as the time of a line, got str"),
    ],
)
def test_what_is_no_line(value: Any, said: str) -> None:
    """Each refusal says what is accepted."""
    with pytest.raises(UnusableYieldError) as raised:
        KIND.encode(value, OF, MemoryStore())
    assert said in str(raised.value)


def test_each_step_costs_its_lines() -> None:
    """A line more is one edit; beyond `max_lines` the first one goes."""
    of = replace(output("log", max_lines=2), updates="append")
    delivery = KIND.delivery(of)
    assert isinstance(delivery, AppendEdits)
    first = delivery.join(None, "a", of, MemoryStore())
    second = delivery.join(first.value, "b", of, MemoryStore())
    third = delivery.join(second.value, "c", of, MemoryStore())
    assert second.edits == [("insert", [1], line("b"))]
    assert third.edits == [("insert", [2], line("c")), ("delete", [0], None)]
    assert third.value == [line("b"), line("c")]
    assert KIND.encode(["a", "b", "c"], of, MemoryStore()) == third.value


def test_as_text() -> None:
    """In the terminal warnings and errors say so."""
    shown = KIND.encode(["a", ("error", "b")], OF, MemoryStore())
    assert KIND.as_text(shown) == "a\nerror: b"
    assert KIND.as_text(None) is None
