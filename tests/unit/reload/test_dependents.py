"""A saved Python file concerns the demos whose check may have another result, and no others."""

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradstream.catalog.scan import read_catalog
from gradstream.reload import reloader
from gradstream.reload.dependents import dependent_files
from tests.unit.catalog.folders import TOOLS, good, write
from tests.unit.reload.test_reloader import Lab

PLAIN = "def echo(text): yield text\n"
MORE = 200
"""Demos. What costs a call for each of them shows."""

PLACES = (
    "tools.py",
    "demos/tools.py",
    "pkg/__init__.py",
    "pkg/part.py",
    "pkg/helper.py",
    "pkg.py",
    "demos/pkg/__init__.py",
    "demos/pkg/part.py",
    "pkg/part/__init__.py",
)
TEXTS = (
    PLAIN,
    "# another body\ndef echo(text):\n    yield text * 2\n",
    "def echo(text, more): yield text\n",
    "def echo(*words, more=1): yield words\n",
    "def echo(other, **named): yield other\n",
    "def other(text): yield text\n",
    "def echo(text): return text\n",
    "def echo(:\n",
    None,
)
SAVES = {
    "what others import": ("pkg/helper.py", PLAIN, []),
    "the package's beginning": ("pkg/__init__.py", "x = 1\n", []),
    "the same signature": ("pkg/part.py", "def echo(text):\n    yield text + text\n", []),
    "a parameter that nothing fills": ("pkg/part.py", "def echo(text, more): yield text\n", ["packed"]),
    "a parameter that may be left out": ("pkg/part.py", "def echo(text, more=1): yield text\n", []),
    "a function that returns": ("pkg/part.py", "def echo(text): return text\n", ["packed"]),
    "a mistake": ("pkg/part.py", "def echo(:\n", ["packed"]),
    "a module that comes first": ("demos/tools.py", PLAIN, ["plain"]),
    "a module that does not matter": ("demos/other.py", PLAIN, []),
}


def lay(root: Path) -> None:
    """Write a catalog with a demo of a module, one of a package's module and one of a package."""
    write(
        root,
        demos__plain=good(),
        demos__packed=good().replace("tools.", "pkg.part."),
        **{"pkg__part.py": PLAIN, "pkg/__init__.py": ""},
    )


def save(root: Path, name: str, text: str | None) -> Path:
    """Write or remove a file, and return its path."""
    path = root / name
    if text is None:
        path.unlink(missing_ok=True)
        return path
    if path.parent.is_dir() or not path.parent.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return path


@pytest.mark.parametrize("name", SAVES)
def test_what_a_save_concerns(tmp_path: Path, name: str) -> None:
    """Only demos for whose generators another place, or another function, is found."""
    lay(tmp_path)
    snapshot = read_catalog(tmp_path, environ={})
    file, text, expected = SAVES[name]
    path = save(tmp_path, file, text)
    assert [found.stem for found in dependent_files([path], [], snapshot)] == expected


def test_demos_with_errors_are_always_concerned(tmp_path: Path) -> None:
    """Their errors may be due to what is not there."""
    lay(tmp_path)
    write(tmp_path, demos__broken=good().replace("tools.", "nothing."))
    snapshot = read_catalog(tmp_path, environ={})
    found = dependent_files([save(tmp_path, "nothing.py", TOOLS)], [], snapshot)
    assert [each.stem for each in found] == ["broken"]


@given(steps=st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(TEXTS)), min_size=1, max_size=6))
def test_however_code_is_saved_the_catalog_is_as_if_read_in_full(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str | None]]
) -> None:
    """What is left out changes nothing."""
    root = tmp_path_factory.mktemp("lab")
    lay(root)
    lab = Lab(root)

    async def save_all() -> None:
        for name, text in steps:
            await lab.reloader.apply([save(root, name, text)])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reloader, "CONFIRM_S", 0.0)
        asyncio.run(save_all())
    now, fresh = lab.store.snapshot, read_catalog(root, environ={})
    assert {**now.broken, **now.stale} == fresh.broken
    assert {address: demo for address, demo in now.demos.items() if address not in now.stale} == fresh.demos
    assert now.warnings == fresh.warnings
    assert {address: [view.located for view in views] for address, views in now.code.items()} == {
        address: [view.located for view in views] for address, views in fresh.code.items()
    }


def calls_of_saves(root: Path, *, demos: int) -> int:
    """Return how many calls the loop's thread makes at most for a save of what so many demos share."""
    calls: list[int] = []

    async def save_all() -> None:
        lab = Lab(root)
        for text in (
            "def echo(text):\n    yield text + text\n",
            "def echo(text, more=1):\n    yield text\n",
        ):
            path = save(root, "pkg/part.py", text)
            assert [*dependent_files([path], [], lab.store.snapshot)] == []
            with counted_calls() as counter:
                await lab.reloader.apply([path])
            calls.append(counter.total())

    lay(root)
    for number in range(demos):
        (root / f"demos/d{number}.yaml").write_text(good().replace("tools.", "pkg.part."))
    asyncio.run(save_all())
    return max(calls)


@contextmanager
def counted_calls() -> Iterator[Counter[str]]:
    """Count this thread's calls of functions, in Python and in C."""
    counter = Counter[str]()

    def profile(_frame: FrameType, event: str, _argument: object) -> None:
        if event in {"call", "c_call"}:
            counter[event] += 1

    sys.setprofile(profile)
    try:
        yield counter
    finally:
        sys.setprofile(None)


def test_a_save_that_many_demos_share_costs_the_loop_little(tmp_path: Path) -> None:
    """No demo is read again for a parameter that takes no input, and the loop goes through none of them."""
    calls_of_saves(tmp_path / "first", demos=1)  # some of what is used is made at its first use
    few, many = (calls_of_saves(tmp_path / str(demos), demos=demos) for demos in (10, 10 + MORE))
    assert many - few < MORE
