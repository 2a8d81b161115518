"""Sound and video in a real browser: a stream plays as it grows, without a gap, as it was yielded."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.conftest import ROOT, Serve, Server
from tests.patience import PATIENCE_S

FILES = {
    "demos/tones.yaml": """
gradstream: 1
title: Tones
generator: made.tones
inputs:
  seconds:
    type: number
    integer: true
    default: 3
outputs:
  heard: audio
""",
    "demos/stalls.yaml": """
gradstream: 1
title: Stalls
generator: made.stalls
outputs:
  heard: audio
""",
    "demos/pair.yaml": """
gradstream: 1
title: Pair
generator: made.pair
outputs:
  heard:
    type: audio
    autoplay: true
  seen:
    type: video
    fps: 12
    autoplay: true
limits:
  concurrency: 4
""",
    "demos/clips.yaml": """
gradstream: 1
title: Clips
generator: made.clips
outputs:
  seen: video
""",
    "demos/made.py": """
import itertools
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

RATE_HZ = 44100
GO = Path(__file__).parent / "go"

def second(number, length_s=1.0):
    at = np.arange(int(number * RATE_HZ), int((number + length_s) * RATE_HZ)) / RATE_HZ
    return RATE_HZ, np.round(16000 * np.sin(2 * np.pi * 441 * at)).astype(np.int16)

def tones(seconds):
    for number in range(seconds):
        yield second(number)

def stalls():
    yield second(0, 2.0)
    while not GO.exists():
        time.sleep(0.01)
    yield second(2, 2.0)

def pair():
    for number in itertools.count():
        pictures = np.full((6, 48, 64, 3), number % 256, np.uint8)
        yield second(number / 2, 0.5), pictures
        time.sleep(0.5)  # as fast as it is heard

def clips():
    with tempfile.TemporaryDirectory() as folder:
        clip = f"{folder}/clip.mp4"
        pictures = "testsrc2=size=128x72:rate=50:duration=1"
        subprocess.run(
            ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", pictures, "-pix_fmt", "yuv420p", clip], check=True
        )
        for _ in range(10):
            yield clip
""",
}
HLS_SCRIPT = ROOT / "web" / "node_modules" / "hls.js" / "dist" / "hls.min.js"

OTHER = re.compile(r"^http://[^/]+/(other\?|hls\.min\.js$)")
"""What the test answers in the server's place."""

HLS_PAGE = """<!doctype html><title>Another player</title><video muted></video>
<script src="hls.min.js"></script>
<script>
const hls = new Hls();
window.fatal = null;
hls.on(Hls.Events.ERROR, (_, error) => { if (error.fatal) window.fatal = error.details; });
hls.loadSource(new URLSearchParams(location.search).get("playlist"));
hls.attachMedia(document.querySelector("video"));
document.querySelector("video").play();
</script>"""

# What is heard has one piece from its beginning, if nothing was jumped over.
PLAYED = """player => ({
  ended: player.ended, duration: player.duration,
  played: [...Array(player.played.length).keys()].map((n) => [player.played.start(n), player.played.end(n)]),
})"""

# Decodes a file as the page's own decoder does, and compares each sample with the sine that was yielded.
DECODE = """async ([address, rate, samples, first]) => {
  const data = await (await fetch(address)).arrayBuffer();
  const sound = await new OfflineAudioContext(1, 1, rate).decodeAudioData(data);
  const found = sound.getChannelData(0);
  let worst = 0;
  for (let n = first; n < Math.min(found.length, samples); n++) {
    const yielded = Math.round(16000 * Math.sin((2 * Math.PI * 441 * n) / rate)) / 32768;
    worst = Math.max(worst, Math.abs(found[n] - yielded));
  }
  return { samples: sound.length, rate: sound.sampleRate, worst };
}"""
RATE_HZ = 44_100
TICK_S = 2e-6
"""The browser counts microseconds, and rounds twice."""


@pytest.fixture
def served(serve: Serve) -> Server:
    """Serve the demos of this file."""
    return serve(FILES)


def press_run(page: Page, server: Server, demo: str) -> None:
    """Open a demo's page and press Run."""
    page.goto(f"{server.url}/demos/{demo}")
    page.get_by_role("button", name="Run").click()


def wait_for(page: Page, condition: str, *, kind: str = "audio") -> None:
    """Wait until something is true of the page's player, named `player`."""
    page.wait_for_function(
        f"() => {{ const player = document.querySelector('{kind}'); return player && ({condition}); }}"
    )


