import time
import gradio as gr


def answer(message, history, system_prompt, temperature, max_tokens):
    files = message["files"]
    text = message["text"]
    reply = f"[{system_prompt} / {temperature} / {max_tokens}] {text} ({len(files)} files)"
    for i in range(0, len(reply), 8):
        time.sleep(0.001)
        yield reply[: i + 8]


demo = gr.ChatInterface(
    answer,
    type="messages",
    multimodal=True,
    title="Assistant",
    textbox=gr.MultimodalTextbox(file_count="multiple", file_types=["image", ".pdf"], placeholder="Ask anything"),
    chatbot=gr.Chatbot(height=500, type="messages", show_copy_button=True),
    additional_inputs=[
        gr.Textbox("You are helpful.", label="System prompt", lines=3),
        gr.Slider(0.0, 2.0, value=0.7, step=0.1, label="Temperature"),
        gr.Number(256, label="Max tokens", precision=0),
    ],
    additional_inputs_accordion=gr.Accordion("Parameters", open=False),
    examples=[{"text": "Hello", "files": []}, {"text": "What is this?", "files": []}],
    cache_examples=False,
    save_history=True,
)

if __name__ == "__main__":
    demo.queue(default_concurrency_limit=5, max_size=20).launch(share=False, server_port=7860)
