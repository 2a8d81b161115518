"""The bench's demos as a Gradio app: `BENCH_DEMO=growing python gradio_app.py`.

Runs in bench/.venv. It lifts the limits that Gradio sets by default (one run at a time, 40 threads), so that
the comparison is with what it can do.
"""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import gradio

sys.path.insert(0, str(Path(__file__).parent / "demos"))

import sounding
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


def build(name: str) -> gradio.Interface:
    """Make the page of one demo by its name."""
    match name:
        case "growing":
            return interface(
                work.growing, [gradio.Number(2000, label="Steps", precision=0)], gradio.Textbox()
            )
        case "ticking" | "ticking_async":
            return interface(getattr(work, name), [gradio.Number(5, precision=0)], gradio.Textbox())
        case "once":
            return interface(work.once, [], gradio.Textbox())
        case "light":
            return interface(light, [gradio.Textbox(label="Wish")], gradio.Textbox())
        case "pictures":
            return interface(work.pictures, [gradio.Number(30, precision=0)], gradio.Image())
        case "sound":
            played = gradio.Audio(streaming=True, autoplay=True)
            return interface(sounding.sound, streamed("wav"), played, gradio.Textbox())
        case "clips":
            shown = gradio.Video(streaming=True, autoplay=True)
            return interface(sounding.clips, streamed("mp4"), shown, gradio.Textbox())
        case _:
            raise SystemExit(f"no demo {name!r}")


demo = build(os.environ["BENCH_DEMO"])

if __name__ == "__main__":
    demo.launch(server_name="127.0.0.1", max_threads=THREADS, quiet=True)
