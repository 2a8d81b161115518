"""What components of an app of Gradio show at first is there when the page is opened."""

from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from msgspec import yaml

from gradstream.importing.app import import_app
from gradstream.importing.types import AppFiles

APP = """\
import gradio as gr

WORD = "".join(reversed("eert"))


def hint():
    return "_" * len(WORD)


def guess(letter):
    return letter, []


def total(rows):
    return len(rows)


with gr.Blocks() as demo:
    letter = gr.Textbox(label="Letter", value={letter})
    answer = gr.{answer}
    chat = gr.Chatbot({chat})
    gr.Button("Guess").click(guess, letter, [answer, chat])
    {load}
"""


def imported(folder: Path, **written: str) -> AppFiles:
    """Translate the app with these values."""
    app = folder / "app.py"
    given = {"letter": "None", "answer": "Textbox()", "chat": "", "load": "pass"} | written
    text = APP
    for name, each in given.items():
        text = text.replace("{" + name + "}", each)
    app.write_text(text, encoding="utf-8")
    return import_app(app, name="guess", folder=folder / "demos", root=folder)


def started(folder: Path, found: AppFiles) -> tuple[list[str], Any]:
    """Return which components have a first value, and these."""
    demo = yaml.decode(found.files["guess.yaml"])
    module = folder / "guess.py"
    module.write_text(found.files["guess.py"], encoding="utf-8")
    return demo["actions"]["start"]["outputs"], run_path(str(module))["start"]()


@pytest.mark.parametrize(
    ("written", "name", "value"),
    [
        ({"letter": "WORD[:1].upper()"}, "letter", "T"),
        ({"letter": "hint()"}, "letter", "____"),
        ({"answer": 'Textbox("_" * len(WORD), interactive=False)'}, "answer", "____"),
        ({"answer": 'Textbox("none", interactive=False)'}, "answer", "none"),
        ({"answer": 'HTML("<b>none</b>")'}, "answer", "<b>none</b>"),
        ({"answer": 'Label({"oak": len(WORD) / 8})'}, "answer", {"oak": 0.5}),
        ({"chat": '[["Hi", "Hello"], [None, "Guess!"]]'}, "chat", [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello"},
            {"role": "assistant", "content": "Guess!"},
        ]),
        ({"chat": '[{"role": "user", "content": "Hi"}]'}, "chat", [{"role": "user", "content": "Hi"}]),
    ],
)  # fmt: skip
def test_what_is_shown_at_first(tmp_path: Path, written: dict[str, str], name: str, value: object) -> None:
    """What YAML cannot say is given by an action when the page is opened, without a word."""
    found = imported(tmp_path, **written)
    assert started(tmp_path, found) == ([name], value)
    assert found.remarks == []


@pytest.mark.parametrize("value", ["hint", "lambda: '_' * len(WORD)"])
def test_a_function_that_gives_a_value(tmp_path: Path, value: str) -> None:
    """The function of a component that is made where it is named is called when the page is opened."""
    load = f'gr.Button("Again").click(total, gr.Textbox({value}), answer)'
    assert started(tmp_path, imported(tmp_path, load=load)) == (["rows"], "____")


def test_a_result_without_a_function(tmp_path: Path) -> None:
    """A chart that no function changes is shown with its rows."""
    found = imported(tmp_path, load='gr.LinePlot([{"x": 1, "y": len(WORD)}], x="x", y="y")')
    assert started(tmp_path, found) == (["chart"], [{"x": 1, "y": 4}])
    assert yaml.decode(found.files["guess.yaml"])["outputs"]["chart"] == {"type": "chart", "x": "x", "y": "y"}


def test_a_table_without_columns(tmp_path: Path) -> None:
    """A table whose columns only running shows has those of its value, and can be changed if it is read."""
    load = 'table = gr.Dataframe([[len(WORD)]]); gr.Button("Sum").click(total, table, answer)'
    found = imported(tmp_path, load=load)
    demo = yaml.decode(found.files["guess.yaml"])
    assert demo["outputs"]["rows"] == {"type": "table", "editable": True, "as": "pandas"}
    assert started(tmp_path, found) == (["rows"], [[4]])


def test_a_value_that_the_module_has_not(tmp_path: Path) -> None:
    """What needs a part of the page or a name that nothing binds is left out, and said."""
    found = imported(tmp_path, letter="chat.value or WORD", answer='Textbox(f"{title}")')
    assert "start" not in yaml.decode(found.files["guess.yaml"]).get("actions", {})
    assert {each.text for each in found.remarks} == {"`value` of `Textbox` can only be known by running it"}


def test_what_is_filled_on_opening(tmp_path: Path) -> None:
    """What the app fills itself when it is opened has no other first value."""
    found = imported(tmp_path, answer='Textbox("none")', load="demo.load(hint, None, answer)")
    assert "start" not in yaml.decode(found.files["guess.yaml"])["actions"]


def test_a_file_that_is_shown_at_first(tmp_path: Path) -> None:
    """A picture that a function replaces is left out, and the line says what to write."""
    found = imported(tmp_path, answer='Image("tree.png")')
    said = "what this `Image` shows at first is left out: write a function with `on_open`"
    assert [(each.line, each.text) for each in found.remarks] == [(20, said)]
