import gradio as gr


def put_in(basket, article):
    return [*basket, article], ""


def take_out(basket):
    return basket[:-1]


def counted(basket):
    return len(basket)


def weighed(pieces, grams):
    return pieces * grams


with gr.Blocks() as demo:
    basket = gr.State([])
    article = gr.Textbox("An apple", label="Article")
    letters = gr.Number(label="Letters", interactive=False)
    article.input(lambda text: len(text), article, letters)
    gr.Button("Put in").click(put_in, [basket, article], [basket, article])
    gr.Button("Take out").click(take_out, basket, basket)
    pieces = gr.Number(0, label="Pieces", interactive=True)
    grams = gr.Slider(0, 500, 100, step=10, label="Grams")
    weight = gr.Number(label="Weight", interactive=False)
    basket.change(counted, basket, pieces)
    gr.on([pieces.change, grams.change], weighed, [pieces, grams], weight)
    celsius = gr.Number(20, label="Celsius", interactive=True)
    fahrenheit = gr.Number(68, label="Fahrenheit", interactive=True)
    celsius.change(lambda degrees: degrees * 1.8 + 32, celsius, fahrenheit)
    fahrenheit.change(lambda degrees: (degrees - 32) / 1.8, fahrenheit, celsius)

demo.launch()
