"""Loops of a page: they are what stands there when they are written out."""

from pathlib import Path

import pytest

from gradstream.importing.app import import_app
from gradstream.importing.types import AppFiles

START = """\
import gradio as gr


def add(a, b):
    return a + b


with gr.Blocks() as demo:
"""
FIELDS = "a = gr.Number(1)\nb = gr.Number(2)\nsum = gr.Number(interactive=False)\n"


def imported(folder: Path, lines: str) -> AppFiles:
    """Translate an app with these lines in its page."""
    app = folder / "app.py"
    indented = "".join(f"    {line}\n" for line in lines.splitlines())
    app.write_text(START + indented, encoding="utf-8")
    return import_app(app, name="demo", folder=folder / "demos", root=folder)


@pytest.mark.parametrize(
    ("loop", "written"),
    [
        (
            """\
for event in [a.change, b.change, demo.load]:
    event(add, [a, b], sum)""",
            """\
a.change(add, [a, b], sum)
b.change(add, [a, b], sum)
demo.load(add, [a, b], sum)""",
        ),
        (
            """\
fields = [a, b]
for each in fields:
    each.change(add, fields, sum)""",
            """\
a.change(add, [a, b], sum)
b.change(add, [a, b], sum)""",
        ),
        (
            """\
for at, each in enumerate((a, b)):
    each.change(add, [a, b], sum)""",
            """\
a.change(add, [a, b], sum)
b.change(add, [a, b], sum)""",
        ),
        (
            """\
for each, other in zip([a, b], [b, a]):
    each.change(add, [each, other], sum)""",
            """\
a.change(add, [a, b], sum)
b.change(add, [b, a], sum)""",
        ),
        (
            "gr.on([each.change for each in (a, b)], add, [a, b], sum)",
            "gr.on([a.change, b.change], add, [a, b], sum)",
        ),
        (
            """\
event = a.change(add, [a, b], sum)
for i in range(2):
    event = event.then(add, [sum, b], sum)""",
            """\
event = a.change(add, [a, b], sum)
event = event.then(add, [sum, b], sum)
event = event.then(add, [sum, b], sum)""",
        ),
        (
            """\
parts = [gr.Number(i, label=f'Part {i + 1}') for i in range(2)]
gr.Button('Add').click(add, parts, sum)""",
            """\
parts = [gr.Number(0, label='Part 1'), gr.Number(1, label='Part 2')]
gr.Button('Add').click(add, parts, sum)""",
        ),
        (
            """\
parts = []
for i in range(2):
    with gr.Row():
        label = f'Part {i}'
        part = gr.Number(label=label)
        parts.append(part)
gr.Button('Add').click(add, parts, sum)""",
            """\
with gr.Row():
    part = gr.Number(label='Part 0')
    one = part
with gr.Row():
    part_2 = gr.Number(label='Part 1')
gr.Button('Add').click(add, [part, part_2], sum)""",
        ),
        (
            """\
parts = [gr.Number(), gr.Number()]
for part in parts:
    part.change(add, parts, sum)""",
            """\
parts = [gr.Number(), gr.Number()]
parts[0].change(add, parts, sum)
parts[1].change(add, parts, sum)""",
        ),
        (
            """\
texts = {'One': a, 'Two': b}
for word, field in texts.items():
    gr.Button(word).click(add, [field, field], sum)""",
            """\
gr.Button('One').click(add, [a, a], sum)
gr.Button('Two').click(add, [b, b], sum)""",
        ),
    ],
)
def test_a_loop_becomes_what_its_rounds_become(tmp_path: Path, loop: str, written: str) -> None:
    """The YAML and the report are the same as without a loop."""
    found, expected = (imported(tmp_path, FIELDS + each) for each in (loop, written))
    assert found.files == expected.files
    assert [each.text for each in found.remarks] == [each.text for each in expected.remarks]


def test_a_function_that_a_loop_repeats_is_taken_along_once(tmp_path: Path) -> None:
    """A lambda without the loop's variable is one function of several actions."""
    found = imported(
        tmp_path, f"{FIELDS}for x in [a, b]:\n    gr.Button('Go').click(lambda x: x + 1, x, sum)"
    )
    assert found.remarks == []
    assert found.files["demo.py"].count("def ") == 1
    assert found.files["demo.yaml"].count("generator: demo.go\n") == 2


@pytest.mark.parametrize(
    "loop",
    [
        "for event in events():\n    event(add, [a, b], sum)",
        "for each in [a, b]:\n    each.change(lambda x: x + each, each, sum)",
        "for each in [a, b]:\n    def more(x): return x\n    each.change(more, each, sum)",
        "while waiting():\n    a.change(add, [a, b], sum)",
        "for each in range(1000):\n    gr.Button(f'{each}').click(add, [a, b], sum)",
        "for each in [a, b]:\n    if each is b:\n        break\n    each.change(add, [a, b], sum)",
    ],
)
def test_a_loop_that_only_running_it_shows_is_told_of(tmp_path: Path, loop: str) -> None:
    """The report has its line and says what to write by hand."""
    found = imported(tmp_path, f"{FIELDS}gr.Button('Add').click(add, [a, b], sum)\n{loop}")
    told = [each for each in found.remarks if "write them out" in each.text]
    assert [each.line for each in told] == [START.count("\n") + FIELDS.count("\n") + 2]
