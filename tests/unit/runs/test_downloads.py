"""Finished streams as files."""

import asyncio
import io
import wave
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from gradstream.limits import Limits
from gradstream.runs import downloads
from gradstream.runs.contract import ExportFailure
from gradstream.runs.stored_run import StoredRun
from gradstream.runs.streams import StreamFiles
from gradstream.server.content.downloads import attachment
from tests.unit.played_engine import make_singer
from tests.unit.server.sine import RATE_HZ, sing
from tests.unit.server.site import Site, serving


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Site]:
    """Return a server of a demo with streams, which keeps one finished run."""
    async with singing(tmp_path, Limits(finished_runs=1)) as running:
        yield running


def singing(folder: Path, limits: Limits) -> AbstractAsyncContextManager[Site]:
    """Serve a demo with streams."""
    return serving(folder, demos={"sing": make_singer()}, limits=limits)


async def sung(site: Site, seconds: int = 2) -> tuple[StoredRun, StreamFiles]:
    """Return a finished run that has streamed a sine, and the stream."""
    run = site.service.get(await site.start("sing"))
    assert run is not None
    sing(seconds).send_all(site.slot)
    site.slot.end()
    stream = run.streams.get("sound")
    assert stream is not None
    return run, stream


def names(stream: StreamFiles) -> set[str]:
    """Return which files of a stream are no segments."""
    return {path.name for path in stream.folder.iterdir() if not path.name.isdigit()}


