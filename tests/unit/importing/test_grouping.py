"""Groups of an app that functions show and hide: their components are."""

from pathlib import Path

import pytest

from gradstream.importing.app import import_app
from gradstream.importing.types import AppFiles

APP = """\
import gradio as gr


def turn(word):
    return {returned}


with gr.Blocks() as demo:
    word = gr.Textbox()
    with gr.{group} as answers:
        {inside}
    gr.Button("Turn").click(turn, word, {outputs})
"""
INSIDE = "back = gr.Textbox(interactive=False); note = gr.Textbox()"


def imported(folder: Path, **parts: str) -> AppFiles:
    """Translate the app with these parts."""
    usual = {
        "returned": "word, gr.Column(visible=True)",
        "group": "Column()",
        "inside": INSIDE,
        "outputs": "[back, answers]",
    }
    app = folder / "app.py"
    app.write_text(APP.format(**{**usual, **parts}), encoding="utf-8")
    return import_app(app, name="demo", folder=folder / "demos", root=folder)


@pytest.mark.parametrize("word", ["Accordion", "Box", "Column", "Group", "Row", "Sidebar"])
def test_what_a_group_is_given_is_given_to_its_components(tmp_path: Path, word: str) -> None:
    """A component that is filled too has both; one that no other function uses is there."""
    found = imported(tmp_path, group=f"{word}()", returned=f"word, gr.{word}(visible=True)")
    assert (
        '    return {"back": shown_with(answers, value=back), "note": shown_with(answers)}\n'
        in (found.files["demo.py"])
    )
    assert found.remarks == []


def test_one_component_needs_no_name(tmp_path: Path) -> None:
    """What is filled alone is what is returned."""
    found = imported(
        tmp_path, returned="gr.update(visible=False)", outputs="answers", inside="back = gr.Number()"
    )
    assert "    answers = turn(word)\n    return shown_with(answers)\n" in found.files["demo.py"]


def test_what_is_hidden_at_first(tmp_path: Path) -> None:
    """Its components are hidden when the page is opened."""
    found = imported(tmp_path, group="Column(visible=False)")
    hidden = "    return gradstream.update(visible=False), gradstream.update(visible=False)\n"
    assert hidden in found.files["demo.py"]
    assert "  start:\n" in found.files["demo.yaml"]
    assert found.remarks == []


def test_a_place_that_is_kept_is_hidden(tmp_path: Path) -> None:
    """The other tool can hide a component and keep its place."""
    found = imported(tmp_path, returned='word, gr.Column(visible="hidden")')
    assert "gradstream.update(visible=False)" in found.files["demo.py"]


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (
            {"inside": f"{INSIDE}; gr.Button('Go'); gr.Markdown('Hi')"},
            "10: the buttons and texts in this `Column` are always shown",
        ),
        (
            {"group": "Accordion()", "returned": "word, gr.Accordion(open=True)"},
            "5: `open` is not changed: a visitor opens and closes a section",
        ),
        (
            {"group": "Tab('A')", "returned": "word, gr.update(visible=True)"},
            "12: `Tab` cannot be filled; what is given to it is dropped: it is always there",
        ),
        (
            {"inside": "gr.Markdown('Hi')", "outputs": "[word, answers]", "group": "Column(visible=False)"},
            "10: this `Column` is hidden at first, and shown here",
        ),
        (
            {"inside": "gr.Markdown('Hi')", "outputs": "[word, answers]"},
            "12: `Column` cannot be filled; what is given to it is dropped",
        ),
    ],
)
def test_what_stays_as_it_is_is_told_of(tmp_path: Path, parts: dict[str, str], told: str) -> None:
    """The report says what of a group no function changes."""
    parts = {**parts, "inside": parts.get("inside", INSIDE)}
    found = imported(tmp_path, **parts)
    assert any(f"{each.line}: {each.text}".startswith(told) for each in found.remarks)


def test_a_title_is_not_what_a_function_fills(tmp_path: Path) -> None:
    """A page is not called as a Markdown that changes."""
    found = imported(tmp_path, inside='back = gr.Markdown("# Nothing yet")', outputs="[back, answers]")
    assert found.files["demo.yaml"].startswith("title: Demo\n")
