"""Big values over HTTP."""

import pytest

from gradstream.events.types import Set
from tests.unit.server.site import Site


async def test_a_big_value(site: Site) -> None:
    """A value is read under its own run, with its type, for ever, and cannot act in this site's name."""
    run, other = await site.start(), await site.start()
    site.engine.slots[0].sink.blob("abc", "image/svg+xml", b"<svg/>")
    site.engine.slots[0].tell(Set(output="image", value={"blob": "abc"}))
    answer = await site.client.get(f"/api/runs/{run}/blobs/abc")
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (
        200,
        b"<svg/>",
        "image/svg+xml",
    )
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert (await site.client.get(f"/api/runs/{other}/blobs/abc")).status_code == 404
    assert (await site.client.get(f"/api/runs/{run}/blobs/..%2fabc")).status_code == 404


@pytest.mark.parametrize("size", [10, 1_000_000])
async def test_a_part_of_a_big_value(site: Site, size: int) -> None:
    """A player that seeks in a whole clip gets the part that it asks for."""
    run = await site.start()
    clip = bytes(number % 251 for number in range(size))
    site.slot.sink.blob("abc", "video/mp4", clip)
    whole = await site.client.get(f"/api/runs/{run}/blobs/abc")
    assert (whole.status_code, whole.headers["accept-ranges"]) == (200, "bytes")
    assert (whole.content, whole.headers["content-length"]) == (clip, str(size))
    part = await site.client.get(f"/api/runs/{run}/blobs/abc", headers={"Range": "bytes=3-"})
    assert (part.status_code, part.content) == (206, clip[3:])
    assert part.headers["content-range"] == f"bytes 3-{size - 1}/{size}"
    assert whole.headers["content-security-policy"].startswith(
        "sandbox allow-same-origin; default-src 'none'"
    )
    head = await site.client.head(f"/api/runs/{run}/blobs/abc")
    assert (head.content, head.headers["content-length"]) == (b"", str(size))


async def test_a_value_that_was_dropped_meanwhile(site: Site) -> None:
    """A value whose file is gone is answered as one that is not there."""
    run = await site.start()
    site.slot.sink.blob("abc", "video/mp4", b"clip")
    found = site.service.get(run)
    blob = found.blobs.get("abc") if found else None
    assert blob is not None
    blob.path.unlink()
    answer = await site.client.get(f"/api/runs/{run}/blobs/abc")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
