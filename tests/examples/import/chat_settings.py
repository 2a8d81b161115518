import gradio as gr

SYSTEM = "You are kind."


def predict(msg, chat_hist, system_prompt, temperature):
    turns = len([user for user, bot in chat_hist])
    answer = f"[{system_prompt} at {temperature}] turn {turns}: {msg}"
    for word in range(1, len(answer.split()) + 1):
        yield " ".join(answer.split()[:word])


with gr.Blocks(fill_height=True) as demo:
    system = gr.Textbox(SYSTEM, label="System prompt")
    gr.ChatInterface(
        predict,
        type="tuples",
        description="Answers at once.",
        additional_inputs=[system, gr.Slider(0, 2, 1, label="Temperature")],
        examples=[["Hello", SYSTEM, 0.5]],
        save_history=True,
    )

if __name__ == "__main__":
    demo.launch()
