"""The catalog and its demos as JSON."""

from pathlib import Path
from urllib.parse import quote

from msgspec.structs import replace

from gradstream.catalog.types import BrokenDemo
from gradstream.diagnostics import Diagnostic, Span
from gradstream.format.layout_blocks import SectionBlock, TextBlock
from gradstream.format.types import Action, Choice, Example, GeneratorPath, Input, Live, Output
from tests.unit.played_engine import loaded, make_demo
from tests.unit.server.site import Site, serving, snapshot_of

PNG = b"\x89PNG\r\n\x1a\n"


def broken(line: int, *lines: int) -> BrokenDemo:
    """Return a demo with a mistake on each of these lines."""
    found = tuple(
        Diagnostic(
            span=Span(file="demos/bad.yaml", line=at, column=1, end_line=at, end_column=4),
            code="E-UNKNOWN-KEY",
            message="there is no such key",
        )
        for at in (line, *lines)
    )
    return BrokenDemo(
        address="bad", file="demos/bad.yaml", title="Bad", source="a\nb\nc\n", revision="7", diagnostics=found
    )


async def test_the_catalog(tmp_path: Path) -> None:
    """The catalog lists its demos by order and title, broken ones with what is wrong, and no drafts."""
    demos = {
        "late": make_demo("late", title="A late one", order=5.0),
        "draft": make_demo("draft", draft=True),
        "zebra": make_demo("zebra", tags=("animal",), description="Striped"),
        "ant": make_demo("ant", title="ant"),
    }
    async with serving(tmp_path, demos=demos, broken={"bad": broken(2)}) as site:
        catalog = (await site.client.get("/api/demos")).json()
        assert [demo["address"] for demo in catalog["demos"]] == ["ant", "bad", "zebra", "late"]
        assert {name: catalog[name] for name in catalog if name != "demos"} == {
            "title": "Lab",
            "description": None,
            "theme": {"style": None, "logo": None, "favicon": None, "scheme": "auto"},
            "version": 1,
            "skipped": 1,
            "diagnostics": [],
        }
        assert catalog["demos"][1] == {
            "address": "bad",
            "title": "Bad",
            "description": None,
            "tags": [],
            "thumbnail": None,
            "thumbnail_dark": None,
            "status": "broken",
            "file": "demos/bad.yaml",
            "mistakes": 1,
            "mistake": "1 mistake in demos/bad.yaml, line 2",
        }
        assert (catalog["demos"][2]["tags"], catalog["demos"][2]["description"]) == (["animal"], "Striped")


async def test_files_that_a_demo_brings_along(tmp_path: Path) -> None:
    """Pictures, models and clips that are defaults, examples or have places are served; others are not."""
    for name in (
        "map.png",
        "cat.png",
        "dog.png",
        "cat.stl",
        "a.mp3",
        "b.mp3",
        "other.png",
        "other.stl",
        "notes.txt",
    ):
        (tmp_path / name).write_bytes(PNG)
    demo = make_demo(
        root=str(tmp_path),
        inputs=(
            Input(name="place", kind="location", label="P", options={"picture": "map.png"}),
            Input(name="there", kind="location", label="T", options={"picture": "photo"}),
            Input(name="photo", kind="image", label="I", default={"file": "cat.png"}),
            Input(name="mesh", kind="model3d", label="M", default={"file": "cat.stl"}),
            Input(name="sound", kind="audio", label="S", default={"file": "a.mp3"}),
            Input(name="notes", kind="file", label="N", default={"file": "notes.txt"}),
        ),
        examples=(Example(label="Dog", inputs={"photo": {"file": "dog.png"}}),),
    )
    async with serving(tmp_path, demos={"demo": demo}) as site:
        for name in ("map.png", "cat.png", "dog.png", "cat.stl", "a.mp3"):
            answer = await site.client.get(f"/api/demos/demo/files/{name}")
            assert (answer.status_code, answer.content) == (200, PNG)
            assert answer.headers["content-security-policy"].startswith("sandbox")
        part = await site.client.get("/api/demos/demo/files/a.mp3", headers={"Range": "bytes=1-3"})
        assert (part.status_code, part.content, part.headers["content-type"]) == (206, PNG[1:4], "audio/mpeg")
        others = ("b.mp3", "other.png", "other.stl", "notes.txt", "photo")
        for name in (*others, "../map.png", "gone.png", "%2e%2e/map.png"):
            assert (await site.client.get(f"/api/demos/demo/files/{name}")).status_code == 404
        assert (await site.client.get("/api/demos/none/files/map.png")).status_code == 404


