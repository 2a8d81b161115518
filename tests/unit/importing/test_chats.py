"""Conversations of an app of Gradio that other things than a message begin, fill or read."""

from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from msgspec import yaml

from gradstream.importing.app import import_app
from gradstream.importing.types import AppFiles

APP = """\
import gradio as gr

{function}

with gr.Blocks() as demo:
    chat = gr.Chatbot({chat})
    button = gr.Button("Go")
    {listener}
"""
TOLD = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]


def imported(folder: Path, *, function: str, listener: str, chat: str = "") -> AppFiles:
    """Translate the app with these parts."""
    app = folder / "app.py"
    text = APP.replace("{function}", function).replace("{listener}", listener).replace("{chat}", chat)
    app.write_text(text, encoding="utf-8")
    return import_app(app, name="talk", folder=folder / "demos", root=folder)


def called(folder: Path, found: AppFiles, action: str, **values: Any) -> Any:
    """Call the function of an action with these values."""
    demo = yaml.decode(found.files["talk.yaml"])
    module = folder / "talk.py"
    module.write_text(found.files["talk.py"], encoding="utf-8")
    given = demo if "generator" in demo else demo["actions"][action]
    return run_path(str(module))[given["generator"].partition(".")[2]](**values)


def test_a_button_fills_a_conversation(tmp_path: Path) -> None:
    """What a function of a button yields is the whole conversation, as in the app."""
    function = (
        'def tell(history):\n    history.append({"role": "assistant", "content": "Hello"})\n    yield history'
    )
    found = imported(tmp_path, function=function, listener="button.click(tell, chat, chat)")
    assert yaml.decode(found.files["talk.yaml"])["outputs"]["chat"] == {
        "type": "chat",
        "yields": "conversation",
    }
    assert found.remarks == []


def test_a_function_that_only_reads_a_conversation(tmp_path: Path) -> None:
    """A function gets the conversation whatever its parameter is called."""
    found = imported(
        tmp_path, function="def many(m):\n    return len(m)", listener="button.click(many, chat, gr.Number())"
    )
    assert called(tmp_path, found, "many", history=TOLD) == 2
    assert found.remarks == []


def test_a_conversation_of_pairs(tmp_path: Path) -> None:
    """A function that has pairs is given pairs, and what it returns becomes messages."""
    function = 'def tell(pairs):\n    return [*pairs, [None, f"{len(pairs)} so far"]]'
    found = imported(
        tmp_path, function=function, listener="button.click(tell, chat, chat)", chat='type="tuples"'
    )
    said = called(tmp_path, found, "tell", history=TOLD)
    assert said == [*TOLD, {"role": "assistant", "content": "1 so far"}]


@pytest.mark.parametrize("function", ["def liked():\n    print('Yes')", "liked = lambda: None"])
def test_a_press_of_the_thumbs_that_nothing_is_asked_of(tmp_path: Path, function: str) -> None:
    """A function that does not ask what was liked runs too."""
    found = imported(tmp_path, function=function, listener="chat.like(liked); button.click(list, None, chat)")
    assert called(tmp_path, found, "liked", index=1, liked=True) is None
    assert found.remarks == []


def test_two_conversations(tmp_path: Path) -> None:
    """A demo has one, and the line of the other says so."""
    listener = "other = gr.Chatbot(); button.click(list, None, chat); button.click(list, None, other)"
    found = imported(tmp_path, function="", listener=listener)
    assert [each.text for each in found.remarks] == [
        "a demo has one conversation: write another demo for this one"
    ]


def test_a_listener_that_is_not_known(tmp_path: Path) -> None:
    """A method that is given a function is never left out without a word."""
    listener = "chat.tickle(many); button.click(many, chat, gr.Number())"
    found = imported(tmp_path, function="def many(m):\n    return len(m)", listener=listener)
    assert [each.text for each in found.remarks] == [
        "there is no action for `.tickle`; its function is left out"
    ]


def test_components_in_messages(tmp_path: Path) -> None:
    """A component in a message is what it shows: a file by its path, anything else as it is."""
    function = (
        "def show(history):\n"
        "    part = gr.Image('a.png')\n"
        "    seen = {'role': 'assistant', 'content': gr.Video(value='https://a.org/b.mp4')}\n"
        "    told = gr.ChatMessage(role='assistant', content=gr.HTML('<b>c</b>'))\n"
        "    return [{'role': 'assistant', 'content': part}, seen, told, gr.Gallery(['d.png', 4])]"
    )
    found = imported(tmp_path, function=function, listener="button.click(show, chat, chat)")
    picture, film, told, gallery = called(tmp_path, found, "show", history=[])
    assert picture["content"] == Path("a.png")
    assert film["content"] == "https://a.org/b.mp4"
    assert told.content == "<b>c</b>"
    assert gallery == [Path("d.png"), 4]
    assert found.remarks == []


def test_pairs_between_the_steps_of_a_conversation(tmp_path: Path) -> None:
    """A step that adds tuples is followed by one that is given lists, and a tuple with a path is a file."""
    function = (
        "def ask(message, pairs):\n    return '', pairs + [(('a.png',), None), (message, None)]\n\n\n"
        "def answer(pairs):\n    pairs[-1][1] = str(len(pairs))\n    return pairs"
    )
    listener = "box = gr.Textbox(); box.submit(ask, [box, chat], [box, chat]).then(answer, chat, chat)"
    found = imported(tmp_path, function=function, listener=listener, chat='type="tuples"')
    *_, last = called(
        tmp_path, found, "ask", message="Hi", history=[*TOLD, {"role": "user", "content": "Hi"}]
    )
    assert [each["content"] for each in last] == ["Hi", "Hello", Path("a.png"), "Hi", "3"]
