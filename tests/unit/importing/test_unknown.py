"""What only running an app would show: choices that it computes, and examples that are made of parts."""

from pathlib import Path

from gradstream.importing.app import import_app

APP = """
import glob

import gradio as gr

found = sorted(glob.glob("*.txt"))

with gr.Blocks() as demo:
    paper = gr.Radio(found, label="Paper")
    papers = gr.CheckboxGroup(found, value=["notes.txt"], label="Papers")
    drawing = gr.ImageMask(label="Drawing")
    said = gr.Textbox(label="Said", interactive=False)
    gr.Button("Pick").click(lambda paper, papers, drawing: paper, [paper, papers, drawing], said)
    gr.Examples([{"background": "lion.png", "layers": [], "composite": None}], [drawing])
"""

INPUTS = """\
inputs:
  paper:
    type: radio
    choices: […]
  papers:
    type: checkboxes
    choices: [notes.txt]
    default: [notes.txt]
  drawing:
    type: image
    channels: rgba
    mask: true
outputs:
"""

REPORT = [
    "9: `choices` of `Radio` can only be known by running it",
    "9: write the choices of this `Radio` by hand: there is one for now",
    "10: `choices` of `CheckboxGroup` can only be known by running it",
    "10: write the choices of this `CheckboxGroup` by hand: there is one for now",
    "14: an example of `ImageMask` is made of parts, and is left out",
]


def test_inputs_whose_choices_are_not_known_have_one_for_now(tmp_path: Path) -> None:
    """The demo can be served, its first choice is its default or a sign that `check` asks to replace."""
    app = tmp_path / "app.py"
    app.write_text(APP)
    found = import_app(app, name="picked", folder=tmp_path / "demos", root=tmp_path)
    assert INPUTS in found.files["picked.yaml"]
    assert [f"{each.line}: {each.text}" for each in found.remarks] == REPORT
