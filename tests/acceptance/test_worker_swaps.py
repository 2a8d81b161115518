"""Code that is replaced while runs go on: they end on the old code, and the next has the new."""

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from gradstream.events.types import Log
from tests.acceptance.worker_lab import Lab, LabRun, open_lab

YAML = "outputs:\n  it: text\n"
CODE = """
import asyncio, time
from pathlib import Path
from {module} import WORD, late
GO = Path(__file__).with_name("go")
{asynchronous}def run():
    yield f"{word} {{WORD}}"
    while not GO.exists():
        {wait}(0.01)
    yield f"{word} {{WORD}} {{late()}}"
"""
HELPER = """
WORD = "{word}"
def late():
    return WORD
"""
SWAPS: dict[str, tuple[str, str, str]] = {
    "a module": ("helpers", "helpers.py", "helpers.py"),
    "a module by a package": ("helpers", "helpers.py", "helpers/__init__.py"),
    "a package by a module": ("helpers", "helpers/__init__.py", "helpers.py"),
    "a namespace's module": ("space.helpers", "space/helpers.py", "space/helpers.py"),
    "a namespace's module by a package": ("space.helpers", "space/helpers.py", "space/helpers/__init__.py"),
    "what comes before it": ("helpers", "../helpers.py", "helpers.py"),
    "a linked package": ("linked", "../../elsewhere/__init__.py", "../../elsewhere/__init__.py"),
}
"""What is imported, where it is, and what takes its place."""

REMOVED = {"a package by a module"}
"""Swaps for which the old file has to go: a package is found before a module."""


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab whose catalog has a link to a package outside of it."""
    folder = tmp_path / "catalog"
    (folder / "demos").mkdir(parents=True)
    (folder / "demos" / "linked").symlink_to(tmp_path / "elsewhere")
    async with open_lab(folder) as opened:
        yield opened


def write(lab: Lab, name: str, text: str) -> str:
    """Write a file and return its path as the one who saves it knows it."""
    path = (lab.folder / "demos" / name).resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return str(path)


async def begun(run: LabRun) -> LabRun:
    """Wait for a run's first value."""
    await run.until(lambda run: "it" in run.outputs)
    return run


@pytest.mark.parametrize("asynchronous", ["", "async "])
@pytest.mark.parametrize("swap", SWAPS)
async def test_a_swap_during_a_run(lab: Lab, swap: str, asynchronous: str) -> None:
    """A helper is saved, replaced by a package and back, hidden, or behind a link; ordinary and async."""
    module, before, after = SWAPS[swap]
    wait = "await asyncio.sleep" if asynchronous else "time.sleep"
    code: Callable[[str], str] = lambda word: CODE.format(  # noqa: E731
        module=module, word=word, asynchronous=asynchronous, wait=wait
    )
    write(lab, before, HELPER.format(word="old"))
    demo = lab.write("swapped", YAML, code("old"))
    old = await begun(lab.start(demo))
    removed = []
    if swap in REMOVED:
        removed = [str((lab.folder / "demos" / before).resolve())]
        shutil.rmtree(Path(removed[0]).parent)
    changed = [*removed, write(lab, after, HELPER.format(word="new"))]
    assert lab.engine.files_changed(changed) == ["swapped"]
    await lab.reported(2)
    new = await begun(lab.start(demo))
    write(lab, "go", "")
    for run, word in ((old, "old"), (new, "new")):
        assert (await run.end()).fault is None
        assert run.outputs["it"] == f"old {word} {word}"


async def test_the_generators_own_module_during_a_run(lab: Lab) -> None:
    """Both of its values are from the code that the run began with, its helper's too."""
    write(lab, "helpers.py", HELPER.format(word="old"))
    texts = [
        CODE.format(module="helpers", word=word, asynchronous="", wait="time.sleep")
        for word in ("old", "new")
    ]
    demo = lab.write("swapped", YAML, texts[0])
    old = await begun(lab.start(demo))
    changed = [write(lab, "helpers.py", HELPER.format(word="new")), write(lab, "swapped.py", texts[1])]
    lab.engine.files_changed(changed)
    await lab.reported(2)
    new = await begun(lab.start(demo))
    write(lab, "go", "")
    await old.end()
    await new.end()
    assert (old.outputs["it"], new.outputs["it"]) == ("old old old", "new new new")


@pytest.mark.parametrize("asynchronous", ["", "async "])
async def test_a_mix_of_old_and_new_code_is_told(lab: Lab, asynchronous: str) -> None:
    """What a run imports after it was saved is new, and its other code is old: its log says so."""
    wait = "await asyncio.sleep" if asynchronous else "time.sleep"
    code = f"""
    import asyncio, time
    from pathlib import Path
    from helpers import WORD
    {asynchronous}def run():
        yield WORD
        while not Path(__file__).with_name("go").exists():
            {wait}(0.01)
        import other, json, third
        yield f"{{WORD}} {{other.WORD}} {{third.WORD}}"
    """
    names = ("helpers.py", "other.py", "third.py")
    for name in names:
        write(lab, name, HELPER.format(word="old"))
    demo = lab.write("swapped", YAML, code)
    old = await begun(lab.start(demo))
    changed = [write(lab, name, HELPER.format(word="new")) for name in names[:2]]
    assert lab.engine.files_changed(changed) == ["swapped"]
    await lab.reported(2)
    write(lab, "go", "")
    assert (await old.end()).fault is None
    assert old.outputs["it"] == "old new old"
    (line,) = old.of(Log)
    assert (line.level, line.text) == (
        "warning",
        (
            "other.py was saved after the code of this run of swapped had been imported, and is imported "
            "only now: the run mixes old and new code, the next one will not"
        ),
    )
    new = lab.start(demo)
    assert (await new.end()).fault is None
    assert new.outputs["it"] == "new new old"
    assert new.of(Log) == []
