"""Headers of every answer, and what other sites' pages may read."""

from pathlib import Path

import pytest

from gradstream.server.http.answer_headers import NOTHING
from tests.unit.server.site import serving

FRIEND = "https://friend.example"


@pytest.mark.parametrize(
    "path", ["/api/demos", "/health/live", "/nowhere", "/schema.json", "/api/feed?catalog=x"]
)
async def test_what_is_no_page(tmp_path: Path, path: str) -> None:
    """JSON, problems and feeds load nothing, run nothing, and are in no frame and on no other site."""
    async with serving(tmp_path) as site:
        headers = (await site.client.get(path)).headers
    assert headers["content-security-policy"] == NOTHING.decode()
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")
    assert "access-control-allow-origin" not in headers
    assert "vary" not in headers or "Origin" not in headers["vary"]


async def test_a_listed_origin(tmp_path: Path) -> None:
    """Its pages may send what this site's pages send, and read the answer and its address."""
    preflight = {
        "Origin": FRIEND,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,x-gradstream-session",
        "Access-Control-Request-Private-Network": "true",
    }
    async with serving(tmp_path, origins=frozenset({FRIEND})) as site:
        allowed = await site.client.options("/api/demos/echo/runs", headers=preflight)
        answer = await site.client.post("/api/demos/echo/runs", json={}, headers={"Origin": FRIEND})
        missing = await site.client.get("/api/demos/none", headers={"Origin": FRIEND})
    assert allowed.status_code == 204
    assert allowed.headers["access-control-allow-headers"] == "content-type,x-gradstream-session"
    assert "DELETE" in allowed.headers["access-control-allow-methods"]
    assert allowed.headers["access-control-allow-private-network"] == "true"
    assert (answer.status_code, missing.status_code) == (201, 404)
    for one in (allowed, answer, missing):
        assert one.headers["access-control-allow-origin"] == FRIEND
        assert "access-control-allow-credentials" not in one.headers
        assert "Origin" in one.headers["vary"]
    assert "Location" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "https://friend.example.evil.example", "*", ""]
)
async def test_any_other_origin(tmp_path: Path, origin: str) -> None:
    """Its pages read nothing, and no preflight allows them to send."""
    preflight = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    async with serving(tmp_path, origins=frozenset({FRIEND})) as site:
        answers = [
            await site.client.options("/api/demos/echo/runs", headers=preflight),
            await site.client.get("/api/demos", headers={"Origin": origin}),
        ]
    for answer in answers:
        assert not [name for name in answer.headers if name.startswith("access-control-")]
