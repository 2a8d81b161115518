import gradio as gr


def count(length):
    rows = []
    for step in range(int(length)):
        rows.append({"step": step, "square": step * step, "kind": "even" if step % 2 == 0 else "odd"})
        yield rows, rows, rows


with gr.Blocks(title="Plots") as demo:
    length = gr.Slider(1, 20, value=3, step=1)
    run = gr.Button(value="Count")
    lines = gr.LinePlot(x="step", y="square")
    bars = gr.BarPlot(x="step", y="square", color="kind")
    points = gr.ScatterPlot(None, "step", "square")
    run.click(fn=count, inputs=length, outputs=[lines, bars, points])

demo.launch()