async def test_several_mistakes(tmp_path: Path) -> None:
    """A demo with several mistakes says how many, and where the first is."""
    async with serving(tmp_path, broken={"bad": broken(3, 2)}) as site:
        (entry, _) = (await site.client.get("/api/demos")).json()["demos"]
        assert (entry["mistakes"], entry["mistake"]) == (2, "2 mistakes in demos/bad.yaml, the first line 2")


async def test_a_demo(tmp_path: Path) -> None:
    """A demo has all that its page shows: times in milliseconds, and its kinds' own keys among the others."""
    choices = [{"value": 1, "label": "One", "description": None}]
    path = GeneratorPath(
        text="x.run", span=Span(file="x", line=1, column=1, end_line=1, end_column=2), roots=()
    )
    demo = make_demo(
        inputs=(
            Input(name="n", kind="radio", label="N", default=1, section="More", options={"choices": choices}),
        ),
        outputs=(
            Output(name="code", kind="code", label="Code", updates="append", options={"language": "python"}),
        ),
        actions=(
            Action(
                name="go",
                generator=path,
                button="Go",
                inputs=("n",),
                outputs=("code",),
                live=Live(after_s=0.15),
                every_s=5.0,
                constants={"key": "a secret"},
            ),
        ),
        examples=(Example(label="one", inputs={"n": 1}),),
    )
    async with serving(tmp_path, demos={"echo": demo}) as site:
        answer = await site.client.get("/api/demos/echo")
        view = answer.json()
        assert view["inputs"] == [
            {
                "name": "n",
                "type": "radio",
                "label": "N",
                "description": None,
                "required": False,
                "section": "More",
                "show_if": [],
                "rules": [],
                "default": 1,
                "choices": choices,
            }
        ]
        assert view["outputs"][0]["language"] == "python"
        assert view["outputs"][0]["updates"] == "append"
        assert view["actions"] == [
            {
                "name": "go",
                "button": "Go",
                "has_button": True,
                "inputs": ["n"],
                "outputs": ["code"],
                "live": {"after_ms": 150, "inputs": ["n"], "needs": []},
                "every_ms": 5000,
                "on_open": False,
                "runs_on": {},
                "then": {"succeeded": [], "failed": [], "ended": []},
                "stops": [],
            }
        ]
        assert view["examples"] == [{"label": "one", "inputs": {"n": 1}}]
        assert (view["status"], view["diagnostics"], view["notice"], view["chat"]) == (
            "ready",
            [],
            None,
            None,
        )
        assert "a secret" not in answer.text


async def test_choices_may_be_structs(tmp_path: Path) -> None:
    """Choices arrive as value, label and description, however the spec holds them."""
    field = Input(name="n", kind="radio", label="N", options={"choices": [Choice(value=1, label="One")]})
    async with serving(tmp_path, demos={"echo": make_demo(inputs=(field,))}) as site:
        view = (await site.client.get("/api/demos/echo")).json()
        assert view["inputs"][0]["choices"] == [{"value": 1, "label": "One", "description": None}]


async def test_a_broken_demo(tmp_path: Path) -> None:
    """A broken demo has the same keys, nothing to fill in, and what a terminal would show of its mistakes."""
    async with serving(tmp_path, broken={"bad": broken(2)}) as site:
        ready, bad = [(await site.client.get(f"/api/demos/{name}")).json() for name in ("echo", "bad")]
        assert set(ready) == set(bad)
        assert (bad["status"], bad["source"], bad["revision"]) == ("broken", "a\nb\nc\n", "7")
        assert bad["inputs"] == bad["outputs"] == bad["actions"] == []
        (found,) = bad["diagnostics"]
        assert (found["line"], found["severity"]) == (2, "error")
        assert found["text"].startswith("demos/bad.yaml:2:1: error E-UNKNOWN-KEY: there is no such key\n")


async def test_opening_starts_the_worker(site: Site) -> None:
    """Opening a demo has its worker made ready, and what its import says is a change of the catalog."""
    before = (await site.client.get("/api/demos/echo")).json()
    assert site.engine.opened == []
    await site.client.get("/api/demos/echo?open=1")
    site.engine.report(loaded("echo", detail="Traceback"))
    feed = await site.client.get(f"/api/feed?catalog={before['version']}&wait=20")
    assert '"demos":["echo"]' in feed.text
    after = (await site.client.get("/api/demos/echo")).json()
    assert site.engine.opened == ["echo"]
    assert after["notice"] == {"kind": "import", "text": "Traceback"}
    assert after["revision"] != before["revision"]


