#!/usr/bin/env python
"""An app that is built by functions, as larger ones are."""

import argparse
import os

import gradio as gr

VERSION = os.environ.get("APP_VERSION", "1")


def reverse(text: str) -> str:
    return text[::-1] + VERSION


def create_demo(title: str) -> gr.Blocks:
    examples = ["never", "odd"]

    def twice(text: str) -> str:
        return reverse(reverse(text)) + examples[0]

    with gr.Blocks(title="Words", css=".x {color: red}") as demo:
        gr.Markdown(f"# {title}")
        with gr.Group():
            text = gr.Textbox(value="never odd or even", lines=3, max_lines=5)
            with gr.Row():
                once_button, twice_button = gr.Button("Once"), gr.Button("Twice")
        result = gr.Code(language="python", label="Result")
        back = gr.Button("Back")
        again = gr.Button("Again", variant="secondary")
        gr.Examples(examples=examples, inputs=text)
        back.click(reverse, text, result)
        again.click(fn=twice, inputs=[text], outputs=[result])
    return demo


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=7860)
    args = parser.parse_args()
    create_demo("Words").launch(server_port=args.port)


if __name__ == "__main__":
    main()
