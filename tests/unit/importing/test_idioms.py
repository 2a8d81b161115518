"""Idioms of apps: another way to write what is imported anyway."""

from pathlib import Path

import pytest

from gradstream.importing.app import import_app
from gradstream.importing.types import AppFiles

START = "import gradio as gr\n\n\ndef shout(text):\n    return text.upper()\n\n\n"
BLOCKS = """\
with gr.Blocks(title="Shout") as demo:
    with gr.Row():
        with gr.Column():
            text = gr.Textbox("hi", lines=2)
        result = gr.Textbox(interactive=False)
    button = gr.Button("Shout")
    button.click(shout, text, result)
    demo.load(shout, text, result)
"""


def imported(folder: Path, text: str) -> AppFiles:
    """Translate the text of an app."""
    app = folder / "app.py"
    app.write_text(START + text, encoding="utf-8")
    return import_app(app, name="demo", folder=folder / "demos", root=folder)


@pytest.mark.parametrize(
    ("known", "idiom"),
    [
        (
            'with gr.Blocks(title="Shout") as demo:',
            'demo = gr.Blocks(title="Shout")\nwith demo:',
        ),
        (
            'with gr.Blocks(title="Shout") as demo:',
            'page, other = gr.Blocks(title="Shout"), 1\nwith page as demo:',
        ),
        (
            'with gr.Blocks(title="Shout") as demo:',
            'demo = gr.Blocks(title="Shout")\nwith demo.clear():',
        ),
        (
            "    with gr.Row():\n        with gr.Column():\n",
            "    with gr.Row().style(equal_height=True):\n        with gr.Column():\n",
        ),
        (
            "            text = gr.Textbox(",
            "            text = gr.inputs.Textbox(",
        ),
        ('gr.Textbox("hi", lines=2)', 'gr.Textbox("hi", lines=2).style(container=False)'),
        ('gr.Textbox("hi", lines=2)', 'gr.Textbox(default_value="hi", lines=2)'),
        ('gr.Textbox("hi", lines=2)', 'gr.inputs.Textbox(default="hi", lines=2)'),
        ("gr.Textbox(interactive=False)", "gr.templates.Textbox(interactive=False, lines=3)"),
        ('gr.Button("Shout")', 'gr.Button("Shout").style(full_width=True)'),
        ("button.click(shout, text, result)", "button.click(shout, text, result, preprocess=False)"),
    ],
)
def test_an_idiom_becomes_what_the_known_form_becomes(tmp_path: Path, known: str, idiom: str) -> None:
    """The files are the same, and nothing is left to say."""
    assert known in BLOCKS
    expected = imported(tmp_path, BLOCKS)
    assert expected.remarks == []
    assert imported(tmp_path, BLOCKS.replace(known, idiom)) == expected


@pytest.mark.parametrize("word", ["textarea", "text", "textbox"])
def test_a_component_in_a_word(tmp_path: Path, word: str) -> None:
    """`gr.component` takes the words that an Interface takes."""
    found = imported(tmp_path, f'gr.Interface(shout, gr.component("{word}"), gr.component("{word}"))')
    expected = imported(tmp_path, f'gr.Interface(shout, "{word}", "{word}")')
    assert (found.files, found.remarks) == (expected.files, [])


def test_containers_in_one_line(tmp_path: Path) -> None:
    """Groups that one `with` opens are in each other, in their order."""
    nested = BLOCKS.replace(
        "    with gr.Row():\n        with gr.Column():\n", "    with gr.Row():\n        with gr.Tab('A'):\n"
    )
    inner = "    with gr.Row():\n        with gr.Tab('A'):\n            text"
    together = nested.replace(inner, "    with gr.Row(), gr.Tab('A'):\n        text")
    together = together.replace("        result = gr", "    result = gr")
    apart = nested.replace("        result = gr", "    result = gr")
    assert imported(tmp_path, together) == imported(tmp_path, apart)


def test_a_function_keeps_its_text(tmp_path: Path) -> None:
    """What functions do is not touched, whatever it looks like."""
    text = BLOCKS.replace("shout, text, result", "dressed, text, result")
    found = imported(tmp_path, f"def dressed(text):\n    return Hat(text).style(wide=True)\n\n\n{text}")
    assert "return Hat(text).style(wide=True)" in found.files["demo.py"]
