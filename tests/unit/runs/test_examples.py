"""Recordings that stand for examples: who makes them, who sees them, and when they are not used."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from gradstream.engines.contract import ImportedCode
from gradstream.events.types import Set
from gradstream.format.types import Demo, Example, Input, Interpreter, WorkerOptions
from gradstream.ipc.protocol import Ending
from gradstream.limits import Limits
from gradstream.runs import examples as module
from gradstream.runs import service
from gradstream.runs.contract import RunHandle, RunWish
from gradstream.runs.recording import NOWHERE
from tests.unit.runs.recorded_house import House, cached_demo, imported, make_house

FLAC = ("flac", "opus", "aac")


def wish(demo: Demo, words: str = "la", **others: Any) -> RunWish:
    """Return what a press of an example asks for."""
    return RunWish(demo=demo, **{"inputs": {"words": words}, "accepts": FLAC, "replays": True, **others})


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """Return the demo's module, which has not changed for long."""
    path = tmp_path / "sing.py"
    path.write_text("la = 1")
    return path


def since(path: Path) -> ImportedCode:
    """Return what a worker has imported that began when the file was changed."""
    return ImportedCode(files=(str(path),), since_ns=path.stat().st_ctime_ns)


def rewrite(path: Path, text: str) -> None:
    """Change a file, and let it look as old as it was."""
    times = path.stat()
    path.write_text(text)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


async def record(house: House, demo: Demo, code: Path, **others: Any) -> RunHandle:
    """Let a visitor run an example for real, and wait until that is recorded."""
    run = await house.wish(wish(demo, replays=False, **others))
    house.finish(imported=imported(code))
    await house.recorder.written()
    return run


async def is_replayed(house: House, pressed: RunWish) -> bool:
    """Return whether a press is answered by a recording; a real run is ended."""
    before = len(house.engine.slots)
    run = await house.wish(pressed)
    if len(house.engine.slots) > before:
        house.slot.end(Ending(fault="developer", message="not this one"))
    return run.record.recorded_at is not None


async def test_the_first_run_is_shown_to_all_who_follow(tmp_path: Path, code: Path) -> None:
    """A press shows the same events, values and streams, as a run of its own, without a worker."""
    async with make_house(tmp_path) as house:
        demo = cached_demo(tmp_path)
        first = await record(house, demo, code)
        replayed = await house.wish(wish(demo))
        assert len(house.engine.slots) == 1
        assert replayed.record.id != first.record.id
        assert replayed.record.recorded_at is not None
        assert await house.seen(replayed) == await house.seen(first)
        assert (await replayed.latest()).is_over


async def test_after_a_restart(tmp_path: Path, code: Path) -> None:
    """The recording is on disk, and so is that of the run that replayed it."""
    demo = cached_demo(tmp_path)
    async with make_house(tmp_path) as house:
        await record(house, demo, code)
        replayed = await house.wish(wish(demo))
        seen = await house.seen(replayed)
    async with make_house(tmp_path) as other:
        assert await is_replayed(other, wish(demo))
        found = await other.runs.find(replayed.record.id, replayed.record.caller)
        assert found is not None
        assert await other.seen(found) == seen
        assert found.record.recorded_at == replayed.record.recorded_at


@pytest.mark.parametrize(
    "other",
    [
        {"inputs": {"words": "la "}},
        {"inputs": {}},
        {"inputs": {"words": "do"}},
        {"exact": True},
        {"replays": False},
        {"accepts": ("aac",)},
    ],
)
async def test_another_wish(tmp_path: Path, code: Path, other: dict[str, Any]) -> None:
    """Only a press of the same example, by who can play it, is answered by its recording."""
    async with make_house(tmp_path) as house:
        demo = cached_demo(tmp_path)
        await record(house, demo, code)
        assert not await is_replayed(house, wish(demo, **other))


