"""The page never loses its run: dead lines, sleep, reloads, other tabs, and what the server learns."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import FLAGS, WAIT_MS, find_chromium
from tests.browser.line import Line
from tests.conftest import Server, write_catalog
from tests.patience import PATIENCE_S

WORDS = """
gradstream: 1
title: Words
generator: words.say
limits:
  concurrency: 60
outputs:
  said:
    type: text
    updates: append
"""

FILES = {
    # A page gives up a connection after three of these.
    "gradstream.yaml": "gradstream: 1\ntitle: Lifeline\nserver:\n  heartbeat: 500ms\n",
    "demos/words.yaml": WORDS,
    # Whoever leaves ends it at once, and whoever falls silent does not.
    "demos/leaving.yaml": f"{WORDS}on_disconnect: stop\n",
    "demos/silent.yaml": f"{WORDS}on_lost: 1s\non_disconnect: keep\n",
    "demos/slowly.yaml": WORDS.replace("words.say", "words.say_slowly"),
    "demos/words.py": """
import itertools
import time

def say(pause_s=0.05):
    for number in itertools.count():
        yield f"word{number} "
        time.sleep(pause_s)

def say_slowly():
    yield from say(0.25)
""",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return the server that these tests share."""
    folder = tmp_path_factory.mktemp("lifeline")
    with Server(write_catalog(folder / "catalog", FILES), log=folder / "server.log") as running:
        yield running


