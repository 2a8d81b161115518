"""The bench's demos as a Gradio app: `BENCH_DEMO=growing python gradio_app.py`.

Runs in bench/.venv. It lifts the limits that Gradio sets by default (one run at a time, 40 threads), so that
the comparison is with what it can do.
"""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import gradio
import pandas

sys.path.insert(0, str(Path(__file__).parent / "demos"))

import growth
import sounding
import whole
import work

WORD = "amber"  # what is edited where reloading is measured

THREADS = 1100  # above the largest number of runs at once, 1,000


def interface(
    generator: Callable[..., object],
    inputs: list[gradio.components.Component],
    *outputs: gradio.components.Component,
) -> gradio.Interface:
    """Make the page that Gradio's own guide makes for a generator."""
    return gradio.Interface(
        generator,
        inputs=inputs,
        outputs=list(outputs),
        api_name="run",
        concurrency_limit=None,
        flagging_mode="never",
    )


def streamed(form: str) -> list[gradio.components.Component]:
    """Make the inputs of a demo that streams sound or video."""
    return [
        gradio.Textbox(form, label="Form"),
        gradio.Number(0.0, label="Pace"),
        gradio.Number(5, label="Chunks", precision=0),
    ]


def light(wish: str) -> Iterator[str]:
    """Yield what is wished for and the word."""
    yield wish + WORD


def rows(count: int) -> Iterator[tuple[list[list[object]], str]]:
    """Yield the whole table with each row: rows cannot be added to the one that is shown."""
    table: list[list[object]] = []
    for step in growth.rows(count):
        table += step.get("table", [])
        yield table, step.get("mark", "")


def points(count: int) -> Iterator[tuple[pandas.DataFrame, str]]:
    """Yield the whole line with each point."""
    line: list[list[float]] = []
    for step in growth.points(count):
        line += step.get("line", [])
        yield pandas.DataFrame(line, columns=["step", "value"]), step.get("mark", "")


def sized(steps: int) -> list[gradio.components.Component]:
    """Make the input of a demo that takes a number of steps."""
    return [gradio.Number(steps, label="Steps", precision=0)]


APPS: dict[str, Callable[[], gradio.Interface]] = {
    "growing": lambda: interface(work.growing, sized(2000), gradio.Textbox()),
    "ticking": lambda: interface(work.ticking, sized(5), gradio.Textbox()),
    "ticking_async": lambda: interface(work.ticking_async, sized(5), gradio.Textbox()),
    "once": lambda: interface(work.once, [], gradio.Textbox()),
    "light": lambda: interface(light, [gradio.Textbox(label="Wish")], gradio.Textbox()),
    "pictures": lambda: interface(work.pictures, sized(30), gradio.Image()),
    "rows": lambda: interface(
        rows, sized(1000), gradio.Dataframe(headers=["number", "word", "value"]), gradio.Textbox()
    ),
    "points": lambda: interface(points, sized(1000), gradio.LinePlot(x="step", y="value"), gradio.Textbox()),
    "conversation": lambda: interface(
        growth.conversation, [gradio.Textbox(label="Message"), *sized(2000)], gradio.Chatbot()
    ),
    "grid": lambda: interface(whole.grid, sized(200), gradio.Dataframe()),
    "document": lambda: interface(whole.document, sized(60_000), gradio.Markdown()),
    "essay": lambda: interface(whole.document, sized(34_000), gradio.Markdown()),
    "turns": lambda: interface(whole.turns, [gradio.Textbox(label="Message"), *sized(300)], gradio.Chatbot()),
    "sound": lambda: interface(
        sounding.sound, streamed("wav"), gradio.Audio(streaming=True, autoplay=True), gradio.Textbox()
    ),
    "clips": lambda: interface(
        sounding.clips, streamed("mp4"), gradio.Video(streaming=True, autoplay=True), gradio.Textbox()
    ),
}
"""What makes the page of each demo, by its name."""

demo = APPS[os.environ["BENCH_DEMO"]]()

if __name__ == "__main__":
    demo.launch(server_name="127.0.0.1", max_threads=THREADS, quiet=True)
