"""Streams of sound and video over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from gradstream.events.types import Append
from gradstream.ipc.protocol import Ending
from gradstream.limits import Limits
from gradstream.runs.control import RunControl
from gradstream.server.routes import streams
from tests.unit.played_engine import VIDEO, make_singer
from tests.unit.server.site import Site, serving


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Site]:
    """Return a server of a demo with streams."""
    async with serving(tmp_path, demos={"sing": make_singer()}) as running:
        yield running


def at(run: str, name: str, output: str = "sound") -> str:
    """Return the address of a part of a run's stream."""
    return f"/api/runs/{run}/outputs/{output}/{name}"


def run_of(site: Site, run: str) -> RunControl:
    """Return what controls the run with this id."""
    found = site.service.control(run)
    assert found is not None
    return found


async def sing(site: Site, *segments: bytes, **stream: Any) -> str:
    """Start a run that has streamed these segments."""
    run = await site.start("sing")
    site.slot.open_stream(**stream)
    for segment in segments:
        site.slot.add_segment(segment)
    return run


def assert_problem(answer: httpx.Response, status: int, detail: str) -> None:
    """Assert that an answer is a problem document that nobody may keep."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (answer.json()["detail"], answer.headers["cache-control"]) == (detail, "no-store")


def assert_safe(answer: httpx.Response) -> None:
    """Assert that an answer is taken for nothing else and cannot act in this site's name."""
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith(
        "sandbox allow-same-origin; default-src 'none'"
    )


async def test_head_and_segments(hall: Site) -> None:
    """A head and segments are fetched by their names, as bytes that never change."""
    run = await sing(hall, b"first", b"second")
    for name, content in (("init.mp4", b"head"), ("0.m4s", b"first"), ("1.m4s", b"second")):
        answer = await hall.client.get(at(run, name))
        assert (answer.status_code, answer.content) == (200, content)
        assert answer.headers["content-type"] == "audio/mp4"
        assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
        assert_safe(answer)
        head = await hall.client.head(at(run, name))
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == str(len(content))
    part = await hall.client.get(at(run, "1.m4s"), headers={"Range": "bytes=1-2"})
    assert (part.status_code, part.content) == (206, b"ec")


@pytest.mark.parametrize(
    ("mime", "media_type"), [(VIDEO, "video/mp4"), ("text/html; <script>", "audio/mp4"), ("x", "audio/mp4")]
)
async def test_types(hall: Site, mime: str, media_type: str) -> None:
    """A stream is answered as video or as sound, whatever a worker calls it."""
    run = await sing(hall, mime=mime)
    assert (await hall.client.get(at(run, "init.mp4"))).headers["content-type"] == media_type


async def test_what_is_not_there(hall: Site) -> None:
    """Each thing that is missing is said by its name."""
    run = await sing(hall, b"first")
    for name, output, detail in (
        ("1.m4s", "sound", "The stream has no segment 1 (yet)"),
        ("01x.m4s", "sound", "Streams have no file 01x.m4s"),
        ("download.exe", "sound", "Streams have no file download.exe"),
        ("0.m4s", "film", "The output film has no stream"),
        ("init.mp4", "text", "The output text has no stream"),
        ("index.m3u8", "text", "The output text has no stream"),
        ("stream.mp4", "nothing", "The output nothing has no stream"),
    ):
        assert_problem(await hall.client.get(at(run, name, output)), 404, detail)
    for name in ("init.mp4", "0.m4s", "index.m3u8", "stream.mp4", "download.wav"):
        detail = f"There is no run {'0' * 32}, or it is no longer stored"
        assert_problem(await hall.client.get(at("0" * 32, name)), 404, detail)


async def test_a_playlist_that_grows(hall: Site) -> None:
    """A live run's playlist has what is there and is never kept by a cache."""
    run = await sing(hall, b"first")
    before = await hall.client.get(at(run, "index.m3u8"))
    assert before.headers["content-type"] == "application/vnd.apple.mpegurl"
    assert before.headers["cache-control"] == "no-store"
    assert_safe(before)
    hall.slot.add_segment(b"second", duration_s=0.25)
    after = await hall.client.get(at(run, "index.m3u8"))
    assert after.text == before.text + "#EXTINF:0.250000,\n1.m4s\n"


