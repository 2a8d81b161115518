import gradio as gr


def checked(guests, town):
    return [
        gr.validate(not guests or guests < 20, "Twenty is too many"),
        gr.validate(is_valid=len(town) > 2, message=f"There is no town {town}"),
    ]


def book(guests, town):
    return f"{guests} in {town}"


with gr.Blocks() as demo:
    guests = gr.Number(2, label="Guests")
    town = gr.Textbox("Rome", label="Town")
    booked = gr.Textbox(label="Booked", interactive=False)
    gr.Button("Book").click(book, [guests, town], booked, validator=checked)
    gr.Button("Empty").click(lambda: "", None, booked)

demo.launch()
