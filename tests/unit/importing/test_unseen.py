"""What an app uses that cannot be seen in its text, or is not there: it is told of, and all else is right."""

from pathlib import Path

import pytest

from gradstream.importing.app import import_app
from gradstream.importing.types import AppFiles

APP = """\
import gradio as gr


def join(a, b, c):
    return f"{{a}}{{b}}{{c}}"


logger = gr.CSVLogger()

with gr.Blocks() as demo:
    one = gr.Textbox()
    three = gr.Textbox()
    result = gr.Textbox(interactive=False)
    kept = gr.{kept}
    gr.Button("Join").click({function}, {inputs}, result)
"""


def imported(folder: Path, **parts: str) -> AppFiles:
    """Translate the app with these parts."""
    usual = {"kept": "State('')", "function": "join", "inputs": "[one, kept, three]"}
    app = folder / "app.py"
    app.write_text(APP.format(**{**usual, **parts}), encoding="utf-8")
    return import_app(app, name="demo", folder=folder / "demos", root=folder)


def remarks(found: AppFiles) -> list[str]:
    """Return what is said of the lines of an app."""
    return [each.text for each in found.remarks]


def test_inputs_keep_their_places(tmp_path: Path) -> None:
    """In the place of an input that is not there, a function is given None."""
    found = imported(tmp_path, inputs="[one, made(), three]")
    assert remarks(found) == ["`made()` is not a component that can be seen"]
    assert "state:\n  b:\n" in found.files["demo.yaml"]
    assert "generator: demo.join\n" in found.files["demo.yaml"]


def test_what_browsers_keep_is_state(tmp_path: Path) -> None:
    """Its first value is that of the state, and where it is kept is told."""
    found = imported(tmp_path, kept="BrowserState('?')")
    told = "`BrowserState` is kept by the server, as `state` is, and lost when that is started again"
    assert remarks(found) == [told]
    expected = imported(tmp_path, kept="State('?')")
    assert (found.files, expected.remarks) == (expected.files, [])


@pytest.mark.parametrize("function", ["lambda *each: logger.flag(each)", "logger.flag", "call(logger)"])
def test_a_part_of_the_page_in_a_function_is_told_of(tmp_path: Path, function: str) -> None:
    """Functions without a name are looked at as those with one are."""
    told = (
        "what is lifted out uses `logger`, which is a part of the page: hand over what it needs as an input"
    )
    assert remarks(imported(tmp_path, function=function)) == [told]


@pytest.mark.parametrize(
    ("function", "word", "advice"),
    [
        ("gr.load('a/model')", "load", "write a function that asks the model"),
        ("lambda *_: gr.get_image('lion.jpg')", "get_image", "copy the file beside the module"),
    ],
)
def test_what_only_the_other_tool_has(tmp_path: Path, function: str, word: str, advice: str) -> None:
    """A function of the other tool is told of, with what to write in its place."""
    [told] = remarks(imported(tmp_path, function=function))
    assert told.startswith(f"`{word}` is not there without the other tool: {advice}")


def test_a_function_that_only_the_other_tool_has(tmp_path: Path) -> None:
    """Where there is nothing to write in its place, it is named."""
    found = imported(tmp_path, function="lambda *_: gr.utils.now()")
    assert remarks(found) == ["`now` is not there without the other tool"]
