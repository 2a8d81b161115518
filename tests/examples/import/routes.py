import gradio as gr
import random


def roll(n):
    return [random.randint(1, 6) for _ in range(n)]


def show(n):
    return str(n)


with gr.Blocks() as demo:
    gr.Navbar(visible=True)
    n = gr.Slider(1, 10, step=1)
    out = gr.JSON()
    n.release(roll, n, out)

with demo.route("Second", "/second") as second:
    m = gr.Number(2)
    t = gr.Text()
    m.blur(show, m, t)
    m.input(show, m, t, js="x => x")

app = gr.mount_gradio_app(None, demo, path="/gradio")
