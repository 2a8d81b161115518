import datetime
import gradio as gr

theme = gr.themes.Soft(primary_hue="indigo", font=[gr.themes.GoogleFont("Inter"), "sans-serif"])
css = """
.gradio-container {max-width: 900px !important}
#title {text-align: center}
"""


def now():
    return datetime.datetime.now().strftime("%H:%M")


def add(item, items):
    if not item:
        raise gr.Error("Write something first")
    items = items + [item]
    gr.Info("Added")
    return items, "\n".join(items), "", f"{len(items)} items"


def clear():
    return [], "", gr.update(visible=True), "0 items"


with gr.Blocks(theme=theme, css=css, title="Shopping list", analytics_enabled=False) as demo:
    gr.Markdown("# Shopping list", elem_id="title")
    items = gr.State([])
    with gr.Tabs():
        with gr.TabItem("List", id=0):
            with gr.Row():
                item = gr.Textbox("Milk", label="Item", scale=3, autofocus=True)
                add_btn = gr.Button("Add", variant="primary", scale=1)
            shown = gr.Textbox(label="Items", lines=6, interactive=False)
            count = gr.Label(label="Count")
        with gr.TabItem("About"):
            with gr.Accordion("Details", open=False):
                gr.Markdown("Made with *care*.")
            clock = gr.Textbox(label="Time", interactive=False)
    clear_btn = gr.Button("Clear", variant="stop", size="sm")
    add_btn.click(add, [item, items], [items, shown, item, count])
    item.submit(add, [item, items], [items, shown, item, count])
    clear_btn.click(clear, None, [items, shown, item, count])
    timer = gr.Timer(2)
    timer.tick(now, outputs=clock, show_progress="hidden")
    demo.load(now, None, clock)

demo.launch()
