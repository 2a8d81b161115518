import gradio as gr


def add(text, history):
    return "", history + [{"role": "user", "content": text}]


def answer(history):
    history.append({"role": "assistant", "content": ""})
    for letter in "Well, well.":
        history[-1]["content"] += letter
        yield history


def vote(data: gr.LikeData):
    word = "up" if data.liked else "down"
    print(f"voted {word} for {data.index}: {data.value}")


def again(history, retry_data: gr.RetryData):
    yield from answer(history[: retry_data.index])


def back(history, undo: gr.UndoData):
    return history[: undo.index], history[undo.index]["content"]


with gr.Blocks(fill_height=True) as demo:
    chatbot = gr.Chatbot(type="messages", label="Talk", show_copy_button=True)
    message = gr.Textbox(placeholder="Say something", show_label=False)
    clear = gr.ClearButton([message, chatbot])
    message.submit(add, [message, chatbot], [message, chatbot]).then(answer, chatbot, chatbot)
    chatbot.like(vote, None, None, like_user_message=True)
    chatbot.retry(again, chatbot, chatbot)
    chatbot.undo(back, chatbot, [chatbot, message])
    chatbot.clear(lambda: None, None, None)

demo.launch()
