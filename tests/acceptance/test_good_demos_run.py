"""What `check` calls good runs: with its defaults, and with each of its examples."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gradstream.components.form import check_form
from gradstream.components.registry import INPUTS
from gradstream.format.types import Demo
from tests.acceptance.wire_client import client_of
from tests.conftest import Serve
from tests.effort import examples
from tests.unit.format.rules.test_one_check import OPTIONS, configs, load, values

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
    files = {"made.py": ECHO, "gradstream.yaml": "gradstream: 1\ndefaults: {worker: {shared: one}}\n"}
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
