import gradio as gr

with gr.Blocks() as demo:
    a = gr.Number(label="a", value=3)
    b = gr.Number(label="b", value=4)
    with gr.Row():
        add_btn = gr.Button("Add")
        sub_btn = gr.Button("Subtract")
    c = gr.Number(label="sum")
    said = gr.Textbox(label="In words")

    def add(data):
        return data[a] + data[b]

    def sub(data):
        return {c: data[a] - data[b], said: f"{data[a]} less {data[b]}"}

    add_btn.click(add, inputs={a, b}, outputs=c)
    sub_btn.click(sub, inputs={a, b}, outputs=[c, said])

demo.launch()
