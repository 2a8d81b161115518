import gradio as gr

def a(x): return x
def b(x): return x

with gr.Blocks() as demo:
    gr.Markdown("# Two")
    with gr.Tab("A"):
        gr.Interface(a, "text", "text")
    with gr.Tab("B"):
        gr.Interface(b, gr.Number(), "number", cache_examples=True, examples=[[1], [2]])
demo.launch()
