import random
from pathlib import Path

import gradio as gr

SIZES = ["small", "medium", "large"]


def lasting(sound, spoken, paper):
    if paper:
        return Path(paper.name).read_text(), None
    rate, samples = sound or spoken or (1, [])
    return f"{len(samples) / rate} s", sound


def thrown(dice, weight, tenths):
    return dice + weight + tenths


def ordered(size, extras, sales, factor):
    sold = [row[1] * factor for row in sales]
    return [sold], [("total", "n"), (str(sum(sold) + size + len(extras)), None)]


demo = gr.Interface(
    ordered,
    [
        gr.Radio(SIZES, value=SIZES[1], type="index", label="Size"),
        gr.CheckboxGroup(["salt", "pepper"], type="index", label="Extras"),
        gr.Dataframe([["tea", 12], ["milk", 9.5]], headers=["What", "Sold"], column_count=2, type="array"),
        gr.Number(lambda: random.randint(1, 9), label="Factor"),
    ],
    ["numpy", "highlight"],
    examples=[["large", ["pepper"], [["tea", 1]], 2]],
    interpretation="default",
)

sounds = gr.Interface(lasting, ["audio", "microphone", "file"], ["text", "audio"], title="Lasting")
throws = gr.Interface(
    thrown,
    [
        gr.Slider(1, 6, step=1, randomize=True, label="Dice"),
        gr.Slider(0, 1, randomize=True, label="Weight"),
        gr.Slider(-1, 1, step=0.1, randomize=True, label="Tenths"),
    ],
    "number",
    title="Thrown",
)
gr.TabbedInterface([demo, sounds, throws], ["Ordered", "Lasting", "Thrown"]).launch()
