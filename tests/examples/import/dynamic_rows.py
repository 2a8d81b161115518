import gradio as gr

with gr.Blocks() as demo:
    count = gr.State(1)
    add = gr.Button("Add")
    add.click(lambda x: x + 1, count, count)
    tasks = gr.State([])
    entry = gr.Textbox(label="Task", autofocus=True)

    def add_task(tasks, name):
        return tasks + [{"name": name, "done": False}], ""

    entry.submit(add_task, [tasks, entry], [tasks, entry])

    @gr.render(inputs=[tasks], triggers=[tasks.change, demo.load])
    def render(all):
        for t in all:
            with gr.Row():
                gr.Textbox(t["name"], show_label=False, container=False)
                d = gr.Button("Done", scale=0)
                def mark(t=t):
                    t["done"] = True
                    return all
                d.click(mark, None, [tasks])
    rows = [gr.Textbox(label=f"T{i}", visible=i == 0) for i in range(4)]
    toggle = gr.Checkbox(label="Show", value=True)
    toggle.change(lambda on: [gr.update(visible=on)] * 4, toggle, rows)
    box = gr.Textbox(visible=False)
    rad = gr.Radio(["a", "b"], type="index")

    @rad.change(inputs=rad, outputs=[box])
    def choose(i, evt: gr.EventData):
        return gr.Textbox(visible=True, value=f"{i} {evt.target}")

demo.launch()
