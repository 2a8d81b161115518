"""Every error is a problem document."""

from pathlib import Path

import pytest

from gradstream.limits import Limits
from gradstream.server.http import problems
from tests.unit.server.site import Site, serving


@pytest.mark.parametrize(
    ("method", "path", "status", "title"),
    [
        ("GET", "/nothing", 404, "Not Found"),
        ("GET", "/api/demos/nothing", 404, "Not Found"),
        ("GET", "/demos/nothing", 404, "Not Found"),
        ("GET", "/metrics", 404, "Not Found"),
        ("PUT", "/api/demos", 405, "Method Not Allowed"),
        ("POST", "/api/demos", 405, "Method Not Allowed"),
        ("GET", "/api/socket", 405, "Method Not Allowed"),
        ("POST", "/api/uploads", 400, "Bad Request"),
    ],
)
async def test_shape(site: Site, method: str, path: str, status: int, title: str) -> None:
    """Whatever is refused, the answer is application/problem+json with type, title and status."""
    answer = await site.client.request(method, path)
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (problem["type"], problem["title"], problem["status"]) == ("about:blank", title, status)
    assert set(problem) <= {"type", "title", "status", "detail"}


async def test_a_method_that_is_not_allowed(site: Site) -> None:
    """A refused method is answered with those that are allowed, HEAD among them where GET is."""
    answer = await site.client.put("/api/demos")
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


async def test_internal_errors(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """An internal error is logged with its traceback, and answered without details."""
    async with serving(tmp_path) as site:
        broken_folder = tmp_path / "uploads"
        broken_folder.write_text("a file where a folder should be")
        answer = await site.client.post("/api/uploads", files={"file": ("a.txt", b"abc")})
        assert (answer.status_code, answer.json()["detail"]) == (
            500,
            "Internal error; see the server log",
        )
        assert [record.name for record in caplog.records if record.exc_info] == [problems.__name__]


@pytest.mark.parametrize("path", ["/api/demos", "/health/live", "/nothing", "/schema.json"])
async def test_head(site: Site, path: str) -> None:
    """HEAD answers as GET does, without the body."""
    whole, head = await site.client.get(path), await site.client.head(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    for name in ("content-type", "content-length", "x-content-type-options"):
        assert head.headers[name] == whole.headers[name]


async def test_every_answer_is_what_it_says(site: Site) -> None:
    """No answer may be guessed to be of another type than it says."""
    for path in ("/api/demos", "/nothing", "/"):
        answer = await site.client.get(path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"


async def test_a_detail_that_quotes_what_was_sent(site: Site) -> None:
    """It is cut, however long the request was."""
    answer = await site.client.get(f"/api/runs/{'x' * 5000}")
    assert answer.status_code == 404
    assert len(answer.json()["detail"]) == Limits().detail_chars + 1
