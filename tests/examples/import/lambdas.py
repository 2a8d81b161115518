import gradio as gr

SUFFIX = "!"

shout = gr.Interface(lambda text, times=2: (text.upper() + SUFFIX) * int(times), ["textbox", gr.Number(2)], "textbox")
shout.launch(share=True)
