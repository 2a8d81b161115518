"""Files from visitors."""

import asyncio
import gc
import tracemalloc
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from gradstream.format.types import Action, Input
from gradstream.limits import Limits
from tests.unit.played_engine import make_demo
from tests.unit.server.site import Site, serving

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50
ME = {"X-Gradstream-Session": "me"}


async def send(site: Site, data: bytes = PNG, headers: dict[str, str] | None = None) -> str:
    """Send a file and return its id."""
    answer = await site.client.post("/api/uploads", files={"file": ("a.png", data)}, headers=headers)
    assert answer.status_code == 201, answer.text
    file: str = answer.json()["file"]
    return file


def picture_demo() -> dict[str, object]:
    """Return demos of which one takes a picture."""
    action = make_demo().actions[0]
    return {
        "echo": make_demo(
            inputs=(Input(name="picture", kind="image", label="Picture"),),
            actions=(
                Action(
                    name="run",
                    generator=action.generator,
                    button="Run",
                    inputs=("picture",),
                    outputs=("text",),
                ),
            ),
        )
    }


async def test_used_by_a_run(tmp_path: Path) -> None:
    """A file is an input's value by its id, for runs of the session that sent it."""
    async with serving(tmp_path, demos=picture_demo()) as site:  # type: ignore[arg-type]
        file = await send(site, headers=ME)
        body = {"inputs": {"picture": {"file": file}}}
        mine = await site.client.post("/api/demos/echo/runs", json=body, headers=ME)
        assert mine.status_code == 201
        given = site.slot.order.values["picture"]
        assert (given["name"], given["mime"]) == ("a.png", "image/png")
        assert Path(given["path"]).read_bytes() == PNG  # noqa: ASYNC240 - a small file of this test's own
        for headers in ({"X-Gradstream-Session": "you"}, {}):
            answer = await site.client.post("/api/demos/echo/runs", json=body, headers=headers)
            assert (answer.status_code, answer.json()["diagnostics"][0]["input"]) == (422, "picture")


@pytest.mark.parametrize(
    "value",
    [{"path": "/etc/passwd"}, {"path": "/etc/passwd", "name": "a", "mime": "image/png"}, "/etc/passwd", 1],
)
async def test_no_path_from_a_visitor(tmp_path: Path, value: object) -> None:
    """No value that a visitor can send names a file on this machine."""
    async with serving(tmp_path, demos=picture_demo()) as site:  # type: ignore[arg-type]
        answer = await site.client.post("/api/demos/echo/runs", json={"inputs": {"picture": value}})
        assert answer.status_code == 422
        assert site.engine.slots == []


@pytest.mark.parametrize("size", [1001, 20_000, 5_000_000])
async def test_too_large(site: Site, size: int) -> None:
    """A file over the limit is refused with what the limit is, however much over."""
    answer = await site.client.post("/api/uploads", files={"file": ("a.png", b"0" * size)})
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert (answer.json()["title"], answer.json()["detail"]) == (
        "The file is too large",
        "A file may be at most 1kB",
    )


async def test_too_large_without_saying_so(site: Site) -> None:
    """A body whose size is not announced is measured as it comes."""

    async def chunks() -> object:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for _ in range(100):
            yield b"0" * 1000

    answer = await site.client.post(
        "/api/uploads",
        content=chunks(),  # type: ignore[arg-type]
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code == 413


async def test_just_small_enough(site: Site) -> None:
    """A file of exactly the limit is taken."""
    await send(site, b"0" * 1000)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", None),
        (b"file=a", "application/x-www-form-urlencoded"),
        (b'{"file": "a"}', "application/json"),
        (b"no parts at all", "multipart/form-data; boundary=x"),
        (b"no boundary", "multipart/form-data"),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\ntext\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="other"; filename="a"\r\n\r\na\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
    ],
)
async def test_no_file(site: Site, content: bytes, kind: str | None) -> None:
    """A body without a file in its field `file` is refused."""
    headers = {"Content-Type": kind} if kind else {}
    answer = await site.client.post("/api/uploads", content=content, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


PART = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ntext\r\n'
OTHER = PART.replace(b'"file"', b'"other"')


@pytest.mark.parametrize(
    ("content", "status", "detail"),
    [
        (PART + OTHER * 7 + b"--x--", 201, ""),
        (PART + OTHER * 8 + b"--x--", 413, "at most 8 parts"),
        (OTHER * 150, 413, "at most 8 parts"),
        (PART.replace(b'"a"', b'"' + b"a" * 5000 + b'"'), 413, "at most 8 headers"),
        (PART.replace(b"\r\n\r\n", b"\r\nX: y" * 100 + b"\r\n\r\n"), 413, "at most 8 headers"),
        (PART, 400, "not a valid multipart form"),
        (PART * 2 + b"--x--", 400, "A form may have one file, in the field `file`"),
        (PART.replace(b'"a"', b'"\xff"'), 400, "not a valid multipart form"),
        (PART.replace(b'"a"', b'"\xff"') + b"--x--", 400, "not a valid multipart form"),
        (PART.replace(b"\r\n\r\n", b"\r\nContent-Type: text/plain; charset=hex\r\n\r\n") + b"--x--", 201, ""),
        (b'--x\r\nContent-Disposition: form-data; name="y"\r\n\r\n\xff\r\n' + PART + b"--x--", 201, ""),
    ],
)
async def test_odd_forms(site: Site, content: bytes, status: int, detail: str) -> None:
    """Only the file is read; what is wrong with a form is said."""
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await site.client.post("/api/uploads", content=content, headers=kind)
    assert answer.status_code == status, answer.text
    assert detail in answer.json().get("detail", "")


@pytest.mark.parametrize("boundary", ["", "; boundary=", "; boundary=" + "b" * 201, "; boundary*=utf-8''x"])
async def test_odd_boundaries(site: Site, boundary: str) -> None:
    """They are refused."""
    kind = {"Content-Type": f"multipart/form-data{boundary}"}
    answer = await site.client.post("/api/uploads", content=PART, headers=kind)
    assert (answer.status_code, answer.json()["detail"]) == (
        400,
        "The content type of a multipart form names a boundary of 1 to 200 characters",
    )


async def test_large_fields(tmp_path: Path) -> None:
    """A form that is not complete takes little memory, whichever of its fields is large."""
    gc.collect()
    async with serving(tmp_path, limits=Limits()) as site, AsyncExitStack() as opened:
        head = (
            b"POST /api/uploads HTTP/1.1\r\nHost: localhost\r\nContent-Length: 19000000\r\n"
            b"Content-Type: multipart/form-data; boundary=x\r\n\r\n"
        )
        tracemalloc.start()
        opened.callback(tracemalloc.stop)
        for number in range(20):
            _, writer = await asyncio.open_connection("127.0.0.1", site.port)
            opened.callback(writer.close)
            part = PART if number % 2 else PART.replace(b'; filename="a"', b"")
            writer.write(head + part.replace(b"text", b""))
            for _ in range(16):
                writer.write(bytes(2**16))
                await writer.drain()
        await site.client.get("/health/live")
        assert tracemalloc.get_traced_memory()[0] < 20 * 2**19