async def test_a_view_follows_the_catalog(site: Site, tmp_path: Path) -> None:
    """After a change of the catalog, the new state is returned."""
    assert (await site.client.get("/api/demos/echo")).json()["title"] == "Echo"
    site.store.swap(snapshot_of(tmp_path, {"echo": make_demo(title="New", revision="2")}))
    assert (await site.client.get("/api/demos/echo")).json()["title"] == "New"
    catalog = (await site.client.get("/api/demos")).json()
    assert (catalog["version"], catalog["demos"][0]["title"]) == (2, "New")


async def test_a_picture(tmp_path: Path) -> None:
    """A demo's picture is served from within the catalog's folder, and nothing else is."""
    root = tmp_path / "lab"
    (root / "demos").mkdir(parents=True)
    (root / "demos" / "a.png").write_bytes(PNG)
    (root / "demos" / "a.yaml").write_bytes(b"secret")
    (root / "demos" / "a.dark.png").write_bytes(b"dark")
    (tmp_path / "outside.png").write_bytes(PNG)
    named = {"good": "a.png", "kind": "a.yaml", "out": "../../outside.png", "missing": "b.png"}
    demos = {
        name: make_demo(name, thumbnail=file, folder=str(root / "demos"), root=str(root))
        for name, file in named.items()
    }
    demos["good"] = replace(demos["good"], thumbnail_dark="a.dark.png")
    async with serving(tmp_path, demos={**demos, "none": make_demo("none")}) as site:
        listed = (await site.client.get("/api/demos")).json()["demos"]
        assert listed[0]["thumbnail"] == "api/demos/good/thumbnail?v=1"
        good = await site.client.get("/" + listed[0]["thumbnail"])
        assert (good.status_code, good.content, good.headers["content-type"]) == (200, PNG, "image/png")
        assert listed[0]["thumbnail_dark"] == "api/demos/good/thumbnail?v=1&scheme=dark"
        assert (await site.client.get("/" + listed[0]["thumbnail_dark"])).content == b"dark"
        assert (await site.client.get("/api/demos/out/thumbnail?scheme=dark")).status_code == 404
        for name in ("kind", "out", "missing", "none", "nothing"):
            assert (await site.client.get(f"/api/demos/{name}/thumbnail")).status_code == 404


async def test_pictures_that_texts_name(tmp_path: Path) -> None:
    """A picture that a text names is served under the address in the text; no other file is."""
    root = tmp_path / "lab"
    (root / "demos").mkdir(parents=True)
    for name in ("a map.png", "unnamed.png", "secret.yaml"):
        (root / "demos" / name).write_bytes(PNG)
    (tmp_path / "outside.png").write_bytes(PNG)
    texts = "![map](a%20map.png) [next](other.yaml#top) ![out](../../outside.png) `![code](a%20map.png)`"
    demo = make_demo(
        "good",
        description=texts,
        layout=(
            SectionBlock(title="More", open=True, show_if=(), items=(TextBlock(text="![](a%20map.png)"),)),
        ),
        pictures={"a map.png": "7f", "../../outside.png": "", "secret.yaml": ""},
        folder=str(root / "demos"),
        root=str(root),
    )
    snapshot = replace(
        snapshot_of(root, {"good": demo}), files={str(root / "demos" / "other.yaml"): "other.demo"}
    )
    async with serving(root, demos={"good": demo}) as site:
        site.store.swap(snapshot)
        view = (await site.client.get("/api/demos/good")).json()
        address = "api/demos/good/pictures/7f?name=a%20map.png"
        out = "![out](../../outside.png) `![code](a%20map.png)`"
        assert view["description"] == f"![map]({address}) [next](demos/other.demo) {out}"
        assert view["layout"][0]["items"][0]["text"] == f"![]({address})"
        answer = await site.client.get("/" + address)
        assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, PNG, "image/png")
        for name in ("unnamed.png", "../../outside.png", "secret.yaml", "../demos/a map.png", ""):
            path = f"/api/demos/good/pictures/7f?name={quote(name)}"
            assert (await site.client.get(path)).status_code == 404
        assert (await site.client.get("/api/demos/none/pictures/7f?name=a")).status_code == 404
        assert (await site.client.get("/api/pictures/7f?name=demos/unnamed.png")).status_code == 404
