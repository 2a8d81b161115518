"""What `check` calls good runs: with its defaults, and with each of its examples."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gradstream.catalog.scan import read_catalog
from gradstream.components.form import check_form
from gradstream.components.registry import INPUTS
from gradstream.format.types import Demo
from tests.acceptance.wire_client import client_of
from tests.conftest import ROOT, Serve, Server
from tests.effort import examples
from tests.unit.format.rules.test_one_check import OPTIONS, configs, load, values

CASES = ROOT / "tests" / "examples"
SHARED = "gradstream: 1\ndefaults: {worker: {shared: one}}\n"
FEWEST_RUNS = 50
ECHO = "def echo(**given):\n    yield repr(given)\n"
TEXTS = [kind for kind in OPTIONS if not INPUTS[kind].takes_file]
"""Files are uploaded before a run, or lie beside the demo: their tests have them."""


def drawn(folder: Path) -> list[tuple[dict[str, Any], Demo]]:
    """Return good demos with one input each, and a default and examples as they may be written."""
    found: list[tuple[dict[str, Any], Demo]] = []

    @settings(max_examples=examples(150), derandomize=True, database=None)
    @given(data=st.data())
    def draw(data: st.DataObject) -> None:
        config = data.draw(st.sampled_from(TEXTS).flatmap(configs))
        if data.draw(st.booleans()):
            config = {**config, "default": data.draw(values)}
        written = data.draw(st.lists(values, max_size=2))
        demo = load(folder, config, *written).demo
        if demo is not None:
            inputs = {"x": config, "photo": "image"}
            found.append(({"inputs": inputs, "examples": [{"x": each} for each in written]}, demo))

    draw()
    return found


async def test_a_good_demo_runs_with_its_defaults_and_each_example(tmp_path: Path, serve: Serve) -> None:
    """No run is refused, and none fails; a required field without a default is the visitor's to fill."""
    made = drawn(tmp_path)
    files = {"made.py": ECHO, "gradstream.yaml": SHARED}
    for number, (written, _) in enumerate(made):
        whole = {"gradstream": 1, "generator": "made.echo", "outputs": {"answer": "text"}, **written}
        files[f"demos/d{number}.yaml"] = json.dumps(whole)
    assert len(made) > len(TEXTS)
    async with client_of(serve(files)) as client:
        for number, (written, demo) in enumerate(made):
            for inputs in ({}, *(dict(each.inputs) for each in demo.examples)):
                form = check_form(demo.inputs, inputs, find_upload=lambda _: None).findings
                if {each.problem.code for each in form} == {"E-REQUIRED"}:
                    continue
                run = await client.start(f"d{number}", **inputs)
                *_, last = await client.events(run)
                assert last["type"] == "succeeded", (written, inputs, last)


async def test_each_valid_case_runs_with_its_defaults_and_each_example(tmp_path: Path) -> None:
    """Every action of every case succeeds, all of them in one process of one server."""
    root = tmp_path / "lab"
    shutil.copytree(CASES / "valid", root / "valid")
    shutil.copy(CASES / "studio.py", root)
    (root / "gradstream.yaml").write_text(SHARED.replace("defaults", "demos: [valid/*.yaml]\ndefaults"))
    refused: list[object] = []
    count = 0
    with Server(root, log=tmp_path / "server.log") as server:
        async with client_of(server) as client:
            for address, demo in read_catalog(root, environ={}).demos.items():
                for action, inputs in runs_of(demo):
                    body = {"inputs": inputs, "action": action}
                    answer = await client.post(f"/api/demos/{address}/runs", json=body)
                    last = await client.events(answer.json()["run"]) if answer.is_success else [answer.text]
                    count += 1
                    if not (answer.is_success and last[-1]["type"] == "succeeded"):  # type: ignore[index]
                        refused.append((address, action, inputs, last[-1]))
    assert refused == []
    assert count > FEWEST_RUNS


def runs_of(demo: Demo) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each action with nothing filled in, and with each example; files are for a page to upload."""
    filled = [dict(each.inputs) for each in demo.examples]
    takes_files = any(INPUTS[field.kind].takes_file for field in demo.inputs)
    for inputs in ({}, *(() if takes_files else filled)):
        found = check_form(demo.inputs, inputs, find_upload=lambda _: None).findings
        if "E-REQUIRED" not in {each.problem.code for each in found}:
            yield from ((action.name, inputs) for action in demo.actions)
