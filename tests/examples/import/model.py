import functools

import gradio as gr

try:
    import torch
except ImportError:
    torch = None


class Classifier:
    labels = ("cat", "dog")

    def eval(self):
        self.ready = True

    def predict(self, text, top):
        assert self.ready
        return {label: 1 / (number + 1) for number, label in enumerate(self.labels[: int(top)])}


@functools.lru_cache
def load():
    return Classifier()


model = load()
model.eval()
DEVICE = "cuda" if torch is not None and torch.cuda.is_available() else "cpu"


def describe(text):
    return f"{text} on {DEVICE}"


with gr.Blocks() as demo:
    text = gr.Textbox()
    top = gr.Slider(minimum=1, maximum=2, step=1, value=2)
    classes = gr.Label(num_top_classes=2)
    where = gr.Textbox()
    gr.Button("Classify").click(model.predict, [text, top], classes)
    gr.Button("Where").click(functools.partial(describe), text, where)

demo.launch()
