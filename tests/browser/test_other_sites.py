"""Pages of other sites in a real browser: listed ones use the API, others and rebound names do not."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import FLAGS, WAIT_MS, find_chromium
from tests.conftest import Serve, Server
from tests.patience import PATIENCE_S

FILES = {
    "demos/count.yaml": (
        "gradstream: 1\ngenerator: made.count\ninputs:\n  limit: {type: number, default: 2}\n"
        "outputs:\n  number: number\n"
    ),
    "demos/made.py": "def count(limit):\n    yield from range(1, int(limit) + 1)\n",
}

USE = """async (url) => {
    const answer = await fetch(`${url}/api/demos/count/runs`, {
        method: "POST", headers: {"Content-Type": "application/json", "X-Gradstream-Session": "s"}, body: "{}"
    });
    const location = answer.headers.get("Location");
    const events = await (await fetch(`${url}${location}/events`)).text();
    const stopped = await fetch(`${url}${location}`, {method: "DELETE"});
    return [answer.status, events.includes("succeeded"), stopped.status];
}"""
SEND = """async (url) => {
    const run = `${url}/api/demos/count/runs`;
    const json = {"Content-Type": "application/json"};
    const tried = await Promise.allSettled([
        fetch(`${url}/api/demos`),
        fetch(run, {method: "POST", body: "{}"}),
        fetch(run, {method: "POST", body: "{}", headers: json}),
    ]);
    return tried.map((one) => one.status);
}"""
START = "async (url) => (await fetch(`${url}/api/demos/count/runs`, {method: 'POST', body: '{}'})).status"
LISTEN = """(url) => new Promise((resolve) => {
    const socket = new WebSocket(url.replace("http", "ws") + "/api/socket");
    socket.onopen = () => resolve("open");
    socket.onerror = () => resolve("refused");
})"""


class _Empty(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer with an empty page."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Log nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve an empty page of another site, and return its origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Empty)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def listed(serve: Serve, site: str) -> Server:
    """Serve a catalog that lists the other site for its API and for frames, and keeps its files back."""
    catalog = (
        f"gradstream: 1\nsource: hidden\naccess: {{origins: ['{site}']}}\nembed: {{origins: ['{site}']}}\n"
    )
    return serve({**FILES, "gradstream.yaml": catalog})


def test_a_listed_site(page: Page, listed: Server, site: str) -> None:
    """Its page starts a run, reads where it is, follows it, stops it, and opens the WebSocket."""
    page.goto(site)
    assert page.evaluate(USE, listed.url) == [201, True, 204]
    assert page.evaluate(LISTEN, listed.url) == "open"


def test_any_other_site(page: Page, listed: Server, site: str) -> None:
    """Its page reads nothing, and opens nothing."""
    page.goto(site.replace("localhost", "127.0.0.1"))
    assert page.evaluate(SEND, listed.url) == ["rejected", "rejected", "rejected"]
    assert page.evaluate(LISTEN, listed.url) == "refused"


FRAME = """(url) => {
    const frame = document.createElement("iframe");
    frame.src = `${url}/demos/count/embed`;
    document.body.append(frame);
}"""


def test_a_listed_site_shows_a_demo_in_a_frame(page: Page, listed: Server, site: str) -> None:
    """The demo is drawn and runs there."""
    page.goto(site)
    page.evaluate(FRAME, listed.url)
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Run").click()
    expect(frame.get_by_role("region", name="Number")).to_contain_text("2")


def test_any_other_site_shows_none(browser: Browser, listed: Server, site: str) -> None:
    """Its frame stays empty."""
    page = browser.new_page()
    page.goto(site.replace("localhost", "127.0.0.1"))
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.evaluate(FRAME, listed.url)
    assert page.frame_locator("iframe").get_by_role("button", name="Run").count() == 0
    page.close()


def test_a_file_that_is_kept_back(page: Page, listed: Server) -> None:
    """Visitors have no tab for the YAML; the developer has."""
    page.goto(f"{listed.url}/demos/count")
    expect(page.get_by_role("tab")).to_have_text(["API", "Log"])
    page.get_by_role("tab", name="Log").click()
    page.get_by_role("tab", name="Log").press("ArrowLeft")
    expect(page.get_by_role("tab", name="API")).to_have_attribute("aria-selected", "true")
    page.goto(listed.for_developer("/demos/count"))
    expect(page.get_by_role("tab")).to_have_text(["YAML", "API", "Log"])


def test_a_name_that_was_pointed_here(browser: Browser, listed: Server) -> None:
    """A page of evil.test, a name that then is this machine's, is of one origin with it and gets nothing."""
    rule = "--host-resolver-rules=MAP evil.test 127.0.0.1"
    chromium = browser.browser_type.launch(executable_path=find_chromium(), args=[*FLAGS, rule])
    # The page was loaded before its name was pointed here, so it has no policy of this server.
    tab = chromium.new_page(bypass_csp=True)
    tab.set_default_timeout(WAIT_MS)
    url = f"http://evil.test:{urlsplit(listed.url).port}"
    shown = tab.goto(f"{url}/demos/count")
    assert shown is not None
    assert shown.status == 421
    assert tab.evaluate(START, url) == 421
    assert tab.evaluate(LISTEN, url) == "refused"
    chromium.close()
    assert httpx.get(f"{listed.url}/api/demos", timeout=PATIENCE_S).status_code == 200
