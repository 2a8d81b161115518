import gradio as gr


class Model:
    def complete(self, messages):
        return f"{len(messages)} messages, the last: {messages[-1]['content']}"


def main():
    model = Model()

    def answer(message, history):
        messages = []
        for human, assistant in history:
            messages.append({"role": "user", "content": human})
            if assistant:
                messages.append({"role": "assistant", "content": assistant})
        messages.append({"role": "user", "content": message})
        return model.complete(messages)

    try:
        demo = gr.ChatInterface(answer, title="Support", theme="soft", examples=["Where is my order?"])
        demo.launch(server_port=8080)
    except OSError as error:
        print(error)


if __name__ == "__main__":
    main()
