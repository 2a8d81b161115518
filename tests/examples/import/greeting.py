import gradio as gr


def greet(name, intensity):
    return "Hello, " + name + "!" * int(intensity)


demo = gr.Interface(
    fn=greet,
    inputs=["text", gr.Slider(1, 10, value=2, step=1, label="How loud")],
    outputs=["text"],
    title="Greeting",
    description="Says hello.",
    article="Written for a **test**.",
    examples=[["Ada", 3], ["Grace", 1]],
    api_name="predict",
)

if __name__ == "__main__":
    demo.launch()
