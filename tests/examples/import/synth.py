import numpy as np

import gradio as gr

notes = ["C", "D", "E"]


def generate_tone(note, octave, duration):
    sr = 8000
    frequency = 220 * 2 ** (note / 12 + octave - 4)
    tone = np.sin(np.linspace(0, duration, int(duration * sr)) * frequency * 2 * np.pi)
    return sr, (tone * 20000).astype(np.int16)


def stream(sound):
    rate, samples = sound if sound else (8000, np.zeros(800, dtype=np.int16))
    yield rate, samples
    yield rate, samples[::-1]


with gr.Blocks() as demo:
    with gr.Row():
        with gr.Column():
            note = gr.Dropdown(notes, type="index")
            octave = gr.Slider(4, 6, step=1)
            duration = gr.Number(value=0.2, label="Duration in seconds")
            sound = gr.Audio(sources="microphone", label="Sound")
        with gr.Column():
            tone = gr.Audio(label="Tone")
            played = gr.Audio(streaming=True, autoplay=True)
    gr.Button("Generate").click(generate_tone, [note, octave, duration], tone)
    gr.Button("Play").click(stream, sound, played)

demo.launch()
