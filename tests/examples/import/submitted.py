import gradio as gr


def look_up(word):
    return word.title(), len(word)


def remember(word, words):
    words = [*words, word]
    return words, "\n".join(words)


def forget():
    return "Nothing is shown."


with gr.Blocks(title="Words") as demo:
    words = gr.State([])
    with gr.Row():
        word = gr.Textbox(label="Word", placeholder="Write and press Enter")
        go = gr.Button("Look up", variant="primary")
    meaning = gr.Textbox(label="Meaning", interactive=False)
    size = gr.Number(label="Letters")
    note = gr.Textbox(label="Note", lines=3)
    kept = gr.Textbox(label="Kept")
    photo = gr.Image(type="pil", label="Photo")
    state = gr.Markdown()
    reset = gr.ClearButton([word, meaning, size], value="Start again")
    again = gr.ClearButton([kept])
    gr.ClearButton([note])

    go.click(look_up, word, [meaning, size])
    word.submit(look_up, word, [meaning, size])
    note.submit(remember, [note, words], [words, kept])
    photo.upload(lambda picture: f"{picture}", photo, state)
    photo.clear(forget, None, state)
    again.click(forget, None, state)

if __name__ == "__main__":
    demo.queue().launch()
