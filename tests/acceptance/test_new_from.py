"""`gradstream new --from`: fifty signatures, each checked strictly and run with its defaults."""

from pathlib import Path

import pytest

from gradstream.catalog.checked_file import check_data, read_context
from gradstream.catalog.discovery import demo_file_at
from gradstream.catalog.scaffold import NewDemo, create_from_function
from tests.acceptance.wire_client import client_of
from tests.conftest import Serve

HEAD = """
from __future__ import annotations

import asyncio
import datetime
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import Enum, IntEnum, StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, NewType, Optional, TypeVar, Union

LIMIT = 9
T = TypeVar("T")
Name = NewType("Name", str)

class Style(Enum):
    OIL = "oil"
    INK = "ink"

class Mood(StrEnum):
    TIRED = "tired"
    CHEERFUL = "cheerful"

class Level(IntEnum):
    LOW = 1
    HIGH = 2

def Field(**given): return given

class Model:
    @staticmethod
    def plain(text: str = "a", times: int = 2) -> str: return text * times
    @classmethod
    def made(cls, text: str) -> Iterator[str]: yield text
"""

SIGNATURES = """
text: str
text
text='a "quote" and: a colon # and more'
text: str | None = None
text: Optional[str] = "a"
text: Name
text: T
text: Any = "any"
text: 'str' = "two words"
n: int
n: int = 3
n: int = LIMIT
n: int = -1
n: float = 1
n: float = 0.5
n: float = float("inf")
n: float = 1e-7
n: int | float = 1
n: Union[int, float] = 1
n: int | None = None
n: "how often" = 2
n: Annotated[int, "how often"] = 3
n: Annotated[float, Field(ge=0, le=1)] = 0.5
flag=True
flag: bool | None = None
flag: bool = False, *, also: bool = True
mood: Literal["a", "b"]
mood: Literal["yes", "no", 1] = "no"
mood: Optional[Literal["a", "b"]] = None
mood: Annotated[Literal["a", "b"], "which"] = "b"
moods: list[Literal["a", "b"]]
mood: Mood = Mood.TIRED
level: Level
style: Style = Style.OIL
style: Style
file: Path
file: list[Path] | None = None
data: bytes
table: dict[str, int] | None = None
rows: list[dict[str, Any]]
items: list[int] = [1, 2]
items=(1, 2)
day: date
day: datetime.date = date(2026, 5, 17)
at: time | None = None
pair: tuple[float, float]
pair: tuple[int, ...] = (1, 2)
call: Callable[[str], str] = str.upper
thing=None, other=print
text: str, /, n: int = 2, *rest, key="k", **more
""".strip().splitlines()

RESULTS = """
 -> Iterator[str]: yield "a"
 -> str: return "a"
: yield "a"
 -> Iterator[tuple[str, int]]: yield "a", 1
 -> dict[str, float]: return {"a": 0.5}
 -> list[list[int]]: return [[1, 2], [3, 4]]
 -> Generator[dict[str, int], None, None]: yield {"a": 1}
 -> int: return 1
 -> tuple[str, float]: return "a", 0.5
 -> Iterable[list[dict]]: yield [{"a": 1}]
""".strip("\n").splitlines()

DOCSTRING = '''"""Say it. And more: a colon.

    Args:
        text: What is said, "in quotes": yes.
        n (int): How often # it is said.
    """'''


def source() -> str:
    """Return a module with a function of each signature, with results of many kinds."""
    functions = []
    for index, parameters in enumerate(SIGNATURES):
        returns, _, body = RESULTS[index % len(RESULTS)].partition(": ")
        word = "async def" if index % 5 == 2 else "def"
        functions.append(f"{word} f{index}({parameters}){returns}:\n    {DOCSTRING}\n    {body}\n")
    return HEAD + "\n".join(functions)


PATHS = {f"d{index}": f"made.f{index}" for index in range(len(SIGNATURES))} | {
    "plain": "made.Model.plain",
    "bound": "made.Model.made",
}
"""Of all functions, by the name of the demo."""

PARTS = 4
"""Tests that share the functions."""


def test_there_are_fifty_signatures() -> None:
    """Names, annotations, defaults and marks in many combinations."""
    assert len(set(SIGNATURES)) >= 50


@pytest.mark.parametrize("part", range(PARTS))
async def test_what_is_written_for_a_function_is_good_and_runs(
    tmp_path: Path, serve: Serve, part: int
) -> None:
    """There is no warning in any file, and each run with defaults succeeds."""
    files = {"made.py": source(), "gradstream.yaml": "gradstream: 1\ndefaults: {worker: {shared: one}}\n"}
    paths = dict([*PATHS.items()][part::PARTS])
    for name, path in paths.items():
        files[f"demos/{name}.yaml"] = _created(tmp_path / name, name, path)
    async with client_of(serve(files)) as client:
        for name in paths:
            run = await client.start(name)
            *_, last = await client.events(run)
            assert last["type"] == "succeeded", (files[f"demos/{name}.yaml"], last)


def _created(root: Path, name: str, path: str) -> str:
    """Return the YAML that is written for a function, which has to be good, in a catalog of its own."""
    root.mkdir()
    (root / "made.py").write_text(source())
    assert isinstance(create_from_function(root, name, path=path), NewDemo), path
    file = root / "demos" / f"{name}.yaml"
    place = demo_file_at(file, f"demos/{name}.yaml", fixed="demos")
    found = check_data(file.read_bytes(), place, read_context(root, environ={})).diagnostics
    assert not found, (file.read_text(), found)
    return file.read_text()
