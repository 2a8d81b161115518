"""A counter whose state is first in and first out."""

import time

import gradio as gr

STEP = 1
# How long a look at each number takes, in seconds.
PAUSE_S = 0.01


def pause():
    time.sleep(PAUSE_S)


def add(total, number):
    total = total + STEP * int(number)
    pause()
    return total, f"{total} in all"


def count_up(number):
    for each in range(int(number) + 1):
        yield each
        pause()


with gr.Blocks(title="Counter") as demo:
    gr.Markdown("# Counter\n\nCounts **with** a state.")
    total = gr.State(0)
    with gr.Row():
        with gr.Column(scale=2):
            number = gr.Number(value=3, label="How many", precision=0)
            with gr.Row():
                add_button = gr.Button("Add", variant="primary")
                count_button = gr.Button("Count up")
                stop_button = gr.Button("Stop")
        with gr.Column(scale=1):
            said = gr.Textbox(label="Sum", interactive=False)
            seen = gr.Number(label="Seen", value=0)
    gr.Examples([[1], [5]], inputs=[number])
    add_button.click(add, [total, number], [total, said])
    counting = count_button.click(fn=count_up, inputs=number, outputs=seen)
    stop_button.click(None, None, None, cancels=[counting])

demo.queue().launch()
