import os

import gradio as gr


def describe(message, history):
    answer = f"{len(history)} before. You said {message['text']!r}"
    for file in message["files"]:
        answer += f" and sent {os.path.basename(file)}"
        yield answer
    yield answer


gr.ChatInterface(
    describe,
    multimodal=True,
    title="Files",
    textbox=gr.MultimodalTextbox(
        file_types=["image", ".pdf"], file_count="multiple", placeholder="Send something"
    ),
    examples=[{"text": "What is this?"}, {"text": "Compare them", "files": []}],
).launch()