def let_go(server: Server) -> None:
    """Let the generator of a stalled run go on."""
    (server.folder / "demos" / "go").touch()


def begin(server: Server, demo: str, *accept: str, **inputs: object) -> str:
    """Start a run through the API; return the address of its stream's folder, in which there is a segment."""
    body = {"inputs": inputs, "accept": accept}
    with httpx.Client(base_url=server.url, cookies=server.developer, timeout=PATIENCE_S) as client:
        run = client.post(f"/api/demos/{demo}/runs", json=body).raise_for_status().json()["run"]
        with client.stream("GET", f"/api/runs/{run}/events") as feed:
            assert "event: segment" in feed.iter_lines()
    output = "seen" if demo == "clips" else "heard"
    return f"{server.url}/api/runs/{run}/outputs/{output}"


def test_a_stream_plays_by_itself_to_its_exact_end(page: Page, served: Server) -> None:
    """Run is all that has to be pressed; three seconds of yields are three seconds, heard without a gap."""
    press_run(page, served, "tones")
    wait_for(page, "player.currentTime > 0")
    wait_for(page, "player.ended")
    found = page.locator("audio").evaluate(PLAYED)
    assert found["duration"] == pytest.approx(3, abs=TICK_S)
    assert found["played"] == [[0, pytest.approx(3, abs=TICK_S)]]


def test_a_generator_that_pauses_costs_no_sound(page: Page, served: Server) -> None:
    """The player stands at the end of what is there, says so, goes on by itself, and has heard all of it."""
    press_run(page, served, "stalls")
    wait_for(page, "player.currentTime > 1.5 && player.readyState < HTMLMediaElement.HAVE_FUTURE_DATA")
    waiting = page.get_by_text("Waiting for more")
    expect(waiting).to_be_visible()
    let_go(served)
    expect(waiting).to_be_hidden()
    wait_for(page, "player.ended")
    found = page.locator("audio").evaluate(PLAYED)
    assert found["duration"] == pytest.approx(4, abs=TICK_S)
    assert found["played"] == [[0, pytest.approx(4, abs=TICK_S)]]


def test_a_page_that_is_given_no_frames_plays_to_the_end(page: Page, served: Server) -> None:
    """A tab that is hidden after Run was pressed draws nothing, and is heard to its exact end."""
    press_run(page, served, "stalls")
    wait_for(page, "player.currentTime > 0")
    page.evaluate("window.requestAnimationFrame = () => 0")
    let_go(served)
    page.wait_for_function("() => document.querySelector('audio').ended", polling=50)
    found = page.locator("audio").evaluate(PLAYED)
    assert found["played"] == [[0, pytest.approx(4, abs=TICK_S)]]


def test_a_page_that_is_reloaded_hears_the_rest(page: Page, served: Server) -> None:
    """Reloading in mid-stream attaches to the run again; pressed, the stream plays to its exact end."""
    press_run(page, served, "stalls")
    wait_for(page, "player.currentTime > 0.5")
    page.reload()
    wait_for(page, "player.buffered.length === 1")
    let_go(served)
    expect(page.get_by_role("button", name="Run")).to_be_visible()
    wait_for(page, f"Math.abs(player.duration - 4) <= {TICK_S}")
    page.get_by_role("button", name="Play", exact=True).click()
    wait_for(page, "player.ended")


def test_four_tabs_with_two_streams_each_play_at_once_and_stop(browser: Browser, served: Server) -> None:
    """No tab takes another's connections: all eight streams play, and each tab's Stop is heard."""
    with browser.new_context() as context:
        tabs = [context.new_page() for _ in range(4)]
        for tab in tabs:
            press_run(tab, served, "pair")
        for tab in tabs:
            wait_for(tab, "player.currentTime > 0.2", kind="audio")
            wait_for(tab, "player.currentTime > 0.2", kind="video")
        for tab in tabs:
            tab.get_by_role("button", name="Stop").click()
            expect(tab.get_by_role("region", name="Heard")).to_contain_text("stopped")
            expect(tab.get_by_role("button", name="Run")).to_be_enabled()


def test_all_frames_of_all_clips_are_shown(page: Page, served: Server) -> None:
    """Ten clips of 50 frames are 500 frames to the browser, which jumped over none."""
    press_run(page, served, "clips")
    wait_for(page, "player.ended", kind="video")
    found = page.locator("video").evaluate(PLAYED)
    assert found["duration"] == pytest.approx(10, abs=TICK_S)
    assert found["played"] == [[0, pytest.approx(10, abs=TICK_S)]]
    quality = page.locator("video").evaluate(
        "player => { const { totalVideoFrames, corruptedVideoFrames } = player.getVideoPlaybackQuality();"
        " return [totalVideoFrames, corruptedVideoFrames]; }"
    )
    assert quality == [500, 0]