@pytest.mark.parametrize(
    "ending", [Ending(), Ending(fault="developer", message="no"), Ending(canceled=True), None]
)
async def test_a_playlist_ends_with_its_run(hall: Site, ending: Ending | None) -> None:
    """However a run ends, its playlist says that nothing follows, and can be kept."""
    run = await sing(hall, b"first")
    live = await hall.client.get(at(run, "index.m3u8"))
    if ending is None:
        await hall.client.delete(f"/api/runs/{run}")
    else:
        hall.slot.end(ending)
    over = await hall.client.get(at(run, "index.m3u8"))
    assert over.text == live.text + "#EXT-X-ENDLIST\n"
    assert "immutable" in over.headers["cache-control"]


async def test_a_player_that_is_early(hall: Site) -> None:
    """Who asks before there is anything is answered when there is."""
    run = await hall.start("sing")
    async with asyncio.TaskGroup() as tasks:
        playlist = tasks.create_task(hall.client.get(at(run, "index.m3u8")))
        stream = tasks.create_task(hall.client.get(at(run, "stream.mp4")))
        await hall.client.get("/health/live")
        hall.slot.tell(Append(output="text", text="soon"))
        hall.slot.open_stream()
        await hall.client.get("/health/live")
        hall.slot.add_segment(b"first")
        assert "0.m4s" in (await playlist).text
        hall.slot.end()
    assert stream.result().content == b"headfirst"


