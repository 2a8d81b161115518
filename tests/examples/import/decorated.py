import gradio as gr

with gr.Blocks() as demo:
    name = gr.Textbox(label="Your name")
    output = gr.Textbox(label="Greeting")
    greet_btn = gr.Button("Greet")
    words = gr.Number(label="Words", precision=0)

    @gr.on(triggers=[name.submit, greet_btn.click], inputs=name, outputs=output)
    def greet(name):
        """Say hello."""
        return "Hello " + name + "!"

    @name.change(inputs=[name], outputs=[words], show_progress="hidden")
    def count(text):
        return len(text.split())

    @demo.load(outputs=output)
    def welcome():
        return "Who are you?"

demo.launch()
