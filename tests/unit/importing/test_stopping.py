"""Listeners of an app that only cancel others become actions that stop them."""

from pathlib import Path
from typing import Any

import pytest
from msgspec import yaml

from gradstream.importing.app import import_app

APP = """\
import gradio as gr


def count(n):
    for number in range(int(n)):
        yield number


with gr.Blocks() as demo:
    n = gr.Slider(1, 10, label="N")
    shown = gr.Number()
    word = gr.Textbox(label="Word")
    halt = gr.Button("Halt")
    event = gr.Button("Go").click(count, n, shown)
    {listener}
"""
HALT = {"generator": "count.halt", "inputs": [], "outputs": [], "stops": ["count"]}


@pytest.mark.parametrize(
    ("listener", "written"),
    [
        ("halt.click(None, cancels=[event])", {}),
        ("halt.click(fn=None, inputs=None, outputs=None, cancels=event, queue=False)", {}),
        (
            "halt.click(cancels=[event]); word.change(None, cancels=[event])",
            {"runs_on": {"change": ["word"]}},
        ),
        (
            "halt.click(cancels=[event]); word.submit(None, cancels=[event])",
            {"runs_on": {"submit": ["word"]}},
        ),
    ],
)
def test_what_only_stops(tmp_path: Path, listener: str, written: dict[str, Any]) -> None:
    """A button, a change and Enter stop what they cancel, by a function that does nothing."""
    app = tmp_path / "app.py"
    app.write_text(APP.replace("{listener}", listener), encoding="utf-8")
    found = import_app(app, name="count", folder=tmp_path / "demos", root=tmp_path)
    action = yaml.decode(found.files["count.yaml"])["actions"]["halt"]
    assert action == {**HALT, **written, "generator": action["generator"]}
    assert '():\n    """Do nothing: the action stops others."""\n' in found.files["count.py"]
    assert [each.text for each in found.remarks if "Textbox" not in each.text] == []
