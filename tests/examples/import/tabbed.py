import gradio as gr


def upper(text):
    return text.upper()


def count(text):
    return len(text)


hello = gr.Interface(fn=upper, inputs="text", outputs="text")
length = gr.Interface(count, gr.Textbox(lines=4, placeholder="Some words"), gr.Number(label="Letters"))

demo = gr.TabbedInterface([hello, length], ["Upper case", "Length"])

if __name__ == "__main__":
    demo.launch()
