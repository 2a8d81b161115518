"""Nothing of a guarded demo is given to who may not see it, by any route."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from litestar.routes import HTTPRoute
from msgspec import json
from msgspec.structs import replace
from websockets.exceptions import InvalidStatus

from gradstream.catalog.types import BrokenDemo
from gradstream.format.gate import CLOSED, OPEN, Gate, proof_of
from gradstream.format.types import Demo, Input
from gradstream.server.app import create_litestar
from tests.unit.played_engine import make_demo
from tests.unit.server.site import Reader, Site, next_frame, serving

PASSWORD, OF_BOB, OF_EVE = "correct horse battery", "bob's own password", "eve's own password"
OF_PROGRAMS = "0123456789abcdef"
GATE = Gate(users={"ada": proof_of(PASSWORD), "bob": proof_of(OF_BOB)}, token=proof_of(OF_PROGRAMS))
OTHERS = Gate(users={"eve": proof_of(OF_EVE)})
BEARER = {"Authorization": f"Bearer {OF_PROGRAMS}"}

TITLE = "Confidential"

FOR_ALL = {
    "/health/live",
    "/health/ready",
    "/assets/{path}",
    "/theme/{part}",
    "/frame",
    "/frame/{library}",
    "/sign-out",
}
"""What everybody is answered: the same for all, and nothing of a demo."""

WITHIN = {"/api/feed", "/api/leave", "/api/uploads", "/api/socket"}
"""What says nothing by itself: who may open anything may ask, and each run in it is asked for."""


def demos(gate: Gate | None = GATE) -> dict[str, Demo]:
    """Return an open demo, and one with this gate that is told by its title."""
    paper = Input(name="paper", kind="file", label="Paper")
    open_ = make_demo(inputs=(paper,))
    action = replace(open_.actions[0], inputs=("paper",))
    open_ = replace(open_, actions=(action,))
    guarded = make_demo("secret", title=TITLE, gate=gate, description=TITLE, source=f"# {TITLE}\n")
    return {"echo": open_, "secret": replace(guarded, inputs=(paper,), actions=(action,))}


@pytest.fixture
async def half(tmp_path: Path) -> AsyncIterator[Site]:
    """Return an open catalog with a guarded demo, as a stranger sees it."""
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "index.html").write_text("<!--gradstream:head--><!--gradstream:data-->")
    async with serving(tmp_path, demos=demos(), page=tmp_path / "page", developer=False) as site:
        yield site


@pytest.fixture
async def whole(tmp_path: Path) -> AsyncIterator[Site]:
    """Return a guarded catalog, as a stranger sees it."""
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "index.html").write_text("<!--gradstream:head--><!--gradstream:data-->")
    async with serving(
        tmp_path, demos=demos(None), page=tmp_path / "page", gate=GATE, developer=False
    ) as site:
        yield site


def routes(site: Site) -> Iterator[tuple[str, str]]:
    """Yield method and path of everything that is served over HTTP."""
    for route in create_litestar(site.services).routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in sorted(handler.http_methods - {"OPTIONS"}):
                    yield method, route.path_format


def filled(path: str, run: str, demo: str = "secret") -> str:
    """Return a path with a demo, a run and whatever else it takes."""
    return re.sub(r"\{(\w+)\}", lambda name: {"run": run, "demo": demo}.get(name[1], "x"), path)


async def start(site: Site, demo: str = "secret") -> str:
    """Start a run of the guarded demo, and return its id."""
    answer = await site.client.post(f"/api/demos/{demo}/runs", json={}, headers=BEARER)
    assert answer.status_code == 201, answer.text
    run: str = answer.json()["run"]
    return run


async def sign_in(site: Site, *, demo: str = "secret", name: str = "ada", password: str = PASSWORD) -> int:
    """Sign in by the form of a demo's page; return the status."""
    path = f"/demos/{demo}" if demo else "/"
    answer = await site.client.post(path, data={"name": name, "password": password})
    return answer.status_code