async def test_a_run_that_never_streams(hall: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for ever for a stream, and not at all for one that cannot come any more."""
    monkeypatch.setattr(streams, "FIRST_SEGMENT_S", 0.001)
    run = await hall.start("sing")
    assert_problem(await hall.client.get(at(run, "index.m3u8")), 404, "The output sound has no stream")
    monkeypatch.setattr(streams, "FIRST_SEGMENT_S", 3600.0)
    hall.slot.end()
    assert_problem(await hall.client.get(at(run, "index.m3u8")), 404, "The output sound has no stream")


async def test_a_stream_that_has_lost_its_beginning(tmp_path: Path) -> None:
    """What was dropped is gone, the playlist counts on, and the whole begins with what is left."""
    limits = Limits(run_stream_bytes=30)
    async with serving(tmp_path, demos={"sing": make_singer()}, limits=limits) as site:
        run = await sing(site, b"a" * 10, b"b" * 10)
        before = (await site.client.get(at(run, "index.m3u8"))).text
        assert "#EXT-X-MEDIA-SEQUENCE:0" in before
        site.slot.add_segment(b"c" * 10)
        after = (await site.client.get(at(run, "index.m3u8"))).text
        assert "#EXT-X-MEDIA-SEQUENCE:1" in after
        assert "0.m4s" not in after
        dropped = await site.client.get(at(run, "0.m4s"))
        assert_problem(dropped, 410, "Segment 0 was dropped: the stream has become too large")
        site.slot.end()
        whole = await site.client.get(at(run, "stream.mp4"))
        assert whole.content == b"head" + b"b" * 10 + b"c" * 10


class Listener:
    """Reads a stream as far as a test expects it."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._chunks = answer.aiter_raw()
        self._ahead = b""

    async def next(self, size: int) -> bytes:
        """Return so many bytes more."""
        while len(self._ahead) < size:
            self._ahead += await anext(self._chunks)
        taken, self._ahead = self._ahead[:size], self._ahead[size:]
        return taken

    async def rest(self) -> bytes:
        """Return everything up to the end."""
        return self._ahead + b"".join([chunk async for chunk in self._chunks])


async def test_listening_to_a_live_stream(hall: Site) -> None:
    """Clients of a stream get all of it or its live edge, never delay each other, and get its end."""
    run = await sing(hall, b"first")
    async with hall.client.stream("GET", at(run, "stream.mp4")) as one:
        early = Listener(one)
        assert (one.headers["content-type"], one.headers["cache-control"]) == ("audio/mp4", "no-store")
        assert_safe(one)
        assert await early.next(9) == b"headfirst"
        hall.slot.add_segment(b"second")
        assert await early.next(6) == b"second"
        async with (
            hall.client.stream("GET", at(run, "stream.mp4?from=start")) as two,
            hall.client.stream("GET", at(run, "stream.mp4?from=live")) as three,
        ):
            late, live = Listener(two), Listener(three)
            assert await late.next(15) == b"headfirstsecond"
            assert await live.next(10) == b"headsecond"
            hall.slot.tell(Append(output="text", text="la"))
            hall.slot.add_segment(b"third")
            for listener in (early, late, live):
                assert await listener.next(5) == b"third"
            hall.slot.add_segment(b"last")
            hall.slot.end()
            for listener in (early, late, live):
                assert await listener.rest() == b"last"


async def test_a_finished_stream(hall: Site) -> None:
    """When the run is over a stream is a file like any other: with a length, and in parts."""
    run = await sing(hall, b"first", b"second")
    hall.slot.end()
    for query in ("", "?from=live"):
        whole = await hall.client.get(at(run, f"stream.mp4{query}"))
        assert (whole.status_code, whole.content) == (200, b"headfirstsecond")
        assert (whole.headers["content-length"], whole.headers["accept-ranges"]) == ("15", "bytes")
        assert "immutable" in whole.headers["cache-control"]
    part = await hall.client.get(at(run, "stream.mp4"), headers={"Range": "bytes=2-9"})
    assert (part.status_code, part.content) == (206, b"adfirsts")
    assert part.headers["content-range"] == "bytes 2-9/15"
    behind = await hall.client.get(at(run, "stream.mp4"), headers={"Range": "bytes=15-"})
    assert (behind.status_code, behind.headers["content-range"]) == (416, "bytes */15")


async def test_a_look_at_a_live_stream(hall: Site) -> None:
    """A HEAD request is answered at once, though the stream goes on."""
    run = await sing(hall, b"first")
    head = await hall.client.head(at(run, "stream.mp4"))
    assert (head.status_code, head.content, head.headers["content-type"]) == (200, b"", "audio/mp4")


async def test_where_to_begin(hall: Site) -> None:
    """A beginning that nobody knows is refused."""
    run = await sing(hall)
    answer = await hall.client.get(at(run, "stream.mp4?from=middle"))
    assert (answer.status_code, answer.json()["detail"]) == (400, "from must be start or live, not 'middle'")


async def test_the_end_of_the_server(hall: Site) -> None:
    """A server that ends does not wait for those who listen."""
    run = await sing(hall, b"first")
    async with hall.client.stream("GET", at(run, "stream.mp4")) as answer:
        listener = Listener(answer)
        assert await listener.next(9) == b"headfirst"
        hall.services.heartbeat.close()
        assert await listener.rest() == b""


async def over(run: RunControl) -> None:
    """Wait for a run's terminal event."""
    happened = asyncio.Event()
    leave = run.run.journal.subscribe(happened.set)
    while not run.is_over:
        happened.clear()
        await happened.wait()
    leave()


async def test_a_listener_is_a_reader(tmp_path: Path) -> None:
    """A run goes on as long as somebody listens, and is left when the last listener goes away."""
    async with serving(tmp_path, demos={"sing": make_singer(on_disconnect="stop")}) as site:
        run = await sing(site, b"first")
        found = run_of(site, run)
        async with site.client.stream("GET", at(run, "stream.mp4")) as answer:
            assert await Listener(answer).next(9) == b"headfirst"
            assert not found.is_over
        await over(found)
        assert found.run.journal.state().by == "left"


async def test_a_player_of_playlists_is_a_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A player that fetches playlist and segments keeps the run going until it asks no more."""
    async with serving(tmp_path, demos={"sing": make_singer(on_disconnect="stop")}) as site:
        run = await sing(site, b"first")
        found = run_of(site, run)
        await site.client.get(at(run, "0.m4s"))
        assert not found.readers.is_expecting
        await site.client.get(at(run, "index.m3u8"))
        assert (found.readers.is_expecting, found.is_over) == (True, False)
        site.slot.end()
        assert not found.readers.is_expecting

        monkeypatch.setattr(streams, "SHORTEST_POLL_S", 0.0)
        monkeypatch.setattr(streams, "POLL_TARGETS", 0)
        other = await sing(site, b"first")
        await site.client.get(at(other, "index.m3u8"))
        left = run_of(site, other)
        await over(left)
        assert left.run.journal.state().by == "left"


@pytest.mark.parametrize(
    ("accept", "accepts"),
    [
        (["flac", "opus", "aac"], ("flac", "opus", "aac")),
        (["opus", "h264", "opus", "flac"], ("opus", "flac")),
        (["mp3"], ("aac",)),
        ([], ("aac",)),
        (None, ("aac",)),
    ],
)
async def test_what_a_player_takes(hall: Site, accept: list[str] | None, accepts: tuple[str, ...]) -> None:
    """The worker gets the known codecs of those that the player accepts."""
    await hall.start("sing", accept=accept)
    assert hall.slot.order.accepts == accepts


async def test_a_download_of_a_live_run(hall: Site) -> None:
    """A stream can be downloaded when it is whole, and when there is something in it."""
    run = await sing(hall)
    detail = "The stream can be downloaded once the run is over"
    assert_problem(await hall.client.get(at(run, "download.wav")), 409, detail)
    hall.slot.end()
    assert_problem(await hall.client.get(at(run, "download.wav")), 404, "The stream is empty")
