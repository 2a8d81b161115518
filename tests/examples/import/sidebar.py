import os
import time
import gradio as gr

SYSTEM = os.getenv("SYSTEM", "You are kind.")


def predict(message, history, system, temperature, request: gr.Request):
    text = message["text"] if isinstance(message, dict) else message
    for i in range(len(text)):
        time.sleep(0.001)
        yield gr.ChatMessage(role="assistant", content=text[: i + 1], metadata={"title": "Thinking"})


def vote(data: gr.LikeData):
    print(data.value, data.liked)


with gr.Blocks() as demo:
    gr.Markdown("# Chat with me\nAsk anything.")
    with gr.Sidebar(open=False):
        system = gr.Textbox(SYSTEM, label="System prompt", lines=3, render=False)
        temp = gr.Slider(0, 2, 0.7, label="Temperature")
        gr.LoginButton()
    chat = gr.ChatInterface(
        predict,
        multimodal=True,
        additional_inputs=[system, temp],
        chatbot=gr.Chatbot(placeholder="<b>Hello</b>", avatar_images=(None, "bot.png"), height=400),
        textbox=gr.MultimodalTextbox(file_count="multiple", file_types=["image"], sources=["upload", "microphone"]),
        examples=[[{"text": "Hi", "files": []}, None, 0.5], [{"text": "What is it?", "files": ["cat.png"]}, None, 0.5]],
        save_history=True,
        flagging_mode="manual",
        title="Chat",
        stop_btn=True,
        cache_examples=False,
    )
    chat.chatbot.like(vote, None, None)

demo.launch(favicon_path="x.png")