@pytest.mark.parametrize("ending", [Ending(fault="developer", message="no"), Ending(canceled=True)])
async def test_runs_that_did_not_succeed(tmp_path: Path, code: Path, ending: Ending) -> None:
    """What failed or was canceled is never shown to others."""
    async with make_house(tmp_path) as house:
        demo = cached_demo(tmp_path)
        await house.wish(wish(demo))
        house.slot.imported = imported(code)
        house.slot.tell(Set(output="text", value="half"))
        house.slot.end(ending)
        await house.recorder.written()
        assert not await is_replayed(house, wish(demo))


async def test_a_changed_module(tmp_path: Path, code: Path) -> None:
    """After a module was saved its recording is not shown, and is removed."""
    async with make_house(tmp_path) as house:
        demo = cached_demo(tmp_path)
        await record(house, demo, code)
        rewrite(code, "la = 2")
        assert not await is_replayed(house, wish(demo))
        rewrite(code, "la = 1")
        assert not await is_replayed(house, wish(demo))


@pytest.mark.parametrize(
    "changes",
    [
        {"source": "gradstream: 1\n# changed\n"},
        {"title": "Sing louder"},
        {"examples": (Example(label="la", inputs={"words": "la", "more": 1}),)},
        {"actions": ()},
    ],
)
async def test_a_changed_demo(tmp_path: Path, code: Path, changes: dict[str, Any]) -> None:
    """Whatever was changed in the demo's file, constants and variables of the environment included."""
    async with make_house(tmp_path) as house:
        demo = cached_demo(tmp_path)
        await record(house, demo, code)
        if changes.get("actions") == ():
            changes = {"actions": (replace(demo.actions[0], constants={"model": "other"}),)}
        assert not await is_replayed(house, wish(replace(demo, **changes)))


async def test_a_changed_version(tmp_path: Path, code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another gradstream may show the same yields differently; another package may compute others."""
    async with make_house(tmp_path) as house:
        demo = cached_demo(tmp_path)
        await record(house, demo, code)
        with monkeypatch.context() as patched:
            patched.setattr("gradstream.__version__", "99.0")
            assert not await is_replayed(house, wish(demo))
        with monkeypatch.context() as patched:
            patched.setattr(module, "_package_folders", lambda _: [str(tmp_path)])
            assert not await is_replayed(house, wish(demo))
        assert await is_replayed(house, wish(demo))


async def test_packages_of_another_python(tmp_path: Path, code: Path) -> None:
    """A demo with a Python of its own rests on what is installed there."""
    packages = tmp_path / "env/lib/python3.99/site-packages"
    (tmp_path / "env/bin").mkdir(parents=True)
    packages.mkdir(parents=True)
    python = tmp_path / "env/bin/python"
    python.write_text("")
    interpreter = Interpreter(path=str(python), text="env/bin/python", span=NOWHERE)
    async with make_house(tmp_path) as house:
        demo = cached_demo(tmp_path, worker=WorkerOptions(python=interpreter))
        await record(house, demo, code)
        assert await is_replayed(house, wish(demo))
        (packages / "other").mkdir()
        assert not await is_replayed(house, wish(demo))


async def test_watched_data(tmp_path: Path, code: Path) -> None:
    """A data file under `watch` that changes, comes or goes makes another result."""
    data = tmp_path / "words.txt"
    data.write_text("la")
    demo = cached_demo(tmp_path, watch=("*.txt",))
    async with make_house(tmp_path) as house:
        await record(house, demo, code)
        assert await is_replayed(house, wish(demo))
        (tmp_path / "more.txt").write_text("do")
        assert not await is_replayed(house, wish(demo))


async def test_files_of_an_example(tmp_path: Path, code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An example whose picture was replaced has another result."""
    picture = tmp_path / "one.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n1")
    shown = {"file": "one.png"}
    demo = cached_demo(
        tmp_path,
        inputs=(Input(name="photo", kind="image", label="Photo"),),
        actions=(replace(cached_demo(tmp_path).actions[0], inputs=("photo",)),),
        examples=(Example(label="one", inputs={"photo": shown}),),
    )
    async with make_house(tmp_path) as house:
        pressed = wish(demo, inputs={"photo": shown})
        # A file that changed just before the run may have been read before or after that.
        for begins_later in (False, True):
            if begins_later:
                monkeypatch.setattr("time.time", lambda: picture.stat().st_ctime + 60)
            await house.wish(replace(pressed, replays=False))
            house.finish(imported=imported(code))
            await house.recorder.written()
            assert await is_replayed(house, pressed) == begins_later
        picture.write_bytes(b"\x89PNG\r\n\x1a\n2")
        assert not await is_replayed(house, pressed)


