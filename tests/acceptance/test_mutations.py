"""Whatever happens to a valid file: it is a demo still, or the mistake is told where it was made."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradstream.components.registry import KINDS
from gradstream.diagnostics import Diagnostic
from gradstream.document.read import read
from gradstream.format.draft import DemoPlace
from gradstream.format.load import load_demo
from tests.acceptance.mutations import Mutation, mutate

ROOT = Path(__file__).parents[2]
VALID = sorted((ROOT / "tests" / "examples" / "valid").glob("*.yaml"))
DEMOS = sorted((ROOT / "demos").glob("*.yaml"))
ENVIRON = {"TITLE": "Tuned", "SCALE": "1.5", "TOKEN": "hush"}

IN_ALL = 10_000
"""Mutations of all files together."""

NAME = re.compile(r"\w+")

ALIAS = re.compile(r": \*\w")

NEAR = 3
"""Lines between a change and what is said about it."""


def mistakes(data: bytes, path: Path) -> list[Diagnostic] | None:
    """Return what is wrong with the file; None when it is a demo."""
    reading = read(data, file=path.name, environ=ENVIRON)
    place = DemoPlace(
        address=path.stem, file=path.name, folder=str(path.parent), root=str(path.parent.parent)
    )
    found = load_demo(reading, place=place, kinds=KINDS)
    return None if found.demo is not None else [each for each in found.diagnostics if each.is_error]


def enclosing(text: str, line: int) -> set[int]:
    """Return the lines of the block that a line stands in, with the keys that the block is below."""
    lines = text.splitlines()
    widths = [len(each) - len(each.lstrip(" ")) if each.strip() else None for each in lines]
    index = min(line, len(lines)) - 1
    own = next((width for width in widths[index:] if width is not None), 0)
    inside: set[int] = set()
    for number in range(index, -1, -1):
        width = widths[number]
        inside.add(number + 1)
        if width is not None and width < own:
            break
    for number in range(index + 1, len(lines)):
        width = widths[number]
        if width is not None and width < own:
            break
        inside.add(number + 1)
    return inside


def is_told(mutation: Mutation, before: str, found: list[Diagnostic]) -> bool:
    """Tell whether something is said close to the change, or in its block before or after it.

    What is used elsewhere is told where it is used: a name where it is written, a marked value at its alias.
    """
    text = mutation.data.decode("utf-8", "replace")
    near = set(range(mutation.line - NEAR, mutation.line + NEAR + 1))
    near |= enclosing(before, mutation.line) | enclosing(text, mutation.line)
    near |= {number for number, line in enumerate(text.splitlines(), 1) if ALIAS.search(line)}
    if any(each.span.line in near for each in found):
        return True
    names = {*names_of(before, mutation.line, mutation.end), *names_of(text, mutation.line, mutation.line)}
    # The first line of an item has its name.
    first = min(enclosing(before, mutation.line), default=mutation.line)
    names |= {*names_of(before, first, first)}
    return any(set(NAME.findall(f"{each.message} {each.expected} {each.found}")) & names for each in found)


def names_of(text: str, first: int, last: int) -> list[str]:
    """Return the names that are written in these lines."""
    return NAME.findall("\n".join(text.splitlines()[first - 1 : last]))


def mutations(text: str, *, seed: str, count: int) -> Iterator[Mutation]:
    """Yield so many mutations, the same ones every time."""
    chance = random.Random(seed)  # noqa: S311 (the same mistakes each time, and nothing secret about them)
    left = count
    while left:
        mutation = mutate(text, chance)
        if mutation is not None:
            left -= 1
            yield mutation


@pytest.mark.parametrize("path", [*VALID, *DEMOS], ids=lambda path: path.stem)
def test_a_mistake_is_told_where_it_was_made(path: Path) -> None:
    """One mistake gives a demo, or a finding within three lines or in its block; never an exception."""
    text = path.read_text(encoding="utf-8")
    missed = []
    for mutation in mutations(text, seed=path.stem, count=IN_ALL // len([*VALID, *DEMOS])):
        found = mistakes(mutation.data, path)
        if found is not None and not is_told(mutation, text, found):
            told = [(each.span.line, each.message) for each in found]
            missed.append((mutation.about, told, mutation.data.decode("utf-8", "replace")))
    assert missed == []
