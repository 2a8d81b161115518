import random
from datetime import datetime

import gradio as gr

random.seed(7)
readings = []


def now():
    return datetime.now().strftime("%H:%M:%S")


def measure(places):
    readings.append({"place": places, "degrees": random.randint(10, 30)})
    del readings[:-20]
    return list(readings), len(readings)


with gr.Blocks(theme=gr.themes.Soft()) as demo:
    gr.HTML("<h1>Weather</h1><p>Every two seconds.</p>")
    places = gr.Dropdown(["garden", "hall"], label="Place")
    clock = gr.Textbox(now, every=1, label="Clock")
    timer = gr.Timer(2)
    with gr.Tabs():
        with gr.Tab("Readings"):
            table = gr.Dataframe(headers=["place", "degrees"])
        with gr.TabItem("Count"):
            total = gr.Number(label="Readings")
    timer.tick(measure, places, [table, total])
    demo.load(measure, [places], [table, total])

demo.launch()
