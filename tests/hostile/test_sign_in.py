"""Who tries to get in: by guessing, by another site's page, by what was known before, by sheer size."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gradstream.catalog.store import CatalogStore
from gradstream.format.gate import Gate, proof_of
from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.server.http.admission import Admission
from gradstream.server.http.tries import NAME_EVERY_S
from tests.unit.played_engine import make_demo
from tests.unit.server.site import Site, serving, snapshot_of

RIGHT = "correct horse battery"
PROGRAMS = "0123456789abcdef"
GATE = Gate(users={"ada": proof_of(RIGHT)}, token=proof_of(PROGRAMS))
COOKIE = "gradstream_user_0"


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """Return a guarded catalog, as a stranger sees it."""
    async with serving(tmp_path, gate=GATE, developer=False) as running:
        yield running


async def sign_in(site: Site, password: str = RIGHT, *, name: str = "ada", **headers: str) -> int:
    """Send the form of the catalog's page, and return the status."""
    form = {"name": name, "password": password}
    return (await site.client.post("/", data=form, headers=headers)).status_code


async def test_guessing_a_password(site: Site) -> None:
    """After some tries even the right one has to wait, and the answer says how long; who is in stays in."""
    assert await sign_in(site) == 303
    statuses = [await sign_in(site, f"guess {number}") for number in range(Limits().name_tries + 2)]
    assert statuses == [401] * Limits().name_tries + [429] * 2
    answer = await site.client.post("/", data={"name": "ada", "password": RIGHT})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= NAME_EVERY_S
    assert "set-cookie" not in answer.headers
    assert (await site.client.get("/api/demos")).status_code == 200


async def test_guessing_a_token(site: Site) -> None:
    """After some tries the address has to wait, with the right one as well."""
    for number in range(Limits().address_tries):
        wrong = await site.client.get("/api/demos", headers={"Authorization": f"Bearer {number}"})
        assert wrong.status_code == 401
    right = await site.client.get("/api/demos", headers={"Authorization": f"Bearer {PROGRAMS}"})
    assert right.status_code == 429
    assert int(right.headers["retry-after"]) > 0


@pytest.mark.parametrize("path", ["/", "/sign-out"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example.com"},
        {"Origin": "null"},
        {"Origin": "https://blog.example.com", "Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_another_site_s_form(tmp_path: Path, path: str, headers: dict[str, str]) -> None:
    """It signs nobody in or out, not even where the site may start runs."""
    origins = frozenset({"https://blog.example.com"})
    async with serving(tmp_path, gate=GATE, origins=origins, developer=False) as site:
        assert await sign_in(site) == 303
        kept = dict(site.client.cookies)
        form = {"name": "ada", "password": RIGHT}
        answer = await site.client.post(path, data=form, headers=headers)
        assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)
        assert dict(site.client.cookies) == kept
        assert (await site.client.get("/api/demos")).status_code == 200


async def test_a_value_that_was_known_before(site: Site) -> None:
    """A cookie that somebody chose opens nothing, before and after; what is signed in anew gets another."""
    site.client.cookies.set(COOKIE, "chosen")
    assert (await site.client.get("/api/demos")).status_code == 401
    answer = await site.client.post("/", data={"name": "ada", "password": RIGHT})
    first = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
    assert first != "chosen"
    site.client.cookies.clear()
    site.client.cookies.set(COOKIE, first)
    assert (await site.client.get("/api/demos")).status_code == 200
    assert await sign_in(site) == 303
    site.client.cookies.clear()
    site.client.cookies.set(COOKIE, first)
    assert (await site.client.get("/api/demos")).status_code == 401


async def test_the_cookie_of_another_server(tmp_path: Path) -> None:
    """A cookie is one server's, although browsers send it to all ports of the host."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    async with (
        serving(tmp_path / "a", gate=GATE, developer=False) as one,
        serving(tmp_path / "b", gate=GATE, developer=False) as other,
    ):
        assert await sign_in(one) == 303
        other.client.cookies.update(one.client.cookies)
        assert (await other.client.get("/api/demos")).status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/demos/echo?next=https://evil.example.com",
        "//evil.example.com",
        "/demos/%2F%2Fevil.example.com",
        "/demos/echo%0d%0aSet-Cookie:%20x=1",
        "/\\evil.example.com",
    ],
)
async def test_being_led_elsewhere(site: Site, path: str) -> None:
    """The answer leads to this server, or there is no such page."""
    answer = await site.client.request(
        "POST",
        site.client.base_url.copy_with(raw_path=path.encode()),
        data={"name": "ada", "password": RIGHT},
    )
    location = answer.headers.get("location", "/x")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert "x=1" not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize("size", [1_001, 15_000, 17_000, 5_000_000])
async def test_a_huge_password(site: Site, size: int) -> None:
    """It is wrong, or refused for its size."""
    assert await sign_in(site, "x" * size) in (401, 413)
    assert await sign_in(site, "x", name="y" * size) in (401, 413)


@pytest.mark.parametrize(
    "body",
    [b"", b"name", b"name=ada", b"password=x", b"\xff\xfe", b"name=%ff&password=%00", b"{}", b"&" * 10_000],
)
async def test_a_body_that_is_no_form(site: Site, body: bytes) -> None:
    """It is wrong, and no error of the server."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await site.client.post("/", content=body, headers=headers)
    assert answer.status_code in (400, 401)


async def test_a_name_is_shown_as_text(site: Site) -> None:
    """What somebody typed comes back in the form, and nothing of it runs."""
    name = '"><script>alert(1)</script>'
    answer = await site.client.post("/", data={"name": name, "password": "x"})
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "x" * 5 not in answer.text


async def test_secrets_are_in_no_answer(site: Site) -> None:
    """Neither the right password nor its proof, nor what was typed."""
    await sign_in(site)
    for path in ("/", "/api/demos", "/api/demos/echo", "/schema.json", "/manifest.webmanifest"):
        for accept in ("text/html", "application/json"):
            text = (await site.client.get(path, headers={"Accept": accept})).text
            assert RIGHT not in text
            assert proof_of(RIGHT).hex() not in text
    wrong = await site.client.post("/", data={"name": "ada", "password": "typed by mistake"})
    assert "typed by mistake" not in wrong.text


async def test_an_embedded_page_of_a_stranger(site: Site) -> None:
    """A frame on another site has no form that a click could be led to."""
    answer = await site.client.get("/demos/echo/embed", headers={"Accept": "text/html"})
    assert answer.status_code == 401
    assert "<form" not in answer.text
    page = await site.client.get("/demos/echo", headers={"Accept": "text/html"})
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


def test_more_removed_demos_than_are_remembered(tmp_path: Path) -> None:
    """The gate of the demo that was removed first is forgotten: its address is no secret any longer."""
    names = ["first", "second", "third"]
    store = CatalogStore(snapshot_of(tmp_path, {name: make_demo(name, gate=GATE) for name in names}))
    admission = Admission(store, Limits(removed_demos=2))
    for number in range(1, 4):
        store.swap(snapshot_of(tmp_path, {name: make_demo(name, gate=GATE) for name in names[number:]}))
    assert admission.hidden(Caller()) == {"second", "third"}
