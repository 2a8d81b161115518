"""Many files are checked in a process of their own, and the results are those of a check here."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from gradstream.catalog import check_apart
from gradstream.catalog.check_apart import FEW, check_files
from gradstream.catalog.checked_file import CatalogContext, CheckedFile, check_data, check_file, read_context
from gradstream.catalog.discovery import DemoFile, find_demos
from tests.unit.catalog.folders import good, write

TEXTS = (good("One"), good("Broken").replace("outputs", "ouputs"), "x: 1\n", "a: [\n", good("${WHO}"))


def folder(root: Path, length: int) -> tuple[list[DemoFile], CatalogContext]:
    """Write so many files, good and bad ones, into a catalog that has defaults."""
    write(root, gradstream="gradstream: 1\ntitle: Lab\nsource: hidden\n")
    write(root, **{f"demos__d{number}": TEXTS[number % len(TEXTS)] for number in range(length)})
    context = read_context(root, environ={"WHO": "Ada"})
    return find_demos(root, context.catalog.options.demos), context


def checks_here(work: Callable[[], object]) -> int:
    """Return how many files are checked in this process while it does something."""
    found = 0

    def look(frame: FrameType, event: str, _: object) -> None:
        nonlocal found
        found += event == "call" and frame.f_code is check_data.__code__

    sys.setprofile(look)
    try:
        work()
    finally:
        sys.setprofile(None)
    return found


def test_many_files_are_checked_elsewhere(tmp_path: Path) -> None:
    """None of them is checked in this process, and each result is that of a check in it."""
    files, context = folder(tmp_path, FEW + 1)
    results: list[CheckedFile] = []
    assert checks_here(lambda: results.extend(check_files(files, context))) == 0
    assert results == [check_file(each, context) for each in files]


def test_a_few_files_are_checked_here(tmp_path: Path) -> None:
    """To start a process would take longer."""
    files, context = folder(tmp_path, 3)
    assert checks_here(lambda: list(check_files(files, context))) == 3


@pytest.mark.parametrize("command", [("-c", "pass"), ("-c", "import os; os.kill(os.getpid(), 9)")])
def test_what_the_process_leaves_is_checked_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """A process that ends early costs time, and no result."""
    monkeypatch.setattr(check_apart, "COMMAND", command)
    files, context = folder(tmp_path, FEW + 1)
    results: list[CheckedFile] = []
    assert checks_here(lambda: results.extend(check_files(files, context))) == FEW + 1
    assert results == [check_file(each, context) for each in files]
