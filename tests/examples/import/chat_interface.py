import random
import time

import gradio as gr

REPLIES = ["Yes", "No", "Perhaps"]


def respond(message, history, pace=0.01):
    text = f"{random.choice(REPLIES)}: {message}"
    for end in range(len(text)):
        time.sleep(pace)
        yield text[: end + 1]


gr.ChatInterface(
    respond,
    type="messages",
    title="Oracle",
    examples=["Will it rain?", "Is it late?"],
    additional_inputs=[gr.Slider(0.0, 0.1, value=0.01, step=0.01, label="Pace")],
).launch()
