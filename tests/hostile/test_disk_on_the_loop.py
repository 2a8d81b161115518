"""No route, and no end of a run, uses the disk on the event loop: a slow one would hold everybody."""

from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from gradstream.catalog.scan import read_catalog
from gradstream.events.types import Append, Set
from gradstream.ipc.protocol import Ending
from gradstream.runs.disk import Disk
from gradstream.runs.local import OF_RUN
from tests.conftest import ROOT
from tests.disk_watch import DiskWatch
from tests.unit.server.site import Site, next_frame, serving

DEMO = """
gradstream: 1
title: {title}
description: "![map](map.png)"
thumbnail: map.png
generator: made.back
inputs:
  words: text
  given: {{type: image, required: false, default: map.png}}
outputs:
  sound: {{type: audio, updates: append, streaming: true}}
  text: text
"""
FILES = {
    "gradstream.yaml": """
gradstream: 1
title: Lab
description: "![map](demos/map.png)"
theme:
  css: own.css
  logo: demos/map.png
""",
    "own.css": ".card { border: 0 }\n",
    "demos/sing.yaml": DEMO.format(title="Sing"),
    "demos/bad.yaml": DEMO.format(title="Bad").replace("words: text", "words: txet"),
    "demos/made.py": "def back(words, given):\n    yield b'', words\n",
}
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


async def read_everything(site: Site) -> set[str]:
    """Ask every route of the site, and return the paths of those that were asked."""
    asked = set[str]()

    async def ask(
        path: str, address: str = "", *, expect: int = 200, method: str = "get", **given: Any
    ) -> Any:
        asked.add(path)
        answer = await site.client.request(method, address or path, **given)
        assert answer.status_code == expect, (address or path, answer.text)
        return answer

    for path in (
        "/",
        "/docs",
        "/manifest.webmanifest",
        "/schema.json",
        "/schema.yaml",
        "/health/live",
        "/health/ready",
    ):
        await ask(path)
    page = await ask("/")
    asset = page.text.split('src="', 1)[1].split('"', 1)[0].removeprefix("./")
    await ask("/assets/{path}", f"/{asset}")
    await ask("/docs/{document}", "/docs/format.md")
    await ask("/frame")
    await ask("/frame/{library}", "/frame/plotly?v=1", expect=200)
    for view in ("", "/embed", "/stage"):
        await ask(f"/demos/{{demo}}{view}", f"/demos/sing{view}")
    for path in ("/", "/demos/{demo}", "/demos/{demo}/stage"):
        form = {"name": "ada", "password": "none"}
        await ask(path, path.format(demo="sing"), expect=401, method="post", data=form)
    await ask("/sign-out", expect=303, method="post")
    listed = (await ask("/api/demos")).json()
    await ask("/theme/{part}", f"/{listed['theme']['logo']}")
    await ask("/theme/{part}", f"/{listed['theme']['style']}")
    await ask("/api/pictures/{version}", f"/{_picture(listed)}")
    demo = (await ask("/api/demos/{demo}", "/api/demos/sing")).json()
    await ask("/api/demos/{demo}/pictures/{version}", f"/{_picture(demo)}")
    await ask("/api/demos/{demo}/thumbnail", f"/{demo['thumbnail']}")
    shipped = demo["inputs"][1]["default"]["file"].replace("/", "%2F")
    await ask("/api/demos/{demo}/files/{name}", f"/api/demos/sing/files/{shipped}")
    bad = (await ask("/api/demos/{demo}", "/api/demos/bad")).json()
    fix = {"revision": bad["revision"], "finding": 0, "fix": 0}
    await ask("/api/demos/{demo}/repair", "/api/demos/bad/repair", expect=204, method="post", json=fix)
    sent = await ask("/api/uploads", expect=201, method="post", files={"file": ("a.png", PNG)})
    await run_and_read(site, ask, sent.json()["file"])
    return asked


async def run_and_read(site: Site, ask: Any, file: str) -> None:
    """Let a run make all that is kept in files, and read all of it, while it goes on and afterwards."""
    runs = "/api/demos/{demo}/runs"
    start = {"inputs": {"words": "a", "given": {"file": file}}}
    run = (await ask(runs, "/api/demos/sing/runs", expect=201, method="post", json=start)).json()["run"]
    slot = site.slot
    slot.open_stream()
    for _ in range(3):
        slot.add_segment(b"s" * 10)
    stored = slot.sink.blob("d", "image/png", PNG)
    assert stored is not None
    await stored
    slot.tell(Append(output="text", text="words"), Set(output="text", value={"blob": "d", "name": "a.png"}))
    here = f"/api/runs/{run}"
    async with site.connect() as socket:
        await socket.send(f'{{"subscribe": {{"run": "{run}", "after": 0}}}}')
        await next_frame(socket)
    await ask("/api/leave", expect=204, method="post", json={"runs": [run], "reader": "somebody-somebody"})
    await ask("/api/runs/{run}", here)
    await ask("/api/runs/{run}/blobs/{digest}", f"{here}/blobs/d")
    for is_over in (False, True):
        for name in ("index.m3u8", "init.mp4"):
            await ask(f"/api/runs/{{run}}/outputs/{{output}}/{name}", f"{here}/outputs/sound/{name}")
        await ask("/api/runs/{run}/outputs/{output}/{name}", f"{here}/outputs/sound/0.m4s")
        if not is_over:
            slot.end()
            await ask("/api/runs/{run}/events", f"{here}/events")
    await ask("/api/runs/{run}/outputs/{output}/stream.mp4", f"{here}/outputs/sound/stream.mp4")
    await ask("/api/feed", f"/api/feed?runs={run}:0&wait=0")
    # What another run has made is an input of this one; it fails, and is stopped.
    made: dict[str, Any] = {"words": "a", "given": {"file": f"{run}{OF_RUN}d"}}
    shipped: dict[str, Any] = {"words": "a"}
    for inputs, end in ((made, Ending(fault="developer", message="no")), (shipped, None)):
        start = {"inputs": inputs}
        run = (await ask(runs, "/api/demos/sing/runs", expect=201, method="post", json=start)).json()["run"]
        if end is None:
            await ask("/api/runs/{run}", f"/api/runs/{run}", expect=204, method="delete")
        site.slot.end(end or Ending(canceled=True))
        await ask("/api/runs/{run}/events", f"/api/runs/{run}/events")


def _picture(view: dict[str, Any]) -> str:
    return str(view["description"]).partition("(")[2].rstrip(")")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a catalog with what has files: a theme, pictures, a thumbnail."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "demos" / "map.png").write_bytes(PNG)
    return tmp_path


async def test_no_route_uses_the_disk_on_the_loop(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each route is asked, runs with files begin and end, and nothing of it goes to the disk there."""
    snapshot = read_catalog(folder, environ={})
    page = ROOT / "engine" / "gradstream" / "page"
    async with serving(
        folder, demos=snapshot.demos, broken=snapshot.broken, disk=Disk(in_threads=True), page=page
    ) as site:
        site.store.swap(snapshot)
        watch = DiskWatch(monkeypatch)
        asked = await read_everything(site)
        paths = (await site.client.get("/schema.json")).json()["paths"]
        assert {*paths} - asked == {"/api/socket"}
    assert watch.noted == {}
