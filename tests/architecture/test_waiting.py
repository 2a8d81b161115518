"""Tests wait for what happens, not for a time: none of their limits is reached because a machine is busy."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
BLOCKING = {"communicate", "join", "select", "settimeout", "wait", "wait_for", "wait_procs"}
"""Calls whose arguments may be a limit."""

REQUESTS = {"delete", "get", "head", "options", "patch", "post", "put", "request", "stream"}
CLIENTS = {"AsyncClient", "Client"}
CLOCKS = {"perf_counter", "process_time", "thread_time"}
ENDLESS_S = 600
ASKS = {"ask", "evaluate"}
LATER = re.compile(
    r"\.(?:buffered|complete|currentTime|duration|ended|natural\w+|paused|readyState|video[HW]\w+)\b"
    r"|\bscroll(?:Height|Left|Top|Width|X|Y)\b"
)
"""Properties of players, pictures and layout, which change when the browser has come so far."""


def limits(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and reason of each wait whose limit is a number of its own, or httpx's default of 5 s."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name, owner = _name(node.func)
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        if owner == "httpx" and name in REQUESTS | CLIENTS and "timeout" not in given:
            yield node.lineno, "httpx's default limit"
        waits = [given["timeout"]] if "timeout" in given else []
        if name in BLOCKING or (owner, name) == ("asyncio", "timeout"):
            waits += node.args
        if any(isinstance(each, ast.Constant) and _is_time(each.value) for each in waits):
            yield node.lineno, "a limit of its own"


def hasty(source: str) -> Iterator[int]:
    """Yield the line of each assertion that asks a page once for what a browser comes to by itself."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Assert):
            continue
        for call in (each for each in ast.walk(node.test) if isinstance(each, ast.Call)):
            texts = [each.value for each in ast.walk(call) if isinstance(each, ast.Constant)]
            if _name(call.func)[0] in ASKS and LATER.search(" ".join(map(str, texts))):
                yield node.lineno


def clocks(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of each clock that measures how long something took."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(attr=name) | ast.Name(id=name) if name.removesuffix("_ns") in CLOCKS:
                yield node.lineno, name


def pauses(node: ast.AST) -> Iterator[int]:
    """Yield the line of each sleep that is not repeated, by which something must have happened.

    A loop that sleeps looks again until it has; what sleeps for `ENDLESS_S` is there to be ended.
    """
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and _name(child.func)[0] == "sleep":
            match child.args:
                case [ast.Constant(value=int() | float() as length_s)] if 0 < length_s < ENDLESS_S:
                    yield child.lineno
        if not isinstance(child, ast.While | ast.For | ast.AsyncFor):
            yield from pauses(child)


def _name(called: ast.expr) -> tuple[str, str]:
    """Return the name of what is called, and of what it belongs to."""
    match called:
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return name, owner
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name, ""
        case _:
            return "", ""


def _is_time(value: object) -> bool:
    """Return whether a constant is a time to wait; 0 means not to wait at all."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value != 0


def test_waits_are_patient() -> None:
    """Each wait has `tests.patience.PATIENCE_S` or no limit; the time limit of a test ends those in vain."""
    found = [
        f"{path.relative_to(TESTS)}:{line}: {reason}"
        for path in sorted(TESTS.rglob("*.py"))
        for line, reason in limits(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_nothing_is_measured_or_slept_for() -> None:
    """How long something took depends on the machine, and so does what has happened after a while."""
    found = [
        f"{path.relative_to(TESTS)}:{line}: {what}"
        for path in sorted(TESTS.rglob("*.py"))
        for source in [path.read_text(encoding="utf-8")]
        for line, what in [*clocks(source), *((line, "sleep") for line in pauses(ast.parse(source)))]
    ]
    assert found == []


@pytest.mark.parametrize("name", ["thread_time", "perf_counter_ns"])
def test_a_clock_is_found(name: str) -> None:
    """Clocks that measure are found by their names."""
    assert list(clocks(f"from time import {name}\nbegan = {name}()\nspent = time.{name}() - began")) == [
        (2, name),
        (3, name),
    ]


def test_a_sleep_that_decides_is_found() -> None:
    """A sleep between two steps is found, one that is repeated or never ends is not."""
    assert list(pauses(ast.parse("save()\nawait asyncio.sleep(0.2)\nassert read()"))) == [2]
    assert list(pauses(ast.parse("while not read():\n    time.sleep(0.01)\ntime.sleep(600)\nsleep(0)"))) == []


def test_what_a_browser_comes_to_is_awaited() -> None:
    """A player's length, a picture's size and a place on the page are waited for, never asserted at once."""
    found = [
        f"{path.relative_to(TESTS)}:{line}"
        for path in sorted((TESTS / "browser").rglob("*.py"))
        for line in hasty(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert list(hasty("assert page.evaluate('document.querySelector(`audio`).duration') == 4")) == [1]
    assert list(hasty("assert page.evaluate('window.ran') is None")) == []


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("httpx.get(url)", "httpx's default limit"),
        ("httpx.AsyncClient(base_url=url)", "httpx's default limit"),
        ("httpx.get(url, timeout=5)", "a limit of its own"),
        ("process.wait(10)", "a limit of its own"),
        ("subprocess.run(command, timeout=0.5)", "a limit of its own"),
        ("asyncio.timeout(3)", "a limit of its own"),
        ("await asyncio.wait_for(future, 3)", "a limit of its own"),
    ],
)
def test_a_short_wait_is_found(source: str, reason: str) -> None:
    """Waits with limits of their own are found, however they are written."""
    assert list(limits(f"\n{source}")) == [(2, reason)]


@pytest.mark.parametrize(
    "source",
    [
        "httpx.get(url, timeout=PATIENCE_S)",
        "done.wait(PATIENCE_S)",
        "wait_procs(all, timeout=0)",
        "', '.join(words)",
    ],
)
def test_a_patient_wait_is_in_order(source: str) -> None:
    """Named limits, and not to wait at all, are in order."""
    assert list(limits(source)) == []
