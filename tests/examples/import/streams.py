import gradio as gr
import numpy as np


def flip(frame, mode):
    if frame is None:
        return None
    return np.flipud(frame) if mode == "up" else np.fliplr(frame)


def add_chunk(state, chunk):
    if chunk is None:
        return state, None
    rate, data = chunk
    state = data if state is None else np.concatenate([state, data])
    return state, (rate, state)


css = ".contain {max-height: 400px}"
with gr.Blocks(css=css, theme=gr.themes.Soft()) as demo:
    with gr.Column(elem_classes=["col"]):
        with gr.Group():
            mode = gr.Dropdown(choices=["up", "side"], value="up", label="Flip", info="Which way")
            cam = gr.Image(sources=["webcam"], type="numpy", streaming=True)
        out = gr.Image(label="Flipped", streaming=True)
        state = gr.State()
        mic = gr.Audio(sources=["microphone"], streaming=True)
        heard = gr.Audio(autoplay=True, streaming=True)
        cam.stream(flip, [cam, mode], [out], time_limit=30, stream_every=0.1, concurrency_limit=10)
        mic.stream(add_chunk, [state, mic], [state, heard])
        mic.stop_recording(lambda: None, None, heard)
        mic.start_recording(lambda: None, None, heard)

if __name__ == "__main__":
    demo.launch(server_name="0.0.0.0", share=True)
