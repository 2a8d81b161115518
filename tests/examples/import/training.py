import math

import gradio as gr
from tqdm import tqdm


class Model:
    """A line through points."""

    def __init__(self, rate):
        self.rate = rate
        self.weight = 0.0

    def step(self, epoch):
        self.weight += self.rate * math.exp(-epoch)
        return self.weight


def train(epochs, rate, progress=gr.Progress(track_tqdm=True)):
    if epochs > 50:
        raise gr.Error("At most 50 epochs", duration=5)
    if rate == 0:
        gr.Warning("Nothing will be learned")
    model = Model(rate)
    rows = []
    for epoch in tqdm(range(int(epochs)), desc="Training"):
        rows.append({"epoch": epoch, "weight": model.step(epoch)})
        progress((epoch + 1, int(epochs)), desc="Training")
        yield rows, f"Epoch {epoch}"
    gr.Info(f"Done after {epochs} epochs")


with gr.Blocks(title="Training") as demo:
    with gr.Row():
        epochs = gr.Slider(1, 20, value=3, step=1)
        rate = gr.Slider(0, 1, 0.5)
    run = gr.Button(value="Train")
    plot = gr.LinePlot(x="epoch", y="weight", title="Weights")
    status = gr.Textbox()
    run.click(fn=train, inputs=[epochs, rate], outputs=[plot, status], concurrency_limit=2)

demo.queue(max_size=20).launch()