async def test_every_route_of_a_guarded_demo(half: Site) -> None:
    """Each that names the demo or one of its runs is 401, and none of the others tells of it.

    A form that a browser sends leads back to the page, which is 401.
    """
    run = await start(half)
    for method, path in routes(half):
        for accept in ("application/json", "text/html"):
            answer = await half.client.request(method, filled(path, run), headers={"Accept": accept})
            assert TITLE not in answer.text, (method, path)
            assert "secret" not in answer.text.replace("/secret", ""), (method, path)
            if ("{demo}" in path or "{run}" in path) and path not in FOR_ALL:
                is_form = (method, accept) == ("POST", "text/html") and not path.startswith("/api")
                assert answer.status_code == (303 if is_form else 401), (method, path)
                assert "no-store" in answer.headers["cache-control"]


async def test_every_route_of_a_guarded_catalog(whole: Site) -> None:
    """All of it is 401 but what is the same for all, unknown demos and the feeds as well."""
    run = await start(whole)
    for method, path in routes(whole):
        answer = await whole.client.request(method, filled(path, run))
        assert TITLE not in answer.text, (method, path)
        if path not in FOR_ALL:
            assert answer.status_code == 401, (method, path, answer.status_code)
        unknown = await whole.client.request(method, filled(path, "0" * 22, "nothing"))
        if "{demo}" in path:
            assert unknown.status_code == 401, (method, path)
    with pytest.raises(InvalidStatus):
        async with whole.connect():
            pass


async def test_what_a_stranger_is_told(half: Site) -> None:
    """A program reads what to do, a browser gets a form; neither is kept anywhere."""
    answer = await half.client.get("/api/demos/secret")
    assert answer.headers["www-authenticate"] == 'Bearer realm="gradstream"'
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:gradstream:problem:sign-in",
        "title": "Sign in first",
        "status": 401,
        "detail": "To be let in, send the token with each request, in the header "
        "`Authorization: Bearer TOKEN`; or sign in on the page, in a browser",
    }
    page = await half.client.get("/demos/secret", headers={"Accept": "text/html", "Accept-Language": "de-CH"})
    assert page.status_code == 401
    assert '<html lang="de"' in page.text
    assert 'autocomplete="current-password"' in page.text
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    asked = {"Accept": "text/html"}
    form = {"name": "<b>ada", "password": "guessed"}
    refused = await half.client.post("/demos/secret?x=1", data=form, headers=asked)
    assert (refused.status_code, refused.headers["location"]) == (303, "/demos/secret?x=1")
    assert "guessed" not in refused.headers["set-cookie"]
    told = await half.client.get("/demos/secret", headers=asked)
    assert (told.status_code, "is wrong" in told.text, 'value="&lt;b&gt;ada"' in told.text) == (
        401,
        True,
        True,
    )
    again = await half.client.get("/demos/secret", headers=asked)
    assert "is wrong" not in again.text
    framed = await half.client.get("/demos/secret/embed", headers={"Accept": "text/html"})
    assert "<form" not in framed.text
    assert 'target="_blank"' in framed.text


async def test_a_token_opens(half: Site) -> None:
    """A program sends it with each request; a wrong one is told, and cookies and names do not matter."""
    run = await start(half)
    for path in ("/api/demos/secret", f"/api/runs/{run}", "/demos/secret"):
        answer = await half.client.get(path, headers=BEARER)
        assert answer.status_code in (200, 503), path
        assert "no-store" in answer.headers["cache-control"]
    listed = await half.client.get("/api/demos", headers=BEARER)
    assert [one["address"] for one in listed.json()["demos"]] == ["secret", "echo"]
    wrong = await half.client.get("/api/demos/secret", headers={"Authorization": "Bearer wrong"})
    assert wrong.status_code == 401
    assert 'error="invalid_token"' in wrong.headers["www-authenticate"]
    assert "not the right one" in wrong.json()["detail"]
    basic = await half.client.get("/api/demos/secret", headers={"Authorization": "Basic YWRhOng="})
    assert basic.status_code == 401


