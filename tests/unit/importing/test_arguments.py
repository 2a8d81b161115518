"""Arguments of components: what is a key here, what is of looks alone, and what is said to be lost."""

from pathlib import Path
from typing import Any

import pytest
from msgspec import yaml

from gradstream.importing.app import import_app
from gradstream.importing.types import AppFiles

APP = """\
import gradio as gr

FILES = ["a.png"]


def show(box: {annotation}):
    return box


with gr.Blocks() as demo:
    box = gr.Textbox(label="Box")
    shown = gr.{component}
    gr.Button("Go").click(show, box, shown)
    {listener}
"""


def imported(folder: Path, component: str, *, annotation: str = "str", listener: str = "pass") -> AppFiles:
    """Translate the app with this component."""
    app = folder / "app.py"
    text = APP.replace("{component}", component).replace("{annotation}", annotation)
    app.write_text(text.replace("{listener}", listener), encoding="utf-8")
    return import_app(app, name="show", folder=folder / "demos", root=folder)


@pytest.mark.parametrize(
    ("component", "keys", "remarks"),
    [
        (
            'Chatbot(editable="user", render_markdown=True, min_height=9)',
            {"type": "chat", "yields": "conversation"},
            0,
        ),
        ('Chatbot(editable="all", render_markdown=False)', {"type": "chat", "yields": "conversation"}, 2),
        (
            'Chatbot(examples=[{"text": "Hi"}, {"text": "Why?", "display_text": "Ask", "files": FILES}])',
            {
                "type": "chat",
                "yields": "conversation",
                "suggestions": ["Hi", {"value": "Why?", "label": "Ask"}],
            },
            1,
        ),
        ("Gallery(columns=3, rows=2, preview=True)", {"type": "gallery", "columns": 3}, 0),
        ('HighlightedText(color_map={"+": "green"})', "highlighted_text", 0),
        ("HighlightedText(combine_adjacent=True)", "highlighted_text", 1),
    ],
)  # fmt: skip
def test_arguments(tmp_path: Path, component: str, keys: Any, remarks: int) -> None:
    """Each argument is a key, or what is so anyway, or of looks alone, or a line."""
    found = imported(tmp_path, component)
    assert yaml.decode(found.files["show.yaml"])["outputs"]["shown"] == keys
    assert len(found.remarks) == remarks


def test_an_interactive_gallery_that_nothing_reads(tmp_path: Path) -> None:
    """What is selected in a gallery that functions only fill starts a function."""
    listener = "shown.select(show, box, box)"
    found = imported(tmp_path, "Gallery(interactive=True)", listener=listener)
    demo = yaml.decode(found.files["show.yaml"])
    assert [each["runs_on"] for each in demo["actions"].values() if "runs_on" in each] == [
        {"select": ["shown"]}
    ]
    assert found.remarks == []


def test_a_function_that_is_given_a_component(tmp_path: Path) -> None:
    """A parameter that the app wants a whole component for is given the value, which the line says."""
    found = imported(tmp_path, "Textbox()", annotation="gr.Textbox")
    said = "`gr.Textbox`: a function is given the value alone, not the component"
    assert [(each.line, each.text) for each in found.remarks] == [(6, said)]


def test_further_outputs_of_a_chat(tmp_path: Path) -> None:
    """What a chat fills beside the conversation is an output after it."""
    app = tmp_path / "app.py"
    app.write_text(
        "import gradio as gr\n\n\ndef chat(message, history):\n    return message, 'x = 1'\n\n\n"
        "code = gr.Code(language='python')\ndemo = gr.ChatInterface(chat, additional_outputs=[code])\n",
        encoding="utf-8",
    )
    found = import_app(app, name="show", folder=tmp_path / "demos", root=tmp_path)
    outputs = yaml.decode(found.files["show.yaml"])["outputs"]
    assert list(outputs.items())[1:] == [("code", {"type": "code", "language": "python"})]
    assert found.remarks == []
