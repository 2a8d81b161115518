import gradio as gr
import numpy as np

NAMES = ["dawn", "noon", "dusk"]


def pictures(count):
    return [(np.full((40, 60, 3), 60 * number, np.uint8), NAMES[number]) for number in range(int(count))]


def choose(evt: gr.SelectData):
    return f"You chose picture {evt.index}"


def cell(data: gr.SelectData, table):
    return f"{data.value} in row {data.index[0]} of {len(table)}, {data.index[1]}"


def point(image, evt: gr.SelectData):
    x, y = evt.index[0], evt.index[1]
    return f"{x}, {y}"


def mood(evt: gr.SelectData):
    return f"{evt.value}: {evt.selected}"


def typed(text):
    return text


with gr.Blocks() as demo:
    count = gr.Slider(1, 3, value=2, step=1, label="Pictures")
    show = gr.Button("Show")
    gallery = gr.Gallery(label="Pictures", columns=3)
    rows = gr.Dataframe(headers=["name", "age"], value=[["Ada", 36], ["Alan", 41]], interactive=False, type="array")
    canvas = gr.Image(label="Point at it", interactive=False)
    feeling = gr.Radio(["calm", "merry"], label="Mood")
    free = gr.Textbox(label="Free")
    said = gr.Textbox(label="Said")
    show.click(pictures, count, gallery)
    show.click(lambda: np.zeros((40, 60, 3), np.uint8), None, canvas)
    gallery.select(choose, None, said)
    rows.select(cell, rows, said)
    canvas.select(point, canvas, said)
    feeling.select(mood, None, said)
    free.select(typed, free, said)
    with gr.Tab("More") as more:
        hint = gr.Markdown("Here is more.")
    more.select(lambda: "opened", None, said)

demo.launch()