async def test_signing_in_and_out(half: Site) -> None:
    """The form leads back to where it was; then functions know who asks, until the end."""
    answer = await half.client.post("/demos/secret?x=1", data={"name": " ada ", "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/demos/secret?x=1")
    cookie = answer.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=60"))
    assert "Secure" not in cookie
    page = await half.client.get("/demos/secret", headers={"Accept": "text/html"})
    assert '"user":"ada"' in page.text
    assert TITLE in page.text
    run = (await half.client.post("/api/demos/secret/runs", json={})).json()["run"]
    assert half.slot.order.session["user"] == "ada"
    assert (await half.client.get(f"/api/runs/{run}")).status_code == 200
    out = await half.client.post("/sign-out")
    assert (out.status_code, out.headers["location"]) == (303, "/")
    assert "Max-Age=0" in out.headers["set-cookie"]
    half.client.cookies.set("gradstream_user_0", cookie.partition("=")[2].partition(";")[0])
    assert (await half.client.get(f"/api/runs/{run}")).status_code == 401


async def test_one_user_s_files_and_states_are_not_another_s(half: Site) -> None:
    """Two users of one tab, which keeps its session, own different things."""
    session = {"X-Gradstream-Session": "one tab"}
    await sign_in(half)
    sent = await half.client.post("/api/uploads", files={"file": ("a.txt", b"x")}, headers=session)
    file = sent.json()["file"]
    body = {"inputs": {"paper": {"file": file}}}
    own = await half.client.post("/api/demos/secret/runs", json=body, headers=session)
    await sign_in(half, name="bob", password=OF_BOB)
    other = await half.client.post("/api/demos/secret/runs", json=body, headers=session)
    assert (own.status_code, other.status_code) == (201, 422)


async def test_who_opens_one_demo_does_not_open_another(tmp_path: Path) -> None:
    """A demo's own users take the place of the catalog's, in both directions."""
    both = {
        "echo": make_demo(),
        "secret": make_demo("secret", gate=OTHERS),
        "all": make_demo("all", gate=OPEN),
    }
    async with serving(tmp_path, demos=both, gate=GATE, developer=False) as site:
        assert (await site.client.get("/api/demos/all")).status_code == 200
        assert await sign_in(site, demo="") == 303
        assert [(await site.client.get(f"/api/demos/{name}")).status_code for name in both] == [200, 401, 200]
        listed = (await site.client.get("/api/demos")).json()
        assert [one["address"] for one in listed["demos"]] == ["all", "echo"]
        assert await sign_in(site, name="eve", password=OF_EVE) == 303
        assert [(await site.client.get(f"/api/demos/{name}")).status_code for name in both] == [401, 200, 200]
        assert (await site.client.get("/api/demos")).status_code == 401


async def test_a_feed_ends_when_its_reader_is_shut_out(half: Site) -> None:
    """Signing out ends what was opened before; a removed user and another password do the same."""
    run = await start(half)
    for shut_out in ("sign out", "removed", "another password"):
        assert await sign_in(half) == 303
        async with half.client.stream("GET", f"/api/runs/{run}/events") as answer:
            reader = Reader(answer)
            assert (await reader.next())["event"] in ("queued", "running", "starting")
            await _shut_out(half, shut_out)
            assert await reader.rest() == []
        _with_gate(half, GATE)


async def test_a_socket_is_closed_when_its_page_is_signed_out(half: Site) -> None:
    """Its page loads anew; one that was never signed in goes on, and reads nothing of guarded runs."""
    run = await start(half)
    await sign_in(half)
    cookie = "; ".join(f"{name}={value}" for name, value in half.client.cookies.items())
    async with half.connect(Cookie=cookie) as signed_in, half.connect() as stranger:
        for socket in (signed_in, stranger):
            await socket.send(json.encode({"subscribe": {"run": run}}).decode())
        assert (await next_frame(stranger)) == [{"run": run, "type": "gone"}]
        assert (await next_frame(signed_in))[0]["type"] != "gone"
        await half.client.post("/sign-out")
        await signed_in.wait_closed()
        assert signed_in.close_code == 4401
        await stranger.send('{"alive": true}')
        assert stranger.close_code is None


async def test_changes_of_guarded_demos_are_not_told(half: Site) -> None:
    """Not their names, not that they changed, and not that they are gone."""
    version = half.store.snapshot.version
    snapshot = half.store.snapshot
    changed = {**snapshot.demos, "secret": replace(snapshot.demos["secret"], revision="2")}
    half.store.swap(replace(snapshot, demos=changed))
    half.store.swap(replace(half.store.snapshot, demos={"echo": snapshot.demos["echo"]}))
    answer = await half.client.get(f"/api/feed?catalog={version}&wait=0")
    assert "secret" not in answer.text
    assert '"version"' in answer.text


async def test_a_value_of_a_guarded_run_is_no_file_for_another_demo(half: Site) -> None:
    """Who knows a run and a digest gets nothing of it by way of a demo that is open."""
    run = await start(half)
    half.slot.sink.blob("abc", "text/plain", b"words")
    body = {"inputs": {"paper": {"file": f"{run}/abc"}}}
    stranger = await half.client.post("/api/demos/echo/runs", json=body)
    known = await half.client.post("/api/demos/echo/runs", json=body, headers=BEARER)
    assert (stranger.status_code, known.status_code) == (422, 201)


async def test_a_closed_demo_lets_nobody_in(tmp_path: Path) -> None:
    """Where the file says wrongly who is let in, neither a user nor a token is."""
    async with serving(tmp_path, demos=demos(CLOSED), gate=GATE, developer=True) as site:
        assert (await site.client.get("/api/demos/secret", headers=BEARER)).status_code == 401
        assert await sign_in(site) == 401
        answer = await site.client.get("/demos/secret", headers={"Accept": "text/html"})
        assert "<form" not in answer.text
        detail = (await site.client.get("/api/demos/secret")).json()["detail"]
        assert "`gradstream check`" in detail


async def test_a_broken_demo_is_guarded(tmp_path: Path) -> None:
    """Its source and its mistakes are for who may open it."""
    broken = BrokenDemo(
        address="secret",
        file="secret.yaml",
        title=TITLE,
        source=TITLE,
        revision="1",
        gate=GATE,
        diagnostics=(),
    )
    async with serving(tmp_path, broken={"secret": broken}, developer=False) as site:
        assert (await site.client.get("/api/demos/secret")).status_code == 401
        assert TITLE not in (await site.client.get("/api/demos")).text
        assert TITLE in (await site.client.get("/api/demos/secret", headers=BEARER)).text


async def test_over_https_and_below_a_path(tmp_path: Path) -> None:
    """The cookie is for this path and for https alone, and the form leads back below the path."""
    async with serving(tmp_path, demos=demos(), root_path="/lab", proxies=("127.0.0.1",)) as site:
        answer = await site.client.post(
            "/demos/secret",
            data={"name": "ada", "password": PASSWORD},
            headers={"X-Forwarded-Proto": "https"},
        )
        assert answer.headers["location"] == "/lab/demos/secret"
        assert answer.headers["set-cookie"].endswith("; Secure")
        assert "Path=/lab;" in answer.headers["set-cookie"]


def _with_gate(site: Site, gate: Gate) -> None:
    snapshot = site.store.snapshot
    secret = replace(snapshot.demos["secret"], gate=gate)
    site.store.swap(replace(snapshot, demos={**snapshot.demos, "secret": secret}))


async def _shut_out(site: Site, how: str) -> None:
    if how == "sign out":
        await site.client.post("/sign-out")
        return
    users = {"bob": GATE.users["bob"]}
    users |= {} if how == "removed" else {"ada": proof_of("a new password")}
    _with_gate(site, replace(GATE, users=users))
