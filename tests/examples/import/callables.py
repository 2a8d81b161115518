import gradio as gr
from functools import partial


class Model:
    def __init__(self, scale):
        self.scale = scale

    def __call__(self, x):
        return x * self.scale

    def named(self, x: int, note: str = "") -> str:
        return f"{note}{x * self.scale}"


model = Model(3)


def twice(x, times=2):
    return x * times


class App:
    def __init__(self):
        self.count = 0

    def bump(self):
        self.count += 1
        return self.count

    def build(self):
        with gr.Blocks() as demo:
            n = gr.Number(value=2, precision=0)
            r = gr.Number(1)
            b = gr.Button("Bump")
            b.click(self.bump, outputs=r)
        return demo


def make():
    with gr.Blocks(title="Class") as demo:
        n = gr.Number(value=2, precision=0, minimum=0, maximum=9)
        t = gr.Textbox("x", max_length=5)
        r = gr.Number(1)
        s = gr.Label()
        gr.Button("Call").click(model, n, r)
        gr.Button("Named").click(model.named, [n, t], t)
        gr.Button("Partial").click(partial(twice, times=4), n, r)
        gr.on([n.submit, t.submit, n.change], fn=twice, inputs=[n], outputs=[r])
        gr.on(triggers=[r.change], fn=lambda v: {"big": v / 100, "small": 1 - v / 100}, inputs=r, outputs=s)
    return demo


if __name__ == "__main__":
    make().queue(max_size=20).launch()
    App().build().launch()
