import gradio as gr

ANSWERS = {"One": "Un", "Two": "Deux"}


def ask(word):
    return word.upper(), gr.Column(visible=False)


def answer(word):
    return ANSWERS.get(word, "?"), gr.update(visible=True)


def more(is_more):
    if not is_more:
        return gr.Group(visible=False)
    return gr.Group(visible=True)


demo = gr.Blocks(title="Words")

with demo:
    word = gr.Radio(["One", "Two"], value="One", label="Word")
    question = gr.Textbox(label="Question")
    with gr.Column(visible=False) as solution:
        found = gr.Textbox(label="Answer")
        note = gr.Textbox(label="A note of yours")
    with gr.Row():
        gr.Button("Ask").click(ask, word, [question, solution])
        gr.Button("Answer").click(answer, word, [found, solution])
    is_more = gr.Checkbox(label="More")
    with gr.Group(visible=False) as extras:
        gr.Markdown("Extras:")
        volume = gr.Slider(0, 10, value=3, label="Volume")
        quieter = gr.Button("Quieter")
    is_more.change(more, is_more, extras)
    quieter.click(lambda x: x - 1, volume, volume)

demo.launch()
