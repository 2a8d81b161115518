"""Parts of files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Litestar, Request, Response, get
from litestar.testing import TestClient

from gradstream.file_ref import FileRef, FileSlice, StoredFile, read_slices
from gradstream.server.http.ranges import BLOCK_BYTES, Part, blocks, file_answer, parse_range

Asked = Request[Any, Any, Any]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("bytes=0-3", Part(0, 4)),
        ("bytes=0-0", Part(0, 1)),
        ("bytes=9-9", Part(9, 10)),
        ("bytes=4-", Part(4, 10)),
        ("bytes=0-99", Part(0, 10)),
        ("bytes=-4", Part(6, 10)),
        ("bytes=-99", Part(0, 10)),
        (" bytes=1-2 ", Part(1, 3)),
        ("bytes=10-", Part(10, 10)),
        ("bytes=10-20", Part(10, 10)),
        ("bytes=-0", Part(10, 10)),
        ("", None),
        ("bytes=-", None),
        ("bytes=3-1", None),
        ("bytes=0-1,4-5", None),
        ("bytes=a-b", None),
        ("bytes=0-1\u0663", None),
        ("lines=0-1", None),
        (f"bytes=0-{'9' * 30}", None),
    ],
)
def test_what_a_range_says(text: str, part: Part | None) -> None:
    """One range of bytes is read; several, other units and nonsense stand for everything."""
    assert parse_range(text, 10) == part


def files_of(folder: Path, sizes: Sequence[int]) -> tuple[list[StoredFile], bytes]:
    """Write files of these sizes; return them, and their bytes joined."""
    files, joined = [], b""
    (folder / "r").mkdir()
    for number, size in enumerate(sizes):
        data = bytes((number * 7 + offset) % 256 for offset in range(size))
        (folder / "r" / str(number)).write_bytes(data)
        files.append(StoredFile(ref=FileRef("run", "r", str(number)), mime="audio/mp4", size=size))
        joined += data
    return files, joined


@given(st.lists(st.integers(0, 40), max_size=6), st.integers(0, 250), st.integers(0, 250))
def test_several_files_are_read_as_one(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], start: int, stop: int
) -> None:
    """Any part of files joined is that part of their bytes joined."""
    folder = tmp_path_factory.mktemp("files")
    files, joined = files_of(folder, sizes)
    parts = [read_slices(folder, block) for block in blocks(files, Part(start, stop))]
    assert b"".join(parts) == joined[start:stop]


def test_blocks_are_bounded(tmp_path: Path) -> None:
    """However large or small the files are, they are read in blocks of one size."""
    files, joined = files_of(tmp_path, [10, BLOCK_BYTES, 1, 2 * BLOCK_BYTES, 5])
    parts = [read_slices(tmp_path, block) for block in blocks(files, Part(3, len(joined)))]
    assert [len(part) for part in parts] == [BLOCK_BYTES] * 3 + [13]
    assert b"".join(parts) == joined[3:]


@pytest.mark.parametrize("sizes", [[4, 0, 6], [BLOCK_BYTES, 7]])
def test_answers(tmp_path: Path, sizes: list[int]) -> None:
    """Everything is 200, a part 206 with its place, what is behind the end 416 with the size."""
    files, joined = files_of(tmp_path, sizes)

    async def read(slices: Sequence[FileSlice]) -> bytes:
        return read_slices(tmp_path, list(slices))

    @get("/file")
    async def file(request: Asked) -> Response[Any]:
        return await file_answer(request, files, read=read, media_type="audio/mp4", headers={"X-Kept": "yes"})

    size = len(joined)
    with TestClient(Litestar([file], openapi_config=None)) as client:
        whole = client.get("/file")
        assert (whole.status_code, whole.content, whole.headers["content-type"]) == (200, joined, "audio/mp4")
        assert (whole.headers["accept-ranges"], whole.headers["x-kept"]) == ("bytes", "yes")
        part = client.get("/file", headers={"Range": f"bytes=2-{size - 2}"})
        assert (part.status_code, part.content) == (206, joined[2:-1])
        assert part.headers["content-length"] == str(size - 3)
        assert part.headers["content-range"] == f"bytes 2-{size - 2}/{size}"
        behind = client.get("/file", headers={"Range": f"bytes={size}-"})
        assert (behind.status_code, behind.headers["content-range"]) == (416, f"bytes */{size}")
        assert behind.headers["content-type"] == "application/problem+json"
        several = client.get("/file", headers={"Range": "bytes=0-1,3-4"})
        assert (several.status_code, several.content) == (200, joined)
        unsure = client.get("/file", headers={"Range": "bytes=0-1", "If-Range": '"another"'})
        assert (unsure.status_code, unsure.content) == (200, joined)