async def test_a_file_to_keep(hall: Site) -> None:
    """A finished stream is made into a file once, named after the demo, and counted with its run."""
    run, stream = await sung(hall)
    before = run.streams.size
    address = f"/api/runs/{run.id}/outputs/sound/download.wav"
    answer = await hall.client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/wav")
    disposition = "attachment; filename=\"sing-sound.wav\"; filename*=UTF-8''sing-sound.wav"
    assert answer.headers["content-disposition"] == disposition
    assert answer.headers["x-content-type-options"] == "nosniff"
    with wave.open(io.BytesIO(answer.content)) as opened:
        assert (opened.getnframes(), opened.getframerate()) == (2 * RATE_HZ, RATE_HZ)
    assert run.streams.size == before + len(answer.content)
    assert names(stream) == {"init", "download.wav"}

    part = await hall.client.get(address, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"RIFF")
    assert run.streams.size == before + len(answer.content)


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [("flac", "audio/flac"), ("mp3", "audio/mpeg"), ("m4a", "audio/mp4"), ("mp4", "audio/mp4")],
)
async def test_kinds(hall: Site, suffix: str, media_type: str) -> None:
    """Each kind of file has its own type; an MP4 without pictures is sound."""
    run, _ = await sung(hall)
    answer = await hall.client.get(f"/api/runs/{run.id}/outputs/sound/download.{suffix}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert answer.content


async def test_those_who_ask_at_once_share_one(hall: Site) -> None:
    """Several requests for one file get the same, which is made and counted once."""
    run, _ = await sung(hall)
    before = run.streams.size
    address = f"/api/runs/{run.id}/outputs/sound/download.flac"
    answers = await asyncio.gather(*(hall.client.get(address) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert run.streams.size == before + len(answers[0].content)


async def test_a_request_that_ends_changes_nothing(hall: Site) -> None:
    """What was begun for somebody who has gone is finished and kept."""
    run, stream = await sung(hall)
    files = downloads.Downloads(Limits())
    async with files:
        asking = asyncio.create_task(files.file(run, stream, "wav"))
        while not (stream.folder / "making-wav").exists():  # noqa: ASYNC110 - nobody tells of a folder
            await asyncio.sleep(0)
        asking.cancel()
        made = await files.file(run, stream, "wav")
        assert isinstance(made, downloads.Download)
    assert asking.cancelled()
    assert names(stream) == {"init", "download.wav"}


async def test_a_stream_that_is_none(hall: Site) -> None:
    """What cannot be written is said in the converter's own words, and leaves nothing behind."""
    run = hall.service.get(await hall.start("sing"))
    assert run is not None
    hall.slot.open_stream()
    hall.slot.add_segment(b"no fragment")
    hall.slot.end()
    answer = await hall.client.get(f"/api/runs/{run.id}/outputs/sound/download.wav")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["detail"]
    stream = run.streams.get("sound")
    assert stream is not None
    assert names(stream) == {"init"}


@pytest.mark.parametrize(
    ("limits", "status", "detail"),
    [
        (Limits(download_s=0.0), 500, "It took longer than 0 s"),
        (Limits(download_bytes=1000), 422, "File too large"),
    ],
)
async def test_a_file_beyond_its_bounds(tmp_path: Path, limits: Limits, status: int, detail: str) -> None:
    """A file has its time and its size; beyond them the converter is ended and nothing is kept."""
    async with singing(tmp_path, limits) as hall:
        run, stream = await sung(hall)
        answer = await hall.client.get(f"/api/runs/{run.id}/outputs/sound/download.wav")
        assert answer.status_code == status
        assert detail in answer.json()["detail"]
        assert names(stream) == {"init"}


async def test_files_that_are_made_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many are made at once as `downloads` says; others wait for their turn."""
    begun, may_end = asyncio.Queue[None](), asyncio.Event()

    async def slow(*_: object, **__: object) -> ExportFailure:
        begun.put_nowait(None)
        await may_end.wait()
        return ExportFailure("slow", is_ours=True)

    monkeypatch.setattr(downloads, "export", slow)
    async with singing(tmp_path, Limits()) as hall:
        run, stream = await sung(hall)
        async with downloads.Downloads(Limits(downloads=3)) as files, asyncio.TaskGroup() as tasks:
            for suffix in ("wav", "mp3", "flac", "m4a", "mp4"):
                tasks.create_task(files.file(run, stream, suffix))
            for _ in range(3):
                await begun.get()
            await asyncio.to_thread(lambda: None)
            assert begun.empty()
            may_end.set()
        assert begun.qsize() == 2


async def test_a_run_that_is_forgotten_meanwhile(hall: Site) -> None:
    """A file of a run that is gone is not made, and takes no room that would be counted."""
    run, stream = await sung(hall)
    await sung(hall)
    assert hall.service.get(run.id) is None
    while stream.folder.exists():  # noqa: ASYNC110 - nobody tells of a folder
        await asyncio.sleep(0)
    async with downloads.Downloads(Limits()) as files:
        made = await files.file(run, stream, "wav")
    assert made == ExportFailure("The file could not be written: No such file or directory", is_ours=True)
    assert run.streams.size == 0


async def test_the_end_of_the_server(hall: Site) -> None:
    """What is being made when the server ends is given up, its process too."""
    run, stream = await sung(hall)
    async with downloads.Downloads(Limits()) as files:
        asking = asyncio.create_task(files.file(run, stream, "wav"))
        while not (stream.folder / "making-wav").exists():  # noqa: ASYNC110 - nobody tells of a folder
            await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert names(stream) == {"init"}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Sing", "filename=\"sing-sound.wav\"; filename*=UTF-8''sing-sound.wav"),
        (
            "Two  words: one!",
            "filename=\"two-words-one-sound.wav\"; filename*=UTF-8''two-words-one-sound.wav",
        ),
        ("Größe", "filename=\"gr-e-sound.wav\"; filename*=UTF-8''gr%C3%B6%C3%9Fe-sound.wav"),
        ('"\r\nX: y', "filename=\"x-y-sound.wav\"; filename*=UTF-8''x-y-sound.wav"),
        ("歌", "filename=\"sound.wav\"; filename*=UTF-8''%E6%AD%8C-sound.wav"),
    ],
)
def test_names(title: str, name: str) -> None:
    """A file is named harmlessly after demo and output, in their own script where a browser can do that."""
    assert attachment(title, "sound", "wav") == f"attachment; {name}"
