"""docs/authoring/components/: a page for each kind, as the schemas describe it, and the demos in them."""

import json
import runpy
import shutil
from pathlib import Path

import httpx
from msgspec import yaml

from gradstream.format.schema.validators import load_schemas
from tests.conftest import ROOT, Server
from tests.patience import PATIENCE_S

FOLDER = ROOT / "docs" / "authoring" / "components"
DEMOS = ROOT / "demos" / "components"
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "build_component_pages.py"))
SIDES = load_schemas().kinds
KINDS = sorted({kind for schemas in SIDES.values() for kind in schemas})

MOST_BYTES = 20_000
"""Of a picture: a page with one is there at once."""


def test_the_pages_are_what_the_script_writes() -> None:
    """Pages follow schemas and demos: `python scripts/build_component_pages.py` writes them anew."""
    written = SCRIPT["pages"]()
    on_disk = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert set(on_disk) - {"README.md"} == set(written) == {f"{kind}.md" for kind in KINDS}
    assert [name for name, text in written.items() if on_disk[name] != text] == []


def test_pictures_are_small() -> None:
    """A picture belongs to a page and is loaded quickly."""
    for file in (FOLDER / "pictures").iterdir():
        assert file.stem in KINDS
        picture = file.read_bytes()
        assert picture.startswith(b"RIFF")
        assert len(picture) < MOST_BYTES


def test_each_kind_has_a_demo_that_has_it_on_each_side() -> None:
    """A kind that is both an input and an output is both in its demo."""
    assert sorted(path.stem for path in DEMOS.glob("*.yaml")) == KINDS
    for kind in KINDS:
        demo = yaml.decode((DEMOS / f"{kind}.yaml").read_bytes())
        for side in (side for side, schemas in SIDES.items() if kind in schemas):
            written = demo[side].values()
            assert kind in {each["type"] if isinstance(each, dict) else each for each in written}, (
                kind,
                side,
            )


def test_each_demo_runs(tmp_path: Path) -> None:
    """Each is a good demo and succeeds with its defaults and each of its examples, all in one process."""
    shutil.copytree(DEMOS, tmp_path / "demos" / "components")
    shared = "gradstream: 1\ndefaults:\n  worker:\n    shared: kinds\n"
    (tmp_path / "gradstream.yaml").write_text(shared, encoding="utf-8")
    with (
        Server(tmp_path, log=tmp_path / "server.log") as server,
        httpx.Client(base_url=server.url, timeout=PATIENCE_S) as client,
    ):
        for kind in KINDS:
            address = f"/api/demos/components.{kind}"
            demo = client.get(address).raise_for_status().json()
            assert demo["diagnostics"] == [], kind
            for inputs in [each["inputs"] for each in demo["examples"]] or [{}]:
                started = client.post(f"{address}/runs", json={"inputs": inputs})
                assert started.status_code == 201, (kind, started.text)
                events = client.get(f"/api/runs/{started.json()['run']}/events").text
                last = json.loads(events.rpartition("data: ")[2])
                assert last["type"] == "succeeded", (kind, last)