def test_the_frames_of_a_fetched_stream_have_equal_gaps(served: Server, tmp_path: Path) -> None:
    """The same 500 frames over HTTP follow one another every fiftieth of a second, across all joints."""
    film = tmp_path / "film.mp4"
    film.write_bytes(
        httpx.get(f"{begin(served, 'clips')}/stream.mp4", timeout=PATIENCE_S).raise_for_status().content
    )
    command = [
        "ffprobe",
        "-v",
        "error",
        "-select_streams",
        "v",
        "-show_entries",
        "packet=pts_time",
        "-of",
        "json",
    ]
    probe = subprocess.run([*command, str(film)], capture_output=True, check=True)
    assert probe.stderr == b""
    moments = sorted(float(packet["pts_time"]) for packet in json.loads(probe.stdout)["packets"])
    assert moments == pytest.approx([number / 50 for number in range(500)], abs=TICK_S)


@pytest.mark.parametrize(("codec", "first", "error"), [("flac", 0, 1 / 32768), ("aac", 1024, 0.025)])
def test_the_browsers_decoder_finds_every_sample(
    page: Page, served: Server, codec: str, first: int, error: float
) -> None:
    """Twenty one-second chunks are twenty seconds to the sample, each in its place.

    AAC is compared from its second frame on, as its encoder has its difficulties with a sine that sets in
    at once, and within less than what one sample more or less at a joint would make: 0.03.
    """
    folder = begin(served, "tones", codec, seconds=20)
    page.goto(f"{served.url}/demos/tones")
    found = page.evaluate(DECODE, [f"{folder}/stream.mp4", RATE_HZ, 20 * RATE_HZ, first])
    assert (found["samples"], found["rate"]) == (20 * RATE_HZ, RATE_HZ)
    assert found["worst"] <= error


def other_player(page: Page, server: Server, folder: str) -> None:
    """Open a page that plays a playlist with hls.js, from the server's own origin."""

    def answer(route: Route) -> None:
        if route.request.url.endswith(HLS_SCRIPT.name):
            route.fulfill(path=HLS_SCRIPT, content_type="text/javascript")
        else:
            route.fulfill(body=HLS_PAGE, content_type="text/html")

    page.route(OTHER, answer)
    page.goto(f"{server.url}/other?playlist={folder}/index.m3u8")


@pytest.fixture
def second_page(browser: Browser) -> Iterator[Page]:
    """Open another tab, whose errors are its player's own affair."""
    with browser.new_context() as context:
        yield context.new_page()


@pytest.mark.parametrize("codec", ["aac", "flac"])
def test_hls_js_plays_a_run_that_goes_on_and_one_that_is_over(
    page: Page, second_page: Page, served: Server, codec: str
) -> None:
    """A playlist is played as it grows, and to its end when it has one; so is the finished one."""
    folder = begin(served, "stalls", codec)
    other_player(page, served, folder)
    wait_for(page, "player.currentTime > 0.5", kind="video")
    assert "#EXT-X-ENDLIST" not in httpx.get(f"{folder}/index.m3u8", timeout=PATIENCE_S).text
    let_go(served)
    wait_for(page, "player.ended", kind="video")
    assert "#EXT-X-ENDLIST" in httpx.get(f"{folder}/index.m3u8", timeout=PATIENCE_S).text
    other_player(second_page, served, folder)
    wait_for(second_page, "player.ended", kind="video")
    for tab in (page, second_page):
        wait_for(tab, "Math.abs(player.duration - 4) <= 0.03", kind="video")
        assert tab.evaluate("window.fatal") is None


def test_a_finished_stream_is_sought_by_keyboard(page: Page, served: Server) -> None:
    """The place is a slider with a name and a spoken time; keys move it through all of a finished stream."""
    press_run(page, served, "tones")
    wait_for(page, "player.ended")
    place = page.get_by_role("slider", name="Heard")
    place.focus()
    page.keyboard.press("Home")
    wait_for(page, "player.currentTime < 1 && !player.seeking")
    page.keyboard.press("ArrowRight")
    wait_for(page, "player.currentTime > 2.5 && !player.seeking && player.error === null")
    expect(place).to_have_attribute("aria-valuetext", re.compile("3 seconds"))
