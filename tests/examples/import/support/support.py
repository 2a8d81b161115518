"""Functions of support.py."""


class Model:
    def complete(self, messages):
        return f"{len(messages)} messages, the last: {messages[-1]['content']}"


model = Model()


def answer(message, history):
    messages = []
    for human, assistant in history:
        messages.append({"role": "user", "content": human})
        if assistant:
            messages.append({"role": "assistant", "content": assistant})
    messages.append({"role": "user", "content": message})
    return model.complete(messages)


def as_pairs(messages):
    """Return messages as pairs of what was said and what was answered."""
    pairs = []
    for message in messages:
        if message["role"] == "user":
            pairs.append([message["content"], None])
        elif pairs:
            pairs[-1][1] = message["content"]
        else:
            pairs.append([None, message["content"]])
    return pairs


def on_answer(message, history):
    return answer(message, as_pairs(history))