@pytest.fixture
def cached(browser: Browser) -> Iterator[Page]:
    """Return a page of a browser that puts pages away whole when they are left."""
    chromium = browser.browser_type.launch(
        executable_path=find_chromium(is_whole=True),
        args=FLAGS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    page = chromium.new_page()
    page.set_default_timeout(WAIT_MS)
    yield page
    chromium.close()


@pytest.fixture(params=["socket", "feed"])
def line(server: Server, request: pytest.FixtureRequest) -> Iterator[Line]:
    """Return a line to the server, once with WebSockets and once without."""
    with Line(server.url, refuses_sockets=request.param == "feed") as line:
        yield line


def start(page: Page, url: str, demo: str = "words") -> str:
    """Open a demo, run it, and return the run's id when it has begun to speak."""
    page.goto(f"{url}/demos/{demo}")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.get_by_role("button", name="Run").click()
    expect(said(page)).to_contain_text("word3")
    run: str = answer.value.json()["run"]
    return run


def said(page: Page) -> Any:
    """Return the output."""
    return page.get_by_role("region", name="Said")


def words_of(server: Server, run: str) -> list[str]:
    """Return the words that a run has said."""
    text: str = state(server, run)["outputs"]["said"]
    return text.split()


def words(page: Page) -> list[str]:
    """Return the words that the page shows, of which the last may be cut."""
    return [word for word in said(page).inner_text().split() if word.startswith("word") and word != "words"]


def assert_whole(page: Page) -> None:
    """Assert that no word is missing or twice."""
    shown = words(page)
    assert shown == [f"word{number}" for number in range(len(shown))]


def state(server: Server, run: str) -> dict[str, Any]:
    """Return a run's state as the server has it."""
    found: dict[str, Any] = httpx.get(f"{server.url}/api/runs/{run}", timeout=PATIENCE_S).json()
    return found


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait for something that the server comes to by itself."""
    give_up_at = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < give_up_at
        time.sleep(0.02)  # its state is asked for, and a request has no event to wait for


def further(server: Server, run: str, words: int) -> Callable[[], bool]:
    """Return whether a run has said so many more words than now."""
    enough = state(server, run)["seq"] + words
    return lambda: state(server, run)["seq"] >= enough


def stop(server: Server, run: str) -> None:
    """Stop a run."""
    httpx.delete(f"{server.url}/api/runs/{run}", timeout=PATIENCE_S).raise_for_status()


def test_a_line_that_stands_still(page: Page, server: Server, line: Line) -> None:
    """A connection that dies without being closed is given up for another, and nothing is lost or twice."""
    run = start(page, line.url)
    line.freeze()
    latest = words(page)[-2]
    wait_for(further(server, run, 10))
    expect(said(page)).to_contain_text(f"word{int(latest.removeprefix('word')) + 60}")
    stop(server, run)
    expect(said(page)).to_contain_text("stopped")
    assert_whole(page)


@pytest.mark.parametrize("moment", ["online", "resume", "visibilitychange"])
def test_a_page_that_wakes(page: Page, wire: Server, moment: str) -> None:
    """The network or the visitor is back: another connection is opened long before silence is noticed."""
    with page.expect_websocket():
        page.goto(wire.url)
    with page.expect_websocket():
        page.evaluate(
            """moment => setInterval(
                () => (moment === "online" ? window : document).dispatchEvent(new Event(moment)), 200)""",
            moment,
        )


def test_a_browser_that_sleeps(page: Page, server: Server) -> None:
    """A closed lid, as long as ten signs of life, ends no run: on waking the page has all of it."""
    run = start(page, server.url, "leaving")
    with asleep():
        wait_for(further(server, run, 100))
    expect(said(page)).to_contain_text("word120")
    assert state(server, run)["status"] == "running"
    stop(server, run)
    expect(said(page)).to_contain_text("stopped")
    assert_whole(page)


def test_a_browser_that_sleeps_too_long(page: Page, server: Server) -> None:
    """After `on_lost` its run is ended, though the connection stands, and though leaving would keep it."""
    run = start(page, server.url, "silent")
    with asleep():
        wait_for(lambda: bool(state(server, run)["by"] == "left"))
    expect(said(page)).to_contain_text("nobody was watching")
    assert_whole(page)


@contextmanager
def asleep() -> Iterator[None]:
    """Stop all processes of the browser that these tests have started, and let them go on."""
    own = psutil.Process().children(recursive=True)
    browser = [process for process in own if "chrom" in process.name()]
    assert browser != []
    for process in browser:
        process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for process in browser:
            process.send_signal(signal.SIGCONT)


def test_a_page_that_is_closed_has_left(page: Page, server: Server, line: Line) -> None:
    """The server learns at once that nobody waits for the run."""
    tab = page.context.new_page()
    run = start(tab, line.url, "leaving")
    tab.close()
    wait_for(lambda: state(server, run)["by"] == "left")


def test_a_tab_that_crashes_is_lost(page: Page, server: Server, line: Line) -> None:
    """It did not say that it leaves: its run goes on, and another tab shows all of it."""
    before = renderers()
    tab = page.context.new_page()
    run = start(tab, line.url, "leaving")
    with tab.expect_event("crash"):
        for process in renderers() - before:
            process.kill()
    wait_for(further(server, run, 100))
    assert state(server, run)["status"] == "running"
    page.goto(f"{line.url}/demos/leaving#run={run}")
    expect(said(page)).to_contain_text("word100")
    stop(server, run)
    expect(said(page)).to_contain_text("stopped")
    assert_whole(page)


def renderers() -> set[psutil.Process]:
    """Return the processes that draw the pages of the browsers that these tests have started."""
    return {process for process in psutil.Process().children(recursive=True) if draws(process)}


def draws(process: psutil.Process) -> bool:
    """Return whether this process draws pages; one that has just ended does not."""
    try:
        return "--type=renderer" in process.cmdline()
    except psutil.NoSuchProcess:
        return False


def test_ten_reloads(page: Page, server: Server, line: Line) -> None:
    """Each finds the run again, from its first word on."""
    run = start(page, line.url)
    for _ in range(10):
        page.reload()
        expect(said(page)).to_contain_text("word3")
    assert page.url.endswith(f"#run={run}")
    assert state(server, run)["status"] == "running"
    stop(server, run)
    expect(said(page)).to_contain_text("stopped")
    assert_whole(page)


def test_a_link_to_a_run(page: Page, browser: Browser, server: Server) -> None:
    """Another tab, a browser opened again and a friend see the same run, and any of them can stop it."""
    first = page.context.new_page()
    run = start(first, server.url)
    page.goto(first.url)
    expect(said(page)).to_contain_text("resumed")
    friends = browser.new_context()
    friend = friends.new_page()
    friend.goto(first.url)
    expect(said(friend)).to_contain_text("word5")
    first.close()
    friend.get_by_role("button", name="Stop").click()
    expect(said(page)).to_contain_text("stopped")
    assert words(page) == words(friend)
    assert state(server, run)["by"] == "visitor"
    friends.close()


def test_going_back_and_forward(page: Page, server: Server) -> None:
    """What the address names is what is shown: another run, and the first one again."""
    first = start(page, server.url)
    stop(server, first)
    expect(said(page)).to_contain_text("stopped")
    spoken = words(page)
    second = httpx.post(f"{server.url}/api/demos/words/runs", json={}, timeout=PATIENCE_S).json()["run"]
    page.evaluate("run => { location.hash = `run=${run}` }", second)
    expect(said(page)).to_contain_text(f"word{len(spoken) + 3}")
    page.go_back()
    expect(said(page)).to_contain_text("stopped")
    assert words(page) == spoken
    page.go_forward()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    page.get_by_role("link", name="Lifeline").first.click()
    expect(page.get_by_role("link", name="Words").first).to_be_visible()
    page.go_back()
    expect(said(page)).to_contain_text("resumed")
    stop(server, second)


def test_the_back_forward_cache(server: Server, cached: Page) -> None:
    """A page that was put away as it was goes on from there when it is shown again."""
    run = start(cached, server.url)
    cached.evaluate("addEventListener('pageshow', ({persisted}) => { window.wasCached = persisted })")
    cached.goto(f"{server.url}/demos/leaving")
    wait_for(further(server, run, 5))
    latest = int(words_of(server, run)[-2].removeprefix("word"))
    cached.evaluate("history.back()")
    expect(said(cached)).to_contain_text(f"word{latest + 5}")
    cached.wait_for_function("() => window.wasCached")
    stop(server, run)
    expect(said(cached)).to_contain_text("stopped")
    assert_whole(cached)


def test_a_run_that_is_forgotten(page: Page, server: Server) -> None:
    """A link to a run that the server does not have says so, until another one is started."""
    page.goto(f"{server.url}/demos/words#run=0123456789abcdef")
    note = page.get_by_text("does not have the run in this address any more")
    expect(note).to_be_visible()
    page.get_by_role("button", name="Run").click()
    expect(said(page)).to_contain_text("word3")
    expect(note).to_have_count(0)
    assert "0123456789abcdef" not in page.url
    other = httpx.post(f"{server.url}/api/demos/leaving/runs", json={}, timeout=PATIENCE_S).json()["run"]
    page.goto(f"{server.url}/demos/words#run={other}")
    expect(page.get_by_text("not one of this demo")).to_be_visible()


def test_a_stop_that_was_pressed_offline(page: Page, server: Server, line: Line) -> None:
    """It is sent when the browser has its network back."""
    run = start(page, line.url)
    page.context.set_offline(True)
    page.get_by_role("button", name="Stop").click()
    expect(said(page)).to_contain_text("stop not sent yet")
    assert state(server, run)["status"] == "running"
    page.context.set_offline(False)
    expect(said(page)).to_contain_text("stopped")
    assert state(server, run)["by"] == "visitor"


def test_nine_tabs_without_websockets(page: Page, server: Server) -> None:
    """One feed serves all, where a browser opens six connections; another tab takes over as they go."""
    with Line(server.url, refuses_sockets=True) as line:
        tabs = [page, *(page.context.new_page() for _ in range(8))]
        for tab in tabs:
            # Nine pages that are all drawn, without a graphics card.
            tab.emulate_media(reduced_motion="reduce")
        runs = [start(tab, line.url, "slowly") for tab in tabs]
        go_on(tabs)
        frozen, closed, *rest = tabs
        frozen.context.new_cdp_session(frozen).send("Page.setWebLifecycleState", {"state": "frozen"})
        go_on(rest)
        closed.close()
        go_on(rest)
        for tab, run in zip(rest, runs[2:], strict=True):
            stop(server, run)
            expect(said(tab)).to_contain_text("stopped")
            assert_whole(tab)
        wait_for(lambda: bool(state(server, runs[0])["status"] == "running"))
        stop(server, runs[0])


def go_on(tabs: list[Page]) -> None:
    """Wait until each of these tabs has heard more than it has now."""
    next_words = [f"word{len(words(tab)) + 3}" for tab in tabs]
    for tab, word in zip(tabs, next_words, strict=True):
        expect(said(tab)).to_contain_text(word)
