"""Functions of chat_pairs.py."""


def respond(message, chat_history):
    chat_history.append((message, "You said " + message))
    return "", chat_history


def as_messages(pairs):
    """Return pairs of what was said and what was answered as messages."""
    messages = []
    for said, answer in pairs:
        if said is not None:
            messages.append({"role": "user", "content": said})
        if answer is not None:
            messages.append({"role": "assistant", "content": answer})
    return messages


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


def converse(message, history):
    history = as_pairs(history[:-1])
    message, history = respond(message, history)
    return as_messages(history)
