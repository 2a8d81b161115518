import gradio as gr


def guess(drawing):
    return 0 if drawing is None else drawing["composite"].mean()


def inpaint(editor, photo):
    return None if editor is None else editor["layers"][0]


with gr.Blocks() as app:
    drawing = gr.Sketchpad(type="numpy", canvas_size=(280, 280), image_mode="L", label="Digit")
    found = gr.Number(label="Mean")
    gr.Button("Guess").click(guess, drawing, found)
    editor = gr.ImageMask(type="pil")
    photo = gr.Image(sources=["webcam", "clipboard"])
    result = gr.Image()
    gr.Button("Inpaint").click(inpaint, [editor, photo], result)

app.launch()
