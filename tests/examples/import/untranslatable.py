import gradio as gr
import some_missing_package

CHOICES = [f"choice {n}" for n in range(3)]


def pick(evt: gr.SelectData):
    return f"{evt.index} of {evt.target}"


def who(request: gr.Request, text):
    return text if request is None else request.client.host


def show(text):
    return gr.Column(visible=True), text, some_missing_package.word(box.value)


with gr.Blocks(js="() => {}") as demo:
    box = gr.Textbox(label="Text")
    boxes = []
    for number in range(3):
        boxes.append(gr.Textbox(label=str(number)))
    with gr.Column(visible=False) as more:
        out = gr.Textbox(label="Out")
    gallery = gr.Gallery(label="Pictures")
    model = gr.Navbar()
    choice = gr.Dropdown(CHOICES)
    button = gr.Button("Who")
    gallery.select(pick, None, out)
    button.click(who, box, out)
    button.click(show, box, [more, out, box], js="() => 1")
    box.like(show, None, None)

    @gr.render(inputs=box)
    def again(text):
        gr.Markdown(text)

demo.launch()
