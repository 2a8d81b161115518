import gradio as gr


def louder(text):
    return f"{text}!"


def seconds(sound):
    return None if sound is None else len(sound[1]) / sound[0]


shout = gr.Interface(louder, "text", "text", title="Shout")
twice = gr.Interface(lambda text: f"{text} {text}", "text", "text", title="Twice")
lasting = gr.Interface(
    seconds, gr.Audio(sources=["microphone"], streaming=True), "number", live=True, title="Seconds"
)
both = gr.Series(shout, twice)

demo = gr.TabbedInterface([both, lasting], ["Both", "Seconds"])
demo.launch()