async def test_code_that_was_saved_while_it_ran(tmp_path: Path, code: Path) -> None:
    """A worker may have the older content of a file that has changed since it began: nothing is recorded."""
    async with make_house(tmp_path) as house:
        demo = cached_demo(tmp_path)
        await house.wish(wish(demo))
        house.finish(imported=since(code))
        await house.recorder.written()
        assert not await is_replayed(house, wish(demo))


async def test_code_that_knows_the_visitor(tmp_path: Path, code: Path) -> None:
    """What a function is told about one visitor may be in its result, which nobody else sees."""
    async with make_house(tmp_path) as house:
        demo = cached_demo(tmp_path)
        await house.wish(wish(demo))
        house.finish(imported=replace(imported(code), is_personal=True))
        await house.recorder.written()
        assert not await is_replayed(house, wish(demo))


async def test_a_damaged_recording(tmp_path: Path, code: Path) -> None:
    """Then the example is run, and recorded anew."""
    async with make_house(tmp_path) as house:
        demo = cached_demo(tmp_path)
        await record(house, demo, code)
        (path,) = (tmp_path / "examples").glob("*.zip")
        path.write_bytes(path.read_bytes()[:-1])
        assert not await is_replayed(house, wish(demo))
        await record(house, demo, code)
        assert await is_replayed(house, wish(demo))


async def test_one_recording_an_example(tmp_path: Path, code: Path) -> None:
    """A new version of the demo takes the place of the old one; other examples keep theirs."""
    async with make_house(tmp_path) as house:
        demo = cached_demo(tmp_path)
        await record(house, demo, code)
        await record(house, demo, code, inputs={"words": "do"})
        await record(house, replace(demo, source="# changed"), code)
        assert len(list((tmp_path / "examples").glob("*.zip"))) == 2
        assert not await is_replayed(house, wish(demo))
        assert await is_replayed(house, wish(demo, "do"))


async def test_nothing_can_be_written(tmp_path: Path, code: Path) -> None:
    """A catalog that is read-only works as without `cache`."""
    (tmp_path / "examples").write_text("a file where the folder should be")
    async with make_house(tmp_path) as house:
        demo = cached_demo(tmp_path)
        await record(house, demo, code)
        assert not await is_replayed(house, wish(demo))


async def test_presses_at_once(tmp_path: Path, code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crowd that presses an example is served a few at a time, each with a run of its own."""
    copying, most, full = 0, 0, asyncio.Event()
    restore = service.RunService.restore

    async def counted(*given: Any) -> Any:
        nonlocal copying, most
        copying += 1
        most = max(most, copying)
        if copying == Limits().copied_recordings:
            full.set()
        try:
            await full.wait()
            return await restore(*given)
        finally:
            copying -= 1

    monkeypatch.setattr(service.RunService, "restore", counted)
    async with make_house(tmp_path) as house:
        demo = cached_demo(tmp_path)
        await record(house, demo, code)
        found = await asyncio.gather(*(house.wish(wish(demo)) for _ in range(20)))
        assert len({run.record.id for run in found}) == 20
        assert len(house.engine.slots) == 1
    assert most == Limits().copied_recordings
