import gradio as gr

#from foo import bar
def calculator(num1, operation, num2):
    if operation == "add":
        return num1 + num2
    elif operation == "subtract":
        return num1 - num2
    elif operation == "multiply":
        return num1 * num2
    elif operation == "divide":
        if num2 == 0:
            raise gr.Error("Cannot divide by zero!")
        return num1 / num2

demo = gr.Interface(
    calculator,
    [
        gr.Number(value=1),
        gr.Radio(["add", "subtract", "multiply", "divide"], value="add"),
        gr.Number(value=2)
    ],
    "number",
    examples=[
        [45, "add", 3],
        [3.14, "divide", 2],
    ],
    title="Toy Calculator",
    live=True,
)

demo.launch()
